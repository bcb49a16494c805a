import { sql } from 'kysely';
import { z } from 'zod';
import type { NumberAccount } from '../../domain/contracts/console.ts';
import { LeaseKind } from '../../domain/contracts/hall.ts';
import type { MachineId } from '../../domain/ids.ts';
import { accountNumbers, type Closed, type NumberRange, type Run } from '../../domain/lease/account.ts';
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
  const used = await usedRuns(ground);
  const keptAside = await keptAsideNumbers(ground);

  return counters.flatMap(({ name, value }) => {
    const place = counterPlace(name);
    const kind = LeaseKind.safeParse(place.kind);
    if (!kind.success) return [];
    // Only cases have numbers that the hall hears of; of tickets it knows the blocks alone.
    const hears = kind.data === 'case-number';
    const ranges = accountNumbers({
      hall, last: value, used: hears ? used(place.prefix) : [], keptAside: hears ? keptAside.flatMap((number) => serialOf(number, place.prefix)) : [],
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

/** A hundred of numbers: how many of it cases have, and the least and the last of those. */
type Hundred = { count: number; least: string; last: string };

/**
 * The numbers that cases have, by prefix, as runs in order. A year has hundreds of thousands; machines use theirs in order, so of nearly each hundred the ends say all, and only the numbers
 * of those with holes are read. A provisional number is none of a counter's; a case that came with one has the hall's own in `number` since it was accepted.
 */
async function usedRuns(ground: Ground): Promise<(prefix: string) => Run[]> {
  const hundreds = await hundredsWithCases(ground);
  const isWhole = ({ count, least, last }: Hundred) => Number(last.slice(-2)) - Number(least.slice(-2)) + 1 === count;
  const whole = hundreds.filter(isWhole);
  const single = (await numbersWithin(ground, hundreds.filter((hundred) => !isWhole(hundred)))).map((number) => ({ least: number, last: number }));
  return (prefix) => [...whole, ...single]
    .flatMap(({ least, last }) => serialOf(least, prefix).flatMap((first) => serialOf(last, prefix).map((through) => ({ first, last: through }))))
    .toSorted((left, right) => left.first - right.first);
}

function hundredsWithCases({ db, division }: Ground): Promise<Hundred[]> {
  return db.read.selectFrom('case_view').select(({ fn }) => [fn.countAll<number>().as('count'), fn.min('number').as('least'), fn.max('number').as('last')])
    .where('division', '=', division).groupBy(sql`left(number, -2)`).execute();
}

async function numbersWithin({ db, division }: Ground, hundreds: readonly Hundred[]): Promise<string[]> {
  if (hundreds.length === 0) return [];
  const rows = await db.read.selectFrom(sql<{ number: string }>`(
    select own.number from unnest(${hundreds.map(({ least }) => least)}::text[], ${hundreds.map(({ last }) => last)}::text[]) as hundred(least, last)
    cross join lateral (select number from case_view where division = ${division} and number >= hundred.least and number <= hundred.last) own)`.as('numbers')).select('number').execute();
  return rows.map(({ number }) => number);
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
