/** 预约: at the console (part of `console.ts`), at a terminal while it is online (part of `hall.ts`), and what a site's terminals know of a day when it is not. */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { BookingCalendar } from '../appointments/calendar.ts';
import { Ulid } from '../ids.ts';
import { BusinessKey } from '../queue/types.ts';
import { CivilDate, Instant } from '../time.ts';
import { kind, resultOf } from './result-schema.ts';

export const AppointmentState = z.enum(['booked', 'kept', 'no-show', 'cancelled', 'unsettled']);
/** What people read out and type: day and count, `1128-007`. */
export const AppointmentNumber = z.string().regex(/^\d{4}-\d{3,5}$/);

/**
 * An appointment as the terminals of its site know it. Who holds it is not in it: each of `checks` is a slow hash (`crypto/passwords.ts`: scrypt, a salt of its own) of a card's number or of a mobile number, and somebody
 * who comes with theirs is tried against the few whose check-in is open (decision 0040). @property opens, closes when its holder is taken
 */
export const SiteAppointment = z.strictObject({ id: Ulid, number: AppointmentNumber, business: BusinessKey, name: z.string(), from: Instant, until: Instant, opens: Instant, closes: Instant, checks: z.array(z.string().max(200)).max(2) });
export type SiteAppointment = z.infer<typeof SiteAppointment>;
/** All of a site's appointments of a day; takes the place of what was told of that day before. */
export const SiteAppointments = z.strictObject({ site: z.string(), day: CivilDate, appointments: z.array(SiteAppointment) });
export type SiteAppointments = z.infer<typeof SiteAppointments>;

/** Who comes. At least one of the two numbers; the card's where it was read or seen. @property card identity number, empty: not known @property phone mobile number, empty: none, and nobody is reminded */
export const BookingHolder = z.strictObject({ name: z.string().trim().max(60), card: z.string().trim().max(30), phone: z.string().trim().max(30) });
export type BookingHolder = z.infer<typeof BookingHolder>;

/** @property free how many may still come @property extended beyond office hours (5+X) */
export const FreeSlot = z.strictObject({ from: Instant, until: Instant, free: z.int(), capacity: z.int(), extended: z.boolean() });
export type FreeSlot = z.infer<typeof FreeSlot>;
export const CalendarSlots = z.strictObject({ calendar: BookingCalendar.pick({ id: true, site: true, business: true, name: true, items: true }), slots: z.array(FreeSlot) });
export type CalendarSlots = z.infer<typeof CalendarSlots>;

/** @property mayChange it may still be cancelled or moved @property holder masked */
export const AppointmentRow = z.strictObject({
  id: Ulid, number: AppointmentNumber, calendar: Ulid, site: z.string(), business: BusinessKey, name: z.string(), from: Instant, until: Instant, state: AppointmentState, way: z.enum(['terminal', 'console']), mayChange: z.boolean(),
  holder: z.strictObject({ name: z.string(), card: z.string(), phone: z.string() }), ticket: z.string().nullable(),
});
export type AppointmentRow = z.infer<typeof AppointmentRow>;

/** @property missed no-shows that count now @property limitedUntil booking rests until then; taking a number does not */
export const Standing = z.strictObject({ missed: z.int(), limitedUntil: Instant.nullable() });
/** The county's rules in numbers, to be shown wherever somebody books: days, minutes and counts as `BookingRules` has them. */
export const Rules = z.strictObject({ ahead: z.int(), horizon: z.int(), cancel: z.int(), early: z.int(), late: z.int(), most: z.int(), noShows: z.int(), within: z.int(), rest: z.int() });

