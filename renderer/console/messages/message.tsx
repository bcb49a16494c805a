import { Alert, Button, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import type { MessageSubject, OpenMessage } from '../../../domain/contracts/messages.ts';
import { type MessageEvent, OPEN_MESSAGES } from '../../../domain/messages/message.ts';
import { drop, never } from '../../../domain/result.ts';
import type { Fault } from '../case/confirm-dialog.tsx';
import { useNow } from '../clock.ts';
import { useDeed, useOpened } from '../desk/deed.ts';
import { Timeline } from '../desk/desk.tsx';
import { DeskDue } from '../desk/due.tsx';
import { isConfirmation } from '../keys.ts';
import { Facts, Failed, Key, Loading } from '../parts.tsx';
import { t, word } from '../texts.ts';
import { dayWords, momentWords } from '../words.ts';
import { MessageDialog, type MessageDialogName } from './dialogs.tsx';
import { departmentName, type Owners } from './messages-page.tsx';
import { openPlace, replyTemplates } from './templates.ts';

/** One message: what was said, by whom, what was done, and the reply. */
export function MessageView({ id, owners, onChanged }: { id: string; owners: Owners; onChanged: () => void }): ReactNode {
  const [answer, again] = useOpened(`message/${id}`, (hall) => hall.message({ id }));
  const [dialog, setDialog] = useState<MessageDialogName | null>(null);
  const changed = () => {
    again();
    onChanged();
  };
  if (answer.kind === 'loading') return <section className="desk-open"><Loading /></section>;
  if (answer.kind === 'failed') return <section className="desk-open"><Failed kind={answer.failure.kind} onRetry={again} /></section>;
  const message = answer.value;
  return (
    <section className="desk-open" aria-labelledby="message-title">
      <Head message={message} onDialog={setDialog} />
      <div className="desk-body">
        <div>
          <Said message={message} />
          {OPEN_MESSAGES.includes(message.row.stage) ? <Reply key={message.events.length} message={message} onDone={changed} /> : message.reply !== null && <section className="desk-card"><h3>{t('message.reply')}</h3><p className="desk-said">{message.reply}</p></section>}
        </div>
        <div>
          <section className="desk-card"><About message={message} owners={owners} /></section>
          <section className="desk-card"><h3>{t('desk.timeline')}</h3><Steps events={message.events} owners={owners} /></section>
        </div>
      </div>
      {dialog !== null && <MessageDialog name={dialog} message={message} owners={owners} onDone={changed} onClose={() => setDialog(null)} />}
    </section>
  );
}

function Head({ message: { row, reopened, hotline }, onDialog }: { message: OpenMessage; onDialog: (name: MessageDialogName) => void }): ReactNode {
  const now = useNow();
  const open = OPEN_MESSAGES.includes(row.stage);
  const undecided = open && row.decideBy !== null;
  const answered = row.stage === 'replied' || row.stage === 'declined' || row.stage === 'rated';
  const deeds: { name: MessageDialogName; shown: boolean }[] = [
    { name: 'assign', shown: open },
    { name: 'take-up', shown: undecided },
    { name: 'decline', shown: undecided },
    { name: 'transfer', shown: open },
    { name: 'hand-over', shown: open && hotline === null },
    { name: 'package', shown: row.stage === 'handed-over' },
    { name: 'hotline-said', shown: row.stage === 'handed-over' },
    { name: 'rate', shown: row.stage === 'replied' || row.stage === 'declined' },
    { name: 'reopen', shown: (answered || row.stage === 'closed') && !reopened },
    { name: 'close', shown: answered },
  ];
  const next: MessageDialogName | null = row.stage === 'registered' || row.stage === 'transferred' ? 'assign' : undecided ? 'take-up' : null;
  const limit = row.decideBy !== null && row.decideBy < row.due ? row.decideBy : row.due;
  return (
    <header className="desk-head">
      <div className="desk-head-line">
        <h2 id="message-title" className="number">{row.number}</h2>
        <span className="mark" data-tone={row.kind === 'complain' ? 'late' : undefined}>{word('message.kind', row.kind)}</span>
        <span className="mark">{word('message.stage', row.stage)}</span>
        <DeskDue days={row.daysLeft} due={limit} now={now} inline />
      </div>
      <div className="desk-actions">{deeds.filter(({ shown }) => shown).map(({ name }) => <Button key={name} type={name === next ? 'primary' : 'default'} onClick={() => onDialog(name)}>{t(`message.${name}`)}</Button>)}</div>
    </header>
  );
}

/** What was said at a terminal; it may still be on its way, behind the words. */
function Recording({ id, seconds }: { id: string; seconds: number }): ReactNode {
  const [missing, setMissing] = useState(false);
  return (
    <div className="stacked">
      <p className="mark">{t('message.audio', { seconds })}</p>
      {missing ? <p className="faint" role="status">{t('message.audio.missing')}</p> : <audio controls preload="none" src={`/console/api/recordings/${id}`} aria-label={t('message.audio', { seconds })} onError={() => setMissing(true)} />}
    </div>
  );
}

function Said({ message: { row, words, audio } }: { message: OpenMessage }): ReactNode {
  return (
    <section className="desk-card">
      <h3>{t('message.said')}</h3>
      {words !== '' && <p className="desk-said">{words}</p>}
      {audio !== null && <Recording id={row.id} seconds={audio.seconds} />}
    </section>
  );
}

/** The reply, with beginnings to choose from. Ctrl+Enter sends it; one with a place left open is not sent. */
function Reply({ message: { row }, onDone }: { message: OpenMessage; onDone: () => void }): ReactNode {
  const deed = useDeed((kind) => word('message.fault', kind), onDone);
  const [words, setWords] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const barred = row.decideBy !== null ? t('reply.not-decided') : row.stage !== 'assigned' ? t('reply.not-assigned') : '';
  const send = async () => {
    if (busy || barred !== '') return;
    const left = openPlace(words);
    if (words.trim() === '' || left !== null) return setFault({ words: left === null ? t('reply.needed') : t('reply.open-place', { place: left }), final: false });
    setBusy(true);
    const failed = await deed((hall) => hall.replyMessage({ id: row.id, words }));
    setBusy(false);
    setFault(failed);
  };
  return (
    <section className="desk-card">
      <h3>{t('message.reply')}</h3>
      {barred !== '' ? <p className="faint">{barred}</p> : (
        <>
          <div className="pick-templates" role="group" aria-label={t('reply.templates')}>{replyTemplates(row.kind).map((template) => <Button key={template.name} size="small" aria-pressed={words === template.words} onClick={() => setWords(template.words)}>{template.name}</Button>)}</div>
          <label className="field">
            <span>{t('reply.label')}</span>
            <Input.TextArea
              value={words}
              maxLength={4000}
              autoSize={{ minRows: 6, maxRows: 14 }}
              onChange={(event) => setWords(event.target.value)}
              onKeyDown={(event) => {
                if (!isConfirmation(event)) return;
                event.preventDefault();
                drop(send());
              }}
            />
          </label>
          {fault !== null && <Alert type="error" showIcon role="alert" title={fault.words} />}
          <p><Button type="primary" loading={busy} onClick={() => drop(send())}>{t('reply.send')}<Key name="Ctrl ↵" /></Button></p>
        </>
      )}
    </section>
  );
}

function About({ message: { row, person, hotline }, owners }: { message: OpenMessage; owners: Owners }): ReactNode {
  return (
    <Facts rows={[
      { name: t('message.person'), value: person === null ? t('messages.anonymous') : person.name === '' ? t('message.no-name') : person.name },
      { name: t('message.phone'), value: person === null || person.phone === '' ? <span className="faint">{t('message.no-phone')}</span> : <span className="number">{person.phone}</span> },
      { name: t('message.subject'), value: subjectWords(row.subject) },
      { name: t('message.channel'), value: word('message.channel', row.channel) },
      { name: t('message.owner'), value: row.department === null ? t('messages.department.none') : `${departmentName(owners, row.department)}${row.account === null ? '' : `，${accountName(owners, row.account)}`}` },
      ...(hotline === null ? [] : [{ name: t('message.hotline'), value: t('message.hotline.words', { state: word('message.hotline', hotline.state), reference: hotline.reference }) }]),
    ]} />
  );
}

function subjectWords(subject: MessageSubject): string {
  return t(`message.subject.${subject.kind}`, { name: subject.kind === 'none' ? '' : subject.kind === 'case' ? subject.number : subject.name });
}

function accountName(owners: Owners, account: string): string {
  return owners.accounts.find((one) => one.account === account)?.name ?? account;
}

function Steps({ events, owners }: { events: readonly MessageEvent[]; owners: Owners }): ReactNode {
  const now = useNow();
  return (
    <Timeline
      name={t('desk.timeline')}
      steps={events.map((event, index) => ({
        key: String(index), title: word('message.event', event.kind), when: momentWords(event.at, now), words: eventWords(event, owners, now),
        by: 'by' in event && event.by !== null ? accountName(owners, event.by) : event.kind === 'overdue' || event.kind === 'closed' ? t('desk.by-hall') : t('desk.by-citizen'),
        ...(event.kind === 'overdue' ? { tone: 'late' as const } : event.kind === 'replied' ? { tone: 'good' as const } : {}),
      }))}
    />
  );
}

function eventWords(event: MessageEvent, owners: Owners, now: number): string {
  switch (event.kind) {
    case 'registered':
      return event.decideBy === null ? t('message.event.due', { date: dayWords(event.due, now) }) : t('message.event.due.decide', { decide: dayWords(event.decideBy, now), date: dayWords(event.due, now) });
    case 'assigned':
      return `${departmentName(owners, event.owner.department)}${event.owner.account === null ? '' : `，${accountName(owners, event.owner.account)}`}`;
    case 'transferred':
      return `${departmentName(owners, event.department)}：${event.words}`;
    case 'declined':
    case 'replied':
    case 'reopened':
      return event.words;
    case 'rated':
      return t('message.event.rated.words', { level: word('level', String(event.level)), words: event.words });
    case 'handed-over':
      return t('message.event.package', { hash: event.package.slice(0, 12) });
    case 'hotline-said':
      return `${t('message.hotline.words', { state: word('message.hotline', event.state), reference: event.reference })} ${event.words}`;
    case 'overdue':
      return t(`message.event.late.${event.what}`);
    case 'taken-up':
    case 'closed':
      return '';
    default:
      return never(event);
  }
}
