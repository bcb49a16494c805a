import { type ExpressionBuilder, sql } from 'kysely';
import { BURST, type Burst, burstsOf } from '../../domain/audit/bursts.ts';
import { addNaturalDays, dayNumber, startOfDay } from '../../domain/calendar/civil-date.ts';
import { AUDIT_PAGE, type DeedLine, LONGEST_SPAN, ReadCases, type ReadLine } from '../../domain/contracts/audit.ts';
import { CaseId } from '../../domain/ids.ts';
import { identityNumber } from '../../domain/numbers/identity-number.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { ReadAuditRow, Tables } from '../db/schema.ts';
import { type Ground, instant } from '../ground.ts';
import { namesOf, type Staff } from '../identity/accounts.ts';
import { recordDeed } from './deeds.ts';
import { personId } from './reads.ts';

type Span = { from: string; to: string };
type Paged = Span & { account: string; before: number };
/** Cases of a line that are named; the others are counted. */
const NAMED = 5;
/** Most cases of one person that are looked for. */
const MOST_CASES = 200;
const HOUR = 3_600_000;

/** Whether a span of civil days is in order and short enough to be looked through. */
export function spanIsSound({ from, to }: Span): boolean {
  const days = dayNumber(to) - dayNumber(from);
  return days >= 0 && days < LONGEST_SPAN;
}

function instantsOf({ from, to }: Span): { since: string; until: string } {
  return { since: instant(startOfDay(from)), until: instant(startOfDay(addNaturalDays(to, 1))) };
}

/** Who looked at what, newest first. The search is written into the journal before anything is answered. */
export async function searchReads(ground: Ground, staff: Staff, query: Paged & { subject: string; what: ReadAuditRow['what'] | 'all' }): Promise<Result<{ rows: ReadLine[]; next: number; bursts: (Omit<Burst, 'from'> & { name: string; from: string })[] }, { kind: 'bad-span' }>> {
  if (!spanIsSound(query)) return err({ kind: 'bad-span' });
  const { division, db } = ground;
  const subject = query.subject.trim().toUpperCase();
  const about = subject === '' ? null : await casesNamed(ground, subject);
  await db.write((write) => recordDeed(ground, write, staff, {
    what: 'audit.search-reads', subject: query.account, body: { from: query.from, to: query.to, what: query.what, cases: about?.ids ?? [], by: about?.by ?? 'none', before: query.before },
  }));
  const names = await namesOf(db.read, division);
  const found = about?.shown.length === 0 ? Promise.resolve([]) : readsStatement(ground, query, about?.shown ?? null).execute();
  const [rows, suspicious] = await Promise.all([found, query.before > 0 ? [] : findBursts(ground, query)]);
  const page = rows.slice(0, AUDIT_PAGE);
  const shown = page.map((row) => ({ row, ids: ReadCases.parse(JSON.parse(row.cases)) }));
  // What was looked for stands first among the many cases of a list.
  const wanted = new Set<string>(about?.shown);
  const first = shown.map(({ ids }) => ids.toSorted((left, right) => Number(wanted.has(right)) - Number(wanted.has(left))).slice(0, NAMED));
  const numbers = await numbersOf(ground, first.flat());
  const bursts = suspicious.map((burst) => ({ ...burst, name: names.get(burst.account) ?? burst.account, from: instant(burst.from) }));
  return ok({
    rows: shown.map(({ row, ids }, index) => ({ id: row.id, at: row.at, account: row.account, name: names.get(row.account) ?? row.account, what: row.what, count: ids.length, cases: (first[index] ?? []).map((id) => ({ id, number: numbers.get(id) ?? '' })) })),
    next: rows.length > AUDIT_PAGE ? page.at(-1)?.id ?? 0 : 0,
    bursts,
  });
}

/** @param about cases of which one must have been shown; null: whatever was shown */
export function readsStatement({ db, division }: Pick<Ground, 'db' | 'division'>, query: Paged & { what: ReadAuditRow['what'] | 'all' }, about: readonly string[] | null) {
  const { since, until } = instantsOf(query);
  return db.read.selectFrom('read_audit').selectAll().where('division', '=', division).where('at', '>=', since).where('at', '<', until)
    .$if(query.account !== '', (select) => select.where('account', '=', query.account))
    .$if(query.what !== 'all', (select) => select.where('what', '=', query.what as ReadAuditRow['what']))
    .$if(query.before > 0, (select) => select.where('id', '<', query.before))
    // A person's reads are few, and are found before they are put in order: asked in one, PostgreSQL may walk back through everybody's.
    .$if(about !== null, (select) => select.where(sql<boolean>`id in (with shown as materialized (select id from read_audit where cases::jsonb ?| ${about}::text[] and division = ${division}) select id from shown)`))
    .orderBy('id', 'desc').limit(AUDIT_PAGE + 1);
}

