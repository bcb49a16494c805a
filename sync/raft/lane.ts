import { drop } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { send } from '../transport/request.ts';
import type { Message } from './types.ts';

/** A LAN answers within milliseconds. Longer than the other's slowest fsync, shorter than the wait for an election, so that the first message after a cut is not stuck behind a dead one, milliseconds. */
const PATIENCE = 700;
/** Messages that wait for the one on its way. Raft sends the newest again by itself; what has become old is worth nothing. */
const MOST_WAITING = 16;

/** What goes to one other machine: in order, one at a time, never twice, and lost without a word when it cannot be reached. */
export type Lane = { send(message: Message): void; close(): Promise<void> };

export function createLane({ fetcher, clock, url, pack }: { fetcher: typeof fetch; clock: Clock; url: URL; pack(message: Message): { body: string; headers: Record<string, string> } }): Lane {
  let waiting: Message[] = [];
  let running: Promise<void> | null = null;
  let closed = false;
  let stop = () => {};

  async function run(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined && !closed; next = waiting.shift()) {
      const limit = new AbortController();
      stop = () => limit.abort();
      const cancel = clock.after(PATIENCE, stop);
      const sent = await send(fetcher, clock, { method: 'POST', url, ...pack(next), signal: limit.signal });
      cancel();
      if (!sent.ok) waiting = [];
    }
    running = null;
  }

  return {
    send(message) {
      if (closed) return;
      waiting = [...waiting, message].slice(-MOST_WAITING);
      if (running === null) {
        running = run();
        drop(running);
      }
    },
    async close() {
      closed = true;
      stop();
      await running;
    },
  };
}
