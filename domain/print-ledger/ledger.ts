import { isOutcome, type PrintProgress } from '../contracts/devices.ts';
import { err, never, ok, type Result } from '../result.ts';
import type { TakeFault } from './blanks.ts';
import type { PrintEntry, PrintState } from './types.ts';

type By = PrintEntry['history'][number]['by'];

/** What may happen to an entry. */
export type PrintEvent =
  /** Written before the first byte goes: from now on nobody can swear that nothing came out. */
  | { kind: 'given'; host: string }
  /** It was given to nobody: that could not be written down, there is no blank for it, or the machine's battery is nearly empty. */
  | { kind: 'refused'; reason: 'store-full' | 'power-out' | TakeFault['kind'] }
  | { kind: 'progress'; progress: PrintProgress }
  /** Core started again. `host` is the device host's life now, or null; only that very life can still answer for the job. */
  | { kind: 'restarted'; host: string | null }
  /** A person looked into the tray. A citizen may not say of a certificate that it did not come out: that would print a second original. */
  | { kind: 'closed'; by: 'citizen' | 'staff'; cameOut: boolean }
  | { kind: 'taken'; by: 'printer' | 'citizen' | 'staff' };

export type LedgerFault = { kind: 'not-allowed'; state: PrintState; event: PrintEvent['kind'] };

/** Applies one event to an entry. What is final stays: a late word of a printer never reopens a closed entry. */
export function applyPrint(entry: PrintEntry, event: PrintEvent, at: string): Result<PrintEntry, LedgerFault> {
  const refused = err({ kind: 'not-allowed' as const, state: entry.state, event: event.kind });
  const to = (state: PrintState, by: By, reason = ''): Result<PrintEntry, LedgerFault> => ok({ ...entry, state, reason, history: [...entry.history, { state, at, by }] });
  switch (event.kind) {
    case 'given':
      if (entry.state !== 'reserved') return refused;
      return ok({ ...entry, state: 'sent', host: event.host, history: [...entry.history, { state: 'sent', at, by: 'core' }] });
    case 'refused':
      return entry.state === 'reserved' ? to('not-printed', 'core', event.reason) : refused;
    case 'progress':
      if (entry.state !== 'sent') return refused;
      // What is looked for is still with the printer, or may be.
      if (!isOutcome(event.progress)) return ok(entry);
      return to(event.progress.kind, 'printer', event.progress.kind === 'printed' ? '' : event.progress.reason);
    case 'restarted':
      if (entry.state === 'reserved') return to('not-printed', 'restart', 'interrupted');
      if (entry.state !== 'sent') return refused;
      return entry.host === event.host ? ok(entry) : to('unknown', 'restart', 'interrupted');
    case 'closed':
      if (entry.state !== 'unknown') return refused;
      if (event.cameOut) return to('printed', event.by);
      return event.by === 'citizen' && entry.paper === 'certificate' ? refused : to('not-printed', event.by, 'did-not-come-out');
    case 'taken':
      return entry.state === 'printed' ? to('taken', event.by) : refused;
    default:
      return never(event);
  }
}

/** Whether nothing more will change by itself. */
export function isSettled(state: PrintState): boolean {
  return state !== 'reserved' && state !== 'sent';
}

/**
 * Whether a paper of a case may be printed now, given what the ledger holds of it. Slips and receipts may be printed again once the
 * last one is known not to have come out; a certificate has one original for ever.
 */
export function mayPrint(entries: readonly PrintEntry[], paper: PrintEntry['paper']): boolean {
  return entries.filter((entry) => entry.paper === paper).every((entry) => entry.state === 'not-printed');
}

/** How many papers of one number may be out: whoever loses it twice asks at the counter, and nobody empties the roll with one card. */
const MOST_OF_A_NUMBER = 3;

/** Whether its holder may have another paper of a number that was printed before: two of them are one turn all the same. Not while it is open whether the last one came out. */
export function mayPrintCopy(entries: readonly PrintEntry[]): boolean {
  const out = entries.filter(({ state }) => state !== 'not-printed');
  return out.length < MOST_OF_A_NUMBER && out.every(({ state }) => state === 'printed' || state === 'taken');
}
