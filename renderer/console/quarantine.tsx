import { App, Button, Table, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import { drop } from '../../domain/result.ts';
import { may } from '../../domain/staff/rights.ts';
import type { Hall } from './hall.ts';
import { ListSheet } from './list-sheet.tsx';
import { useAnswer, useSession } from './session.tsx';
import { t, word } from './texts.ts';
import { momentWords } from './words.ts';

type Entry = Awaited<ReturnType<Hall['quarantine']>>[number];
/** Has an entry judged again; null where nobody here may. `judging`: the one that is under way. */
type Judging = { judging: number | null; judge: (id: number) => void } | null;

export function QuarantinePage(): ReactNode {
  const { ask, me } = useSession();
  const { message } = App.useApp();
  const [answer, again] = useAnswer('quarantine', () => ask((hall) => hall.quarantine()));
  const [judging, setJudging] = useState<number | null>(null);

  async function judge(id: number): Promise<void> {
    setJudging(id);
    const asked = await ask((hall) => hall.judgeAgain({ id }));
    setJudging(null);
    if (!asked.ok) return void message.error(t('quarantine.judge.failed'));
    // Settled by somebody else meanwhile: the list that is read anew says so.
    if (asked.value.ok) void message.info(t('quarantine.judge.done', asked.value.value));
    again();
  }

  const deed = may(me.role, 'judge-again') ? { judging, judge: (id: number) => drop(judge(id)) } : null;
  return (
    <ListSheet name="quarantine" title={t('quarantine.title')} words={t('quarantine.words')} answer={answer} onRetry={again} empty={t('quarantine.empty')}>
      {(entries, at) => <Table<Entry> rowKey="id" size="middle" pagination={false} scroll={{ x: 1000 }} columns={columnsFor(at, deed)} dataSource={entries} />}
    </ListSheet>
  );
}

function columnsFor(now: number, deed: Judging): TableColumnsType<Entry> {
  return [
    { title: t('quarantine.id'), dataIndex: 'id', width: 80, render: (_, row) => <span className="number">{row.id}</span> },
    { title: t('quarantine.machine'), dataIndex: 'machine', width: 150, render: (_, row) => <span className="number">{row.machine}</span> },
    { title: t('quarantine.reason'), dataIndex: 'reason', render: (_, row) => <span className="mark" data-tone="late">{word('quarantine.reason', row.reason)}</span> },
    { title: t('quarantine.at'), dataIndex: 'at', width: 150, render: (_, row) => momentWords(row.at, now) },
    { title: t('quarantine.action'), dataIndex: 'action', width: 280, render: (_, row) => (row.action === null ? <span className="faint">{t('quarantine.no-action')}</span> : <span className="number">{row.action}</span>) },
    ...(deed === null ? [] : [{ title: t('quarantine.judge.title'), key: 'judge', width: 120, render: (_: unknown, row: Entry) => <Judge row={row} deed={deed} /> }]),
  ];
}

/** What the hall does not hold is sent again by its terminal and judged then. */
function Judge({ row, deed: { judging, judge } }: { row: Entry; deed: NonNullable<Judging> }): ReactNode {
  if (!row.held) return <span className="faint">{t('quarantine.judge.resent')}</span>;
  return <Button size="small" loading={judging === row.id} disabled={judging !== null} onClick={() => judge(row.id)}>{t('quarantine.judge')}</Button>;
}
