import { Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import type { Hall } from './hall.ts';
import { Failed, Loading, Nothing } from './parts.tsx';
import { useAnswer, useSession } from './session.tsx';
import { t, word } from './texts.ts';
import { momentWords } from './words.ts';

type Entry = Awaited<ReturnType<Hall['quarantine']>>[number];

export function QuarantinePage(): ReactNode {
  const { ask } = useSession();
  const [answer, again] = useAnswer('quarantine', () => ask((hall) => hall.quarantine()));
  return (
    <section className="sheet" aria-labelledby="quarantine-title">
      <header><h1 id="quarantine-title">{t('quarantine.title')}</h1><p>{t('quarantine.words')}</p></header>
      {answer.kind === 'loading' && <Loading />}
      {answer.kind === 'failed' && <Failed kind={answer.failure.kind} onRetry={again} />}
      {answer.kind === 'here' && answer.value.length === 0 && <Nothing words={t('quarantine.empty')} />}
      {answer.kind === 'here' && answer.value.length > 0 && <Table<Entry> rowKey="id" size="middle" pagination={false} scroll={{ x: 900 }} columns={columnsFor(answer.at)} dataSource={answer.value} />}
    </section>
  );
}

function columnsFor(now: number): TableColumnsType<Entry> {
  return [
    { title: t('quarantine.id'), dataIndex: 'id', width: 80, render: (_, row) => <span className="number">{row.id}</span> },
    { title: t('quarantine.machine'), dataIndex: 'machine', width: 150, render: (_, row) => <span className="number">{row.machine}</span> },
    { title: t('quarantine.reason'), dataIndex: 'reason', render: (_, row) => <span className="mark" data-tone="late">{word('quarantine.reason', row.reason)}</span> },
    { title: t('quarantine.at'), dataIndex: 'at', width: 150, render: (_, row) => momentWords(row.at, now) },
    { title: t('quarantine.action'), dataIndex: 'action', width: 280, render: (_, row) => (row.action === null ? <span className="faint">{t('quarantine.no-action')}</span> : <span className="number">{row.action}</span>) },
  ];
}
