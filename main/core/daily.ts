import { civilDate } from '../../domain/calendar/civil-date.ts';
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

/** Devices come up with the machine; before that they have nothing to say. */
const UP_MS = 2 * 60_000;
/** How soon a visit that holds it up is likely over. */
const SOON_MS = 60_000;
/** The wall clock may be set at any time: nobody waits for it longer than this. */
const LONGEST_WAIT_MS = 10 * 60_000;

/**
 * Does `work` once a day, from a time of day on and while nobody is at the machine; on a machine that is switched on later, then.
 * @param at `HH:MM` in China
 * @param last when it was done, an instant; null: never
 * @returns stops it
 */
export function dailyAt({ clock, busy }: DailyParts, at: string, last: () => string | null, work: () => Promise<void>): () => void {
  let stopped = false;
  let cancel = clock.after(UP_MS, look);

  function look(): void {
    const now = clock.now();
    const due = Date.parse(`${civilDate(now)}T${at}:00.000+08:00`);
    const done = Date.parse(last() ?? '');
    // One from the future was made while the clock was ahead.
    if (now < due || (done >= due && done <= now)) cancel = clock.after(now < due ? Math.min(due - now, LONGEST_WAIT_MS) : LONGEST_WAIT_MS, look);
    else if (busy()) cancel = clock.after(SOON_MS, look);
    else drop(run());
  }

  async function run(): Promise<void> {
    await work();
    if (!stopped) cancel = clock.after(SOON_MS, look);
  }

  return () => {
    stopped = true;
    cancel();
  };
}
