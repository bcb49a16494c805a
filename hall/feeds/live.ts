import type { LiveWord } from '../../domain/contracts/hall.ts';
import type { MachineId } from '../../domain/ids.ts';
import type { Ground } from '../ground.ts';
import { EVERYBODY, feedPosition, readAnnouncement } from './feed.ts';
import { type Bell, createBell, createListening } from './listening.ts';

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

export function createLive(ground: Ground): Live {
  const bells = new Map<MachineId, Bell>();
  const listening = createListening(ground, hear);

  function hear(word: string): void {
    const announced = readAnnouncement(word);
    if (announced === null || announced.division !== ground.division) return;
    for (const [machine, bell] of bells) if (announced.audience === EVERYBODY || announced.audience === machine) bell.ring();
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
          await listening.begin();
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
      await listening.close();
    },
  };
}
