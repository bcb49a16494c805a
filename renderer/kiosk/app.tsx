import { type ReactNode, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { I18nProvider } from 'react-aria-components';
import { drop } from '../../domain/result.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/card.tsx';
import { Hills } from '../ui/illustrations/hills.tsx';
import { Keyboard } from '../ui/keyboard/keyboard.tsx';
import type { Core } from './core.ts';
import { HelpDialog, IdleDialog, LeaveDialog } from './dialogs.tsx';
import { StatusLine, Toolbar } from './frame.tsx';
import { applySettings, DEFAULT_SETTINGS, type Settings } from './settings.ts';
import { StepScreen } from './screens/step-screen.tsx';
import { PleaseWait } from './screens/please-wait.tsx';
import { speech as speechOf, type TextKey } from './text.ts';
import { useTouches } from './touches.ts';
import { type Visit, VisitProvider, type Wish } from './visit.tsx';

/** The citizen's window: draws what core says, sends wishes, keeps nothing that a restart would lose. */
export function App({ core }: { core: Core }): ReactNode {
  const { client, session: view, terminal } = useSyncExternalStore(core.subscribe, core.current);
  const [settings, setSettings] = useState<Settings>(DEFAULT_SETTINGS);
  const [open, setOpen] = useState<'help' | 'leave' | null>(null);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<TextKey | null>(null);
  const speech = useMemo(() => speechOf(settings.language), [settings.language]);
  const session = view?.session ?? null;
  const step = view?.step ?? null;

  useEffect(() => applySettings(document.documentElement, settings), [settings]);
  // The next citizen starts with the machine as it is by itself.
  const had = useRef<string | null>(null);
  useEffect(() => {
    if (had.current !== null && session !== had.current) {
      setSettings(DEFAULT_SETTINGS);
      setOpen(null);
    }
    had.current = session;
  }, [session]);
  useEffect(() => setRefusal(null), [step, session]);
  useTouches(client);

  async function wish(call: Wish): Promise<boolean> {
    if (client === null) return false;
    setBusy(true);
    setRefusal(null);
    try {
      const answer = await call(client);
      if (!answer.ok) setRefusal(answer.error.kind === 'bad-picture' ? `bad-picture.${answer.error.why}` : `refused.${answer.error.kind}`);
      return answer.ok;
    } catch {
      // Core went away in the middle: the waiting screen says so, and the view that comes back shows what was done.
      return false;
    } finally {
      setBusy(false);
    }
  }

  const visit: Visit | null = client === null || view === null || terminal === null ? null : { ...speech, view, terminal, client, settings, busy, wish, help: () => setOpen('help') };
  const end = () => {
    setOpen(null);
    drop(wish((core) => core.end()));
  };

  return (
    <I18nProvider locale={settings.language}>
      <div className="app">
        <StatusLine terminal={terminal} speech={speech} />
        <main className="app-main">
          <div>
            {settings.reach === 'low' ? (
              <div className="app-band" aria-hidden="true">
                {settings.contrast === 'normal' ? <Hills /> : null}
              </div>
            ) : null}
            {refusal === null ? null : (
              <div className="app-refusal">
                <Notice tone="fault" live title={speech.t(refusal)} actions={<Button onPress={() => setRefusal(null)}>{speech.t('close')}</Button>} />
              </div>
            )}
          </div>
          {visit === null ? (
            <PleaseWait speech={speech} phone={terminal?.phone ?? null} />
          ) : (
            <VisitProvider value={visit}>
              <StepScreen key={`${session ?? 'nobody'} ${visit.view.step}`} step={visit.view.step} />
            </VisitProvider>
          )}
        </main>
        <Keyboard
          chinese={settings.language === 'zh-CN'}
          words={{
            title: speech.t('keyboard.title'), hide: speech.t('keyboard.hide'), space: speech.t('keyboard.space'), enter: speech.t('keyboard.enter'), erase: speech.t('keyboard.erase'), shift: speech.t('keyboard.shift'),
            chinese: speech.t('keyboard.chinese'), english: speech.t('keyboard.english'), signs: speech.t('keyboard.signs'), letters: speech.t('keyboard.letters'), candidates: speech.t('keyboard.candidates'), more: speech.t('keyboard.more'), hint: speech.t('keyboard.hint'),
          }}
        />
        <Toolbar settings={settings} speech={speech} phone={terminal?.phone ?? ''} inSession={session !== null && visit !== null} onSettings={setSettings} onHelp={() => setOpen('help')} onLeave={() => setOpen('leave')} />
        {visit !== null && view?.idle.warning === true ? (
          <IdleDialog speech={speech} seconds={view.idle.secondsLeft} onStay={() => drop(wish((core) => core.touch()))} onEnd={end} />
        ) : open === 'help' ? (
          <HelpDialog speech={speech} phone={terminal?.phone ?? ''} onClose={() => setOpen(null)} />
        ) : open === 'leave' ? (
          <LeaveDialog speech={speech} onStay={() => setOpen(null)} onEnd={end} />
        ) : null}
      </div>
    </I18nProvider>
  );
}
