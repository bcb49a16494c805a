/**
 * The road between core (client) and the device host (server), over a MessagePort.
 * The host keeps no state that matters: whatever must survive is written by core before it asks.
 * Both ends give the RPC codec `bytesSerializer` (`bytes.ts`) so that pictures and papers cross as `Uint8Array`.
 */
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { PaperDocument, TestPrint, Ticket } from '../documents/types.ts';
import { ExchangeDevice, ExchangeEnd, ExchangeReason, ExchangeStart } from './exchange.ts';
import { CardHolder } from '../identity/card-holder.ts';
import { PrintId } from '../ids.ts';
import { BoardCapabilities, BoardEvent, BoardRefusal, LightsWish } from './board.ts';
import { DeviceName, DeviceStatus } from './device-status.ts';
import { PageReading, ScanWish } from './document-scanner.ts';
import { resultOf } from './result-schema.ts';
import { PowerState } from './ups.ts';

export { DeviceName, DeviceStatus };

export const DeviceStates = z.record(DeviceName, DeviceStatus);
export type DeviceStates = z.infer<typeof DeviceStates>;

/** What the citizen should be told while a card is being read; the stream ends after `read`, `unrecognised` or `unavailable`. */
export const CardReading = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('place-card') }),
  z.strictObject({ kind: z.literal('reading') }),
  /** Lift the card and place it again, flat. */
  z.strictObject({ kind: z.literal('place-again') }),
  /** This card cannot be read here; go to the window. `status` is the reader's SW3 as hex, for the log. */
  z.strictObject({ kind: z.literal('unrecognised'), status: z.string() }),
  z.strictObject({ kind: z.literal('unavailable'), status: DeviceStatus }),
  z.strictObject({ kind: z.literal('read'), holder: CardHolder, samId: z.string() }),
]);
export type CardReading = z.infer<typeof CardReading>;

/** What a code scanner read. `symbology` is `unknown` for a scanner that does not send it. */
export const Code = z.strictObject({
  symbology: z.enum(['qr', 'gs1-qr', 'data-matrix', 'gs1-data-matrix', 'code-128', 'gs1-128', 'code-39', 'ean-upc', 'gs1-databar', 'pdf417', 'other', 'unknown']),
  text: z.string().min(1),
});
export type Code = z.infer<typeof Code>;

/** What the citizen should be told while a code is wanted; the stream ends after `read` or `unavailable`. */
export const CodeReading = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('show-code') }),
  /** Something was read that is no text: show it again, or another one. */
  z.strictObject({ kind: z.literal('show-again') }),
  z.strictObject({ kind: z.literal('unavailable'), status: DeviceStatus }),
  z.strictObject({ kind: z.literal('read'), code: Code }),
]);
export type CodeReading = z.infer<typeof CodeReading>;

/**
 * How a print went. Honest words: `printed` only when the printer's own state said so after the job,
 * `not-printed` only when nothing can have reached paper, everything else is `unknown` and a person closes it.
 */
export const PrintProgress = z.discriminatedUnion('kind', [
  /** Given to the printer; told again when a printer that was `looking` answers once more. */
  z.strictObject({ kind: z.literal('sent') }),
  /** The printer does not answer. `no-answer`: nothing was sent to it yet; `connection-lost`: we look whether the paper came out. */
  z.strictObject({ kind: z.literal('looking'), reason: z.enum(['no-answer', 'connection-lost']) }),
  z.strictObject({ kind: z.literal('printed') }),
  /** `reason`: paper-out, cover-open, offline, missing-glyph, … */
  z.strictObject({ kind: z.literal('not-printed'), reason: z.string() }),
  z.strictObject({ kind: z.literal('unknown'), reason: z.string() }),
]);
export type PrintProgress = z.infer<typeof PrintProgress>;

/** How a print ended: the last word that is told of it. */
export type PrintOutcome = Exclude<PrintProgress, { kind: 'sent' | 'looking' }>;

export function isOutcome(progress: PrintProgress): progress is PrintOutcome {
  return progress.kind !== 'sent' && progress.kind !== 'looking';
}

/** A character that no bundled font has: the print stops rather than lose it. Code points as `U+20BB7`. */
export const MissingGlyph = z.strictObject({ kind: z.literal('missing-glyph'), codePoints: z.array(z.string()) });

export const devicesContract = {
  /** Live state of every device; the last state is sent at once to a new subscriber. */
  watch: oc.output(eventIterator(DeviceStates)),
  /** Polls the reader until a card is read or the caller stops listening. Nothing is kept. */
  readCard: oc.output(eventIterator(CardReading)),
  /** Waits for a code until one is read or the caller stops listening. What was shown before is not told. */
  scanCode: oc.output(eventIterator(CodeReading)),
  /** Scans until the feeder is empty, one page is done, or the caller stops listening: then what lies in the scanner is nobody's. */
  scanPages: oc.input(ScanWish).output(eventIterator(PageReading)),
  /** Prints once. Repeating with the same id while it runs, or after, answers with that job's progress and prints nothing. */
  printTicket: oc.input(z.strictObject({ print: PrintId, ticket: Ticket })).output(eventIterator(PrintProgress)),
  /** @param tray the printer's word for the tray the paper must come from; null: any. A printer that has none of that name prints nothing. */
  printDocument: oc.input(z.strictObject({ print: PrintId, document: PaperDocument, tray: z.string().nullable() })).output(eventIterator(PrintProgress)),
  /** Cancels whatever of this session is still queued, before paper can be refilled for somebody else. */
  cancelPrints: oc.input(z.strictObject({ prints: z.array(PrintId) })).output(z.strictObject({ cancelled: z.array(PrintId) })),
  /** Lays a document out without printing it. */
  renderDocument: oc.input(z.strictObject({ document: PaperDocument })).output(
    z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), value: z.instanceof(Uint8Array) }), z.strictObject({ ok: z.literal(false), error: MissingGlyph })]),
  ),
  /** How things stand at the board, then what happens there, until the caller stops listening. Nothing without a board. Keys are never kept. */
  boardEvents: oc.output(eventIterator(BoardEvent)),
  /** Null until the board has greeted. */
  boardCapabilities: oc.output(z.strictObject({ capabilities: BoardCapabilities.nullable() })),
  /** Sets every light. The last wish is kept while the host lives. */
  setLights: oc.input(LightsWish).output(resultOf(z.null(), BoardRefusal)),
  /** A person has looked at the case. */
  acknowledgeTamper: oc.output(resultOf(z.null(), BoardRefusal)),
  /** What the machine lives on, at once as far as it is known. Nothing without a UPS. */
  power: oc.output(eventIterator(PowerState)),
  /** Takes a device out of service: from the first word on nothing new begins there; `open` comes once nothing runs any more. Repeating changes the reason. */
  startExchange: oc.input(z.strictObject({ device: ExchangeDevice, reason: ExchangeReason })).output(eventIterator(ExchangeStart)),
  /**
   * Looks at the device anew, has a printer print a test once, and lets the device back into service when both went well. Without an exchange it ends at once.
   * @param test.seen a person holds the test print whose outcome the printer could not tell: none is printed
   */
  endExchange: oc.input(z.strictObject({ device: ExchangeDevice, print: PrintId, test: TestPrint, seen: z.boolean() })).output(eventIterator(ExchangeEnd)),
  /** Asks every device anew that can be asked; the others as they are known. Prints and moves nothing. */
  lookAtDevices: oc.output(DeviceStates),
  /** Proof of life for the supervisor. */
  ping: oc.output(z.strictObject({ at: z.number() })),
};
