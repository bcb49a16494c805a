import { sql } from 'kysely';
import type { HolidayNotice } from '../../domain/calendar/holidays.ts';
import { HOLIDAY_NOTICES } from '../../domain/calendar/holidays.ts';
import { isWorkingDay, workingCalendar } from '../../domain/calendar/working-days.ts';
import type { NoticeFile } from '../../domain/contracts/calendar.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { recordDeed } from '../audit/deeds.ts';
import { recountLimits } from '../cases/rounds.ts';
import { type Ground, nowOf } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';
import { countyCalendar, localDayOf, type NoticeDays, noticeOf } from './calendar.ts';

/** Takes a year's holiday notice. Provisional due dates are reckoned again; all others stay what the citizens were told. */
export async function importNotice(ground: Ground, staff: Staff, file: NoticeFile): Promise<Result<{ moved: number }, { kind: 'other-year' | 'repeated' }>> {
  const { division } = ground;
  // A notice of one year may free the last days of the year before it, and only those.
  if (!file.days.every(({ date }) => date.startsWith(`${file.year}-`) || date.startsWith(`${file.year - 1}-12-`))) return err({ kind: 'other-year' });
  if (new Set(file.days.map(({ date }) => date)).size < file.days.length) return err({ kind: 'repeated' });
  const days: NoticeDays = { off: file.days.filter(({ isOffDay }) => isOffDay).map(({ date }) => date), working: file.days.filter(({ isOffDay }) => !isOffDay).map(({ date }) => date) };
  const row = { division, year: file.year, source: file.papers?.[0] ?? '', days: JSON.stringify(days), imported_at: nowOf(ground), account: staff.account };
  await ground.db.write(async (write) => {
    await write.insertInto('calendar_notice').values(row).onConflict((conflict) => conflict.columns(['division', 'year']).doUpdateSet(row)).execute();
    await recordDeed(ground, write, staff, { what: 'calendar.import', subject: String(file.year), body: days });
  });
  return ok({ moved: await recountLimits(ground, 'notice') });
}

/** Makes a day free or working in this county. @returns `no-change` when the calendar says so already */
export async function setLocalDay(ground: Ground, staff: Staff, day: { date: string; working: boolean; reason: string; running: boolean }): Promise<Result<{ moved: number }, { kind: 'no-change' }>> {
  const { division } = ground;
  const set = await ground.db.write(async (write) => {
    if (isWorkingDay(day.date, await countyCalendar(write, division)) === day.working) return false;
    const row = { division, ...day, entered_at: nowOf(ground), account: staff.account };
    await write.insertInto('local_day').values(row).onConflict((conflict) => conflict.columns(['division', 'date']).doUpdateSet(row)).execute();
    await recordDeed(ground, write, staff, { what: 'calendar.day', subject: day.date, body: { working: day.working, reason: day.reason, running: day.running } });
    return true;
  });
  if (!set) return err({ kind: 'no-change' });
  return ok({ moved: day.running ? await recountLimits(ground, 'closure') : 0 });
}

/** In a folded state: the limits that stand are provisional. A state that a migration rewrote has spaces in it. */
const PROVISIONAL = '"limits": ?[{][^}]*"provisional": ?true';

/** The calendar as the console shows it. */
export async function describeCalendar(ground: Ground) {
  const { db: { read }, division } = ground;
  const imported = (await read.selectFrom('calendar_notice').selectAll().where('division', '=', division).execute()).map(noticeOf);
  const local = await read.selectFrom('local_day').selectAll().where('division', '=', division).orderBy('date').execute();
  const notices = [...HOLIDAY_NOTICES.filter(({ year }) => !imported.some((notice) => notice.year === year)), ...imported].toSorted((left, right) => left.year - right.year);
  const { name } = await countyCalendar(read, division);
  const { count } = await read.selectFrom('case_view').select(({ fn }) => fn.countAll<number>().as('count')).where('division', '=', division).where('stage', 'in', ['accepted', 'decided']).where(sql<boolean>`state ~ ${PROVISIONAL}`).executeTakeFirstOrThrow();
  return {
    name, provisional: count,
    years: notices.map((notice) => ({ year: notice.year, source: notice.source, ...countsOf(notice), imported: imported.includes(notice) })),
    days: [
      ...notices.flatMap((notice) => [...workingCalendar([notice]).exceptions].map(([date, working]) => ({ date, working, reason: '', local: false }))).filter(({ date }) => !local.some((day) => day.date === date)),
      ...local.map((row) => ({ ...localDayOf(row), local: true })),
    ].toSorted((left, right) => (left.date < right.date ? -1 : 1)),
  };
}

function countsOf(notice: HolidayNotice): { off: number; working: number } {
  const days = [...workingCalendar([notice]).exceptions.values()];
  return { off: days.filter((working) => !working).length, working: days.filter((working) => working).length };
}