export const BookFailure = z.discriminatedUnion('kind', [
  kind('unknown-calendar'), kind('no-slot'), kind('full'), kind('too-soon'), kind('too-late'), kind('too-far'), kind('holds-one'), kind('too-many'), z.strictObject({ kind: z.literal('limited'), until: Instant }),
  /** Neither number is one; the card's does not check; a phone that gets no texts. */
  kind('no-holder'), kind('bad-card'), kind('bad-phone'),
]);
export type BookFailure = z.infer<typeof BookFailure>;
export const ChangeFailure = z.discriminatedUnion('kind', [kind('unknown-appointment'), kind('over'), kind('too-late')]);
export type ChangeFailure = z.infer<typeof ChangeFailure>;
/** @property standing of the person that booked, for whoever stands before them */
const Booked = z.strictObject({ row: AppointmentRow, standing: Standing });
const booking = { id: Ulid, calendar: Ulid, from: Instant, holder: BookingHolder };
const slots = z.strictObject({ calendars: z.array(CalendarSlots), rules: Rules });

export const appointmentsContract = {
  /** Every calendar, those that are paused or over too. */
  bookingCalendars: oc.route({ method: 'GET', path: '/appointments/calendars' }).output(z.strictObject({ calendars: z.array(BookingCalendar), sites: z.array(z.string()), rules: Rules })),
  saveBookingCalendar: oc.route({ method: 'PUT', path: '/appointments/calendars/{id}' }).input(BookingCalendar).output(resultOf(z.null(), z.discriminatedUnion('kind', [kind('turned-round'), kind('no-slot'), kind('overlap'), kind('other-place')]))),
  /** What is free in the coming days. */
  freeSlots: oc.route({ method: 'GET', path: '/appointments/slots' }).input(z.strictObject({ site: z.string().max(60) })).output(slots),
  appointments: oc.route({ method: 'GET', path: '/appointments' }).input(z.strictObject({ site: z.string().max(60), day: CivilDate })).output(z.array(AppointmentRow)),
  /** What somebody has booked and how they stand. A POST, so that a number stands in no address. */
  findAppointments: oc.route({ method: 'POST', path: '/appointments/found' }).input(z.strictObject({ card: z.string().trim().max(30), phone: z.string().trim().max(30) })).output(z.strictObject({ rows: z.array(AppointmentRow), standing: Standing })),
  book: oc.route({ method: 'POST', path: '/appointments/{id}' }).input(z.strictObject(booking)).output(resultOf(Booked, BookFailure)),
  cancelAppointment: oc.route({ method: 'POST', path: '/appointments/{id}/cancellation' }).input(z.strictObject({ id: Ulid })).output(resultOf(z.null(), ChangeFailure)),
  moveAppointment: oc.route({ method: 'POST', path: '/appointments/{id}/move' }).input(z.strictObject({ id: Ulid, from: Instant })).output(resultOf(Booked, z.discriminatedUnion('kind', [...BookFailure.options, kind('unknown-appointment'), kind('over')]))),
  /** Where no queue says so by itself: its holder came, or did not. */
  settleAppointment: oc.route({ method: 'POST', path: '/appointments/{id}/settlement' }).input(z.strictObject({ id: Ulid, came: z.boolean() })).output(resultOf(z.null(), z.discriminatedUnion('kind', [kind('unknown-appointment'), kind('over'), kind('too-soon')]))),
};

/** The same at a terminal, for whoever showed a card there. All since protocol 6. */
export const terminalAppointments = {
  bookingSlots: oc.route({ method: 'POST', path: '/appointments/slots' }).input(z.strictObject({ site: z.string().max(60) })).output(slots.extend({ now: Instant })),
  bookAtTerminal: oc.route({ method: 'POST', path: '/appointments' }).input(z.strictObject(booking)).output(z.strictObject({ outcome: resultOf(Booked, BookFailure), now: Instant })),
  myAppointments: oc.route({ method: 'POST', path: '/appointments/mine' }).input(z.strictObject({ card: z.string().trim().min(1).max(30) })).output(z.strictObject({ rows: z.array(AppointmentRow), standing: Standing, now: Instant })),
  cancelAtTerminal: oc.route({ method: 'POST', path: '/appointments/cancellations' }).input(z.strictObject({ id: Ulid, card: z.string().trim().min(1).max(30) })).output(z.strictObject({ outcome: resultOf(z.null(), ChangeFailure), now: Instant })),
};
