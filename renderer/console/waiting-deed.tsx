import { App, Button } from 'antd';
import { LoaderCircle } from 'lucide-react';
import { type ReactNode, useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react';
import { Key } from './parts.tsx';
import type { Repeats } from './repeats.ts';
import { t } from './texts.ts';
import './waiting-deed.css';

/** How long it is said what became of a deed, seconds: two sentences, beside what its own page says. */
const SAID_FOR = 10;

/** Over everything, dialogs too: that a deed got no answer, what is being done about it, and what became of it. */
export function WaitingDeed({ repeats }: { repeats: Repeats }): ReactNode {
  const { message } = App.useApp();
  const stand = useSyncExternalStore(repeats.follow, repeats.stand);
  const waits = stand.kind === 'waiting';
  // A dialog keeps the focus to itself, so the way out is a key that is heard before the dialog hears it.
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    repeats.giveUp();
  });
  useEffect(() => {
    if (!waits) return undefined;
    document.addEventListener('keydown', press, true);
    document.addEventListener('beforeinput', keepAsSent, true);
    return () => {
      document.removeEventListener('keydown', press, true);
      document.removeEventListener('beforeinput', keepAsSent, true);
    };
  }, [waits]);
  const tell = useEffectEvent((outcome: 'before' | 'now' | 'refused') => void message[outcome === 'refused' ? 'warning' : 'success'](t(`repeat.${outcome}`), SAID_FOR));
  useEffect(() => {
    if (stand.kind === 'settled') tell(stand.outcome);
  }, [stand]);
  if (stand.kind !== 'waiting') return null;
  return (
    <section className="repeat" aria-label={t('repeat.title')}>
      <LoaderCircle className="repeat-turns" aria-hidden="true" size={22} />
      <div>
        <h2>{t('repeat.title')}<Waited /></h2>
        <p role="alert">{t(`repeat.why.${stand.why}`)}{t('repeat.words')}</p>
        <p>{t('repeat.kept')}</p>
      </div>
      <Button onClick={() => repeats.giveUp()}>{t('repeat.give-up')}<Key name="Esc" /></Button>
    </section>
  );
}

/** What was sent stands as it was sent: nobody shall believe that the hall does what was typed afterwards. */
function keepAsSent(event: Event): void {
  if (event.target instanceof Element && event.target.closest('[role=dialog], .window-form') !== null) event.preventDefault();
}

/** Counts the seconds that it stands there: whoever looks sees that something goes on. */
function Waited(): ReactNode {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return <span className="repeat-waited" aria-hidden="true">{t('repeat.waited', { seconds })}</span>;
}
