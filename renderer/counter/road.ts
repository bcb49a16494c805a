/** What every page of the counter stands on, and the hooks that follow it. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { About, Site } from '../site/machines.ts';
import type { Ring } from '../site/ring.ts';
import type { Session } from './session.ts';
import type { Wishes, WishStand } from './wishes.ts';

export type Road = {
  ring: Ring;
  site(origin: string): Site;
  wishes: Wishes;
  after(milliseconds: number, call: () => void): () => void;
  /** This computer's time, milliseconds since 1970. */
  now(): number;
  /** Of whoever is signed in, for every call from now on. */
  setToken(token: string | null): void;
};

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
