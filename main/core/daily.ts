import { drop } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { isFull } from '../../sync/store/index.ts';

const DAY_MS = 24 * 3_600_000;
/** A start of the machine is a busy time: devices come up, the backlog travels. */
const FIRST_MS = 10 * 60_000;
/** While a visit goes on nothing is done that may hold it up; the machine is asked again when it is likely over. */
const BUSY_MS = 10 * 60_000;

export type DailyParts = { clock: Clock; busy(): boolean };

/**
 * Does `work` once a day while nobody is at the machine. `work` answers whether it came to its end; one that gave way to a visit, or found the
 * disk full, is called again soon. The answer stops it.
 */
export function daily({ clock, busy }: DailyParts, work: (stopped: () => boolean) => Promise<boolean>): () => void {
  let stopped = false;
  let cancel = clock.after(FIRST_MS, look);

  function look(): void {
    if (busy()) cancel = clock.after(BUSY_MS, look);
    else drop(run());
  }

  async function run(): Promise<void> {
    const ended = await work(() => stopped).catch((cause: unknown) => {
      if (!isFull(cause)) throw cause;
      return false;
    });
    if (!stopped) cancel = clock.after(ended ? DAY_MS : BUSY_MS, look);
  }

  return () => {
    stopped = true;
    cancel();
  };
}
