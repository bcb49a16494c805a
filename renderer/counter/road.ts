/** What every page of the counter stands on, and the hooks that follow it. */
import { createContext, useContext, useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react';
import type { z } from 'zod';
import type { openSiteContract } from '../../domain/contracts/site.ts';
import { holdLine, type LineStand, type Word } from './line.ts';
import type { Ring } from './ring.ts';
import type { Session } from './session.ts';
import type { CallFailure, Site } from './site.ts';
import type { Wishes, WishStand } from './wishes.ts';

export type Road = {
  ring: Ring;
  site(origin: string): Site;
  wishes: Wishes;
  after(milliseconds: number, call: () => void): () => void;
  /** Of whoever is signed in, for every call from now on. */
  setToken(token: string | null): void;
};

type OutputOf<Call extends { '~orpc': { outputSchema?: z.ZodType | undefined } }> = z.infer<NonNullable<Call['~orpc']['outputSchema']>>;
export type About = OutputOf<typeof openSiteContract.about>;

/** @property names of accounts, as far as they are known @property renew asks anew what the site is: it was arranged @property leave ends the session here; `words`: what the sign-in says of it, null: they wished it */
export type Here = { road: Road; about: About; session: Session; names: Readonly<Record<string, string>>; go(at: Session['at']): void; renew(): void; leave(words: string | null): void };
export const HereContext = createContext<Here | null>(null);

export function useHere(): Here {
  const here = useContext(HereContext);
  if (here === null) throw new Error('nobody is signed in');
  return here;
}

export function useWishStand({ follow, stand }: Wishes): WishStand {
  return useSyncExternalStore(follow, stand);
}

/** What a live line tells while the page is there. @param key of the line: another key is another line @param ended hears that it was refused for good */
export function useLine<View>({ ring, after }: Pick<Road, 'ring' | 'after'>, key: string, open: (origin: string, signal: AbortSignal) => Promise<AsyncIterable<Word<View>>>, ended: (failure: CallFailure) => void): LineStand<View> | null {
  const [stand, setStand] = useState<{ key: string; stand: LineStand<View> } | null>(null);
  const opened = useEffectEvent(open);
  const end = useEffectEvent(ended);
  useEffect(() => holdLine<View>({
    ring, after, now: () => Date.now(),
    open: (origin, signal) => opened(origin, signal),
    told: (next) => setStand({ key, stand: next }),
    ended: (failure) => end(failure),
  }), [ring, after, key]);
  return stand?.key === key ? stand.stand : null;
}

/** This computer's time, milliseconds since 1970, to so many of them. */
export function useNow(step: number): number {
  return useSyncExternalStore(
    (watch) => {
      const timer = setInterval(watch, step / 4);
      return () => clearInterval(timer);
    },
    () => Math.floor(Date.now() / step) * step,
  );
}
