/** 预约: who may book, cancel and come when. Pure. Nothing in here is ever asked about somebody who takes a number without an appointment: that is open to all, whatever became of their appointments. */
import { civilDate, dayNumber } from '../calendar/civil-date.ts';
import { err, ok, type Result } from '../result.ts';
import type { Slot } from './calendar.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Local everywhere in China, so each is the county's to set. */
export type BookingRules = {
  /** Days ahead at least and at most; 0: today's slots that have not begun. */
  ahead: number; horizon: number;
  /** Minutes before the slot until which it may be cancelled or moved; later it counts as made. */
  cancel: number;
  /** Minutes before the slot from which its holder is taken, and after its beginning until which. */
  early: number; late: number;
  /** Live appointments of one person at once; and of one business a day there is one. */
  most: number;
  /** So many no-shows within so many days, and booking rests for so many. */
  noShows: number; within: number; rest: number;
};

/** - `booked`: to come. `kept`: its holder came. `no-show`. `cancelled` in time. `unsettled`: nobody knows, the site's list never came; it counts for nothing. */
export type AppointmentState = 'booked' | 'kept' | 'no-show' | 'cancelled' | 'unsettled';

/** What is known of a person's other appointments. */
export type Held = { id: string; business: string; from: string; state: AppointmentState };

export type BookingRefusal = { kind: 'no-slot' | 'full' | 'too-soon' | 'too-late' | 'too-far' | 'holds-one' | 'too-many' } | { kind: 'limited'; until: string };

/**
 * Whether somebody may have a slot. `too-late`: it has begun. Who may not book may still come and take a number.
 * @param slot null: the calendar has no such slot
 * @param booked how many have it already
 * @param held what this person has; one that is being moved is left out
 */
export function checkBooking({ slot, booked, business, held, now, rules }: { slot: Slot | null; booked: number; business: string; held: readonly Held[]; now: number; rules: BookingRules }): Result<null, BookingRefusal> {
  const standing = standingOf(held, now, rules);
  if (standing.limitedUntil !== null) return err({ kind: 'limited', until: standing.limitedUntil });
  if (slot === null) return err({ kind: 'no-slot' });
  const from = Date.parse(slot.from);
  if (from <= now) return err({ kind: 'too-late' });
  const days = dayNumber(civilDate(from)) - dayNumber(civilDate(now));
  if (days < rules.ahead) return err({ kind: 'too-soon' });
  if (days > rules.horizon) return err({ kind: 'too-far' });
  const live = held.filter(({ state }) => state === 'booked');
  if (live.some((other) => other.business === business && civilDate(Date.parse(other.from)) === civilDate(from))) return err({ kind: 'holds-one' });
  if (live.length >= rules.most) return err({ kind: 'too-many' });
  return booked >= slot.capacity ? err({ kind: 'full' }) : ok(null);
}

/** Whether a booked one may still be cancelled or moved. */
export function mayCancel(appointment: { from: string; state: AppointmentState }, now: number, { cancel }: Pick<BookingRules, 'cancel'>): boolean {
  return appointment.state === 'booked' && now <= Date.parse(appointment.from) - cancel * MINUTE;
}

/** When its holder is taken: from so many minutes before the slot to so many after its beginning. */
export function checkInOf({ from }: { from: string }, { early, late }: Pick<BookingRules, 'early' | 'late'>): { from: string; until: string } {
  const at = Date.parse(from);
  return { from: new Date(at - early * MINUTE).toISOString(), until: new Date(at + late * MINUTE).toISOString() };
}

export function checkInAt(window: { from: string; until: string }, now: number): 'early' | 'open' | 'late' {
  if (now < Date.parse(window.from)) return 'early';
  return now <= Date.parse(window.until) ? 'open' : 'late';
}

/**
 * How somebody stands. @property missed no-shows that count now, each of which is warned of @property limitedUntil booking rests until then; null: it does not. Three no-shows within ninety days rest it for thirty, from
 * the last of them on; when the rest is over one may book again, and one more that lies within ninety days of two others rests it again.
 */
export type Standing = { missed: number; limitedUntil: string | null };

export function standingOf(held: readonly Pick<Held, 'from' | 'state'>[], now: number, { noShows, within, rest }: Pick<BookingRules, 'noShows' | 'within' | 'rest'>): Standing {
  const missed = held.flatMap(({ from, state }) => (state === 'no-show' ? [Date.parse(from)] : [])).filter((at) => at <= now).toSorted((one, other) => one - other);
  let limitedUntil: number | null = null;
  for (const [index, at] of missed.entries()) {
    const first = missed[index - noShows + 1];
    if (first !== undefined && at - first <= within * DAY && at + rest * DAY > now) limitedUntil = at + rest * DAY;
  }
  return { missed: missed.filter((at) => now - at <= within * DAY).length, limitedUntil: limitedUntil === null ? null : new Date(limitedUntil).toISOString() };
}
