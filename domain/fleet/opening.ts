/** When a place is open: hours a weekday, and what holds on the days that the State Council's notice moves. */
import { z } from 'zod';
import { civilDate, dayNumber, addNaturalDays, weekday } from '../calendar/civil-date.ts';
import { isWorkingDay, NATIONAL_CALENDAR, type WorkingCalendar } from '../calendar/working-days.ts';

/** `08:30`, and as an end also `24:00`: text of this form sorts as time does. */
const From = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const To = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/);

/** The hours of one day in their order; none: closed. A night over midnight is two of them. */
export const DayHours = z.array(z.strictObject({ from: From, to: To }))
  .max(4)
  .refine((spans) => spans.every(({ from, to }, index) => from < to && (spans[index - 1]?.to ?? '') <= from), 'hours overlap or run backwards');
export type DayHours = z.infer<typeof DayHours>;

/** `days`: Monday first. `holidays`: on days off of the national notice that fall on a weekday. */
export const OpeningHours = z.strictObject({ days: z.array(DayHours).length(7), holidays: DayHours });
export type OpeningHours = z.infer<typeof OpeningHours>;

/** Whether a place is open. `until` and `at`: `HH:MM`. `opens`: closed now, and when it opens next. `never`: not within a month. */
export type Opening = { kind: 'always' } | { kind: 'open'; until: string } | { kind: 'opens'; date: string; at: string } | { kind: 'never' };

const MINUTE = 60_000;
const UTC_PLUS_8 = 8 * 60 * MINUTE;
/** The longest row of days off is nine days; a place that does not open in a month does not help anybody. */
const LOOK_AHEAD = 31;

export const ALL_DAY: DayHours = [{ from: '00:00', to: '24:00' }];

/** @param now milliseconds since 1970 */
export function openingAt(hours: OpeningHours, now: number, calendar: WorkingCalendar = NATIONAL_CALENDAR): Opening {
  if ([...hours.days, hours.holidays].every(isAllDay)) return { kind: 'always' };
  const today = civilDate(now);
  const clock = timeOf(now);
  const open = hoursOn(hours, today, calendar).find(({ from, to }) => from <= clock && clock < to);
  if (open !== undefined) return { kind: 'open', until: open.to };
  for (let ahead = 0; ahead <= LOOK_AHEAD; ahead += 1) {
    const date = addNaturalDays(today, ahead);
    const next = hoursOn(hours, date, calendar).find(({ from }) => ahead > 0 || clock < from);
    if (next !== undefined) return { kind: 'opens', date, at: next.from };
  }
  return { kind: 'never' };
}

/** A weekend day that the notice makes a working day has Monday's hours. */
function hoursOn({ days, holidays }: OpeningHours, date: string, calendar: WorkingCalendar): DayHours {
  const day = weekday(date);
  const works = isWorkingDay(date, calendar);
  if (day <= 5 && !works) return holidays;
  return days[day > 5 && works ? 0 : day - 1] ?? [];
}

function isAllDay(spans: DayHours): boolean {
  return spans.length === 1 && spans[0]?.from === '00:00' && spans[0].to === '24:00';
}

/** The time of day in China. */
export function timeOf(now: number): string {
  const minutes = Math.floor((now + UTC_PLUS_8) / MINUTE) - dayNumber(civilDate(now)) * 24 * 60;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
