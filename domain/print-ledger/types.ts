import { z } from 'zod';
import { CaseId, PrintId } from '../ids.ts';
import { Instant } from '../time.ts';

/**
 * One paper that was to be printed, from before the first byte until a person or a sensor has closed it.
 *
 * | state | what is true |
 * |---|---|
 * | reserved | written down; nothing was given to a printer yet |
 * | sent | given to a printer, or may have been; nobody knows yet what came out |
 * | printed | the printer's own state after the job, or a person, says that it came out |
 * | taken | a sensor or a person says that it was taken |
 * | not-printed | nothing can have come out; it may be printed anew as another entry |
 * | unknown | nobody can tell from here; a person at the machine closes it, never a second print |
 */
export const PrintState = z.enum(['reserved', 'sent', 'printed', 'taken', 'not-printed', 'unknown']);
export type PrintState = z.infer<typeof PrintState>;

/** `materials-slip` and `guide` belong to no case: anybody may have them without a card. `kept-slip`: what was filled in, sealed, to go on with another day. `queue-ticket`: a number of the site's queue. `appointment-slip`: when to come. */
export const Paper = z.enum(['hand-in-slip', 'hand-in-receipt', 'certificate', 'materials-slip', 'guide', 'message-slip', 'kept-slip', 'queue-ticket', 'appointment-slip']);
export type Paper = z.infer<typeof Paper>;

export const PrintEntry = z.strictObject({
  id: PrintId,
  /** What it is about; of a message slip, the message; of a number, the ticket; of an appointment, the appointment. A paper of none of them stands under its visit. Their identifiers are ULIDs too. */
  case: CaseId,
  paper: Paper,
  /** The visit it belongs to: a paper never outlives its visit. */
  session: z.string(),
  state: PrintState,
  /** Why it is `not-printed` or `unknown`, as a keyword; empty otherwise. */
  reason: z.string(),
  /** The device host's life it was given to; another life knows nothing of it. */
  host: z.string().nullable(),
  /** What it is about, for the certificate: its licence identifier. */
  licence: z.string(),
  /** The numbered blank that it is, or was to be, printed on; null: plain paper. `stock` is the kind of blank: the template that is printed on it. */
  blank: z.strictObject({ stock: z.string(), number: z.int().min(0) }).nullable().default(null),
  history: z.array(z.strictObject({ state: PrintState, at: Instant, by: z.enum(['printer', 'citizen', 'staff', 'restart', 'core']) })),
});
export type PrintEntry = z.infer<typeof PrintEntry>;
