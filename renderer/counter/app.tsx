import { Component, type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { drop } from '../../domain/result.ts';
import { ChooseWindow } from './choose-window.tsx';
import { Counter } from './counter.tsx';
import { ManagerPage } from './manager/manager-page.tsx';
import { type Here, HereContext, type Road } from './road.ts';
import { keepSession, keptSession, type Session } from './session.ts';
import { SignIn } from './sign-in.tsx';
import { type About, askAround } from '../site/machines.ts';
import { t } from './texts.ts';

/** Between two looks for a machine while none answers, milliseconds. */
const LOOK_EVERY = 1500;

/** The counter's pages: who sits here, and where they chose to work, decides what there is. */
export function App({ road }: { road: Road }): ReactNode {
  return (
    <Crashes>
      <Pages road={road} />
    </Crashes>
  );
}

function Pages({ road }: { road: Road }): ReactNode {
  const [session, setSession] = useState(() => keptSession(sessionStorage));
  const [said, setSaid] = useState<string | null>(null);
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  const token = session?.token ?? null;
  const [renewals, setRenewals] = useState(0);
  const about = useAbout(road, token, renewals);

  const keep = useCallback((next: Session | null) => {
    keepSession(sessionStorage, next);
    road.setToken(next?.token ?? null);
    setSession(next);
  }, [road]);
  useEffect(() => {
    if (token === null) return undefined;
    let gone = false;
    drop(askAround([road.ring.now()], (origin) => road.site(origin).names()).then(({ answer }) => {
      if (!gone && answer.ok) setNames(answer.value);
    }));
    return () => void (gone = true);
  }, [road, token]);

  const here = useMemo<Here | null>(() => (session === null || about.about === null ? null : {
    road, about: about.about, session, names,
    go: (at) => keep({ ...session, at }),
    renew: () => setRenewals((count) => count + 1),
    leave(words) {
      setSaid(words);
      keep(null);
    },
  }), [road, about.about, session, names, keep]);

  if (about.about === null) return <NoMachine away={about.away} broken={about.broken} />;
  if (here === null) {
    return <SignIn road={road} hallName={about.about.hallName} said={said} onSignedIn={(next) => {
      setSaid(null);
      keep(next);
    }} />;
  }
  return <HereContext value={here}><Work at={here.session.at} /></HereContext>;
}

function Work({ at }: { at: Session['at'] }): ReactNode {
  switch (at.kind) {
    case 'choosing':
      return <ChooseWindow />;
    case 'window':
      return <Counter key={at.window} window={at.window} />;
    case 'manager':
      return <ManagerPage />;
  }
}

/** What the site is: looked for until a machine answers, and read anew for whoever signs in, and as often as somebody asks. */
function useAbout(road: Road, token: string | null, renewals: number): { about: About | null; away: boolean; broken: boolean } {
  const [about, setAbout] = useState<About | null>(null);
  const [failed, setFailed] = useState<'away' | 'broken' | null>(null);
  useEffect(() => {
    let gone = false;
    let stop: () => void = () => {};
    const look = async () => {
      const { answer } = await askAround(road.ring.all(), (origin) => road.site(origin).about());
      if (gone) return;
      if (answer.ok) {
        road.ring.learn(answer.value.machines.map(({ page }) => page));
        setAbout(answer.value);
        return;
      }
      setFailed(answer.error.kind === 'away' ? 'away' : 'broken');
      stop = road.after(LOOK_EVERY, () => drop(look()));
    };
    drop(look());
    return () => {
      gone = true;
      stop();
    };
  }, [road, token, renewals]);
  return { about, away: failed === 'away', broken: failed === 'broken' };
}

function NoMachine({ away, broken }: { away: boolean; broken: boolean }): ReactNode {
  return (
    <main className="lonely">
      <h1>{away || broken ? t('about.away.title') : t('product.counter')}</h1>
      <p role="status">{broken ? t('about.broken') : away ? t('about.away') : t('loading')}</p>
      {broken && <button type="button" className="button" onClick={() => location.reload()}>{t('about.reload')}</button>}
    </main>
  );
}

/** A fault of ours ends the page, never silently: what was under way may not have been done. */
class Crashes extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError(): { crashed: boolean } {
    return { crashed: true };
  }

  override render(): ReactNode {
    if (!this.state.crashed) return this.props.children;
    return (
      <main className="lonely" role="alert">
        <h1>{t('crashed.title')}</h1>
        <p>{t('crashed.words')}</p>
        <button type="button" className="button" onClick={() => location.reload()}>{t('crashed.reload')}</button>
      </main>
    );
  }
}
