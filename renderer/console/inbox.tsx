import { Button, Input, type InputRef, Table, type TableColumnsType } from 'antd';
import { RotateCw, Search } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { InboxRow } from '../../domain/contracts/cases.ts';
import { useNow } from './clock.ts';
import { hintOf, useKeys } from './keys.ts';
import { neighbour } from './inbox-order.ts';
import { DueTag, Failed, Key, Loading, Nothing, StageTag } from './parts.tsx';
import { go, LONGEST_QUERY, type Route, routeText, type StageFilter } from './route.ts';
import { useSession } from './session.tsx';
import { t, type TextKey, word } from './texts.ts';
import type { Inbox } from './use-inbox.ts';
import { clockWords, dueOf, machineWords, momentWords } from './words.ts';
import './inbox.css';

/** Stages that are rare or at an end show only while there are cases in them. */
const GROUPS: readonly { title: TextKey; stages: readonly StageFilter[]; rare: readonly StageFilter[] }[] = [
  { title: 'inbox.group.turn', stages: ['open'], rare: [] },
  { title: 'inbox.group.stage', stages: ['handed-in', 'correction-asked', 'supplemented', 'accepted', 'decided'], rare: ['decided'] },
  { title: 'inbox.group.closed', stages: ['finished', 'refused', 'withdrawn', 'all'], rare: ['withdrawn'] },
];

/** A clerk types faster than a search is worth: it starts when the keys rest so long (milliseconds). */
const REST = 250;

export function InboxPage({ route, inbox }: { route: Extract<Route, { page: 'inbox' }>; inbox: Inbox }): ReactNode {
  const search = useRef<InputRef>(null);
  const table = useRef<HTMLDivElement>(null);
  const link = (id: string) => table.current?.querySelector<HTMLAnchorElement>(`a[data-case="${id}"]`) ?? null;
  const step = (by: 1 | -1) => {
    const now = document.activeElement instanceof HTMLElement ? document.activeElement.dataset['case'] : undefined;
    const to = now === undefined ? inbox.rows.find(({ id }) => id === inbox.chosen) ?? inbox.rows[0] : neighbour(inbox.rows, now, by);
    if (to !== undefined && to !== null) link(to.id)?.focus();
    else if (by === 1) table.current?.querySelector<HTMLElement>('[data-more]')?.focus();
  };
  useKeys(['inbox'], { down: () => step(1), up: () => step(-1), search: () => search.current?.focus({ cursor: 'all' }), reload: inbox.reload });

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
      <Stages route={route} counts={inbox.counts} />
      <section className="inbox-list" aria-labelledby="inbox-title">
        <header className="inbox-head">
          <h1 id="inbox-title">{word('stage', route.stage)}</h1>
          <p aria-live="polite">{here && t(inbox.next === '' ? 'inbox.found' : 'inbox.found.more', { count: inbox.rows.length })}</p>
          <SearchField key={route.stage} input={search} route={route} onDown={() => step(1)} />
          <Button icon={<RotateCw size={15} aria-hidden="true" />} loading={inbox.busy} onClick={inbox.reload}>{t('inbox.reload')}<Key name={hintOf('reload')} /></Button>
          <p className="inbox-as-of">{inbox.state.kind === 'here' && t('inbox.as-of', { time: clockWords(new Date(inbox.state.at).toISOString()) })}</p>
        </header>
        <div className="inbox-table" ref={table}>
          <Rows route={route} inbox={inbox} />
        </div>
      </section>
    </div>
  );
}

function Stages({ route, counts }: { route: Extract<Route, { page: 'inbox' }>; counts: Inbox['counts'] }): ReactNode {
  return (
    <nav className="stages" aria-label={t('inbox.stages')}>
      {GROUPS.map(({ title, stages, rare }) => (
        <section key={title}>
          <h2>{t(title)}</h2>
          {stages.filter((stage) => !rare.includes(stage) || stage === route.stage || (counts[stage] ?? 0) > 0).map((stage) => (
            <a key={stage} href={routeText({ ...route, stage })} aria-current={stage === route.stage ? 'true' : undefined} data-stage={stage}>
              <span>{word('stage', stage)}</span>
              <span className="stages-count">{counts[stage] ?? 0}</span>
            </a>
          ))}
        </section>
      ))}
    </nav>
  );
}

