import { z } from 'zod';
import type { NumberAccount } from '../../domain/contracts/console.ts';
import { LeaseKind } from '../../domain/contracts/hall.ts';
import type { MachineId } from '../../domain/ids.ts';
import { accountNumbers, type Closed, type NumberRange } from '../../domain/lease/account.ts';
import { leasedNumber } from '../../domain/lease/lease.ts';
import type { Ground } from '../ground.ts';
import { counterPlace, WIDTH } from './leases.ts';

/** A hand-in in quarantine, as far as its number can be read. */
const HandIn = z.looseObject({ payload: z.looseObject({ number: z.looseObject({ value: z.string() }) }) });

/** Every number that was ever given out, by kind and year, newest year first: used by a case, open at a machine, or a gap and why. */
export async function reportNumbers(ground: Ground): Promise<NumberAccount[]> {
  const { division, hall } = ground;
  const { read } = ground.db;
  const counters = await read.selectFrom('counter').selectAll().where('division', '=', division).where('name', 'like', '%-number/%').execute();
  const leases = await read.selectFrom('lease').innerJoin('machine', (join) => join.onRef('machine.division', '=', 'lease.division').onRef('machine.machine', '=', 'lease.machine'))
    .select(['lease.machine', 'lease.kind', 'lease.prefix', 'lease.first', 'lease.last', 'lease.generation', 'machine.retired_at', 'machine.generation as newest']).where('lease.division', '=', division).execute();
  const used = await usedNumbers(ground);
  const keptAside = await keptAsideNumbers(ground);

  return counters.flatMap(({ name, value }) => {
    const place = counterPlace(name);
    const kind = LeaseKind.safeParse(place.kind);
    if (!kind.success) return [];
    // Only cases have numbers that the hall hears of; of tickets it knows the blocks alone.
    const heard = (numbers: readonly string[]) => new Set(kind.data === 'case-number' ? numbers.flatMap((number) => serialOf(number, place.prefix)) : []);
    const ranges = accountNumbers({
      hall, last: value, used: heard(used), keptAside: heard(keptAside),
      leases: leases.filter((lease) => lease.kind === kind.data && lease.prefix === place.prefix).map((lease) => ({ machine: lease.machine as MachineId, first: lease.first, last: lease.last, closed: closedBy(lease) })),
    });
    const count = (state: NumberRange['state']) => ranges.reduce((sum, range) => sum + (range.state === state ? range.last - range.first + 1 : 0), 0);
    const text = (serial: number) => leasedNumber({ prefix: place.prefix, width: WIDTH }, serial);
    return [{
      kind: kind.data, year: place.prefix.slice(division.length), granted: value, used: count('used'), open: count('open'), gaps: count('gap'),
      ranges: ranges.map((range) => ({ machine: range.machine, state: range.state, reason: range.state === 'gap' ? range.reason : null, first: text(range.first), last: text(range.last), count: range.last - range.first + 1 })),
    }];
  }).toSorted((left, right) => right.year.localeCompare(left.year) || left.kind.localeCompare(right.kind));
}

/** What a lost machine may have given out is not its spare's to give. */
function closedBy({ retired_at, generation, newest }: { retired_at: string | null; generation: number; newest: number }): Closed | null {
  if (retired_at !== null) return 'machine-retired';
  return generation < newest ? 'machine-replaced' : null;
}

/** The report as CSV (RFC 4180): one line a run of numbers that stand alike; the counts of a kind and year add up to what was granted. */
export function numbersCsv(division: string, accounts: readonly NumberAccount[]): string {
  const rows = accounts.flatMap(({ kind, year, ranges }) => ranges.map(({ machine, state, reason, first, last, count }) => [division, year, kind, machine, state, reason ?? '', first, last, String(count)]));
  return [['division', 'year', 'kind', 'machine', 'state', 'reason', 'first', 'last', 'count'], ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

/** Numbers of cases: those they were handed in under, and those the hall gave for provisional ones. */
async function usedNumbers({ db, division }: Ground): Promise<string[]> {
  const rows = await db.read.selectFrom('case_view').select(['number', 'handed_in_number']).where('division', '=', division).execute();
  return rows.flatMap(({ number, handed_in_number }) => (number === handed_in_number ? [number] : [number, handed_in_number]));
}

async function keptAsideNumbers({ db, division }: Ground): Promise<string[]> {
  const rows = await db.read.selectFrom('action').select('body').where('division', '=', division).where('kind', '=', 'handed-in').where('quarantine_reason', 'is not', null).execute();
  return rows.flatMap(({ body }) => {
    const handIn = HandIn.safeParse(JSON.parse(body));
    return handIn.success ? [handIn.data.payload.number.value] : [];
  });
}

/** The serial of a number of this counter; none for another's, and none for a provisional one. */
function serialOf(number: string, prefix: string): number[] {
  const tail = number.slice(prefix.length);
  return number.startsWith(prefix) && tail.length === WIDTH && /^\d+$/.test(tail) ? [Number(tail)] : [];
}
