import { Alert, Button, Input, Select, Table, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import { ReadWhat, type ReadLine } from '../../../domain/contracts/audit.ts';
import type { Hall } from '../hall.ts';
import { useSession } from '../session.tsx';
import { t, word } from '../texts.ts';
import { momentWords } from '../words.ts';
import { Who } from './who.tsx';
import { FoundRows, SpanFields, type SpanProps, useSearch } from './search-form.tsx';

type Asked = Parameters<Hall['auditReads']>[0];
type Page = Extract<Awaited<ReturnType<Hall['auditReads']>>, { ok: true }>['value'];

/** Who looked at a person's data, and what an account looked at. */
export function ReadsTab({ span, onSpan }: SpanProps): ReactNode {
  const { ask } = useSession();
  const [account, setAccount] = useState('');
  const [subject, setSubject] = useState('');
  const [what, setWhat] = useState<Asked['what']>('all');
  const { found, search, more } = useSearch<ReadLine, Page>((before) => ask((hall) => hall.auditReads({ ...span, account: account.trim(), subject: subject.trim(), what, before })));
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
        <label className="field"><span>{t('reads.subject')}</span><Input className="audit-subject" autoComplete="off" maxLength={60} placeholder={t('reads.subject.hint')} value={subject} onChange={(event) => setSubject(event.target.value)} /></label>
        <label className="field"><span>{t('audit.account')}</span><Input autoComplete="off" maxLength={64} placeholder={t('audit.account.any')} value={account} onChange={(event) => setAccount(event.target.value)} /></label>
        <div className="field"><label htmlFor="audit-what">{t('reads.what')}</label><Select id="audit-what" value={what} options={['all' as const, ...ReadWhat.options].map((each) => ({ value: each, label: word('read-what', each) }))} onChange={setWhat} /></div>
        <Button type="primary" htmlType="submit">{t('audit.search')}</Button>
      </form>
      <FoundRows found={found} onMore={more}>
        {(rows, first, at) => (
          <>
            {first.bursts.map((burst) => <Alert key={burst.account} className="audit-burst" type="warning" showIcon title={t('reads.burst', { ...burst, from: momentWords(burst.from, at) })} />)}
            {rows.length > 0 && <Table<ReadLine> rowKey="id" size="small" pagination={false} scroll={{ x: 900 }} columns={columnsFor(at)} dataSource={rows} />}
          </>
        )}
      </FoundRows>
    </>
  );
}

function columnsFor(now: number): TableColumnsType<ReadLine> {
  return [
    { title: t('audit.column.at'), dataIndex: 'at', width: 140, render: (_, row) => momentWords(row.at, now) },
    { title: t('audit.column.who'), dataIndex: 'account', width: 200, render: (_, row) => <Who name={row.name} account={row.account} /> },
    { title: t('audit.column.what'), dataIndex: 'what', width: 110, render: (_, row) => word('read-what', row.what) },
    { title: t('audit.column.cases'), dataIndex: 'cases', render: (_, row) => <span className="audit-cases">{row.cases.map(({ id, number }) => <span className="number" key={id}>{number === '' ? id : number}</span>)}{row.count > row.cases.length && <span className="faint">{t('reads.cases.more', { count: row.count })}</span>}</span> },
  ];
}
