/** A live line to whichever machine of the site can be reached: when one is not heard any more, the next is asked. */
import { type Agreement, HEARTBEAT_MS } from '../../domain/contracts/site.ts';
import { drop } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import type { z } from 'zod';

export type Heard<View> = { view: View; at: string; agreement: z.infer<typeof Agreement> };
/** @property last what was heard last; null: nothing yet @property silent nothing was heard for `SILENCE` */
export type LineState<View> = { last: Heard<View> | null; silent: boolean };

/** A machine that says nothing for two heartbeats is gone, milliseconds. */
export const SILENCE = 2 * HEARTBEAT_MS;
/** Between two rounds over all machines, none of which answered. */
const AGAIN = 1500;

/**
 * @param options.machines their origins, asked anew before each try
 * @param options.open begins to listen; rejects when the machine cannot be reached
 * @returns how to stop
 */
export function followLine<View>(options: { machines(): readonly string[]; open(origin: string, signal: AbortSignal): Promise<AsyncIterable<Heard<View>>>; clock: Clock; tell(state: LineState<View>): void }): () => void {
  const { clock, machines, open } = options;
  const stop = new AbortController();
  let state: LineState<View> = { last: null, silent: false };
  const tell = (next: LineState<View>) => {
    state = next;
    options.tell(state);
  };
  const silent = () => tell({ ...state, silent: true });
  let cancelSilent = clock.after(SILENCE, silent);

  function hear(heard: Heard<View>): void {
    cancelSilent();
    cancelSilent = clock.after(SILENCE, silent);
    tell({ last: heard, silent: false });
  }

  async function live(): Promise<void> {
    for (let tries = 0; !stop.signal.aborted; tries += 1) {
      const origins = machines();
      const origin = origins[tries % origins.length];
      if (origin !== undefined) await listen(origin);
      // One that was heard and cut goes on elsewhere at once; whoever is alone is given a moment.
      if ((tries + 1) % Math.max(1, origins.length) === 0) await pause(AGAIN);
    }
  }

  async function listen(origin: string): Promise<void> {
    const leave = new AbortController();
    const left = () => leave.abort();
    stop.signal.addEventListener('abort', left);
    let cancel = clock.after(SILENCE, left);
    try {
      const line = (await within(open(origin, leave.signal), leave.signal))?.[Symbol.asyncIterator]();
      while (line !== undefined && !leave.signal.aborted) {
        const next = await within(line.next(), leave.signal);
        if (next === null || next.done === true || leave.signal.aborted) break;
        cancel();
        cancel = clock.after(SILENCE, left);
        hear(next.value);
      }
    } finally {
      cancel();
      leave.abort();
      stop.signal.removeEventListener('abort', left);
    }
  }

  function pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      if (stop.signal.aborted) return resolve();
      const end = () => {
        cancel();
        stop.signal.removeEventListener('abort', end);
        resolve();
      };
      const cancel = clock.after(milliseconds, end);
      stop.signal.addEventListener('abort', end);
    });
  }

  drop(live());
  return () => {
    cancelSilent();
    stop.abort();
  };
}

/** What was promised; null when it failed, or the signal came first. How a network fails does not matter here: the next machine is asked. */
function within<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value | null> {
  return new Promise((resolve) => {
    const left = () => resolve(null);
    signal.addEventListener('abort', left, { once: true });
    if (signal.aborted) left();
    promise.then(resolve, left).finally(() => signal.removeEventListener('abort', left));
  });
}