function SearchField({ input, route, onDown }: { input: React.RefObject<InputRef | null>; route: Extract<Route, { page: 'inbox' }>; onDown: () => void }): ReactNode {
  const [words, setWords] = useState(route.query);
  const [composing, setComposing] = useState(false);
  useEffect(() => {
    if (composing || words.trim() === route.query) return undefined;
    const timer = setTimeout(() => go({ ...route, query: words.trim() }, 'replace'), REST);
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

function Rows({ route, inbox }: { route: Extract<Route, { page: 'inbox' }>; inbox: Inbox }): ReactNode {
  const { me } = useSession();
  const now = useNow();
  if (inbox.state.kind === 'loading') return <Loading />;
  if (inbox.state.kind === 'failed') return <Failed kind={inbox.state.failure} onRetry={inbox.reload} />;
  if (inbox.rows.length === 0) {
    if (route.query !== '') return <Nothing words={t('inbox.empty.search', { query: route.query })}><Button onClick={() => go({ ...route, query: '' }, 'replace')}>{t('inbox.clear')}</Button></Nothing>;
    return <Nothing words={t(route.stage === 'open' ? 'inbox.empty.open' : 'inbox.empty.stage')} />;
  }
  return (
    <>
      <Table<InboxRow>
        rowKey="id"
        size="small"
        pagination={false}
        tableLayout="fixed"
        sticky
        columns={columnsFor(me.account, now)}
        dataSource={[...inbox.rows]}
        onRow={(row) => ({ onClick: () => go({ page: 'case', id: row.id }), onFocus: () => inbox.choose(row.id), className: 'inbox-row' })}
      />
      {inbox.next !== '' && <p className="inbox-more"><Button data-more="true" loading={inbox.busy} onClick={inbox.more}>{t('inbox.more')}</Button></p>}
    </>
  );
}

function columnsFor(account: string, now: number): TableColumnsType<InboxRow> {
  return [
    {
      title: t('inbox.column.number'), dataIndex: 'number', width: 196,
      render: (_, row) => <a className="inbox-number" data-case={row.id} href={routeText({ page: 'case', id: row.id })} onClick={(event) => event.stopPropagation()}>{row.number}</a>,
    },
    { title: t('inbox.column.item'), dataIndex: 'itemName', width: 290, ellipsis: true, render: (_, row) => <span title={row.itemName}>{row.itemName}</span> },
    { title: t('inbox.column.person'), dataIndex: 'person', width: 130, ellipsis: true, render: (_, row) => <span title={row.person}>{row.person}</span> },
    { title: t('inbox.column.stage'), dataIndex: 'stage', width: 98, render: (_, row) => <StageTag stage={row.stage} /> },
    { title: t('inbox.column.handed-in'), dataIndex: 'handedInAt', width: 128, render: (_, row) => <span className="two-lines"><span>{momentWords(row.handedInAt, now)}</span><small>{machineWords(row.machine)}</small></span> },
    { title: t('inbox.column.due'), dataIndex: 'daysLeft', width: 140, render: (_, row) => <DueTag due={dueOf(row, now)} /> },
    { title: t('inbox.column.missing'), dataIndex: 'missing', width: 84, render: (_, row) => (row.missing > 0 ? <span className="missing">{t('inbox.missing', { count: row.missing })}</span> : <span className="faint">{t('inbox.complete')}</span>) },
    { title: t('inbox.column.claimed'), dataIndex: 'claimedBy', width: 104, ellipsis: true, render: (_, row) => <Claimed by={row.claimedBy} account={account} /> },
  ];
}

function Claimed({ by, account }: { by: string | null; account: string }): ReactNode {
  if (by === null) return <span className="faint">{t('inbox.unclaimed')}</span>;
  return <span className={by === account ? 'mine' : undefined}>{by === account ? t('inbox.mine') : by}</span>;
}
