import { z } from 'zod';
import { SiteAppointment } from '../../../domain/contracts/appointments.ts';
import { kind } from '../../../domain/contracts/result-schema.ts';
import { TicketPaper } from '../../../domain/contracts/site.ts';
import { CaseId } from '../../../domain/ids.ts';
import { BusinessKey, Priority, TicketId, TicketIssue } from '../../../domain/queue/types.ts';

/** A number that is taken in this visit. Part of the draft, so that a core that dies asks for the same one again. */
export const TicketState = z.strictObject({
  business: BusinessKey.nullable(),
  /** What was handed in here and goes along. What was only begun is destroyed with the visit. */
  case: CaseId.nullable(),
  /** Hash of the mobile number that stands in for a card; null: the card is asked for. */
  byPhone: TicketIssue.shape.holder,
  wrongPhone: z.boolean(),
  /** Whether its holder has an appointment about now; null: not known yet. A mobile number is tried while it is known, and then forgotten. */
  appointment: z.discriminatedUnion('kind', [kind('none'), z.strictObject({ kind: z.literal('found'), appointment: SiteAppointment.omit({ checks: true }) })]).nullable(),
  /** What was chosen; `offered`: nothing yet, so what the card's age offers stands. */
  priority: z.union([Priority.nullable(), z.literal('offered')]),
  /** Of the number that is being asked for: chosen before it is asked. null: none is, or it was answered. */
  asked: TicketId.nullable(),
  /** What this visit took or found held, the newest last. */
  papers: z.array(TicketPaper),
  /** The one that is shown. */
  shown: z.strictObject({ ticket: TicketId, held: z.boolean() }).nullable(),
});
export type TicketState = z.infer<typeof TicketState>;
