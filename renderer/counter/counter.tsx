import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import type { CounterView } from '../../domain/contracts/site.ts';
import { drop } from '../../domain/result.ts';
import { type Act, Line, useAct } from './act.tsx';
import { nameOf } from './choose-window.tsx';
import { denied, openingWish, wishesOf } from './deeds.ts';
import { NoteDialog, SuspendDialog, TransferDialog } from './dialogs/about.tsx';
import { CloseDialog, PauseDialog, ServeDialog, TakeDialog } from './dialogs/desk.tsx';
import { HelpDialog } from './dialogs/help.tsx';
import { PickDialog } from './dialogs/pick.tsx';
import { RollDialog } from './dialogs/roll.tsx';
import { InHand } from './in-hand.tsx';
import { type Command, hintOf, KEYS, type KeyRow } from './keys.ts';
import { Lists } from './lists.tsx';
import { useLine } from '../site/use-line.ts';
import { useHere } from './road.ts';
import { t } from './texts.ts';
import { Top, useTrouble } from './top.tsx';
import { usePageKeys } from './use-keys.ts';

/** What is asked in a dialog before anything is done. */
type Asked = Extract<Command, 'suspend' | 'return' | 'transfer' | 'call' | 'note' | 'priority' | 'leave' | 'take' | 'serve' | 'roll' | 'pause' | 'close' | 'help'>;

/** A window at work: whom it has in hand, who is next, who waits, and every deed under its key. */
export function Counter({ window }: { window: number }): ReactNode {
  const here = useHere();
  const { road, about, session, leave } = here;
  const line = useLine<CounterView>(road, `counter ${window}`, (origin, signal) => road.site(origin).counter({ window }, { signal }), (failure) => (failure.kind === 'signed-out' ? leave(t('sign-in.expired')) : here.go({ kind: 'choosing' })));
  const view = line?.word?.view ?? null;
  const act = useAct(view);
  const arranged = view?.arranged ?? about.arranged;
  const renew = useEffectEvent(here.renew);
  useEffect(() => {
    if (arranged !== about.arranged) renew();
  }, [arranged, about.arranged]);
  const [asked, setAsked] = useState<Asked | null>(null);
  const trouble = useTrouble(line);
  const isManager = session.role === 'manager';
  /** What the machines' clock says now. */
  const at = () => (line?.word == null ? Date.now() : Date.now() + Date.parse(line.word.at) - line.heard);

  const command = (name: Command) => {
    // These are the manager's page's.
    if (act.busy || name === 'arrange' || name === 'save') return;
    if (name === 'undo') return act.say({ tone: 'plain', words: t('undo.words') });
    if (name === 'sign-out') return leave(null);
    if (name === 'help') return setAsked('help');
    if (view === null) return;
    const reason = denied(name, view, isManager);
    if (reason !== null) return act.say({ tone: 'bad', words: t(`deny.${reason}`) });
    if (name === 'manager') return here.go({ kind: 'manager' });
    if (name === 'open-case') return openCase(about.console, view.inHand?.case ?? null) ? undefined : act.say({ tone: 'bad', words: t('deny.no-console') });
    if (trouble !== null) return act.say({ tone: 'bad', words: t(`deny.${trouble}`), under: trouble });
    switch (name) {
      case 'next':
      case 'recall':
      case 'start':
      case 'finish':
      case 'finish-next':
      case 'missed':
        return drop(act.go(name, wishesOf(name, view)));
      case 'resume':
        return drop(act.go(name, [openingWish(window, session.account, view.lines.map(({ business }) => business))]));
      default:
        act.say(null);
        return setAsked(name);
    }
  };
  // One key pauses and resumes.
  const heard = view?.state === 'paused' ? KEYS.filter((row) => row.command !== 'pause') : KEYS.filter((row) => row.command !== 'resume');
  const isMine = view !== null && view.state !== 'closed' && view.account === session.account;
  const mayPress = (row: KeyRow) => isMine || row.group === 'page';
  usePageKeys(act.busy, Object.fromEntries(heard.filter(mayPress).map((row) => [row.command, () => command(row.command)])));

  return (
    <div className="page">
      <Top act={act} heard={line} title={t('top.window', { window })} state={view === null ? null : <span className="pill" data-state={view.state}>{view.state === 'paused' ? t('top.paused', { why: view.why }) : t(`top.${view.state}`)}</span>} commands={{ help: () => command('help') }} />
      {view === null ? <main className="lonely"><h1>{t('top.window', { window })}</h1><p role="status">{t('loading')}</p></main>
        : isMine ? (
          <main className="counter" data-stale={trouble === 'offline'}>
            <h1 className="visually-hidden">{t('top.window', { window })}</h1>
            <div className="counter-hand">
              <InHand view={view} at={at} blocked={trouble !== null} />
              <Deeds group="in-hand" view={view} act={act} blocked={trouble !== null} isManager={isManager} onCommand={command} />
              <Deeds group="about" view={view} act={act} blocked={trouble !== null} isManager={isManager} onCommand={command} />
              <Deeds group="desk" view={view} act={act} blocked={trouble !== null} isManager={isManager} onCommand={command} />
            </div>
            <Lists view={view} at={at} />
          </main>
        ) : <NotMine window={window} view={view} act={act} />}
      <Line act={act} trouble={trouble} />
      {view !== null && asked !== null && <AskedDialog asked={asked} view={view} act={act} at={at} onClose={() => setAsked(null)} />}
    </div>
  );
}

