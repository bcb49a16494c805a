/** 取号 at the window: a number for a counter of this site. Part of the road between a citizen's window and core (`kiosk.ts`). */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { PrintId } from '../ids.ts';
import { BusinessKey, MissedRule, Priority } from '../queue/types.ts';
import { CheckInView } from './booking.ts';
import { done } from './refused.ts';
import { TicketDesk, TicketPaper } from './site.ts';

/** What this machine knows of its site's queue. `desk` null: it is not heard from at the moment. */
export const TicketsHere = z.strictObject({ desk: TicketDesk.nullable() });
export type TicketsHere = z.infer<typeof TicketsHere>;

/**
 * A number that is being taken, or was.
 * @property way by the card that was read, or by a mobile number in its place; null: neither yet
 * @property wrongPhone what was typed is no mobile number
 * @property offers whom the site's rules let go before others, as far as it can be this person; the age stands on the card
 * @property checkIn whether it is taken for an appointment
 * @property paper null: not taken yet
 * @property held it was taken before: nobody holds two of one business
 * @property print the paper of it that this visit printed, or is asked about
 * @property copies its holder may have another paper of it
 */
export const TicketView = z.strictObject({
  business: BusinessKey.nullable(), way: z.enum(['card', 'phone']).nullable(), wrongPhone: z.boolean(), offers: z.array(Priority), priority: Priority.nullable(),
  checkIn: CheckInView,
  paper: TicketPaper.nullable(), held: z.boolean(), print: PrintId.nullable(), copies: z.boolean(), missed: MissedRule,
});
export type TicketView = z.infer<typeof TicketView>;

export const ticketContract = {
  /** `item`: for that item's business; null: the business is chosen. A case of this visit goes along. */
  begin: oc.input(z.strictObject({ item: z.string().max(64).nullable() })).output(done),
  choose: oc.input(z.strictObject({ business: BusinessKey })).output(done),
  /** A mobile number in place of the card; kept as a keyed hash only. */
  byPhone: oc.input(z.strictObject({ phone: z.string().max(20) })).output(done),
  prioritise: oc.input(z.strictObject({ priority: Priority.nullable() })).output(done),
  /** Answers when the number holds; then its paper prints. */
  take: oc.output(done),
  /** Another paper of a number that was taken before, for its holder. */
  print: oc.output(done),
  /** Its holder does not wait any longer: somebody else is called. */
  giveUp: oc.output(done),
};
