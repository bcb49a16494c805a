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
  /** Numbers that a case has: runs in order that do not overlap. */
  used: readonly Run[];
  /** Numbers that a hand-in in quarantine has. */
  keptAside: readonly number[];
};

/** Numbers `first` … `last`. */
export type Run = { first: number; last: number };
type Standing = { state: 'used' | 'open' } | { state: 'gap'; reason: GapReason };

/** Where every number from 1 to the counter's last one is, in order. The ranges join without a hole and without an overlap. */
export function accountNumbers({ hall, last, leases, used, keptAside }: NumberFacts): NumberRange[] {
  const inOrder = leases.toSorted((left, right) => left.first - right.first);
  const aside = keptAside.toSorted((left, right) => left - right).map((serial) => ({ first: serial, last: serial }));
  // Nothing changes but where a block or a run begins or ends, so a year of numbers is a few thousand looks.
  const edges = [...new Set([{ first: 1, last }, ...inOrder, ...used, ...aside].flatMap((run) => [run.first, run.last + 1]))].filter((edge) => edge >= 1 && edge <= last).sort((left, right) => left - right);
  const [leaseAt, usedAt, asideAt] = [runAt(inOrder), runAt(used), runAt(aside)];
  const furthest = furthestUsed(inOrder, used);
  const ranges: NumberRange[] = [];
  for (const [index, first] of edges.entries()) {
    const through = (edges[index + 1] ?? last + 1) - 1;
    const lease = leaseAt(first);
    const stands = standing(first, lease);
    const machine = lease?.machine ?? hall;
    const before = ranges.at(-1);
    if (before !== undefined && before.machine === machine && sameStanding(before, stands)) before.last = through;
    else ranges.push({ machine, first, last: through, ...stands });
  }
  return ranges;

  function standing(serial: number, lease: (typeof inOrder)[number] | null): Standing {
    if (usedAt(serial) !== null) return { state: 'used' };
    if (asideAt(serial) !== null) return { state: 'gap', reason: 'kept-aside' };
    if (lease === null) return { state: 'gap', reason: 'unaccounted' };
    if (lease.closed !== null) return { state: 'gap', reason: lease.closed };
    return serial < (furthest.get(lease) ?? 0) ? { state: 'gap', reason: 'skipped' } : { state: 'open' };
  }
}

/** Finds the run that a number lies in; it must be asked for numbers in their order. */
function runAt<Known extends Run>(inOrder: readonly Known[]): (serial: number) => Known | null {
  let next = 0;
  return (serial) => {
    while ((inOrder[next]?.last ?? Infinity) < serial) next += 1;
    const candidate = inOrder[next];
    return candidate !== undefined && candidate.first <= serial ? candidate : null;
  };
}

/** The last number of each block that a case has. */
function furthestUsed<Block extends Run>(blocks: readonly Block[], used: readonly Run[]): Map<Block, number> {
  const furthest = new Map<Block, number>();
  let next = 0;
  for (const block of blocks) {
    while ((used[next + 1]?.first ?? Infinity) <= block.last) next += 1;
    const run = used[next];
    if (run !== undefined && run.first <= block.last && run.last >= block.first) furthest.set(block, Math.min(run.last, block.last));
  }
  return furthest;
}

function sameStanding(left: { state: string; reason?: string }, right: { state: string; reason?: string }): boolean {
  return left.state === right.state && left.reason === right.reason;
}
