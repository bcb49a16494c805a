import type { Lease } from '../contracts/hall.ts';
import type { MachineId } from '../ids.ts';

/**
 * Why a number that was given out will never be a case's.
 * - `machine-retired`, `machine-replaced`: it lay in a block of a machine that is gone, or of one that was lost before a spare took its place.
 * - `skipped`: the machine used a later one of its block, and it uses them in order.
 * - `kept-aside`: its hand-in lies in quarantine; a person decides, and the number counts as used if it is taken after all.
 * - `unaccounted`: the counter passed it, and no block and no case has it. It should not happen.
 */
export type GapReason = Closed | 'skipped' | 'kept-aside' | 'unaccounted';

/** Why nobody uses a block any more. */
export type Closed = 'machine-retired' | 'machine-replaced';

/** A run of numbers that stand alike, `first` … `last`, at the machine that they were given to; the hall's own for those it gave itself. */
export type NumberRange = { machine: MachineId; first: number; last: number } & ({ state: 'used' | 'open' } | { state: 'gap'; reason: GapReason });

/** Everything that is known of the numbers of one counter. */
export type NumberFacts = {
  hall: MachineId;
  /** The last number that the counter gave. */
  last: number;
  leases: readonly (Pick<Lease, 'first' | 'last'> & { machine: MachineId; closed: Closed | null })[];
  /** Numbers that a case has. */
  used: ReadonlySet<number>;
  /** Numbers that a hand-in in quarantine has. */
  keptAside: ReadonlySet<number>;
};

/** Where every number from 1 to the counter's last one is, in order. The ranges join without a hole and without an overlap. */
export function accountNumbers({ hall, last, leases, used, keptAside }: NumberFacts): NumberRange[] {
  const inOrder = leases.toSorted((left, right) => left.first - right.first);
  const ranges: NumberRange[] = [];
  let next = 0;
  let furthest = 0;
  for (let serial = 1; serial <= last; serial += 1) {
    while ((inOrder[next]?.last ?? Infinity) < serial) next += 1;
    const candidate = inOrder[next];
    const lease = candidate !== undefined && candidate.first <= serial ? candidate : null;
    if (lease?.first === serial) furthest = furthestUsed(lease, used);
    const stands = standing(serial);
    const before = ranges.at(-1);
    const machine = lease?.machine ?? hall;
    if (before !== undefined && before.machine === machine && sameStanding(before, stands)) before.last = serial;
    else ranges.push({ machine, first: serial, last: serial, ...stands });

    function standing(number: number): { state: 'used' | 'open' } | { state: 'gap'; reason: GapReason } {
      if (used.has(number)) return { state: 'used' };
      if (keptAside.has(number)) return { state: 'gap', reason: 'kept-aside' };
      if (lease === null) return { state: 'gap', reason: 'unaccounted' };
      if (lease.closed !== null) return { state: 'gap', reason: lease.closed };
      return number < furthest ? { state: 'gap', reason: 'skipped' } : { state: 'open' };
    }
  }
  return ranges;
}

function furthestUsed({ first, last }: Pick<Lease, 'first' | 'last'>, used: ReadonlySet<number>): number {
  for (let serial = last; serial >= first; serial -= 1) if (used.has(serial)) return serial;
  return 0;
}

function sameStanding(left: { state: string; reason?: string }, right: { state: string; reason?: string }): boolean {
  return left.state === right.state && left.reason === right.reason;
}
