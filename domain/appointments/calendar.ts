/** 预约: when people may come by appointment. A calendar is one site's for one business (or some items of it): its weekly slots, read on the county's calendar. Pure. */
import { z } from 'zod';
import { startOfDay, weekday } from '../calendar/civil-date.ts';
import { isWorkingDay, type WorkingCalendar } from '../calendar/working-days.ts';
import { Ulid } from '../ids.ts';
import { BusinessKey } from '../queue/types.ts';
import { CivilDate } from '../time.ts';

export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/**
 * A stretch of the week in slots of one length. `ordinary`: on working days; a weekend day that is worked in another's place has the slots of a Monday. `extended` (5+X: 错时、延时): evenings and Saturdays, working
 * day or not, but never on a day that a holiday notice or the county has made free.
 */
export const WeeklySlots = z.strictObject({
  kind: z.enum(['ordinary', 'extended']),
  /** 1 Monday … 7 Sunday. */
  days: z.array(z.int().min(1).max(7)).min(1).max(7),
  from: TimeOfDay, until: TimeOfDay,
  /** Length of one slot, and how many may come in it. */
  minutes: z.int().min(10).max(480), capacity: z.int().min(1).max(200),
});
export type WeeklySlots = z.infer<typeof WeeklySlots>;

export const BookingCalendar = z.strictObject({
  id: Ulid,
  site: z.string().min(1).max(60),
  business: BusinessKey,
  /** What people read: 社保, 不动产登记. */
  name: z.string().trim().min(1).max(30),
  /** Implementing codes of the items that may be booked; empty: all that the business does. */
  items: z.array(z.string().max(50)).max(200),
  slots: z.array(WeeklySlots).min(1).max(30),
  from: CivilDate,
  /** The last day; null: it has no end. */
  to: CivilDate.nullable(),
  /** Off for a while: nobody books, and who has booked keeps the appointment. */
  paused: z.boolean(),
});
export type BookingCalendar = z.infer<typeof BookingCalendar>;

/** @property from, until instants */
export type Slot = { from: string; until: string; capacity: number; extended: boolean };

/** What is wrong with a calendar that its shape allows. `overlap`: two stretches of one day cover each other, and a slot of one beginning would have two capacities. */
export function calendarFault({ slots, from, to }: Pick<BookingCalendar, 'slots' | 'from' | 'to'>): 'turned-round' | 'no-slot' | 'overlap' | null {
  if (to !== null && to < from) return 'turned-round';
  if (slots.some((one) => one.until <= one.from)) return 'turned-round';
  if (slots.some((one) => minutesOf(one.until) - minutesOf(one.from) < one.minutes)) return 'no-slot';
  const covers = (one: WeeklySlots, other: WeeklySlots) => one.days.some((day) => other.days.includes(day)) && one.from < other.until && other.from < one.until;
  return slots.some((one, index) => slots.slice(index + 1).some((other) => covers(one, other))) ? 'overlap' : null;
}

/** The slots of a day, in order; none on a day that is closed. What is left of a stretch behind its last whole slot is no slot. */
export function slotsOn({ slots, from, to, paused }: BookingCalendar, date: string, working: WorkingCalendar): Slot[] {
  if (paused || date < from || (to !== null && date > to)) return [];
  const works = isWorkingDay(date, working);
  const madeFree = working.exceptions.get(date) === false;
  const day = weekday(date);
  const holds = ({ kind, days }: WeeklySlots) => (kind === 'extended' ? !madeFree && days.includes(day) : works && days.includes(day > 5 ? 1 : day));
  const found = new Map<string, Slot>();
  for (const stretch of slots.filter(holds)) {
    const end = minutesOf(stretch.until);
    for (let at = minutesOf(stretch.from); at + stretch.minutes <= end; at += stretch.minutes) {
      const slot = { from: instantOf(date, at), until: instantOf(date, at + stretch.minutes), capacity: stretch.capacity, extended: stretch.kind === 'extended' };
      // On a worked Saturday a Monday's slots stand beside the Saturday's own: the first that was written counts.
      if (![...found.values()].some((other) => other.from < slot.until && slot.from < other.until)) found.set(slot.from, slot);
    }
  }
  return [...found.values()].toSorted((one, other) => (one.from < other.from ? -1 : 1));
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function instantOf(date: string, minutes: number): string {
  return new Date(startOfDay(date) + minutes * 60_000).toISOString();
}