/** Opens what was handed in at the terminal in the hall's console, beside the counter. @returns false: this site knows no hall */
function openCase(console: string | null, id: string | null): boolean {
  if (console === null || id === null) return false;
  globalThis.open(`${console}#/cases/${id}`, '_blank', 'noreferrer');
  return true;
}

/** The buttons of a group, each with its key. One that cannot be pressed now says why when it is. */
function Deeds({ group, view, act, blocked, isManager, onCommand }: { group: KeyRow['group']; view: CounterView; act: Act; blocked: boolean; isManager: boolean; onCommand: (command: Command) => void }): ReactNode {
  const rows = KEYS.filter((row) => row.group === group && row.command !== (view.state === 'paused' ? 'pause' : 'resume'));
  const main: Command = view.inHand === null ? (view.state === 'paused' ? 'resume' : 'next') : view.inHand.state === 'called' ? 'start' : 'finish-next';
  return (
    <div className="deeds" data-group={group} role="group" aria-label={t(group === 'in-hand' || group === 'about' || group === 'desk' ? `help.${group}` : 'help.page')}>
      {rows.map(({ command }) => (
        <button
          key={command} type="button" className="button" data-kind={command === main ? 'main' : 'plain'} aria-disabled={act.busy || blocked || denied(command, view, isManager) !== null}
          // The second click of a double click is not a second wish.
          onClick={(event) => event.detail < 2 && onCommand(command)}
        >
          {t(`command.${command}`)}<kbd>{hintOf(command)}</kbd>
        </button>
      ))}
    </div>
  );
}

function AskedDialog({ asked, view, act, at, onClose }: { asked: Asked; view: CounterView; act: Act; at: () => number; onClose: () => void }): ReactNode {
  const own = view.lines.map(({ business }) => business);
  const { window, inHand } = view;
  // Whom a dialog is about stays the one that it was opened for: a wish about somebody who has moved is refused, and says so.
  const [ticket] = useState(inHand);
  switch (asked) {
    case 'help':
      return <HelpDialog onClose={onClose} />;
    case 'suspend':
      return ticket === null ? null : <SuspendDialog act={act} window={window} ticket={ticket} onClose={onClose} />;
    case 'transfer':
      return ticket === null ? null : <TransferDialog act={act} window={window} open={view.state === 'open'} ticket={ticket} onClose={onClose} />;
    case 'note':
      return ticket === null ? null : <NoteDialog act={act} ticket={ticket} onClose={onClose} />;
    case 'call':
    case 'return':
    case 'leave':
    case 'priority':
      return <PickDialog picks={asked} act={act} view={view} onClose={onClose} />;
    case 'take':
      return <TakeDialog act={act} view={view} onClose={onClose} />;
    case 'serve':
      return <ServeDialog act={act} view={view} onClose={onClose} />;
    case 'pause':
      return <PauseDialog act={act} view={view} onClose={onClose} />;
    case 'close':
      return <CloseDialog act={act} view={view} onClose={onClose} />;
    case 'roll':
      return <RollDialog act={act} at={at} own={own} onClose={onClose} />;
  }
}

/** The window is closed, or somebody else's: that one is its clerk's until they close it, or the manager does. */
function NotMine({ window, view, act }: { window: number; view: CounterView; act: Act }): ReactNode {
  const { session, names, about, go } = useHere();
  const isClosed = view.state === 'closed';
  const businesses = view.lines.map(({ business }) => business);
  return (
    <main className="lonely">
      <h1>{isClosed ? t('closed.title') : t('closed.by-other', { name: view.account === null ? '' : (names[view.account] ?? view.account) })}</h1>
      <p>{isClosed ? t('closed.words') : t('closed.by-other.words')}</p>
      <p className="faint">{businesses.map((key) => nameOf(about.businesses, key)).join('、')}</p>
      <div className="lonely-deeds">
        {isClosed && <button key="open" type="button" className="button" data-kind="main" ref={focusOn} aria-disabled={act.busy} onClick={(event) => event.detail < 2 && drop(act.go('open', [openingWish(window, session.account, businesses)]))}>{t('closed.open')}<kbd>Enter</kbd></button>}
        <button key="elsewhere" type="button" className="button" ref={isClosed ? null : focusOn} onClick={() => !act.busy && go({ kind: 'choosing' })}>{t('closed.elsewhere')}</button>
      </div>
    </main>
  );
}

function focusOn(element: HTMLElement | null): void {
  element?.focus();
}
