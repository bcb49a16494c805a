import { type ReactNode, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { I18nProvider } from 'react-aria-components';
import { drop } from '../../domain/result.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/card.tsx';
import { Hills } from '../ui/illustrations/hills.tsx';
import { Keyboard } from '../ui/keyboard/keyboard.tsx';
import { PinDialog } from './caretaker/pin-dialog.tsx';
import type { Core } from './core.ts';
import { useKeypad } from './keypad/use-keypad.ts';
import { HelpDialog, IdleDialog, LeaveDialog } from './dialogs.tsx';
import { HelpCallDialog } from './help-call.tsx';
import { StatusLine, Toolbar } from './frame.tsx';
import { keyboardWords } from './keyboard-words.ts';
import { mayKeep } from './keep-later.tsx';
import { PowerNotice } from './power-notice.tsx';
import { applySettings, DEFAULT_SETTINGS, type Settings } from './settings.ts';
import { useLaterScreens } from './screens/later.ts';
import { StepScreen } from './screens/step-screen.tsx';
import { PleaseWait } from './screens/please-wait.tsx';
import { PowerOutScreen } from './screens/power-out.tsx';
import { itemForCounter } from './ticketing/ticket-way.tsx';
import { speech as speechOf, type TextKey } from './text.ts';
import { type Language, languageAfter, languageNamed } from './texts/languages.ts';
import { useTouches } from './touches.ts';
import { type Visit, VisitProvider, type Wish } from './visit.tsx';
import { Caption } from './voice/caption.tsx';
import { useVoice } from './voice/use-voice.ts';

/** The citizen's window: draws what core says, sends wishes, keeps nothing that a restart would lose. */
export function App({ core, languages }: { core: Core; languages: readonly [Language, ...Language[]] }): ReactNode {
  const { client, connected, starting, session: view, terminal, caretaker } = useSyncExternalStore(core.subscribe, core.current, core.current);
  const [settings, setSettings] = useState<Settings>(DEFAULT_SETTINGS);
  const [open, setOpen] = useState<'help' | 'silent' | 'leave' | 'pin' | null>(null);
  const [busy, setBusy] = useState(false);
  const later = useLaterScreens();
  const slow = useSlow(busy);
  const [refusal, setRefusal] = useState<{ words: TextKey; at: string } | null>(null);
  const language = languageNamed(settings.language, languages);
  const speech = useMemo(() => speechOf(language), [language]);
  const session = view?.session ?? null;
  const person = usePerson(session, () => {
    // The next citizen starts with the machine as it is by itself.
    setSettings(DEFAULT_SETTINGS);
    setOpen(null);
  });
  // A refusal belongs to the screen it happened on.
  const place = `${person} ${view?.step ?? ''}`;

  useEffect(() => applySettings(document.documentElement, settings, language), [settings, language]);
  const powerCut = view?.powerCut ?? null;
  const isSigning = useSigning(powerCut !== null, place);
  const isCaretaker = caretaker?.kind === 'open';
  const touch = useMemo(() => (client === null ? null : isCaretaker ? () => client.caretaker.touch() : () => client.touch()), [client, isCaretaker]);
  useTouches(touch);
  const away = !(connected || starting) || slow;
  const { desk, can, heard } = useVoice({ client, settings: isCaretaker ? { ...settings, voice: 'off' } : settings, speech, place, stay: () => (session === null || client === null || !connected ? undefined : drop(client.touch().then(() => undefined, () => undefined))) });
  useKeypad(isCaretaker || away || open === 'pin' ? null : { desk, speech, settings, onSettings: setSettings, help: () => setOpen('help') });

  async function wish(call: Wish): Promise<boolean> {
    if (client === null || !(connected || starting)) return false;
    setBusy(true);
    setRefusal(null);
    try {
      const answer = await call(client);
      if (!answer.ok) setRefusal({ words: answer.error.kind === 'bad-picture' ? `bad-picture.${answer.error.why}` : `refused.${answer.error.kind}`, at: place });
      return answer.ok;
    } catch {
      // Core went away in the middle: the waiting screen says so, and the view that comes back shows what was done.
      return false;
    } finally {
      setBusy(false);
    }
  }

  const visit: Visit | null = client === null || view === null || terminal === null ? null : { ...speech, whenStill: core.whenStill, view, terminal, client, settings, busy, wish, heard, say: desk.say, help: () => setOpen('help') };
  const end = () => {
    setOpen(null);
    drop(wish((core) => core.end()));
  };

  const counter = view === null || terminal === null ? null : itemForCounter(view, terminal);
  const toCounter = counter === null ? null : () => {
    setOpen(null);
    drop(wish((core) => core.ticket.begin({ item: counter })));
  };

  return (
    <I18nProvider locale={language.code}>
      <div className="app">
        <StatusLine terminal={terminal} speech={speech} onHold={caretaker?.kind === 'closed' && !away ? () => setOpen('pin') : null} />
        <main className="app-main">
          <div>
            {settings.reach === 'low' ? (
              <div className="app-band" aria-hidden="true">
                {settings.contrast === 'normal' ? <Hills /> : null}
              </div>
            ) : null}
            {powerCut === null || !isSigning.now ? null : (
              <div className="app-refusal">
                <Notice tone="warn" title={speech.t('power.left', { seconds: powerCut.secondsLeft })} />
              </div>
            )}
            {terminal?.help.kind !== 'coming' || open === 'help' ? null : (
              <div className="app-refusal">
                <Notice tone="good" live title={speech.t('help.coming')}>{speech.t('help.coming.words')}</Notice>
              </div>
            )}
            {refusal?.at !== place ? null : (
              <div className="app-refusal">
                <Notice tone="fault" live title={speech.t(refusal.words)} actions={<Button onPress={() => setRefusal(null)}>{speech.t('close')}</Button>} />
              </div>
            )}
          </div>
          {client !== null && terminal !== null && connected && isCaretaker ? (
            later === null ? null : <later.CaretakerScreen view={caretaker} devices={terminal.devices} client={client} speech={speech} />
          ) : visit === null ? (
            <PleaseWait speech={speech} phone={terminal?.phone ?? null} visiting={session !== null} />
          ) : (
            <VisitProvider value={visit}>
              {/* What is on the screen stays as it is behind the wait: a picture just taken, a half-typed word. */}
              <div className="app-step" inert={away}>
                {session === null && terminal?.power === 'critical' ? <PowerOutScreen /> : <StepScreen key={place} step={visit.view.step} />}
              </div>
              {away ? <PleaseWait speech={speech} phone={terminal?.phone ?? null} visiting={session !== null} /> : null}
            </VisitProvider>
          )}
        </main>
        <Keyboard
          key={person}
          chinese={language.spoken === 'zh-CN'}
          words={keyboardWords(speech.t)}
        />
        {settings.voice === 'on' && !isCaretaker ? <Caption desk={desk} /> : null}
        <Toolbar canSpeak={can} next={languageAfter(language, languages)} settings={settings} speech={speech} help={terminal?.help} inSession={session !== null && !away && !isCaretaker} onSettings={setSettings} onHelp={() => setOpen('help')} onSilent={() => setOpen('silent')} onLeave={() => setOpen('leave')} />
        {open === 'pin' && client !== null && !isCaretaker ? (
          <PinDialog client={client} speech={speech} lockedUntil={caretaker?.kind === 'closed' ? caretaker.lockedUntil : null} onClose={() => setOpen(null)} />
        ) : visit !== null && powerCut !== null && !away && !isCaretaker && !isSigning.now ? (
          <VisitProvider value={visit}>
            <PowerNotice seconds={powerCut.secondsLeft} onSign={view?.step === 'check' ? isSigning.begin : null} onEnd={end} />
          </VisitProvider>
        ) : !away && !isCaretaker && view?.idle.warning === true ? (
          <IdleDialog speech={speech} seconds={view.idle.secondsLeft} onStay={() => drop(wish((core) => core.touch()))} onEnd={end} />
        ) : open === 'help' ? (
          <HelpCallDialog speech={speech} help={terminal?.help ?? { kind: 'none' }} phone={terminal?.phone ?? ''} busy={busy} onCall={() => drop(wish((core) => core.callHelp()))} onClose={() => setOpen(null)} onTicket={toCounter} />
        ) : open === 'silent' ? (
          <HelpDialog speech={speech} phone={terminal?.phone ?? ''} title={speech.t('voice.none.title')} words={speech.t('voice.none.words', { phone: terminal?.phone ?? '' })} onClose={() => setOpen(null)} />
        ) : open === 'leave' ? (
          <LeaveDialog
            speech={speech}
            view={view}
            onStay={() => setOpen(null)}
            onEnd={end}
            onTicket={view?.handedIn === null ? toCounter : null}
            onLater={view === null || !mayKeep(view) ? null : () => {
              setOpen(null);
              drop(wish((core) => core.go({ step: 'keep', errand: null })));
            }}
          />
        ) : null}
      </div>
    </I18nProvider>
  );
}

/**
 * Counts the people who stood here: one more with each visit that ended, so that nothing of it stays on the screen. A visit
 * begins with a touch, and what the finger rests on then must still be there when it lifts.
 * @param left called in the drawing that sees a visit ended
 */
function usePerson(session: string | null, left: () => void): number {
  const [person, setPerson] = useState(0);
  const [had, setHad] = useState(session);
  if (had !== session) {
    setHad(session);
    if (had !== null) {
      setPerson(person + 1);
      left();
    }
  }
  return person;
}

/** Whether the citizen went back from the notice that the power ends to sign what is filled in: on this screen, and until the power is back. */
function useSigning(powerEnds: boolean, place: string): { now: boolean; begin(): void } {
  const [at, setAt] = useState<string | null>(null);
  if (!powerEnds && at !== null) setAt(null);
  return { now: powerEnds && at === place, begin: () => setAt(place) };
}

/** A wish that takes this long means that core is busy or gone; until then a turning button says enough. */
const SLOW_MS = 4000;

function useSlow(busy: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!busy) return;
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [busy]);
  return slow;
}
