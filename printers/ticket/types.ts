import type { DeviceStatus, PrintProgress } from '../../domain/contracts/devices.ts';
import type { Ticket } from '../../domain/documents/types.ts';
import type { PrintId } from '../../domain/ids.ts';
import type { RawStatus } from './replies.ts';

/**
 * Public status of a ticket printer, `DeviceStatus` with these keywords.
 *
 * | kind | reason or warning | who can help |
 * |---|---|---|
 * | online | – | works; the citizen is offered a paper slip |
 * | online | `paper-low` | works; the caretaker brings a roll |
 * | blocked | `paper-out`, `cover-open`, `cutter`, `jam` | the caretaker; the citizen is shown the number on the screen instead |
 * | blocked | `head-hot`, `not-ready` | time, or the feed button let go |
 * | blocked | `buffer-not-cleared` | it answers but does not let go of an old job: switch it off and on |
 * | offline | `starting`, `unplugged`, `not-permitted`, `timeout`, `no-answer`, `garbled`, `closed` | the caretaker: cable, power, port settings |
 * | out-of-service | `unrecoverable-error`, `no-status-support` | a technician |
 */
export type TicketPrinterStatus = DeviceStatus;

/**
 * How a print can end, `PrintProgress` with these reasons. `looking` comes when it has not answered for 3 s in a job.
 *
 * `not-printed` (nothing was sent): a `blocked` or `out-of-service` reason, `offline`, `missing-glyph`, `cancelled`.
 * `unknown` (something was sent): a `blocked` reason that came up while printing, `no-confirmation` (the printer answers but never
 * reported the job done), `cannot-confirm` (the model cannot report), or why it went silent: `no-answer`, `unplugged`, `timeout`,
 * `garbled`, `closed`.
 */
export type TicketPrinter = {
  status(): TicketPrinterStatus;
  /** Every bit of the last real-time status, for logs and technicians; null while the printer does not answer. */
  bits(): RawStatus | null;
  /** Tells the current status at once and then every change; the answer stops it. */
  watch(tell: (status: TicketPrinterStatus) => void): () => void;
  /** Asks the printer once what it does now has ended; resolves when the status says what it answered. */
  look(): Promise<void>;
  /**
   * Prints once, one job at a time, in the order of the calls. An id that was given before prints nothing: it answers with that
   * job's progress from its beginning. Aborting ends this listening; a job that nobody listens to any more and of which
   * nothing was sent is cancelled, one that is being printed goes on to its honest end.
   */
  print(job: { print: PrintId; ticket: Ticket }, signal?: AbortSignal): AsyncIterable<PrintProgress>;
  /** Cancels those of the jobs of which nothing was sent yet, and answers with them. */
  cancel(prints: readonly PrintId[]): PrintId[];
  /** Cancels what waits, ends what runs as `unknown`, and leaves the wire. Idempotent. */
  close(): Promise<void>;
};
