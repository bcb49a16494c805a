import { z } from 'zod';
import { addNaturalDays } from '../calendar/civil-date.ts';
import { isWorkingDay, type WorkingCalendar } from '../calendar/working-days.ts';
import { CivilDate } from '../time.ts';

/**
 * The last days of a case's two limits, as they stand. `provisional`: the way to one of them crosses a year whose holiday notice is not loaded.
 * `calendar`: the hall's calendar they were reckoned on.
 */
export const Limits = z.strictObject({ promisedBy: CivilDate, statutoryBy: CivilDate, provisional: z.boolean(), calendar: z.string().max(40) });
export type Limits = z.infer<typeof Limits>;

/** A time in which the clock stood still. `to`: the day it went on; null while it stands. */
export type Pause = { from: string; to: string | null };

/** A number of days in the unit that its rule names. */
export type Span = { days: number; unit: 'working' | 'natural' };

/** What the two limits of a case are reckoned from. */
export type Reckoning = {
  acceptedOn: string;
  promised: Span;
  statutory: Span;
  pauses: readonly Pause[];
  /** 延期: added to both limits, in the statutory limit's unit. */
  extension: number;
};

/**
 * Whether the clock counts a day. It counts the days at whose end it ran: the day of a pause does not count, the day of going on does. So a
 * pause moves a due date by exactly the days from its first to its last, a pause that ends on its own day moves nothing, and what was counted before stays so.
 */
function runsOn(date: string, pauses: readonly Pause[]): boolean {
  return !pauses.some(({ from, to }) => from <= date && (to === null || date < to));
}

/** Longest way of counting: a limit of 400 days with years of pauses. Beyond it something is wrong with the data. */
const LONGEST_WAY = 20_000;

/**
 * The last day of a limit that runs from acceptance (受理) with pauses. The day of acceptance does not count (民法典 Art 201 (1)).
 * @returns null while a pause is open and the limit's days are not yet used up: nobody knows the day
 */
export function dueWithPauses(acceptedOn: string, span: Span, pauses: readonly Pause[], calendar: WorkingCalendar): { date: string; provisional: boolean } | null {
  const standing = pauses.reduce<string | null>((first, { from, to }) => (to === null && (first === null || from < first) ? from : first), null);
  let date = acceptedOn;
  let provisional = false;
  for (let left = span.days, way = 0; left > 0; way += 1) {
    if (way > LONGEST_WAY) throw new RangeError('a limit without an end');
    date = addNaturalDays(date, 1);
    if (standing !== null && date >= standing) return null;
    // A limit in natural days needs no calendar.
    provisional ||= span.unit === 'working' && !calendar.years.has(Number(date.slice(0, 4)));
    if ((span.unit === 'natural' || isWorkingDay(date, calendar)) && runsOn(date, pauses)) left -= 1;
  }
  return { date, provisional };
}

/** Days of a limit that were used up at the end of `until`, pauses not counted. 0 before the first day. */
export function daysUsed(acceptedOn: string, unit: Span['unit'], until: string, pauses: readonly Pause[], calendar: WorkingCalendar): number {
  let used = 0;
  for (let date = addNaturalDays(acceptedOn, 1); date <= until; date = addNaturalDays(date, 1)) {
    if ((unit === 'natural' || isWorkingDay(date, calendar)) && runsOn(date, pauses)) used += 1;
  }
  return used;
}

/** Both limits of a case whose clock runs. @returns null while a pause is open */
export function reckonLimits(of: Reckoning, calendar: WorkingCalendar & { name: string }): Limits | null {
  const promised = dueWithPauses(of.acceptedOn, { ...of.promised, days: of.promised.days + of.extension }, of.pauses, calendar);
  const statutory = dueWithPauses(of.acceptedOn, { ...of.statutory, days: of.statutory.days + of.extension }, of.pauses, calendar);
  if (promised === null || statutory === null) return null;
  return { promisedBy: promised.date, statutoryBy: statutory.date, provisional: promised.provisional || statutory.provisional, calendar: calendar.name };
}
