/** The print ledger in figures, for the caretaker's screen and the slip at the end of the day. */
import { z } from 'zod';
import { civilDate } from '../calendar/civil-date.ts';
import type { Stock } from './blanks.ts';
import { Paper, type PrintEntry } from './types.ts';

/** Papers of one kind on one day. `unknown` holds those that are with the printer, too; the three add up to what was asked for. */
export const PaperSum = z.strictObject({ paper: Paper, printed: z.int().min(0), notPrinted: z.int().min(0), unknown: z.int().min(0) });
export type PaperSum = z.infer<typeof PaperSum>;

/** One kind of numbered blank in this machine. `left`, `inDoubt`, `used` and `void` add up to `loaded`. */
export const BlankSum = z.strictObject({
  name: z.string(), loaded: z.int().min(0), left: z.int().min(0), inDoubt: z.int().min(0), used: z.int().min(0), void: z.int().min(0),
  /** The number on top of the tray, as far as the ledger knows. */
  next: z.string().nullable(),
});
export type BlankSum = z.infer<typeof BlankSum>;

/** What was asked for on a day in China, in the order of the kinds; kinds of which nothing was are left out. */
export function paperSums(entries: readonly PrintEntry[], day: string): PaperSum[] {
  const ofDay = entries.filter(({ history: [first] }) => first !== undefined && civilDate(Date.parse(first.at)) === day);
  return Paper.options.flatMap((paper) => {
    const own = ofDay.filter((entry) => entry.paper === paper);
    const count = (...states: PrintEntry['state'][]) => own.filter(({ state }) => states.includes(state)).length;
    return own.length === 0 ? [] : [{ paper, printed: count('printed', 'taken'), notPrinted: count('not-printed'), unknown: count('reserved', 'sent', 'unknown') }];
  });
}

/** @param write a number as it stands on the blank */
export function blankSum(name: string, { sums, next }: Stock, write: (number: number) => string): BlankSum {
  return { name, loaded: sums.loaded, left: sums.left, inDoubt: sums['in-doubt'], used: sums.used, void: sums.void, next: next === null ? null : write(next) };
}
