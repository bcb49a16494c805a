import type { WorkingCalendar } from '../calendar/working-days.ts';
import { isWorkingDay } from '../calendar/working-days.ts';
import { addNaturalDays, civilDate } from '../calendar/civil-date.ts';

/** A time in which the hall, or one machine, could not work. `to` null: it still cannot. Instants in milliseconds since 1970. */
export type Outage = { from: number; to: number | null; /** `hall`, or a machine's id. */ scope: string };

export const DAY = 86_400_000;

/** The instant at which a civil date begins in China, milliseconds since 1970. */
export function startOf(date: string): number {
  return Date.parse(`${date}T00:00:00.000+08:00`);
}

/** The instant at which a civil date is over. A limit that ends on it is kept by whoever acts before. */
export function endOf(date: string): number {
  return startOf(addNaturalDays(date, 1));
}

/** Milliseconds of a span that lie on working days, each counted whole from midnight to midnight, so that parts of a span add up to it. */
export function workingTime(from: number, to: number, calendar: WorkingCalendar): number {
  let sum = 0;
  for (let at = from; at < to; ) {
    const date = civilDate(at);
    const end = Math.min(endOf(date), to);
    if (isWorkingDay(date, calendar)) sum += end - at;
    at = end;
  }
  return sum;
}

/** Outages in which something of this machine's could not go on: the hall's, and its own. */
export function outagesOf(outages: readonly Outage[], machine: string): Outage[] {
  return outages.filter(({ scope }) => scope === 'hall' || scope === machine);
}
