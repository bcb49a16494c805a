import { type BookingCalendar, calendarFault, slotsOn } from '../../domain/appointments/calendar.ts';
import type { BookingRules } from '../../domain/appointments/rules.ts';
import { addNaturalDays, civilDate } from '../../domain/calendar/civil-date.ts';
import type { CalendarSlots } from '../../domain/contracts/appointments.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { recordDeed } from '../audit/deeds.ts';
import { countyCalendar } from '../clock/calendar.ts';
import type { Read } from '../db/schema.ts';
import { type Ground, instant, nowOf } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';
import { readSettings } from '../settings/settings.ts';

/** The county's rules as they stand. */
export async function bookingRules(read: Read, division: string): Promise<BookingRules> {
  const set = await readSettings(read, division);
  return {
    ahead: set['appointment.ahead'], horizon: set['appointment.horizon'], cancel: set['appointment.cancel'], early: set['appointment.early'], late: set['appointment.late'], most: set['appointment.most'],
    noShows: set['appointment.no-shows'], within: set['appointment.within'], rest: set['appointment.rest'],
  };
}

/** By site and business. */
export async function bookingCalendars(read: Read, division: string): Promise<BookingCalendar[]> {
  const rows = await read.selectFrom('booking_calendar').select('body').where('division', '=', division).orderBy('site').orderBy('business').orderBy('id').execute();
  return rows.map(({ body }) => JSON.parse(body) as BookingCalendar);
}

/** Sites that calendars can be for: where machines stand, those that bring queues, and those that have calendars. */
export async function bookingSites({ db: { read }, division }: Ground): Promise<string[]> {
  const [places, days, calendars] = await Promise.all([
    read.selectFrom('place').select('site').distinct().where('division', '=', division).execute(),
    read.selectFrom('site_day').select('site').distinct().where('division', '=', division).execute(),
    read.selectFrom('booking_calendar').select('site').distinct().where('division', '=', division).execute(),
  ]);
  return [...new Set([...places, ...days, ...calendars].map(({ site }) => site))].toSorted((one, other) => one.localeCompare(other, 'zh-CN'));
}

/** Makes or changes a calendar. It holds for what is booked from now on: who has an appointment keeps it. `other-place`: a calendar stays with its site and business, since its appointments do. */
export async function saveBookingCalendar(ground: Ground, staff: Staff, calendar: BookingCalendar): Promise<Result<null, { kind: 'turned-round' | 'no-slot' | 'overlap' | 'other-place' }>> {
  const fault = calendarFault(calendar);
  if (fault !== null) return err({ kind: fault });
  const { division } = ground;
  const { id, site, business } = calendar;
  return ground.db.write(async (write) => {
    const fields = { body: JSON.stringify(calendar), changed_by: staff.account, changed_at: nowOf(ground) };
    const saved = await write.insertInto('booking_calendar').values({ division, id, site, business, ...fields })
      .onConflict((conflict) => conflict.columns(['division', 'id']).doUpdateSet(fields).where('booking_calendar.site', '=', site).where('booking_calendar.business', '=', business)).returning('id').executeTakeFirst();
    if (saved === undefined) return err({ kind: 'other-place' as const });
    await recordDeed(ground, write, staff, { what: 'appointments.calendar', subject: id, body: { site, business, paused: calendar.paused } });
    return ok(null);
  });
}

/** What is free from now on as far as one may book. @param site empty: everywhere */
export async function freeSlots(ground: Ground, site: string): Promise<{ calendars: CalendarSlots[]; rules: BookingRules }> {
  const { db: { read }, division, clock } = ground;
  const now = clock.now();
  const [rules, working, calendars] = await Promise.all([bookingRules(read, division), countyCalendar(read, division), bookingCalendars(read, division)]);
  const taken = await read.selectFrom('appointment').select(['calendar', 'from_at', ({ fn }) => fn.countAll<number>().as('count')]).where('division', '=', division).where('state', 'in', ['booked', 'kept']).where('from_at', '>=', instant(now))
    .groupBy(['calendar', 'from_at']).execute();
  const counts = new Map(taken.map(({ calendar, from_at: from, count }) => [`${calendar} ${from}`, Number(count)]));
  const days = Array.from({ length: rules.horizon - rules.ahead + 1 }, (_, index) => addNaturalDays(civilDate(now), rules.ahead + index));
  const own = calendars.filter((calendar) => (site === '' || calendar.site === site) && !calendar.paused);
  return {
    rules,
    calendars: own.map((calendar) => ({
      calendar: { id: calendar.id, site: calendar.site, business: calendar.business, name: calendar.name, items: calendar.items },
      slots: days.flatMap((day) => slotsOn(calendar, day, working)).filter(({ from }) => Date.parse(from) > now)
        .map(({ from, until, capacity, extended }) => ({ from, until, capacity, extended, free: Math.max(0, capacity - (counts.get(`${calendar.id} ${from}`) ?? 0)) })),
    })),
  };
}
