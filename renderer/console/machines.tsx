import { Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import type { SelfTest } from '../../domain/contracts/fleet.ts';
import { alarmsOf } from '../../domain/fleet/alarms.ts';
import { findingWords } from '../../domain/fleet/self-test-words.ts';
import { ListSheet } from './list-sheet.tsx';
import { useAnswer, useSession } from './session.tsx';
import type { Hall } from './hall.ts';
import { t } from './texts.ts';
import { alarmWords, machineClock, momentWords } from './words.ts';

type Machine = Awaited<ReturnType<Hall['machines']>>[number];

/** A terminal speaks to the hall every few minutes; one that was silent for a day needs somebody to look. */
const SILENCE = 24 * 3_600_000;

export function MachinesPage(): ReactNode {
  const { ask } = useSession();
  const [answer, again] = useAnswer('machines', () => ask((hall) => hall.machines()));
  const faults = answer.kind === 'here' ? faulty(answer.value) : 0;
  return (
    <ListSheet
      name="machines"
      title={t('machines.title')}
      words={t('machines.words')}
      note={faults === 0 ? null : <p role="status"><span className="mark" data-tone="late">{t('machines.faults', { count: faults })}</span></p>}
      answer={answer}
      onRetry={again}
      empty={t('machines.empty')}
    >
      {(machines, at) => <Table<Machine> rowKey="machine" size="middle" pagination={false} scroll={{ x: 1080 }} columns={columnsFor(at)} dataSource={machines} />}
    </ListSheet>
  );
}

function columnsFor(now: number): TableColumnsType<Machine> {
  const moment = (instant: string | null) => (instant === null ? <span className="faint">{t('machines.never')}</span> : momentWords(instant, now));
  return [
    { title: t('machines.machine'), dataIndex: 'machine', render: (_, row) => <span className="number">{row.machine}</span> },
    { title: t('machines.state'), dataIndex: 'retired', render: (_, row) => <State machine={row} now={now} /> },
    { title: t('machines.site'), dataIndex: 'report', render: (_, row) => <Site machine={row} now={now} /> },
    { title: t('machines.contact'), dataIndex: 'lastContact', render: (_, row) => <div className="stacked"><span>{moment(row.lastContact)}</span><small className="faint">{t('machines.enrolled')} {moment(row.enrolledAt)}</small></div> },
    { title: t('machines.clock'), dataIndex: 'clockOffset', render: (_, row) => <MachineClock machine={row} /> },
    { title: t('machines.program'), dataIndex: 'program', render: (_, row) => <Program machine={row} /> },
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

/** How the machine is where it stands: what somebody has to see to, and when it said so. */
function Site({ machine: { report, reportedAt, retired }, now }: { machine: Machine; now: number }): ReactNode {
  if (retired || report === null || reportedAt === null) return <Unsaid />;
  const alarms = alarmsOf(report);
  return (
    <div className="stacked">
      {alarms.length === 0 ? <span>{t('machines.site.well')}</span> : alarms.map((alarm, index) => <span key={index} className="mark" data-tone={alarm.grade === 'fault' ? 'late' : 'soon'}>{alarmWords(alarm)}</span>)}
      {report.selfTest === null ? null : <LastSelfTest selfTest={report.selfTest} now={now} />}
      <small className="faint">{t('machines.site.since', { time: momentWords(reportedAt, now) })}</small>
    </div>
  );
}

/** When the machine last looked at itself, and what it found. */
function LastSelfTest({ selfTest: { at, findings }, now }: { selfTest: SelfTest; now: number }): ReactNode {
  const found = findings.filter(({ result }) => result !== 'well');
  const time = momentWords(at, now);
  if (found.length === 0) return <small className="faint">{t('machines.self-test.well', { time, count: findings.length })}</small>;
  return (
    <details>
      <summary>{t('machines.self-test.found', { time, count: found.length })}</summary>
      {found.map((finding) => {
        const { check, reasons } = findingWords(finding);
        return <div key={`${finding.check} ${finding.name}`}>{t('machines.alarm.device', { device: check, reason: reasons })}</div>;
      })}
    </details>
  );
}

/** How many machines turn citizens away, or would with the next print. */
function faulty(machines: readonly Machine[]): number {
  return machines.filter(({ report, retired }) => !retired && report !== null && alarmsOf(report).some(({ grade }) => grade === 'fault')).length;
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
