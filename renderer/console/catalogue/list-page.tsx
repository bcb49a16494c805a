import { App as AntApp, Button, Dropdown, Input, type InputRef, Table, type TableColumnsType } from 'antd';
import { FilePlus2, Merge, Search } from 'lucide-react';
import { type Key as RowKey, type ReactNode, useMemo, useRef, useState } from 'react';
import type { CatalogueRow } from '../../../domain/contracts/catalogue.ts';
import { ITEM_TYPES } from '../../../domain/item/dictionaries.ts';
import { drop } from '../../../domain/result.ts';
import { may } from '../../../domain/staff/rights.ts';
import { useKeys } from '../keys.ts';
import { Failed, Loading, Nothing } from '../parts.tsx';
import { go } from '../route.ts';
import { useAnswer, useSession } from '../session.tsx';
import { t } from '../texts.ts';
import { dateWords } from '../words.ts';
import { DraftState, ItemState, saveFile } from './bits.tsx';
import { useBeginDraft } from './begin-draft.ts';
import { type Filter, matching, NO_FILTER, stateCounts } from './list-rows.ts';

const STATES: readonly Filter['state'][] = ['all', 'active', 'suspended', 'cancelled', 'drafted'];
const typeWords = (type: string) => ITEM_TYPES[type] ?? type;

/** Every item of the county: found, filtered and ordered at once, since the whole list is here. */
export function ListPage(): ReactNode {
  const { ask, me } = useSession();
  const { message } = AntApp.useApp();
  const [answer, again] = useAnswer('catalogue', () => ask((hall) => hall.catalogue()));
  const [filter, setFilter] = useState(NO_FILTER);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const search = useRef<InputRef>(null);
  const table = useRef<HTMLDivElement>(null);
  const beginDraft = useBeginDraft();
  const all = useMemo(() => (answer.kind === 'here' ? answer.value.rows : []), [answer]);
  const rows = useMemo(() => matching(all, filter, typeWords), [all, filter]);
  const counts = useMemo(() => stateCounts(all, filter, typeWords), [all, filter]);
  const edits = may(me.role, 'edit-items');

  const step = (by: 1 | -1) => {
    const links = [...(table.current?.querySelectorAll<HTMLAnchorElement>('a[data-code]') ?? [])];
    const now = links.findIndex((link) => link === document.activeElement);
    links[now < 0 ? 0 : Math.min(links.length - 1, Math.max(0, now + by))]?.focus();
  };
  useKeys(['catalogue'], { down: () => step(1), up: () => step(-1), search: () => search.current?.focus({ cursor: 'all' }), reload: again });

  const exportAs = async (format: 'json' | 'workbook') => {
    const file = await ask((hall) => hall.exportItems({ format, codes: chosen.length > 0 ? [...chosen] : rows.length < all.length ? rows.map(({ code }) => code) : [] }));
    if (file.ok) saveFile(file.value);
    else void message.error(t('failed.broken'));
  };

  if (answer.kind === 'loading') return <Loading />;
  if (answer.kind === 'failed') return <Failed kind={answer.failure.kind} onRetry={again} />;
  return (
    <div className="items">
      <div className="items-tools">
        <Input ref={search} className="items-search" prefix={<Search size={15} aria-hidden="true" />} allowClear value={filter.query} aria-label={t('catalogue.search.label')} placeholder={t('catalogue.search')} onChange={({ target }) => setFilter({ ...filter, query: target.value })} />
        <Choice label={t('catalogue.column.type')} all={t('catalogue.all-types')} value={filter.type} options={[...new Set(all.map(({ type }) => type))].toSorted().map((type) => [type, typeWords(type)])} onChange={(type) => setFilter({ ...filter, type })} />
        <Choice label={t('catalogue.column.body')} all={t('catalogue.all-bodies')} value={filter.body} options={[...new Set(all.map(({ body }) => body))].toSorted((left, right) => left.localeCompare(right, 'zh-CN')).map((body) => [body, body])} onChange={(body) => setFilter({ ...filter, body })} />
        <span className="items-space" />
        {edits && chosen.length >= 2 && <Button icon={<Merge size={15} aria-hidden="true" />} onClick={() => drop(beginDraft('merged', chosen))}>{t('catalogue.merge', { count: chosen.length })}</Button>}
        <Dropdown menu={{ items: [{ key: 'workbook', label: t('catalogue.export.workbook') }, { key: 'json', label: t('catalogue.export.json') }], onClick: ({ key }) => drop(exportAs(key === 'json' ? 'json' : 'workbook')) }} trigger={['click']}><Button>{t(chosen.length > 0 ? 'catalogue.export.chosen' : 'catalogue.export', { count: chosen.length })}</Button></Dropdown>
        {edits && <Button type="primary" icon={<FilePlus2 size={15} aria-hidden="true" />} onClick={() => drop(beginDraft('new', []))}>{t('catalogue.new')}</Button>}
      </div>
      <div className="items-states" role="group" aria-label={t('catalogue.states')}>
        {STATES.map((state) => <button key={state} type="button" aria-pressed={filter.state === state} onClick={() => setFilter({ ...filter, state })}>{t(`catalogue.filter.${state}`)}<span>{counts[state]}</span></button>)}
        <p role="status">{t('catalogue.found', { count: rows.length })}</p>
      </div>
      {rows.length === 0 ? <Nothing words={t(all.length === 0 ? 'catalogue.empty' : 'catalogue.empty.search')}>{all.length > 0 && <Button onClick={() => setFilter(NO_FILTER)}>{t('catalogue.clear')}</Button>}</Nothing> : (
        <div className="items-table" ref={table}>
          <Table<CatalogueRow>
            rowKey="code" size="small" columns={columnsAt(answer.at, answer.value.today)} dataSource={rows} pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
            rowSelection={{ columnWidth: 40, selectedRowKeys: [...chosen], onChange: (keys: RowKey[]) => setChosen(keys.map(String)), getCheckboxProps: ({ name }) => ({ 'aria-label': name }) }}
          />
        </div>
      )}
    </div>
  );
}

