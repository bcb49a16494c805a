/** When a site gives tickets, in China's time. */
import { addNaturalDays, civilDate, startOfDay, weekday } from '../../domain/calendar/civil-date.ts';
import type { SiteHours } from '../../domain/queue/types.ts';

const MINUTE = 60_000;
/** Further than any weekly rule reaches. */
const WEEK = 8;

/** @param hours empty: always @param at milliseconds since 1970 */
export function isOpen(hours: readonly SiteHours[], at: number): boolean {
  const day = civilDate(at);
  return hours.length === 0 || spansOf(hours, day).some(({ from, until }) => at >= from && at < until);
}

/** When tickets are given again; null: they are now, or never. */
export function nextOpening(hours: readonly SiteHours[], at: number): number | null {
  if (isOpen(hours, at)) return null;
  const today = civilDate(at);
  const openings = Array.from({ length: WEEK }, (_, ahead) => spansOf(hours, addNaturalDays(today, ahead)).map(({ from }) => from)).flat();
  return openings.filter((from) => from > at).toSorted((one, other) => one - other)[0] ?? null;
}

function spansOf(hours: readonly SiteHours[], day: string): { from: number; until: number }[] {
  const start = startOfDay(day);
  return hours.filter(({ days }) => days.includes(weekday(day))).map(({ from, until }) => ({ from: start + minutes(from) * MINUTE, until: start + minutes(until) * MINUTE }));
}

function minutes(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}
