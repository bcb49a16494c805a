import { App as AntApp, ConfigProvider } from 'antd';
import { Component, type ReactNode, useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { drop } from '../../domain/result.ts';
import { dropDrafts } from './drafts.ts';
import type { SignInStep } from '../../domain/staff/sign-in.ts';
import { answerOf, type CallFailure, type Hall } from './hall.ts';
import { SignInSteps } from './identity/sign-in-steps.tsx';
import { chinese } from './locale.ts';
import { Failed, Loading } from './parts.tsx';
import type { Away, Repeats } from './repeats.ts';
import { searchesBelongTo } from './searches.ts';
import { type Me, type Session, SessionContext, useAsk } from './session.tsx';
import { Shell } from './shell.tsx';
import { SignIn } from './sign-in.tsx';
import { t } from './texts.ts';
import { WaitingDeed } from './waiting-deed.tsx';
import { momentWords } from './words.ts';
import { consoleTheme } from './theme.ts';

type Stand = { kind: 'starting' } | { kind: 'away' } | { kind: 'signed-out'; expired: boolean } | { kind: 'unfinished'; step: SignInStep } | { kind: 'signed-in'; me: Me };

/** Between two looks whether a hall that was away is back, milliseconds; a little apart from desk to desk. */
const LOOK_EVERY = 2000;
const LOOK_APART = 1500;

/** The console: who sits here decides what there is. */
export function App({ hall, repeats }: { hall: Hall; repeats: Repeats }): ReactNode {
  const theme = useMemo(() => consoleTheme(window.matchMedia('(prefers-reduced-motion: reduce)').matches), []);
  return (
    <ConfigProvider locale={chinese} theme={theme} button={{ autoInsertSpace: false }}>
      <AntApp message={{ top: 64, duration: 4, maxCount: 3 }}>
        <Crashes>
          <Stands hall={hall} />
          <WaitingDeed repeats={repeats} />
        </Crashes>
      </AntApp>
    </ConfigProvider>
  );
}

function Stands({ hall }: { hall: Hall }): ReactNode {
  const [stand, setStand] = useState<Stand>({ kind: 'starting' });
  const [away, setAway] = useState<Away | null>(null);
  const [looks, setLooks] = useState(0);
  const [epoch, setEpoch] = useState(0);

  const told = useCallback((failure: CallFailure | null) => {
    setAway(failure?.kind === 'away' ? failure.why : null);
    if (failure?.kind === 'signed-out') setStand((before) => (before.kind === 'signed-in' ? { kind: 'signed-out', expired: true } : before));
  }, []);
  const ask = useAsk(hall, told);
  const { message } = AntApp.useApp();
  /** Who sees a sign-in that was not theirs can say so. */
  const welcome = ({ name, last }: Me) => {
    if (last === null) return void message.info(t('welcome.first', { name }));
    const words = t('welcome.last', { at: momentWords(last.at, Date.now()), address: last.address });
    if (last.failed === 0) void message.info(words);
    else void message.warning(`${words}${t('welcome.failed', { count: last.failed })}`, 12);
  };

  const settle = useCallback((answer: Awaited<ReturnType<typeof whoIsHere>>) => {
    setAway(!answer.ok && answer.error.kind === 'away' ? answer.error.why : null);
    if (answer.ok && answer.value.ok) {
      const me = answer.value.value;
      searchesBelongTo(me.account);
      setStand({ kind: 'signed-in', me });
      setEpoch((before) => before + 1);
    } else if (answer.ok && !answer.value.ok && answer.value.error.kind === 'unfinished') {
      setStand({ kind: 'unfinished', step: answer.value.error.step });
    } else if (answer.ok || answer.error.kind === 'signed-out') {
      setStand((before) => ({ kind: 'signed-out', expired: before.kind === 'signed-in' }));
    } else {
      setStand((before) => (before.kind === 'starting' ? { kind: 'away' } : before));
    }
  }, []);
  useEffect(() => drop(whoIsHere(hall).then(settle)), [hall, settle]);
  const look = async () => settle(await whoIsHere(hall));
  /** The live line broke: where the hall is there and so is the session, nothing is the matter. */
  const lookWhenBroken = async () => {
    const answer = await whoIsHere(hall);
    if (!answer.ok || !answer.value.ok) settle(answer);
  };
  const lookAgain = useEffectEvent(async () => {
    await look();
    setLooks((before) => before + 1);
  });
  const isAway = away !== null;
  // While the hall is away it is looked for, so that nobody has to press anything when it is back.
  useEffect(() => {
    if (!isAway) return undefined;
    const timer = setTimeout(() => drop(lookAgain()), LOOK_EVERY + Math.random() * LOOK_APART);
    return () => clearTimeout(timer);
  }, [isAway, looks]);
  // Whichever call found it: what is shown is read anew.
  const wasAway = useRef(false);
  const greet = useEffectEvent(() => {
    if (stand.kind !== 'signed-in') return;
    setEpoch((before) => before + 1);
    void message.success({ key: 'away', content: t('away.back') });
  });
  useEffect(() => {
    if (wasAway.current && !isAway) greet();
    if (isAway) message.destroy('away');
    wasAway.current = isAway;
  }, [isAway, message]);

  /** After a step of signing in. */
  const goOn = async () => {
    const answer = await whoIsHere(hall);
    settle(answer);
    if (answer.ok && answer.value.ok) welcome(answer.value.value);
  };

  const leave = async () => {
    const answer = await ask((road) => road.signOut());
    // Without an answer the session may live on: the clerk must know, and stays.
    if (!answer.ok && answer.error.kind !== 'signed-out') return;
    dropDrafts();
    searchesBelongTo('');
    setStand({ kind: 'signed-out', expired: false });
  };

  const me = stand.kind === 'signed-in' ? stand.me : null;
  const session = useMemo<Session | null>(() => (me === null ? null : { me, ask, epoch }), [me, ask, epoch]);

  switch (stand.kind) {
    case 'starting':
      return <main className="waiting"><Loading /></main>;
    case 'away':
      return <main className="waiting"><Failed title="h1" kind="away" onRetry={() => drop(look())} /></main>;
    case 'signed-out':
      return <SignIn hall={hall} expired={stand.expired} onSignedIn={goOn} />;
    case 'unfinished':
      return <SignInSteps hall={hall} step={stand.step} onStep={() => drop(goOn())} onLeave={() => drop(leave())} />;
    case 'signed-in':
      return (
        <SessionContext value={session}>
          <Shell away={away} onRetry={() => drop(look())} onBroken={() => drop(lookWhenBroken())} onLeave={() => drop(leave())} />
        </SessionContext>
      );
  }
}

function whoIsHere(hall: Hall) {
  return answerOf(hall.me());
}

/** A fault of ours ends the screen, never silently: what was under way may not have been done. */
class Crashes extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError(): { crashed: boolean } {
    return { crashed: true };
  }

  override render(): ReactNode {
    if (!this.state.crashed) return this.props.children;
    return (
      <main className="waiting">
        <div className="notice" role="alert">
          <h1>{t('crashed.title')}</h1>
          <p>{t('crashed.words')}</p>
          <button type="button" className="plain-button" onClick={() => location.reload()}>{t('crashed.reload')}</button>
        </div>
      </main>
    );
  }
}
