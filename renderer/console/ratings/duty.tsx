import { Alert, Button } from 'antd';
import { type ReactNode, useState } from 'react';
import type { RatingDuty } from '../../../domain/contracts/ratings.ts';
import type { DutyEvent } from '../../../domain/ratings/closure.ts';
import { tagText } from '../../../domain/ratings/ratings.ts';
import { never } from '../../../domain/result.ts';
import { CaseId } from '../../../domain/ids.ts';
import { mayCall } from '../../../domain/staff/rights.ts';
import { useNow } from '../clock.ts';
import { useOpened } from '../desk/deed.ts';
import { Timeline } from '../desk/desk.tsx';
import { DeskDue } from '../desk/due.tsx';
import { Facts, Failed, Loading } from '../parts.tsx';
import { routeText } from '../route.ts';
import { useSession } from '../session.tsx';
import { t, word } from '../texts.ts';
import { dayWords, momentWords } from '../words.ts';
import { type DutyDialogName, DutyDialog } from './duty-dialogs.tsx';
import { Level } from './ratings-page.tsx';

/** One poor rating: what was said, who said it, what was done, and what to do next. */
export function DutyView({ id, onChanged }: { id: string; onChanged: () => void }): ReactNode {
  const [answer, again] = useOpened(`duty/${id}`, (hall) => hall.ratingDuty({ id: CaseId.parse(id) }));
  const [dialog, setDialog] = useState<DutyDialogName | null>(null);
  const changed = () => {
    setDialog(null);
    again();
    onChanged();
  };
  if (answer.kind === 'loading') return <section className="desk-open"><Loading /></section>;
  if (answer.kind === 'failed') return <section className="desk-open"><Failed kind={answer.failure.kind} onRetry={again} /></section>;
  const duty = answer.value;
  return (
    <section className="desk-open" aria-labelledby="duty-title">
      <Head duty={duty} onDialog={setDialog} />
      <div className="desk-body">
        <div>
          <Said duty={duty} />
          <Person duty={duty} />
        </div>
        <section className="desk-card"><h3>{t('desk.timeline')}</h3><Steps events={duty.events} names={duty.names} /></section>
      </div>
      {dialog !== null && <DutyDialog name={dialog} id={duty.row.id} onDone={changed} onClose={() => setDialog(null)} />}
    </section>
  );
}

function Head({ duty, onDialog }: { duty: RatingDuty; onDialog: (name: DutyDialogName) => void }): ReactNode {
  const { me } = useSession();
  const now = useNow();
  const { row } = duty;
  const own = duty.handlers.includes(me.account);
  const open = row.stage === 'alert' || row.stage === 'called-back';
  const appealed = duty.events.some(({ kind }) => kind === 'appealed');
  const deeds: { name: DutyDialogName; shown: boolean; blocked: boolean }[] = [
    { name: 'call', shown: row.stage !== 'closed' && !duty.calledBack || row.stage === 'alert', blocked: own },
    { name: 'answer', shown: open, blocked: !duty.calledBack },
    { name: 'appeal', shown: open && !appealed, blocked: false },
    { name: 'judge', shown: row.stage === 'appealed' && mayCall(me.role, 'judgeAppeal'), blocked: own },
    { name: 'close', shown: (row.stage === 'answered' || row.stage === 'judged') && mayCall(me.role, 'closeRating'), blocked: own || !duty.calledBack },
  ];
  const shown = deeds.filter((deed) => deed.shown);
  const next = shown.find(({ blocked }) => !blocked)?.name;
  return (
    <header className="desk-head">
      <div className="desk-head-line">
        <h2 id="duty-title">{row.itemName}</h2>
        <Level level={row.level} />
        <span className="mark">{word('duty.stage', row.stage)}</span>
        {row.excluded && <span className="mark" data-tone="soon">{t('duty.excluded')}</span>}
        <DeskDue days={row.daysLeft} due={row.due} now={now} inline />
      </div>
      {shown.length > 0 && <div className="desk-actions">{shown.map(({ name, blocked }) => <Button key={name} type={name === next ? 'primary' : 'default'} disabled={blocked} onClick={() => onDialog(name)}>{t(`duty.${name}`)}</Button>)}</div>}
      {row.stage !== 'closed' && own && <Alert type="info" showIcon title={t('duty.own')} />}
      {row.stage !== 'closed' && !own && !duty.calledBack && <p className="faint">{t('duty.not-called')}</p>}
    </header>
  );
}

function Said({ duty: { row, words, followUp } }: { duty: RatingDuty }): ReactNode {
  return (
    <section className="desk-card">
      <h3>{t('duty.said')}</h3>
      <p className="desk-said">{words === '' ? <span className="faint">{t('duty.no-words')}</span> : words}</p>
      {row.tags.length > 0 && <ul className="tags">{row.tags.map((code) => <li key={code} className="mark" data-tone="late">{tagText(code) ?? code}</li>)}</ul>}
      {followUp !== null && <Facts rows={[{ name: t('duty.follow-up'), value: t('duty.follow-up.words', { level: word('level', String(followUp.level)), words: followUp.words }) }]} />}
    </section>
  );
}

function Person({ duty: { row, person, phone, handlers, names, channel, paper } }: { duty: RatingDuty }): ReactNode {
  return (
    <section className="desk-card">
      <Facts rows={[
        { name: t('duty.person'), value: person },
        { name: t('duty.phone'), value: phone === '' ? <span className="faint">{t('duty.no-phone')}</span> : <span className="number">{phone}</span> },
        { name: t('duty.case'), value: <a className="number" href={routeText({ page: 'case', id: row.id })}>{row.number}</a> },
        { name: t('duty.handlers'), value: handlers.length === 0 ? t('duty.no-handlers') : handlers.map((account) => names[account] ?? account).join('、') },
        { name: t('duty.site'), value: row.site },
        { name: t('duty.channel'), value: paper === null ? word('channel', channel) : t('duty.paper', { channel: word('channel', channel), paper }) },
      ]} />
    </section>
  );
}

function Steps({ events, names }: { events: readonly DutyEvent[]; names: RatingDuty['names'] }): ReactNode {
  const now = useNow();
  return (
    <Timeline
      name={t('desk.timeline')}
      steps={events.map((event, index) => ({
        key: String(index), title: word('duty.event', event.kind), when: momentWords(event.at, now), by: 'by' in event ? names[event.by] ?? event.by : event.kind === 'opened' ? t('desk.by-citizen') : t('desk.by-hall'), words: eventWords(event, now),
        ...(event.kind === 'overdue' ? { tone: 'late' as const } : event.kind === 'closed' ? { tone: 'good' as const } : {}),
      }))}
    />
  );
}

function eventWords(event: DutyEvent, now: number): string {
  switch (event.kind) {
    case 'opened':
      return t('duty.event.due', { date: dayWords(event.due, now) });
    case 'called':
      return t(event.reached ? 'duty.event.reached' : 'duty.event.not-reached', { way: word('way', event.way), said: event.said });
    case 'put-right':
    case 'explained':
      return event.words;
    case 'appealed':
      return t('duty.event.reason', { reason: word('appeal', event.reason), words: event.words });
    case 'judged':
      return t(event.upheld ? 'duty.event.upheld' : 'duty.event.rejected', { words: event.words });
    case 'overdue':
    case 'closed':
      return '';
    default:
      return never(event);
  }
}
