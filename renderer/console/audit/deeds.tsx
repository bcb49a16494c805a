import { Button, Input, Select, Table, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import type { DeedLine } from '../../../domain/contracts/audit.ts';
import { useSession } from '../session.tsx';
import { t, word } from '../texts.ts';
import { momentWords } from '../words.ts';
import { Who } from './who.tsx';
import { FoundRows, SpanFields, type SpanProps, useSearch } from './search-form.tsx';

/** The capabilities whose deeds can be asked for by themselves. */
const GROUPS = ['account', 'session', 'proposal', 'audit', 'retention'] as const;

/** What staff did beside the cases. */
export function DeedsTab({ span, onSpan }: SpanProps): ReactNode {
  const { ask } = useSession();
  const [account, setAccount] = useState('');
  const [subject, setSubject] = useState('');
  const [what, setWhat] = useState('');
  const { found, search, more } = useSearch<DeedLine, { rows: DeedLine[]; next: number }>((before) => ask((hall) => hall.auditDeeds({ ...span, account: account.trim(), subject: subject.trim(), what, before })));
  return (
    <>
      <form
        className="audit-form"
        onSubmit={(event) => {
          event.preventDefault();
          search();
        }}
      >
        <SpanFields span={span} onSpan={onSpan} />
        <label className="field"><span>{t('audit.account')}</span><Input autoComplete="off" maxLength={64} placeholder={t('audit.account.any')} value={account} onChange={(event) => setAccount(event.target.value)} /></label>
        <div className="field"><label htmlFor="audit-deed">{t('deeds.what')}</label><Select id="audit-deed" value={what} options={[{ value: '', label: t('deeds.what.any') }, ...GROUPS.map((group) => ({ value: `${group}.`, label: word('deed-group', group) }))]} onChange={setWhat} /></div>
        <label className="field"><span>{t('deeds.subject')}</span><Input className="audit-subject" autoComplete="off" maxLength={60} placeholder={t('deeds.subject.hint')} value={subject} onChange={(event) => setSubject(event.target.value)} /></label>
        <Button type="primary" htmlType="submit">{t('audit.search')}</Button>
      </form>
      <FoundRows found={found} onMore={more}>
        {(rows, _first, at) => rows.length > 0 && <Table<DeedLine> rowKey="id" size="small" pagination={false} scroll={{ x: 900 }} columns={columnsFor(at)} dataSource={rows} />}
      </FoundRows>
    </>
  );
}

function columnsFor(now: number): TableColumnsType<DeedLine> {
  return [
    { title: t('audit.column.at'), dataIndex: 'at', width: 140, render: (_, row) => momentWords(row.at, now) },
    { title: t('audit.column.who'), dataIndex: 'account', width: 200, render: (_, row) => <Who name={row.name} account={row.account} /> },
    { title: t('audit.column.what'), dataIndex: 'what', width: 170, render: (_, row) => word('deed', row.what) },
    { title: t('audit.column.subject'), dataIndex: 'subject', width: 240, render: (_, row) => <span className="number">{row.subject}</span> },
    { title: t('audit.column.body'), dataIndex: 'body', render: (_, row) => <span className="audit-body" title={row.body}>{particulars(row.body)}</span> },
  ];
}

/** Longest list that is shown whole; the text that is pointed at has all of it. */
const WHOLE = 2;

/** A deed's body, name by name. Bodies are data of every capability, so the names are shown as they are kept. */
export function particulars(body: string): string {
  return wordsOf(JSON.parse(body));
}

function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.length > WHOLE ? `${value.slice(0, WHOLE).map(wordsOf).join('、')} … (${value.length})` : value.map(wordsOf).join('、');
  if (typeof value === 'object' && value !== null) return Object.entries(value).filter(([, inner]) => inner !== null && inner !== '').map(([name, inner]) => (typeof inner === 'object' && !Array.isArray(inner) ? `${name} {${wordsOf(inner)}}` : `${name} ${wordsOf(inner)}`)).join(' · ');
  return String(value);
}
