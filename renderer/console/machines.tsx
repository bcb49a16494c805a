import { Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { Failed, Loading, Nothing } from './parts.tsx';
import { useAnswer, useSession } from './session.tsx';
import type { Hall } from './hall.ts';
import { t } from './texts.ts';
import { machineClock, momentWords } from './words.ts';

type Machine = Awaited<ReturnType<Hall['machines']>>[number];

/** A terminal speaks to the hall every few minutes; one that was silent for a day needs somebody to look. */
const SILENCE = 24 * 3_600_000;

export function MachinesPage(): ReactNode {
  const { ask } = useSession();
  const [answer, again] = useAnswer('machines', () => ask((hall) => hall.machines()));
  return (
    <section className="sheet" aria-labelledby="machines-title">
      <header><h1 id="machines-title">{t('machines.title')}</h1><p>{t('machines.words')}</p></header>
      {answer.kind === 'loading' && <Loading />}
      {answer.kind === 'failed' && <Failed kind={answer.failure.kind} onRetry={again} />}
      {answer.kind === 'here' && answer.value.length === 0 && <Nothing words={t('machines.empty')} />}
      {answer.kind === 'here' && answer.value.length > 0 && <Table<Machine> rowKey="machine" size="middle" pagination={false} scroll={{ x: 1080 }} columns={columnsFor(answer.at)} dataSource={answer.value} />}
    </section>
  );
}

function columnsFor(now: number): TableColumnsType<Machine> {
  const moment = (instant: string | null) => (instant === null ? <span className="faint">{t('machines.never')}</span> : momentWords(instant, now));
  return [
    { title: t('machines.machine'), dataIndex: 'machine', render: (_, row) => <span className="number">{row.machine}</span> },
    { title: t('machines.state'), dataIndex: 'retired', render: (_, row) => <State machine={row} now={now} /> },
    { title: t('machines.contact'), dataIndex: 'lastContact', render: (_, row) => moment(row.lastContact) },
    { title: t('machines.clock'), dataIndex: 'clockOffset', render: (_, row) => <MachineClock machine={row} /> },
    { title: t('machines.program'), dataIndex: 'program', render: (_, row) => <Program machine={row} /> },
    { title: t('machines.enrolled'), dataIndex: 'enrolledAt', render: (_, row) => moment(row.enrolledAt) },
    { title: t('machines.actions'), dataIndex: 'actions', align: 'right', render: (_, row) => <span className="number">{row.actions.toLocaleString('zh-CN')}</span> },
    { title: t('machines.quarantined'), dataIndex: 'quarantined', align: 'right', render: (_, row) => <span className={row.quarantined > 0 ? 'number missing' : 'number faint'}>{row.quarantined}</span> },
  ];
}

function State({ machine, now }: { machine: Machine; now: number }): ReactNode {
  if (machine.retired) return <span className="mark" data-tone="none">{t('machines.retired')}</span>;
  if (machine.enrolledAt === null) return <span className="mark" data-tone="soon">{t('machines.waiting')}</span>;
  if (machine.lastContact === null || now - Date.parse(machine.lastContact) > SILENCE) return <span className="mark" data-tone="late">{t('machines.silent')}</span>;
  return <span className="mark" data-tone="good">{t('machines.in-touch')}</span>;
}

function MachineClock({ machine: { clockOffset, retired } }: { machine: Machine }): ReactNode {
  if (clockOffset === null) return <Unsaid />;
  const { words, off } = machineClock(clockOffset);
  if (retired) return <span className="faint">{words}</span>;
  if (!off) return words;
  return (
    <div className="stacked">
      <span className="mark" data-tone="late">{words}</span>
      <small>{t('machines.clock.mend')}</small>
    </div>
  );
}

function Program({ machine: { program, protocol } }: { machine: Machine }): ReactNode {
  if (protocol === null) return <Unsaid />;
  return (
    <div className="stacked">
      {program === null ? <Unsaid /> : <span>{t('machines.program.words', { program })}</span>}
      <small className="faint">{t('machines.protocol', { protocol })}</small>
    </div>
  );
}

function Unsaid(): ReactNode {
  return <span className="faint">{t('machines.unsaid')}</span>;
}
