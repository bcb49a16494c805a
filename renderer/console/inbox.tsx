import { App, Button, Input, type InputRef, Table, type TableColumnsType, Tooltip } from 'antd';
import { Download, Printer, RotateCw, Search } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { LONGEST_QUERY, StageName } from '../../domain/contracts/cases.ts';
import { mayCall } from '../../domain/staff/rights.ts';
import { Bulk, Export } from './bulk.tsx';
import { HandOverDialog } from './case/paper-dialogs.tsx';
import { useNow } from './clock.ts';
import type { Hall } from './hall.ts';
import { FilterDialog, Lists, useFilters } from './inbox-lists.tsx';
import { hintOf, useKeys } from './keys.ts';
import { neighbour } from './inbox-order.ts';
import { DueTag, Failed, Key, Loading, Nothing, StageTag } from './parts.tsx';
import { go, type InboxRoute, routeText } from './route.ts';
import { useSession } from './session.tsx';
import { t, word } from './texts.ts';
import type { DeskRow, Inbox } from './use-inbox.ts';
import { clockWords, dueOf, machineWords, momentWords, taskDue } from './words.ts';
import './inbox.css';

/** A clerk types faster than a search is worth: it starts when the keys rest so long (milliseconds). */
const REST = 250;

export function InboxPage({ route, inbox }: { route: InboxRoute; inbox: Inbox }): ReactNode {
  const search = useRef<InputRef>(null);
  const table = useRef<HTMLDivElement>(null);
  const link = (id: string) => table.current?.querySelector<HTMLAnchorElement>(`a[data-case="${id}"]`) ?? null;
  const step = (by: 1 | -1) => {
    const now = document.activeElement instanceof HTMLElement ? document.activeElement.dataset['case'] : undefined;
    const to = now === undefined ? inbox.rows.find(({ id }) => id === inbox.chosen) ?? inbox.rows[0] : neighbour(inbox.rows, now, by);
    if (to !== undefined && to !== null) link(to.id)?.focus();
    else if (by === 1) table.current?.querySelector<HTMLElement>('[data-more]')?.focus();
  };
  const { me } = useSession();
  const { message } = App.useApp();
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [work, setWork] = useState<Work | null>(null);
  const filters = useFilters();
  const mark = (id: string) => setMarked((before) => (before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id])));
  const standing = () => (document.activeElement instanceof HTMLElement ? document.activeElement.dataset['case'] : undefined);
  const chosen = inbox.rows.filter(({ id }) => marked.has(id));
  const begin = (kind: 'claim' | 'hand-over' | 'take-over') => {
    if (chosen.length > 0) setWork({ kind, rows: chosen, to: '' });
    else void message.info(t('bulk.none'));
  };
  const order = () => go({ ...route, order: route.order === 'duty' ? 'newest' : 'duty' }, 'replace');
  useKeys(['inbox'], {
    down: () => step(1), up: () => step(-1), search: () => search.current?.focus({ cursor: 'all' }), reload: inbox.reload, order,
    mark: () => {
      const id = standing();
      if (id === undefined) return;
      mark(id);
      step(1);
    },
    export: () => setWork({ kind: 'export', rows: chosen, to: '' }),
    filter: (key) => filters.open(Number(key)),
    'save-filter': () => filters.begin(),
    ...(mayCall(me.role, 'claim') ? { 'bulk-claim': () => begin('claim') } : {}),
    ...(mayCall(me.role, 'handOver') ? { 'bulk-hand-over': () => begin('hand-over'), 'bulk-take-over': () => begin('take-over') } : {}),
  });

  // Coming in, or coming back from a case, the clerk stands on a row at once; never while typing a search.
  const here = inbox.state.kind === 'here';
  useEffect(() => {
    if (!here || search.current?.input === document.activeElement) return;
    const first = inbox.rows.find(({ id }) => id === inbox.chosen) ?? inbox.rows[0];
    if (first !== undefined && !(table.current?.contains(document.activeElement) ?? false)) link(first.id)?.focus();
    // Only when a list comes, not when its rows change under the clerk.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [here, route.stage]);

  return (
    <div className="inbox">
      <Lists route={route} counts={inbox.counts} filters={filters} />
      <section className="inbox-list" aria-labelledby="inbox-title">
        <header className="inbox-head">
          <h1 id="inbox-title">{word('stage', route.stage)}</h1>
          <p aria-live="polite">{marked.size > 0 ? t('bulk.marked', { count: chosen.length }) : here && t(inbox.next === '' ? 'inbox.found' : 'inbox.found.more', { count: inbox.rows.length })}</p>
          {chosen.length > 0 && (
            <span className="bulk-deeds" role="group" aria-label={t('bulk.title')}>
              {mayCall(me.role, 'claim') && <Button size="small" onClick={() => begin('claim')}>{t('act.claim')}<Key name={hintOf('bulk-claim')} /></Button>}
              {mayCall(me.role, 'handOver') && <Button size="small" onClick={() => begin('hand-over')}>{t('bulk.hand-over')}<Key name={hintOf('bulk-hand-over')} /></Button>}
              {mayCall(me.role, 'takeOver') && <Button size="small" onClick={() => begin('take-over')}>{t('bulk.take-over')}<Key name={hintOf('bulk-take-over')} /></Button>}
            </span>
          )}
          {route.stage === 'tasks' ? <span className="inbox-space" /> : <SearchField key={route.stage} input={search} route={route} onDown={() => step(1)} />}
          <Tooltip title={inbox.state.kind === 'here' ? t('inbox.as-of', { time: clockWords(new Date(inbox.state.at).toISOString()) }) : ''}><Button icon={<RotateCw size={15} aria-hidden="true" />} loading={inbox.busy} type={inbox.changes > 0 ? 'primary' : 'default'} onClick={inbox.reload}>{inbox.changes > 0 ? t('inbox.changes', { count: inbox.changes }) : t('inbox.reload')}<Key name={hintOf('reload')} /></Button></Tooltip>
          <Tooltip title={`${t('export.title')}  ${hintOf('export')}`}><Button icon={<Download size={15} aria-hidden="true" />} aria-label={t('export.title')} onClick={() => setWork({ kind: 'export', rows: chosen, to: '' })} /></Tooltip>
          <Tooltip title={t('inbox.print')}><Button icon={<Printer size={15} aria-hidden="true" />} aria-label={t('inbox.print')} onClick={() => window.print()} /></Tooltip>
        </header>
        <div className="inbox-table" ref={table}>
          <Rows route={route} inbox={inbox} marked={marked} onMark={mark} onOrder={order} />
        </div>
      </section>
      {work !== null && <Working work={work} list={route} onNext={setWork} onClose={(done) => {
        setWork(null);
        setMarked((before) => new Set([...before].filter((id) => !done.includes(id))));
        if (done.length > 0) inbox.reload();
        // The keys go on where the clerk stood.
        requestAnimationFrame(() => link(inbox.chosen)?.focus());
      }} />}
      <FilterDialog filters={filters} route={route} />
    </div>
  );
}

/** What is done with the marked rows. `to`: whom papers are handed to, once that is known. */
type Work = { kind: 'claim' | 'hand-over' | 'take-over' | 'export'; rows: readonly DeskRow[]; to: string };

function Working({ work, list, onNext, onClose }: { work: Work; list: InboxRoute; onNext: (work: Work) => void; onClose: (done: readonly string[]) => void }): ReactNode {
  const { kind, rows, to } = work;
  const act = useCallback((hall: Hall, { id }: DeskRow) => (kind === 'claim' ? hall.claim({ id }) : kind === 'take-over' ? hall.takeOver({ id, missing: [] }) : hall.handOver({ id, to, papers: [t('bulk.papers')], words: '' })), [kind, to]);
  if (kind === 'export') return <Export list={list} rows={rows.length === 0 ? null : rows} onClose={() => onClose([])} />;
  if (kind === 'hand-over' && to === '') return <HandOverDialog papers={[t('bulk.papers')]} onClose={() => onClose([])} confirm={(handed) => {
    onNext({ ...work, to: handed.to });
    return Promise.resolve(null);
  }} />;
  return <Bulk title={t(`bulk.${kind}`)} rows={rows} act={act} onClose={onClose} />;
}

function SearchField({ input, route, onDown }: { input: React.RefObject<InputRef | null>; route: InboxRoute; onDown: () => void }): ReactNode {
  const [words, setWords] = useState(route.query);
  const [composing, setComposing] = useState(false);
  useEffect(() => {
    if (composing || words.trim() === route.query) return undefined;
    const timer = setTimeout(() => go(searched(route, words.trim()), 'replace'), REST);
    return () => clearTimeout(timer);
  }, [words, composing, route]);
  // The address may change without this field: cleared by a button, or the browser's way back.
  const [shown, setShown] = useState(route.query);
  if (shown !== route.query) {
    setShown(route.query);
    if (words.trim() !== route.query) setWords(route.query);
  }
  return (
    <Input
      ref={input}
      className="inbox-search"
      aria-label={t('inbox.search.label')}
      placeholder={t('inbox.search')}
      prefix={<Search size={16} aria-hidden="true" />}
      suffix={words === '' ? <Key name="/" /> : undefined}
      allowClear
      maxLength={LONGEST_QUERY}
      value={words}
      onChange={(event) => setWords(event.target.value)}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'ArrowDown' || event.key === 'Enter') {
          event.preventDefault();
          input.current?.blur();
          onDown();
        }
        if (event.key === 'Escape') setWords('');
      }}
    />
  );
}

