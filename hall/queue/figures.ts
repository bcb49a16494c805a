import { addNaturalDays, civilDate } from '../../domain/calendar/civil-date.ts';
import { LONGEST_SPAN, type QueueDayRow, type QueueGroup, type QueueSheet } from '../../domain/contracts/queue.ts';
import { addDays, addSums, type DaySums, kioskShareOf, NO_DAY, NO_SUMS, type Sums, sumsOf, toldOf } from '../../domain/queue/sums.ts';
import { QueueRules } from '../../domain/queue/types.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { type Ground, nowOf } from '../ground.ts';
import { readSettings } from '../settings/settings.ts';
import { storedEntries } from './entries.ts';
import type { SiteDayRow } from './rows.ts';

/** Poor ratings and days that one page shows, newest first; more are a matter for a shorter span. */
const SHOWN = 300;

type Span = { site: string; from: string; to: string };
type SummedDay = SiteDayRow & { reckoned: DaySums };

/** What queues add up to over some days, of one site or of all. */
export async function queueFigures(ground: Ground, { site, from, to }: Span): Promise<Result<QueueSheet, { kind: 'bad-period' }>> {
  if (from > to || addNaturalDays(from, LONGEST_SPAN) <= to) return err({ kind: 'bad-period' });
  const rows = await ground.db.read.selectFrom('site_day').selectAll().where('division', '=', ground.division).where('day', '>=', from).where('day', '<=', to).$if(site !== '', (select) => select.where('site', '=', site)).orderBy('day').orderBy('site').execute();
  const days: SummedDay[] = [];
  for (const row of rows) days.push({ ...row, reckoned: await reckon(ground, row) });
  const { 'queue.wait': overMinutes } = await readSettings(ground.db.read, ground.division);
  const whole = days.reduce((sum, { reckoned }) => addDays(sum, reckoned), NO_DAY);
  const names = businessNames(rows);
  const group = (key: string, name: string, sums: Sums, count: number) => groupOf(key, name, sums, count, overMinutes);
  const parts = (of: Record<string, Sums>, name: (key: string) => string, part: 'businesses' | 'windows' | 'accounts' | 'hours') =>
    Object.entries(of).map(([key, sums]) => group(key, name(key), sums, days.filter(({ reckoned }) => reckoned[part][key] !== undefined).length));
  const together = (key: 'site' | 'day') => [...grouped(days, (day) => day[key])].map(([value, own]) => group(value, value, own.reduce((sum, { reckoned }) => addSums(sum, reckoned.whole), NO_SUMS), own.length));
  const accounts = site === '' ? new Map<string, string>() : await accountNames(ground, Object.keys(whole.accounts));
  return ok({
    from, to, site, asOf: nowOf(ground), overMinutes, whole: group('', '', whole.whole, new Set(rows.map(({ day }) => day)).size),
    // The longest waits first: that is where somebody has to look.
    sites: slowestFirst(together('site')),
    businesses: slowestFirst(site === '' ? byName(days, overMinutes) : parts(whole.businesses, (key) => names.get(key) ?? key, 'businesses')),
    windows: site === '' ? [] : parts(whole.windows, (key) => key, 'windows').toSorted((one, other) => Number(one.key) - Number(other.key)),
    accounts: site === '' ? [] : parts(whole.accounts, (key) => accounts.get(key) ?? key, 'accounts').toSorted((one, other) => other.served - one.served),
    hours: parts(whole.hours, (key) => key.padStart(2, '0'), 'hours').toSorted((one, other) => Number(one.key) - Number(other.key)),
    days: together('day'), arrived: await arrivals(ground, rows), poor: await poorRatings(ground, { site, from, to }, names),
  });
}

/** What a day adds up to. That of one that is over is kept; a list that grew all the same is added up anew. */
async function reckon(ground: Ground, day: SiteDayRow): Promise<DaySums> {
  if (day.sums !== null && day.summed === day.entries) return JSON.parse(day.sums) as DaySums;
  const entries = await storedEntries(ground.db.read, day);
  const sums = sumsOf(QueueRules.parse(JSON.parse(day.rules)), entries);
  const isOver = day.over || day.day < civilDate(ground.clock.now());
  if (isOver) await ground.db.write((write) => write.updateTable('site_day').set({ sums: JSON.stringify(sums), summed: entries.length }).where('division', '=', day.division).where('day', '=', day.day).where('site', '=', day.site).where('entries', '=', entries.length).execute());
  return sums;
}

