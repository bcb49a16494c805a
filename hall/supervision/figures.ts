import { sql } from 'kysely';
import type { FigureGroup, FigureSheet } from '../../domain/contracts/supervision.ts';
import { civilDate, dayNumber } from '../../domain/calendar/civil-date.ts';
import { inMonths } from '../../domain/calendar/months.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { COUNTY, type Scope } from '../../domain/staff/scope.ts';
import { type CatalogueCounts, figuresOf, NO_TOTALS, type Totals } from '../../domain/supervision/figures.ts';
import type { Read } from '../db/schema.ts';
import { type Ground, nowOf } from '../ground.ts';
import { departmentNames } from './sweep.ts';

/** Longest period of one sheet, days: three years. */
const LONGEST = 1100;

export type FigureQuery = { from: string; to: string; department: string; item: string; machine: string };

/** Sums of a period, whole and by each dimension. `dimension` says which; `key` of what. */
export type SummedGroup = { dimension: 'whole' | 'month' | 'department' | 'item' | 'machine'; key: string; totals: Totals };

type SumRow = { grouping: number; month: string | null; department: string | null; item: string | null; machine: string | null } & Record<keyof Totals, number>;
const DIMENSIONS: Readonly<Record<number, SummedGroup['dimension']>> = { 15: 'whole', 7: 'month', 11: 'department', 13: 'item', 14: 'machine' };

/**
 * One pass over the sums of whole months and of the days at either end, whatever is asked: as many rows as months, items and machines, not as cases. Days are put together to months first, and the dimensions are added up from
 * those few rows: sorting each day's row into five groups took four times as long. Counts of a day fit 32 bits, whose sums PostgreSQL keeps without its arbitrary numbers.
 */
export async function sumPeriod(read: Read, division: string, query: FigureQuery, scope: Scope): Promise<SummedGroup[]> {
  const { days, months } = inMonths(query);
  const sums = sql`department, item_code, machine, handed_in, at_terminal, late, accepted, accepted_closed, finished, on_time, early, over_promised, over_statutory, statutory, promised, used, own, visits`;
  const parts = sql.join([
    ...(months === null ? [] : [sql`select month::timestamp as month, ${sums} from figure_month where division = ${division} and month between ${months.from}::date and ${months.to}::date`]),
    ...days.map(({ from, to }) => sql`select date_trunc('month', day::timestamp) as month, ${sums} from figure_day where division = ${division} and day between ${from}::date and ${to}::date`),
  ], sql` union all `);
  const rows = await read.selectFrom(sql<SumRow>`(
    select grouping(month, department, item, machine) as grouping, to_char(month, 'YYYY-MM') as month, department, item, machine,
      sum(handed_in)::bigint as "handedIn", sum(at_terminal)::bigint as "atTerminal", sum(late)::bigint as late, sum(accepted)::bigint as accepted, sum(accepted_closed)::bigint as "acceptedClosed",
      sum(finished)::bigint as finished, sum(on_time)::bigint as "onTime", sum(early)::bigint as early, sum(over_promised)::bigint as "overPromised", sum(over_statutory)::bigint as "overStatutory",
      sum(statutory)::bigint as statutory, sum(promised)::bigint as promised, sum(used)::bigint as used, sum(own)::bigint as own, sum(visits)::bigint as visits
    from (
      select month, department, item_code as item, machine,
        sum(handed_in::int) as handed_in, sum(at_terminal::int) as at_terminal, sum(late::int) as late, sum(accepted::int) as accepted, sum(accepted_closed::int) as accepted_closed,
        sum(finished::int) as finished, sum(on_time::int) as on_time, sum(early::int) as early, sum(over_promised::int) as over_promised, sum(over_statutory::int) as over_statutory,
        sum(statutory::int) as statutory, sum(promised::int) as promised, sum(used::int) as used, sum(own) as own, sum(visits::int) as visits
      from (${parts}) figure
      where (${query.department} = '' or department = ${query.department}) and (${query.item} = '' or item_code = ${query.item}) and (${query.machine} = '' or machine = ${query.machine})
        and (${scope.departments}::text[] is null or department = any(${scope.departments}::text[])) and (${scope.items}::text[] is null or item_code = any(${scope.items}::text[]))
        and (${scope.sites}::text[] is null or machine in (select place.machine from place where place.division = ${division} and place.site = any(${scope.sites}::text[])))
      group by 1, 2, 3, 4
    ) months
    group by grouping sets ((), (month), (department), (item), (machine)))`.as('sums')).selectAll().execute();
  return rows.flatMap(({ grouping, month, department, item, machine, ...totals }) => {
    const dimension = DIMENSIONS[grouping];
    // A period without cases has one row of nulls.
    return dimension === undefined || totals.handedIn === null ? [] : [{ dimension, key: month ?? department ?? item ?? machine ?? '', totals }];
  });
}

