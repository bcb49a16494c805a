/**
 * The numbers of one business and day: lent to machines in ranges, so that a machine that is cut off goes on issuing, and given to tickets. No number is
 * ever lent or given twice. Which ones were given is one whole number, a bit for each.
 */
import type { MachineId } from '../ids.ts';
import { err, ok, type Result } from '../result.ts';
import type { QueueRefusal } from './types.ts';

type Range = { first: number; last: number };
export type Numbers = { readonly leases: readonly (Range & { machine: MachineId })[]; readonly given: bigint };

/** Three digits are printed. */
const HIGHEST = 999;

export const NO_NUMBERS: Numbers = { leases: [], given: 0n };

export function lend(numbers: Numbers, lease: Range & { machine: MachineId }): Result<Numbers, QueueRefusal> {
  if (lease.last < lease.first) return err({ kind: 'wrong-range' });
  for (let number = lease.first; number <= lease.last; number += 1) if (!isFree(numbers, number)) return err({ kind: 'number-taken' });
  return ok({ ...numbers, leases: [...numbers.leases, lease] });
}

/** @param machine that issues it out of what it was lent; null: it must be lent to none, as one from a roll or a counter */
export function give(numbers: Numbers, number: number, machine: MachineId | null): Result<Numbers, QueueRefusal> {
  if (isGiven(numbers, number)) return err({ kind: 'number-taken' });
  const lease = leaseOf(numbers, number);
  if (machine === null && lease !== undefined) return err({ kind: 'number-taken' });
  if (machine !== null && lease?.machine !== machine) return err({ kind: 'wrong-range' });
  return ok({ ...numbers, given: numbers.given | bit(number) });
}

/** The machine's next number: of what it was lent first the lowest; null when it has none left. */
export function nextLent(numbers: Numbers, machine: MachineId): number | null {
  return unused(numbers, machine).next().value ?? null;
}

/** How many the machine may still issue by itself. */
export function lentLeft(numbers: Numbers, machine: MachineId): number {
  return [...unused(numbers, machine)].length;
}

/**
 * At most `size` numbers in a row that nobody has. They continue above the highest one, as people expect; when that has reached the end, which a roll with high
 * numbers does early, what was passed over is used up from below.
 */
export function freeRun(numbers: Numbers, size: number): Range | null {
  const highest = numbers.leases.reduce((most, { last }) => Math.max(most, last), numbers.given.toString(2).length - 1);
  for (let first = highest < HIGHEST ? highest + 1 : 1; first <= HIGHEST; first += 1) {
    if (!isFree(numbers, first)) continue;
    let last = first;
    while (last < HIGHEST && last - first + 1 < size && isFree(numbers, last + 1)) last += 1;
    return { first, last };
  }
  return null;
}

function* unused({ leases, given }: Numbers, machine: MachineId): Generator<number, undefined> {
  for (const { first, last } of leases.filter((lease) => lease.machine === machine)) {
    for (let number = first; number <= last; number += 1) if ((given & bit(number)) === 0n) yield number;
  }
}

function isFree(numbers: Numbers, number: number): boolean {
  return !isGiven(numbers, number) && leaseOf(numbers, number) === undefined;
}

function isGiven({ given }: Numbers, number: number): boolean {
  return (given & bit(number)) !== 0n;
}

function leaseOf({ leases }: Numbers, number: number): Numbers['leases'][number] | undefined {
  return leases.find(({ first, last }) => first <= number && number <= last);
}

function bit(number: number): bigint {
  return 1n << BigInt(number);
}