function Choice({ label, all, value, options, onChange }: { label: string; all: string; value: string; options: readonly (readonly [string, string])[]; onChange: (value: string) => void }): ReactNode {
  return (
    <select className="ed items-choice" aria-label={label} value={value} onChange={({ target }) => onChange(target.value)}>
      <option value="">{all}</option>
      {options.map(([code, name]) => <option key={code} value={code}>{name}</option>)}
    </select>
  );
}

function columnsAt(now: number, today: string): TableColumnsType<CatalogueRow> {
  const by = (of: (row: CatalogueRow) => string) => (left: CatalogueRow, right: CatalogueRow) => of(left).localeCompare(of(right), 'zh-CN');
  return [
    { title: t('catalogue.column.name'), dataIndex: 'name', sorter: by(({ name }) => name), render: (_, row) => (
      <a className="item-link" data-code={row.code} href={`#/catalogue/items/${row.code}`} onClick={(event) => { event.preventDefault(); go({ page: 'catalogue', at: `items/${row.code}` }); }}>
        <strong>{row.name}</strong><small className="number">{row.code}</small>
      </a>
    ) },
    { title: t('catalogue.column.type'), dataIndex: 'type', width: 110, sorter: by(({ type }) => type), render: (_, row) => typeWords(row.type) },
    { title: t('catalogue.column.body'), dataIndex: 'body', width: 190, sorter: by(({ body }) => body) },
    { title: t('catalogue.column.state'), dataIndex: 'state', width: 100, sorter: by(({ state }) => state), render: (_, row) => (row.effectiveTo !== null && row.effectiveTo < today ? <span className="mark">{t('catalogue.ended')}</span> : <ItemState state={row.state} />) },
    { title: t('catalogue.column.version'), dataIndex: 'version', width: 170, sorter: (left, right) => (left.effectiveFrom < right.effectiveFrom ? -1 : 1), render: (_, row) => <span className="two-lines"><span>{t('catalogue.version', { version: row.version })}</span><small>{t(row.effectiveFrom > today ? 'catalogue.from.later' : 'catalogue.from', { date: dateWords(row.effectiveFrom, now) })}</small></span> },
    { title: t('catalogue.column.next'), dataIndex: 'next', width: 230, render: (_, row) => (
      <span className="two-lines">
        {row.next !== null && <span>{t('catalogue.next', { version: row.next.version, date: dateWords(row.next.effectiveFrom, now) })}{row.next.state === 'active' ? null : <> <ItemState state={row.next.state} /></>}</span>}
        {row.draft !== null && <a href={`#/catalogue/drafts/${row.draft.id}`}><DraftState state={row.draft.state} /></a>}
      </span>
    ) },
  ];
}