/** The cases that a case's number, its id, or a person's whole identity number mean. `shown`: ids that a read of them names; a person may have been looked at before there was a case. */
async function casesNamed(ground: Ground, subject: string): Promise<{ ids: string[]; shown: string[]; by: 'case' | 'person' }> {
  const id = CaseId.safeParse(subject);
  if (id.success) return { ids: [id.data], shown: [id.data], by: 'case' };
  const find = (match: (where: ExpressionBuilder<Tables, 'case_view'>) => ReturnType<ExpressionBuilder<Tables, 'case_view'>['or']>) => ground.db.read.selectFrom('case_view').select('id').where('division', '=', ground.division).where(match).limit(MOST_CASES).execute();
  const byNumber = await find((where) => where.or([where('number', '=', subject), where('handed_in_number', '=', subject)]));
  const ids = byNumber.map((row) => row.id);
  if (ids.length > 0) return { ids, shown: ids, by: 'case' };
  const person = identityNumber(subject);
  const own = (await find((where) => where.or([where('person_number', '=', subject)]))).map((row) => row.id);
  return { ids: own, shown: person.ok ? [...own, personId(ground, person.value.number)] : own, by: 'person' };
}

async function numbersOf(ground: Ground, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await ground.db.read.selectFrom('case_view').select(['id', 'number']).where('division', '=', ground.division).where('id', 'in', [...new Set(ids)]).execute();
  return new Map(rows.map(({ id, number }) => [id, number]));
}

/** The accounts that may have opened many within an hour, and in which hour of the clock: what is sealed is counted already, the last minutes' reads are counted here. */
export function busyStatement({ db, division }: Pick<Ground, 'db' | 'division'>, query: Span & { account: string }) {
  const { since, until } = instantsOf(query);
  return db.read.selectFrom(sql<{ account: string; hour: string }>`(
    select account, hour from (
      select account, hour, opened from read_hour where division = ${division} and hour > ${since}::timestamptz - interval '1 hour' and hour < ${until}
      union all
      select account, date_trunc('hour', at), json_array_length(cases::json) from read_audit where division = ${division} and position is null and what = 'case' and at >= ${since} and at < ${until}
    ) parts where ${query.account} = '' or account = ${query.account}
    group by account, hour having sum(opened) > ${BURST}::integer / 2)`.as('busy')).selectAll().orderBy('account').orderBy('hour');
}

/**
 * Files opened one by one; lists and scans are not counted, the one being shorter and the other longer than a look at a person. The database leaves out whoever cannot have opened many: what
 * happens within an hour lies in two hours of the clock, so one of them has half of it.
 */
async function findBursts(ground: Ground, query: Span & { account: string }): Promise<Burst[]> {
  const { division, db } = ground;
  const spans = spansAround(await busyStatement(ground, query).execute(), query);
  if (spans.length === 0) return [];
  // Asked for apart: how few hours are busy PostgreSQL cannot know beforehand, and reads every account's rows.
  const rows = await db.read.selectFrom(sql<{ account: string; at: string; case: string }>`(
    select own.account, own.at, json_array_elements_text(own.cases::json) as "case"
    from unnest(${spans.map(({ account }) => account)}::text[], ${spans.map(({ from }) => instant(from))}::timestamptz[], ${spans.map(({ until }) => instant(until))}::timestamptz[]) as busy(account, since, until)
    cross join lateral (
      select account, at, cases from read_audit where division = ${division} and account = busy.account and what = 'case' and at >= busy.since and at < busy.until
    ) own)`.as('opened')).selectAll().execute();
  return burstsOf(rows.map((row) => ({ ...row, at: Date.parse(row.at) })));
}

/** An hour on either side of each busy one, within what is looked through: those of an account that touch are one, so that nothing is read twice. */
function spansAround(busy: readonly { account: string; hour: string }[], query: Span): { account: string; from: number; until: number }[] {
  const [first, end] = [Date.parse(instantsOf(query).since), Date.parse(instantsOf(query).until)];
  const spans: { account: string; from: number; until: number }[] = [];
  for (const { account, hour } of busy) {
    const [from, until] = [Math.max(Date.parse(hour) - HOUR, first), Math.min(Date.parse(hour) + 2 * HOUR, end)];
    const before = spans.at(-1);
    if (before?.account === account && before.until >= from) before.until = until;
    else spans.push({ account, from, until });
  }
  return spans;
}

/** What staff did, newest first. The search is written into the journal, too. */
export async function searchDeeds(ground: Ground, staff: Staff, query: Paged & { what: string; subject: string }): Promise<Result<{ rows: DeedLine[]; next: number }, { kind: 'bad-span' }>> {
  if (!spanIsSound(query)) return err({ kind: 'bad-span' });
  const { division, db } = ground;
  const { since, until } = instantsOf(query);
  const { what, subject, account, before } = query;
  await db.write((write) => recordDeed(ground, write, staff, { what: 'audit.search-deeds', subject: account, body: { from: query.from, to: query.to, what, before } }));
  const names = await namesOf(db.read, division);
  const rows = await db.read.selectFrom('deed').selectAll().where('division', '=', division).where('at', '>=', since).where('at', '<', until)
    .$if(account !== '', (select) => select.where('account', '=', account))
    .$if(what !== '', (select) => select.where('what', 'like', `${what.replace(/[\\%_]/g, '\\$&')}%`))
    .$if(subject !== '', (select) => select.where('subject', '=', subject))
    .$if(before > 0, (select) => select.where('id', '<', before))
    .orderBy('id', 'desc').limit(AUDIT_PAGE + 1).execute();
  const page = rows.slice(0, AUDIT_PAGE);
  return ok({ rows: page.map(({ id, at, account: by, what: deed, subject: to, body }) => ({ id, at, account: by, name: names.get(by) ?? by, what: deed, subject: to, body })), next: rows.length > AUDIT_PAGE ? page.at(-1)?.id ?? 0 : 0 });
}
