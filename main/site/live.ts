import { HEARTBEAT_MS } from '../../domain/contracts/site.ts';
import type { Queue } from '../../domain/queue/state.ts';
import type { Clock } from '../../domain/time.ts';
import type { SiteDays } from './days.ts';

export type Told<View> = { view: View; at: string; agreement: ReturnType<SiteDays['agreement']> };

/**
 * A view of the queue as it changes: at once, then whenever it is another, and every `HEARTBEAT_MS` in any case, so that whoever listens knows that somebody is there.
 * @param gap at least so long between two, milliseconds: for views that cost something and are read at leisure
 */
export async function* live<View>({ days, clock }: { days: Pick<SiteDays, 'queue' | 'agreement'>; clock: Clock }, signal: AbortSignal | undefined, view: (queue: Queue, at: string) => View, gap = 0): AsyncGenerator<Told<View>> {
  let [changed, wake] = [true, () => {}];
  const stop = days.queue.watch(() => {
    changed = true;
    wake();
  });
  const left = () => wake();
  signal?.addEventListener('abort', left);
  let [last, told] = ['', 0];
  try {
    while (signal?.aborted !== true) {
      const due = told + HEARTBEAT_MS - clock.monotonic();
      if (changed || due <= 0) {
        changed = false;
        const at = new Date(clock.now()).toISOString();
        const next = { view: view(days.queue.get(), at), agreement: days.agreement() };
        const text = JSON.stringify(next);
        if (text !== last || due <= 0) {
          last = text;
          told = clock.monotonic();
          yield { ...next, at };
          if (gap > 0) await rest(clock, gap, signal);
        }
      } else await new Promise<void>((resolve) => {
        const cancel = clock.after(due, resolve);
        wake = () => {
          cancel();
          resolve();
        };
      });
    }
  } finally {
    stop();
    signal?.removeEventListener('abort', left);
  }
}

/** The same view for everybody who looks at the same queue: twenty boards cost what one does. */
export function shared<View>(view: (queue: Queue) => View): (queue: Queue) => View {
  let last: { queue: Queue; view: View } | null = null;
  return (queue) => {
    if (last?.queue !== queue) last = { queue, view: view(queue) };
    return last.view;
  };
}

function rest(clock: Clock, milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      cancel();
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.after(milliseconds, end);
    signal?.addEventListener('abort', end);
  });
}
