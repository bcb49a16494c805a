import { LIVE_HEARTBEAT, type LiveWord } from '../../domain/contracts/hall.ts';
import type { MachineId } from '../../domain/ids.ts';
import type { Clock } from '../../domain/time.ts';
import type { Ground } from '../ground.ts';
import { causeOf } from '../log-events.ts';
import { EVERYBODY, feedPosition, readAnnouncement } from './feed.ts';

/** Live lines of the terminals at this server. Whatever server a clerk works at, its database tells all of them. */
export type Live = {
  /**
   * Where the machine's feed stands: at once, after every change, and every `LIVE_HEARTBEAT`. Ends when `isKnown` says no, when the machine opens
   * another line, or with the signal. Whatever a server did not hear of is made up for by the next heartbeat.
   */
  follow(machine: MachineId, isKnown: () => Promise<boolean>, signal: AbortSignal | undefined): AsyncGenerator<LiveWord>;
  /** Ends every line. */
  close(): Promise<void>;
};

/** Rings between two looks are one ring, and none is missed. */
type Bell = { ring(): void; hang(): void; wait(): Promise<'rung' | 'hung'> };

export function createLive(ground: Ground): Live {
  const bells = new Map<MachineId, Bell>();
  let listening: Promise<() => Promise<void>> | null = null;

  function hear(word: string): void {
    const announced = readAnnouncement(word);
    if (announced === null || announced.division !== ground.division) return;
    for (const [machine, bell] of bells) if (announced.audience === EVERYBODY || announced.audience === machine) bell.ring();
  }

  /** Tried again at every heartbeat of any line: a database that was away is heard again half a minute after it is back. */
  async function listen(): Promise<void> {
    listening ??= ground.db.listen(hear, () => (listening = null));
    try {
      await listening;
    } catch (cause) {
      listening = null;
      ground.log({ event: 'failed', where: 'live', cause: causeOf(cause) });
    }
  }

  return {
    async *follow(machine, isKnown, signal) {
      bells.get(machine)?.hang();
      const bell = createBell(ground.clock);
      bells.set(machine, bell);
      const hang = () => bell.hang();
      signal?.addEventListener('abort', hang);
      try {
        if (signal?.aborted === true) return;
        do {
          await listen();
          if (!(await isKnown())) return;
          yield { feed: await feedPosition(ground, machine) };
        } while ((await bell.wait()) === 'rung');
      } finally {
        signal?.removeEventListener('abort', hang);
        if (bells.get(machine) === bell) bells.delete(machine);
      }
    },
    async close() {
      for (const bell of bells.values()) bell.hang();
      // One that failed was told of when it did.
      await listening?.then((stop) => stop(), () => undefined);
    },
  };
}

/** Rings by itself when it was not rung for a heartbeat. */
function createBell(clock: Pick<Clock, 'after'>): Bell {
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
