import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { LONGEST_RECORDING } from '../../../domain/contracts/messages.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useVisit } from '../visit.tsx';
import { openMicrophone, type Taking } from './microphone.ts';
import './recorder.css';

/** Below this level for some seconds somebody speaks too far away, or into a microphone that hears nothing. */
const QUIET = 0.04;
const QUIET_SECONDS = 4;
/** How often the meter moves, milliseconds. */
const LOOK_EVERY = 100;
/** A touch comes at least this often while somebody speaks: the idle limit must not end the visit in the middle of a sentence. Milliseconds. */
const TOUCH_EVERY = 20_000;

const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

/** Speaking instead of typing: record, see that it hears, listen, record again. The microphone is on from the touch on "start" to that on "stop", and no longer. */
export function Recorder({ seconds, onRunning }: { seconds: number | null; /** Told when it begins and ends: what is being said must not be sent off half. */ onRunning(running: boolean): void }): ReactNode {
  const { t, client, wish, busy } = useVisit();
  const [taking, setTaking] = useState<Taking | null>(null);
  const [failed, setFailed] = useState(false);
  const held = useRef<Taking | null>(null);
  // Whatever takes the screen away switches the microphone off.
  useEffect(() => () => held.current?.cancel(), []);

  async function start(): Promise<void> {
    setFailed(false);
    const opened = await openMicrophone();
    held.current = opened;
    setTaking(opened);
    onRunning(opened !== null);
    setFailed(opened === null);
  }
  async function stop(): Promise<void> {
    const now = held.current;
    held.current = null;
    setTaking(null);
    const taken = await now?.finish();
    if (taken === undefined || taken === null) setFailed(true);
    else await wish((core) => core.talk.record(taken));
    onRunning(false);
  }

  return (
    <section className="recorder" aria-labelledby="recorder-title">
      <h2 id="recorder-title">{t('record.title')}</h2>
      {taking !== null ? (
        <Running taking={taking} onStop={() => drop(stop())} onTouch={() => drop(client.touch().then(() => undefined, () => undefined))} />
      ) : seconds !== null ? (
        <Recorded seconds={seconds} busy={busy} onAgain={() => drop(start())} />
      ) : (
        <>
          <p>{busy ? t('record.saving') : t('record.words')}</p>
          <Button size="main" busy={busy} icon={<Icon name="microphone" />} onPress={() => drop(start())}>
            {t('record.start')}
          </Button>
        </>
      )}
      {failed ? <Notice tone="warn" live title={t('record.none')} /> : null}
    </section>
  );
}

function Running({ taking, onStop, onTouch }: { taking: Taking; onStop(): void; onTouch(): void }): ReactNode {
  const { t } = useVisit();
  const [now, setNow] = useState({ seconds: 0, level: 0, quiet: 0 });
  const left = LONGEST_RECORDING - now.seconds;
  const over = left <= 0;
  const touch = useEffectEvent(onTouch);
  const stop = useEffectEvent(onStop);
  useEffect(() => {
    let touched = 0;
    const timer = setInterval(() => {
      const { seconds, level } = taking.now();
      setNow((before) => ({ seconds, level, quiet: level < QUIET ? before.quiet + (seconds - before.seconds) : 0 }));
      if (seconds * 1000 - touched < TOUCH_EVERY) return;
      touched = seconds * 1000;
      touch();
    }, LOOK_EVERY);
    return () => clearInterval(timer);
  }, [taking]);
  useEffect(() => {
    if (over) stop();
  }, [over]);
  return (
    <>
      <p className="recorder-now number" role="timer">{t('record.now', { time: clock(Math.max(0, left)) })}</p>
      <div className="recorder-level" role="meter" aria-label={t('record.level')} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(now.level * 100)}>
        <span style={{ width: `${Math.round(now.level * 100)}%` }} />
      </div>
      {now.quiet > QUIET_SECONDS ? <p role="status">{t('record.quiet')}</p> : null}
      <Button size="main" tone="main" icon={<Icon name="check" />} onPress={onStop}>
        {t('record.stop')}
      </Button>
    </>
  );
}

/** What is kept comes back from core to be heard: also when the window is another than the one that took it. */
function Recorded({ seconds, busy, onAgain }: { seconds: number; busy: boolean; onAgain(): void }): ReactNode {
  const { t, client, wish } = useVisit();
  const [playing, setPlaying] = useState<string | null>(null);
  useEffect(() => (playing === null ? undefined : () => URL.revokeObjectURL(playing)), [playing]);
  async function listen(): Promise<void> {
    const answer = await client.talk.recording().catch(() => null);
    if (answer?.ok === true) setPlaying(URL.createObjectURL(new Blob([new Uint8Array(answer.value)], { type: 'audio/webm' })));
  }
  return (
    <>
      <p className="number">{t('record.done', { time: clock(seconds) })}</p>
      {playing === null ? null : <audio src={playing} autoPlay onEnded={() => setPlaying(null)} />}
      <div className="recorder-ways">
        <Button busy={busy} icon={<Icon name={playing === null ? 'voice' : 'silent'} />} onPress={() => (playing === null ? drop(listen()) : setPlaying(null))}>
          {t(playing === null ? 'record.listen' : 'record.pause')}
        </Button>
        <Button icon={<Icon name="retry" />} onPress={onAgain}>{t('record.again')}</Button>
        <Button tone="stop" icon={<Icon name="remove" />} onPress={() => drop(wish((core) => core.talk.dropRecording()))}>{t('record.remove')}</Button>
      </div>
    </>
  );
}