function groupOf(key: string, name: string, sums: Sums, days: number, overMinutes: number): QueueGroup {
  const { taken, ways, served, withoutTicket, missed, left, abandoned, ratings } = sums;
  return {
    key, name, days, taken, ways, served, withoutTicket, missed, left, abandoned, ratings, kioskShare: kioskShareOf(sums),
    waiting: toldOf(sums.waiting, overMinutes), walking: toldOf(sums.walking, overMinutes), service: toldOf(sums.service, overMinutes),
  };
}

/** Sites name their businesses as they like: over several, those of one name are one. */
function byName(days: readonly SummedDay[], overMinutes: number): QueueGroup[] {
  const found = new Map<string, { sums: Sums; days: number }>();
  for (const day of days) {
    const own = businessNames([day]);
    for (const [key, sums] of Object.entries(day.reckoned.businesses)) {
      const name = own.get(key) ?? key;
      const before = found.get(name) ?? { sums: NO_SUMS, days: 0 };
      found.set(name, { sums: addSums(before.sums, sums), days: before.days + 1 });
    }
  }
  return [...found].map(([name, { sums, days: count }]) => groupOf(name, name, sums, count, overMinutes));
}

function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

/** As the newest of the days' rules have them. */
function businessNames(days: readonly Pick<SiteDayRow, 'rules'>[]): Map<string, string> {
  return new Map(days.flatMap(({ rules }) => QueueRules.parse(JSON.parse(rules)).businesses.map(({ key, name }) => [key, name] as const)));
}

/** Sites keep accounts of their own; where the hall has one of that name, it is that person. */
async function accountNames({ db: { read }, division }: Ground, accounts: readonly string[]): Promise<Map<string, string>> {
  if (accounts.length === 0) return new Map();
  const rows = await read.selectFrom('account').select(['account', 'name']).where('division', '=', division).where('account', 'in', accounts).execute();
  return new Map(rows.map(({ account, name }) => [account, name]));
}

function slowestFirst(groups: readonly QueueGroup[]): QueueGroup[] {
  return groups.toSorted((one, other) => (other.waiting?.mean ?? -1) - (one.waiting?.mean ?? -1) || other.taken - one.taken);
}

async function arrivals({ db: { read }, division }: Ground, rows: readonly SiteDayRow[]): Promise<QueueDayRow[]> {
  const shown = rows.toReversed().slice(0, SHOWN);
  const [first, last] = [shown.at(-1)?.day, shown[0]?.day];
  if (first === undefined || last === undefined) return [];
  const brought = await read.selectFrom('site_entry').select(['day', 'site', 'machine']).distinct().where('division', '=', division).where('day', '>=', first).where('day', '<=', last).execute();
  const machines = grouped(brought, ({ day, site }) => `${day} ${site}`);
  return shown.map((row) => ({
    day: row.day, site: row.site, entries: row.entries, over: row.over, lastAt: row.changed_at, machines: (machines.get(`${row.day} ${row.site}`) ?? []).map(({ machine }) => machine).toSorted(),
    refused: row.refused_at === null || row.refused_by === null ? null : { at: row.refused_at, machine: row.refused_by, why: row.refused_why ?? '', place: row.refused_place },
  }));
}

async function poorRatings({ db: { read }, division }: Ground, { site, from, to }: Span, names: ReadonlyMap<string, string>): Promise<QueueSheet['poor']> {
  const rows = await read.selectFrom('counter_rating').selectAll().where('division', '=', division).where('day', '>=', from).where('day', '<=', to).where('level', '<=', 2).$if(site !== '', (select) => select.where('site', '=', site))
    .orderBy('rated_at', 'desc').limit(SHOWN).execute();
  return rows.map((row) => ({
    day: row.day, site: row.site, code: row.code, business: names.get(row.business) ?? row.business, window: row.window_number, account: row.account, level: row.level, tags: JSON.parse(row.tags) as string[], at: row.rated_at, state: row.state,
    // Only where a case holds it: one that waits, or was passed by, is no word on that case.
    case: row.state === 'kept' ? row.case_id : null,
  }));
}
