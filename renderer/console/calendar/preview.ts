import { addNaturalDays, weekday } from '../../../domain/calendar/civil-date.ts';
import { isWorkingDay, type WorkingCalendar } from '../../../domain/calendar/working-days.ts';
import { NoticeFile } from '../../../domain/contracts/calendar.ts';
import { err, ok, type Result } from '../../../domain/result.ts';

/** Reads a notice that was pasted or came as a file. */
export function readNotice(text: string): Result<NoticeFile, { kind: 'no-json' | 'no-notice' }> {
  try {
    const parsed = NoticeFile.safeParse(JSON.parse(text));
    return parsed.success ? ok(parsed.data) : err({ kind: 'no-notice' });
  } catch {
    return err({ kind: 'no-json' });
  }
}

/** A day that is another than before once a notice is taken. */
export type MovedDay = { date: string; working: boolean; name: string };

/** The days of a notice's year, and of the December before it, that the notice makes other than the calendar has them now. A county's own days stay as they are. */
export function movedDays(notice: NoticeFile, calendar: WorkingCalendar, local: ReadonlySet<string>): MovedDay[] {
  const said = new Map(notice.days.map((day) => [day.date, day]));
  const moved: MovedDay[] = [];
  for (let date = `${notice.year - 1}-12-01`; date <= `${notice.year}-12-31`; date = addNaturalDays(date, 1)) {
    const day = said.get(date);
    // What the notice does not name follows the weekday rule, in its own year.
    const working = day === undefined ? (date.startsWith(String(notice.year)) ? weekday(date) <= 5 : isWorkingDay(date, calendar)) : !day.isOffDay;
    if (!local.has(date) && working !== isWorkingDay(date, calendar)) moved.push({ date, working, name: day?.name ?? '' });
  }
  return moved;
}