/** What the items in force on a day say of themselves: entered into the hall, online from acceptance on, and how deep. An item that does not say is in the hall, as its guide names a place there. */
export async function countCatalogue(read: Read, division: string, day: string, scope: Scope): Promise<CatalogueCounts> {
  const rows = await read.selectFrom(sql<CatalogueCounts>`(
    select count(*)::int as items, count(*) filter (where coalesce((body #>> '{services,hall}')::boolean, true))::int as "inHall",
      count(*) filter (where (body #>> '{online,depth}')::int >= 4)::int as online, count(*) filter (where (body #>> '{online,depth}')::int >= 7)::int as whole, coalesce(sum((body #>> '{online,depth}')::int), 0)::int as depth
    from (
      select distinct on (code) body::json as body from item
      where division = ${division} and body::json ->> 'effectiveFrom' <= ${day} and (${scope.departments}::text[] is null or left(code, 18) = any(${scope.departments}::text[])) and (${scope.items}::text[] is null or code = any(${scope.items}::text[]))
      order by code, version desc
    ) newest where body ->> 'state' = 'active')`.as('counts')).selectAll().execute();
  return rows[0] ?? { items: 0, inHall: 0, online: 0, whole: 0, depth: 0 };
}

export function isPeriod({ from, to }: { from: string; to: string }): boolean {
  return from <= to && dayNumber(to) - dayNumber(from) <= LONGEST;
}

/** The dashboard's figures, within what the account reaches. */
export async function readFigures(ground: Ground, { scope }: { scope: Scope }, query: FigureQuery): Promise<Result<FigureSheet, { kind: 'bad-period' }>> {
  if (!isPeriod(query)) return err({ kind: 'bad-period' });
  const { db: { read }, division } = ground;
  const today = civilDate(ground.clock.now());
  const narrowed: Scope = { departments: query.department === '' ? scope.departments : [query.department], items: query.item === '' ? scope.items : [query.item], sites: null };
  const [groups, catalogue, pending] = await Promise.all([
    sumPeriod(read, division, query, scope),
    countCatalogue(read, division, query.to < today ? query.to : today, narrowed),
    read.selectFrom('figure_dirty').select(({ fn }) => fn.countAll<number>().as('count')).where('division', '=', division).executeTakeFirstOrThrow(),
  ]);
  const names = await namesOf(read, division, groups);
  const of = (dimension: SummedGroup['dimension']): FigureGroup[] => groups.filter((group) => group.dimension === dimension)
    .map(({ key, totals }) => ({ key, name: names.get(`${dimension} ${key}`) ?? key, cases: totals.finished, figures: figuresOf(totals, null) }));
  const whole = groups.find(({ dimension }) => dimension === 'whole')?.totals ?? NO_TOTALS;
  const byCases = (rows: FigureGroup[]) => rows.toSorted((one, other) => other.cases - one.cases || (one.key < other.key ? -1 : 1));
  return ok({
    from: query.from, to: query.to, asOf: nowOf(ground), whole: figuresOf(whole, catalogue), pending: pending.count,
    months: of('month').toSorted((one, other) => (one.key < other.key ? -1 : 1)), departments: byCases(of('department')), items: byCases(of('item')), sites: byCases(of('machine')),
  });
}

async function namesOf(read: Read, division: string, groups: readonly SummedGroup[]): Promise<Map<string, string>> {
  const keys = (dimension: SummedGroup['dimension']) => groups.filter((group) => group.dimension === dimension).map(({ key }) => key);
  const [departments, items, places] = await Promise.all([
    departmentNames(read, division, keys('department')),
    read.selectFrom(sql<{ code: string; name: string }>`(select distinct on (code) code, body::json ->> 'name' as name from item where division = ${division} and code = any(${keys('item')}::text[]) order by code, version desc)`.as('named')).selectAll().execute(),
    read.selectFrom('place').select(['machine', 'site']).where('division', '=', division).execute(),
  ]);
  return new Map([
    ...[...departments].map(([code, name]) => [`department ${code}`, name] as const),
    ...items.map(({ code, name }) => [`item ${code}`, name] as const),
    ...keys('machine').map((machine) => [`machine ${machine}`, machine.startsWith('H') ? '政务大厅窗口' : places.find((place) => place.machine === machine)?.site ?? machine] as const),
  ]);
}

/** The whole county's sums of a period by department, for a bulletin. */
export async function countySums(read: Read, division: string, period: { from: string; to: string }): Promise<SummedGroup[]> {
  return sumPeriod(read, division, { ...period, department: '', item: '', machine: '' }, COUNTY);
}