/** The list that a search means: the name of a stage among its words narrows to that stage. */
export function searched(route: InboxRoute, query: string): InboxRoute {
  const words = query.split(/\s+/u);
  const stage = StageName.options.find((one) => words.includes(word('stage', one)));
  return stage === undefined || words.length < 2 ? { ...route, query } : { ...route, stage, query: words.filter((one) => one !== word('stage', stage)).join(' ') };
}

function Rows({ route, inbox, marked, onMark, onOrder }: { route: InboxRoute; inbox: Inbox; marked: ReadonlySet<string>; onMark: (id: string) => void; onOrder: () => void }): ReactNode {
  const { me } = useSession();
  const now = useNow();
  if (inbox.state.kind === 'loading') return <Loading />;
  if (inbox.state.kind === 'failed') return <Failed kind={inbox.state.failure} onRetry={inbox.reload} />;
  if (inbox.rows.length === 0) {
    if (route.query !== '') return <Nothing words={t('inbox.empty.search', { query: route.query })}><Button onClick={() => go({ ...route, query: '' }, 'replace')}>{t('inbox.clear')}</Button></Nothing>;
    return <Nothing words={word('inbox.empty', ['open', 'tasks', 'mine', 'overdue', 'to-issue', 'identity', 'papers'].includes(route.stage) ? route.stage : 'stage')} />;
  }
  return (
    <>
      <Table<DeskRow>
        rowKey="id"
        size="small"
        pagination={false}
        tableLayout="fixed"
        sticky
        columns={columnsFor({ account: me.account, now, route, marked, onMark, onOrder })}
        dataSource={[...inbox.rows]}
        onRow={(row) => ({ onClick: () => go({ page: 'case', id: row.id }), onFocus: () => inbox.choose(row.id), className: marked.has(row.id) ? 'inbox-row marked' : 'inbox-row' })}
      />
      {inbox.next !== '' && <p className="inbox-more"><Button data-more="true" loading={inbox.busy} onClick={inbox.more}>{t('inbox.more')}</Button></p>}
    </>
  );
}

