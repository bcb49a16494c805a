/** 预约 at the window: a time at a counter of this site. Part of the road between a citizen's window and core (`kiosk.ts`). The hall alone books, so all of it needs the line. */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { PrintId, Ulid } from '../ids.ts';
import { BusinessKey } from '../queue/types.ts';
import { Instant } from '../time.ts';
import { AppointmentNumber, AppointmentRow, BookFailure, ChangeFailure, FreeSlot, Rules, Standing } from './appointments.ts';
import { done } from './refused.ts';
import { kind } from './result-schema.ts';

/** What this site takes appointments for, as last heard: an item's guide says so, with the cable out, too. */
export const BookingsHere = z.array(z.strictObject({ calendar: Ulid, business: BusinessKey, items: z.array(z.string()) }));
export type BookingsHere = z.infer<typeof BookingsHere>;

/** @property opens, closes when its holder is taken for it @property cancelUntil later it counts as made; null: that was over when it was booked */
export const BookedView = z.strictObject({ row: AppointmentRow, opens: Instant, closes: Instant, cancelUntil: Instant.nullable() });
export type BookedView = z.infer<typeof BookedView>;

/** Why nothing came of cancelling. `away`: nobody knows whether it was cancelled; what stands is asked for anew. */
export const CancelTrouble = z.discriminatedUnion('kind', [...ChangeFailure.options, kind('away')]);
export type CancelTrouble = z.infer<typeof CancelTrouble>;

/**
 * A time that is being booked, or was; and what somebody has.
 * @property free what the hall said of free times; `none`: it has no appointments for this site
 * @property lines what may be booked; of the named item alone where it has a calendar. `next`: the first free time
 * @property chosen one of them, with its times
 * @property slot the time that was chosen
 * @property item for which it is booked
 * @property phone as typed, until it is booked; empty: none
 * @property wrongPhone what was typed is no mobile number
 * @property doing what the hall is asked for now
 * @property unsure the hall was asked and did not answer: nobody knows whether it is booked. Asked again, it is the same one
 * @property mine null: not asked for
 */
export const BookingView = z.strictObject({
  free: z.enum(['asking', 'no-line', 'none', 'known']),
  lines: z.array(z.strictObject({ calendar: Ulid, name: z.string(), free: z.int(), next: Instant.nullable() })),
  chosen: z.strictObject({ name: z.string(), slots: z.array(FreeSlot) }).nullable(),
  slot: z.strictObject({ from: Instant, until: Instant }).nullable(),
  rules: Rules.nullable(),
  item: z.string().nullable(),
  phone: z.string(), wrongPhone: z.boolean(),
  doing: z.enum(['booking', 'cancelling']).nullable(),
  unsure: z.boolean(),
  failure: BookFailure.nullable(),
  booked: BookedView.nullable(),
  print: PrintId.nullable(),
  mine: z.discriminatedUnion('kind', [kind('asking'), kind('no-line'), z.strictObject({ kind: z.literal('known'), rows: z.array(AppointmentRow), standing: Standing })]).nullable(),
  trouble: CancelTrouble.nullable(),
});
export type BookingView = z.infer<typeof BookingView>;

/** Whether whoever takes a number has an appointment at this site about now. `own`: of the business that the number is for. */
export const CheckInView = z.discriminatedUnion('kind', [
  kind('looking'), kind('none'),
  z.strictObject({ kind: z.enum(['open', 'early', 'late']), own: z.boolean(), number: AppointmentNumber, name: z.string(), from: Instant, until: Instant, opens: Instant, closes: Instant }),
]);
export type CheckInView = z.infer<typeof CheckInView>;

export const bookingContract = {
  /** `item`: for that item's business. */
  begin: oc.input(z.strictObject({ item: z.string().max(64).nullable() })).output(done),
  /** Asks the hall anew for what is free. */
  look: oc.output(done),
  choose: oc.input(z.strictObject({ calendar: Ulid })).output(done),
  pick: oc.input(z.strictObject({ from: Instant })).output(done),
  /** Beside a card: to be reminded, or none. Without a card: in its place. */
  phone: oc.input(z.strictObject({ phone: z.string().max(20) })).output(done),
  /** Answers at once; what the hall says stands in the view. Once more while it is unsure: asks for the same one. */
  book: oc.output(done),
  /** What the holder of the card has. Asks for the card, if none was read. */
  mine: oc.output(done),
  cancel: oc.input(z.strictObject({ appointment: Ulid })).output(done),
};
