/**
 * Numbered blanks: certificate paper whose number is printed on it at the mint (空白证件). Each is accounted for by its number from the moment it lies in
 * a machine: left, in doubt, used or void; the four add up to what was loaded, always. They are used from the top of the tray: packs in the order of
 * their loading, in a pack the lowest number first.
 */
import { z } from 'zod';
import type { PrintId } from '../ids.ts';
import { err, ok, type Result } from '../result.ts';
import { Instant } from '../time.ts';
import type { PrintEntry } from './types.ts';

/** How the numbers of one kind of blank are written: `浙A` and eight digits. */
export type Numbering = { prefix: string; digits: number };

/** Sheets of the largest pack that a mint sends; a tray holds fewer. */
const LARGEST_PACK = 1000;

/** Why a blank will never be printed on. `missing`: it should lie in the tray and does not. `unloaded`: a person took it out for good. */
export const VoidReason = z.enum(['spoiled', 'missing', 'unloaded']);
export type VoidReason = z.infer<typeof VoidReason>;

/** What happened to the stock of one kind of blank, besides prints. `stock` is the template that is printed on it. */
export const BlankEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('loaded'), stock: z.string(), first: z.int().min(0), last: z.int().min(0), at: Instant }),
  z.strictObject({ kind: z.literal('voided'), stock: z.string(), number: z.int().min(0), why: VoidReason, at: Instant }),
]);
export type BlankEvent = z.infer<typeof BlankEvent>;

export type BlankState = 'left' | 'in-doubt' | 'used' | 'void';

/** The blanks of one kind, from the top of the tray to what was loaded last. */
export type Stock = {
  order: readonly number[];
  stateOf(number: number): BlankState | null;
  /** The print that holds a blank which is in doubt or used. */
  printOn(number: number): PrintId | null;
  sums: { loaded: number } & Record<BlankState, number>;
  /** The blank on top, as far as the ledger knows; null when none is left. */
  next: number | null;
};

/**
 * The stock as events and prints have made it.
 * @param entries prints of this machine, oldest first; those on other kinds of blank, or on none, are passed over
 */
export function stockOf(stock: string, events: readonly BlankEvent[], entries: readonly Pick<PrintEntry, 'id' | 'state' | 'blank'>[]): Stock {
  const order = events.flatMap((event) => (event.kind === 'loaded' && event.stock === stock ? numbersFrom(event.first, event.last) : []));
  const states = new Map<number, BlankState>(order.map((number) => [number, 'left']));
  const prints = new Map<number, PrintId>();
  for (const { id, state, blank } of entries) {
    // What is known not to have come out lies on top again.
    if (blank === null || blank.stock !== stock || state === 'not-printed' || !states.has(blank.number)) continue;
    states.set(blank.number, state === 'printed' || state === 'taken' ? 'used' : 'in-doubt');
    prints.set(blank.number, id);
  }
  for (const event of events) if (event.kind === 'voided' && event.stock === stock && states.get(event.number) === 'left') states.set(event.number, 'void');
  const sums = { loaded: order.length, left: 0, 'in-doubt': 0, used: 0, void: 0 };
  for (const state of states.values()) sums[state] += 1;
  return {
    order, sums,
    stateOf: (number) => states.get(number) ?? null,
    printOn: (number) => prints.get(number) ?? null,
    next: order.find((number) => states.get(number) === 'left') ?? null,
  };
}

export type TakeFault =
  /** No blank of this kind is left. */
  | { kind: 'no-blanks' }
  /** Nobody knows what became of an earlier one, so nobody knows which lies on top. */
  | { kind: 'blanks-in-doubt' };

/** The blank that the next print will be on. */
export function takeBlank({ sums, next }: Stock): Result<number, TakeFault> {
  if (sums['in-doubt'] > 0) return err({ kind: 'blanks-in-doubt' });
  return next === null ? err({ kind: 'no-blanks' }) : ok(next);
}

export type LoadFault =
  /** The last is below the first, or they are more than one pack. */
  | { kind: 'no-range' }
  /** One of them was here before. */
  | { kind: 'known-number'; number: number };

/** Whether a pack can be what the person says it is. */
export function checkLoad({ stateOf }: Stock, first: number, last: number): Result<null, LoadFault> {
  if (last < first || last - first >= LARGEST_PACK) return err({ kind: 'no-range' });
  const known = numbersFrom(first, last).find((number) => stateOf(number) !== null);
  return known === undefined ? ok(null) : err({ kind: 'known-number', number: known });
}

/** A spoiled blank is one that was left: what a print holds is closed as a print. */
export function checkVoid({ stateOf }: Stock, number: number): Result<null, { kind: 'unknown-number' } | { kind: 'not-left'; state: BlankState }> {
  const state = stateOf(number);
  if (state === null) return err({ kind: 'unknown-number' });
  return state === 'left' ? ok(null) : err({ kind: 'not-left', state });
}

/** What follows from the number that a person reads on top of the tray. */
export type TrayFindings = {
  /** Prints of unknown outcome: those whose blank is gone came out, those whose blank is still there did not. */
  close: { print: PrintId; cameOut: boolean }[];
  /** Blanks that should lie above and do not. */
  missing: number[];
};

export type TrayFault =
  | { kind: 'unknown-number' }
  /** The ledger holds that this blank was printed on, or is void, and it lies in the tray. */
  | { kind: 'still-there'; number: number };

/**
 * The counter of the blanks as witness: the number on top of the tray says of every print in doubt whether it came out.
 * @param top null: the tray is empty
 */
export function findingsOf(stock: Stock, top: number | null): Result<TrayFindings, TrayFault> {
  const at = top === null ? stock.order.length : stock.order.indexOf(top);
  if (at === -1) return err({ kind: 'unknown-number' });
  const still = stock.order.slice(at).find((number) => stock.stateOf(number) === 'used' || (number === top && stock.stateOf(number) === 'void'));
  if (still !== undefined) return err({ kind: 'still-there', number: still });
  const close = stock.order.flatMap((number, index) => {
    const print = stock.stateOf(number) === 'in-doubt' ? stock.printOn(number) : null;
    return print === null ? [] : [{ print, cameOut: index < at }];
  });
  return ok({ close, missing: stock.order.slice(0, at).filter((number) => stock.stateOf(number) === 'left') });
}

/** As it stands on the paper. */
export function blankNumber({ prefix, digits }: Numbering, number: number): string {
  return `${prefix}${String(number).padStart(digits, '0')}`;
}

function numbersFrom(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
