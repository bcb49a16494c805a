import { HOLIDAY_NOTICES, type HolidayNotice } from '../../domain/calendar/holidays.ts';
import { type LocalDay, type WorkingCalendar, workingCalendar } from '../../domain/calendar/working-days.ts';
import { sha256 } from '../../crypto/node.ts';
import type { CalendarNoticeRow, LocalDayRow, Read } from '../db/schema.ts';

/** A county's calendar under a name of its own: the newest year it reaches, and a fingerprint of what is in it. Due dates keep the name they were reckoned on. */
export type NamedCalendar = WorkingCalendar & { name: string };

/** The calendars that were made, by their fingerprint: making one costs more than reading what it is made of. */
const made = new Map<string, NamedCalendar>();

/** The county's calendar as it stands: the notices that came with the program, those imported since, and the county's own days above them. */
export async function countyCalendar(read: Read, division: string): Promise<NamedCalendar> {
  const [notices, days] = await Promise.all([
    read.selectFrom('calendar_notice').selectAll().where('division', '=', division).orderBy('year').execute(),
    read.selectFrom('local_day').selectAll().where('division', '=', division).orderBy('date').execute(),
  ]);
  return calendarOf(notices.map(noticeOf), days.map(localDayOf));
}

/** Imported notices take the place of those of the same year that came with the program. */
export function calendarOf(imported: readonly HolidayNotice[], days: readonly LocalDay[]): NamedCalendar {
  const notices = [...HOLIDAY_NOTICES.filter(({ year }) => !imported.some((notice) => notice.year === year)), ...imported];
  const fingerprint = sha256(JSON.stringify([notices.map(({ year, off, working }) => [year, off, working]), days.map(({ date, working }) => [date, working])])).slice(0, 8);
  const known = made.get(fingerprint);
  if (known !== undefined) return known;
  const calendar = { ...workingCalendar(notices, days), name: `${Math.max(...notices.map(({ year }) => year))}-${fingerprint}` };
  made.set(fingerprint, calendar);
  return calendar;
}

/** What a stored notice keeps under `days`. */
export type NoticeDays = Pick<HolidayNotice, 'off' | 'working'>;

export function noticeOf(row: CalendarNoticeRow): HolidayNotice {
  const { off, working } = JSON.parse(row.days) as NoticeDays;
  return { year: row.year, source: row.source, off, working };
}

export function localDayOf({ date, working, reason }: LocalDayRow): LocalDay {
  return { date, working, reason };
}
