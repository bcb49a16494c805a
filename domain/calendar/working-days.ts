import { addNaturalDays, dayNumber, weekday } from './civil-date.ts';
import type { Limit } from '../item/types.ts';
import { HOLIDAY_NOTICES, type HolidayNotice } from './holidays.ts';

/** A county's own day on or off: a market day, a snow closure. It stands above the national notice. */
export type LocalDay = { date: string; working: boolean; reason: string };

/** Years whose notice is loaded, and the days that break the weekday rule. Made by `workingCalendar`. */
export type WorkingCalendar = { years: ReadonlySet<number>; exceptions: ReadonlyMap<string, boolean> };

/** A day reckoned on a calendar. `provisional`: the way there crosses a year without a notice, so the day must be reckoned again once it is loaded. */
export type ReckonedDay = { date: string; provisional: boolean };

type DayUnit = Limit['unit'];

export function workingCalendar(notices: readonly HolidayNotice[], local: readonly LocalDay[] = []): WorkingCalendar {
  const exceptions = new Map<string, boolean>();
  for (const notice of notices) {
    for (const range of notice.off) for (const date of datesOf(range)) exceptions.set(date, false);
    for (const range of notice.working) for (const date of datesOf(range)) exceptions.set(date, true);
  }
  for (const day of local) exceptions.set(day.date, day.working);
  return { years: new Set(notices.map(({ year }) => year)), exceptions };
}

/** The national calendar as far as notices are loaded, without local days. */
export const NATIONAL_CALENDAR: WorkingCalendar = workingCalendar(HOLIDAY_NOTICES);

/** 行政许可法 Art 82: statutory holidays do not count. Beyond the loaded years the weekday rule alone answers. */
export function isWorkingDay(date: string, calendar: WorkingCalendar = NATIONAL_CALENDAR): boolean {
  return calendar.exceptions.get(date) ?? weekday(date) <= 5;
}

/**
 * The day `count` days after `from`; `from` itself does not count. Zero days is `from`, whatever day that is.
 * Natural days need no calendar and are never provisional.
 * @param count 0 or more
 */
export function addDays(from: string, count: number, unit: DayUnit, calendar: WorkingCalendar = NATIONAL_CALENDAR): ReckonedDay {
  if (!Number.isInteger(count) || count < 0) throw new RangeError('a number of days is a whole number from 0');
  if (unit === 'natural') return { date: addNaturalDays(from, count), provisional: false };
  let date = from;
  let provisional = false;
  for (let left = count; left > 0; ) {
    date = addNaturalDays(date, 1);
    provisional ||= !isLoaded(date, calendar);
    if (isWorkingDay(date, calendar)) left -= 1;
  }
  return { date, provisional };
}

/** Working days after `from` up to and with `to`; negative when `to` lies before `from`. */
export function workingDaysBetween(from: string, to: string, calendar: WorkingCalendar = NATIONAL_CALENDAR): number {
  if (to < from) return 0 - workingDaysBetween(to, from, calendar);
  let count = 0;
  for (let date = addNaturalDays(from, 1); date <= to; date = addNaturalDays(date, 1)) if (isWorkingDay(date, calendar)) count += 1;
  return count;
}

/**
 * The last day of a limit that runs from acceptance (受理), due at close of business. The acceptance day does not count and day 1 is the
 * next day of the unit, unless the hall's rule says that it does (`firstDayCounts`: accepted in the morning of a working day).
 */
export function dueDate(acceptedOn: string, limit: { days: number; unit: DayUnit }, calendar: WorkingCalendar = NATIONAL_CALENDAR, firstDayCounts = false): ReckonedDay {
  const counted = firstDayCounts && limit.days > 0 && (limit.unit === 'natural' || isWorkingDay(acceptedOn, calendar));
  return addDays(acceptedOn, counted ? limit.days - 1 : limit.days, limit.unit, calendar);
}

/** Days left on `today` until `due`: 0 on the last day, negative once it is over. */
export function daysLeft(today: string, due: string, unit: DayUnit = 'working', calendar: WorkingCalendar = NATIONAL_CALENDAR): number {
  if (unit === 'working') return workingDaysBetween(today, due, calendar);
  return dayNumber(due) - dayNumber(today);
}

function isLoaded(date: string, calendar: WorkingCalendar): boolean {
  return calendar.years.has(Number(date.slice(0, 4)));
}

function datesOf(range: string): string[] {
  const [first = range, last = first] = range.split('/');
  const dates: string[] = [];
  for (let date = first; date <= last; date = addNaturalDays(date, 1)) dates.push(date);
  return dates;
}
