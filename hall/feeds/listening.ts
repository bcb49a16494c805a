import type { Clock } from '../../domain/time.ts';
import type { Ground } from '../ground.ts';
import { causeOf } from '../log-events.ts';
import { LIVE_HEARTBEAT } from '../../domain/contracts/hall.ts';

/** Hears what the servers of one database tell each other. `begin` may be called at every heartbeat: a database that was away is heard again soon after it is back. */
export type Listening = { begin(): Promise<void>; close(): Promise<void> };

export function createListening(ground: Ground, hear: (word: string) => void): Listening {
  let listening: Promise<() => Promise<void>> | null = null;
  return {
    async begin() {
      listening ??= ground.db.listen(hear, () => (listening = null));
      try {
        await listening;
      } catch (cause) {
        listening = null;
        ground.log({ event: 'failed', where: 'live', cause: causeOf(cause) });
      }
    },
    // One that failed was told of when it did.
    async close() {
      await listening?.then((stop) => stop(), () => undefined);
    },
  };
}

/** Rings between two looks are one ring, and none is missed. */
export type Bell = { ring(): void; hang(): void; wait(): Promise<'rung' | 'hung'> };

/** Rings by itself when it was not rung for a heartbeat. */
export function createBell(clock: Pick<Clock, 'after'>): Bell {
  let rung = false;
  let hung = false;
  let wake = () => {};
  return {
    ring() {
      rung = true;
      wake();
    },
    hang() {
      hung = true;
      wake();
    },
    async wait() {
      if (!rung && !hung) {
        await new Promise<void>((resolve) => {
          const cancel = clock.after(LIVE_HEARTBEAT, resolve);
          wake = () => {
            cancel();
            resolve();
          };
        });
      }
      rung = false;
      return hung ? 'hung' : 'rung';
    },
  };
}