type Shown = { account: string; now: number; route: InboxRoute; marked: ReadonlySet<string>; onMark: (id: string) => void; onOrder: () => void };

function columnsFor({ account, now, route, marked, onMark, onOrder }: Shown): TableColumnsType<DeskRow> {
  // No button in the head: the table measures a hidden copy of it. The key does the same.
  const sorted = (title: string, order: InboxRoute['order']) => (route.stage === 'tasks' ? { title } : {
    title: <span className="sort" data-here={route.order === order}>{title}<span aria-hidden="true">{route.order === order ? (order === 'duty' ? '↑' : '↓') : '↕'}</span></span>,
    onHeaderCell: () => ({ 'aria-sort': route.order !== order ? 'none' as const : order === 'duty' ? 'ascending' as const : 'descending' as const, title: `${t('inbox.sort')}  ${hintOf('order')}`, onClick: () => route.order !== order && onOrder() }),
  });
  return [
    { title: <span className="visually-hidden">{t('bulk.title')}</span>, key: 'mark', width: 40, render: (_, row) => <input type="checkbox" tabIndex={-1} checked={marked.has(row.id)} aria-label={t('bulk.mark', { number: row.number })} onClick={(event) => event.stopPropagation()} onChange={() => onMark(row.id)} /> },
    {
      title: t('inbox.column.number'), dataIndex: 'number', width: 190,
      render: (_, row) => <a className="inbox-number" data-case={row.id} href={routeText({ page: 'case', id: row.id })} onClick={(event) => event.stopPropagation()}>{row.number}</a>,
    },
    { title: t('inbox.column.item'), dataIndex: 'itemName', width: 262, ellipsis: true, render: (_, row) => <span title={row.itemName}>{row.itemName}</span> },
    { title: t('inbox.column.person'), dataIndex: 'person', width: 130, ellipsis: true, render: (_, row) => <span title={row.person}>{row.person}</span> },
    { title: t('inbox.column.stage'), dataIndex: 'stage', width: 98, render: (_, row) => (row.task === null ? <StageTag stage={row.stage} /> : <span className="two-lines" title={row.task.name}><span>{word('task', row.task.kind)}</span><small>{row.task.name}</small></span>) },
    { ...sorted(t('inbox.column.handed-in'), 'newest'), dataIndex: 'handedInAt', width: 128, render: (_, row) => <span className="two-lines"><span>{momentWords(row.handedInAt, now)}</span><small>{machineWords(row.machine)}</small></span> },
    { ...sorted(t('inbox.column.due'), 'duty'), dataIndex: 'daysLeft', width: 140, render: (_, row) => <DueTag due={row.task === null ? dueOf(row, now) : taskDue(row.task, now)} /> },
    { title: t('inbox.column.missing'), dataIndex: 'missing', width: 84, render: (_, row) => (row.missing > 0 ? <span className="missing">{t('inbox.missing', { count: row.missing })}</span> : <span className="faint">{t('inbox.complete')}</span>) },
    { title: t('inbox.column.claimed'), dataIndex: 'claimedBy', width: 104, ellipsis: true, render: (_, row) => <Claimed by={row.claimedBy} account={account} /> },
  ];
}

function Claimed({ by, account }: { by: string | null; account: string }): ReactNode {
  if (by === null) return <span className="faint">{t('inbox.unclaimed')}</span>;
  return <span className={by === account ? 'mine' : undefined}>{by === account ? t('inbox.mine') : by}</span>;
}
