import { type Expression, type ExpressionBuilder, sql, type SqlBool } from 'kysely';
import { z } from 'zod';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { daysLeft } from '../../domain/calendar/working-days.ts';
import { endOfRange, searchTerms, wholeName } from '../../domain/case/search.ts';
import type { Stage } from '../../domain/case/types.ts';
import type { InboxRow, ListName, ListOrder } from '../../domain/contracts/cases.ts';
import { CaseId } from '../../domain/ids.ts';
import type { Item } from '../../domain/item/types.ts';
import { itemsByReference } from '../catalogue/items.ts';
import type { CaseRow, Read, Tables } from '../db/schema.ts';
import { type Ground, instant } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';
import { KeyDay, KeyInstant } from '../db/page-key.ts';
import { filesHere, namedFiles, THUMBNAIL } from './files.ts';
import { withinScope } from './scope.ts';

/** A claim ends by itself, so that a case is not lost to somebody's lunch. */
export const CLAIM_LIFE = 30 * 60_000;

export type InboxQuery = { staff: Staff; stage: ListName; query: string; order: ListOrder; after: string; limit: number };
/** `next` is empty on the last page. `counts`: of the lists that are worked on. */
export type InboxPage = { rows: InboxRow[]; next: string; counts: Record<string, number> };

type Condition = (eb: ExpressionBuilder<Tables, 'case_view'>) => Expression<SqlBool>;

/** The place in a list's order behind which a page begins. */
const PageKey = z.tuple([KeyDay, KeyInstant, CaseId]);
type PageKey = z.infer<typeof PageKey>;

/** The very words of the partial index: only then does PostgreSQL know that it may be used. */
const IS_OPEN = sql<boolean>`case_view.stage in ('handed-in', 'correction-asked', 'supplemented', 'accepted', 'decided')`;

/** @returns null for a page key that this hall never made */
export async function readInbox(ground: Ground, query: InboxQuery): Promise<InboxPage | null> {
  const after = query.after === '' ? null : PageKey.safeParse(query.after.split('|'));
  if (after !== null && !after.success) return null;
  const { rows, more } = await readPage(ground, query, after?.data ?? null);
  const last = rows.at(-1);
  const [shown, counts] = await Promise.all([inboxRows(ground, rows), countLists(ground, query.staff)]);
  return { rows: shown, next: more && last !== undefined ? keyOf(last).join('|') : '', counts };
}

function keyOf(row: CaseRow): [string, string, string] {
  return [row.duty_by, row.handed_in_at, row.id];
}

/** A page of every way that the search may be meant, put together: the first of all are among the first of each. */
async function readPage(ground: Ground, query: InboxQuery, after: PageKey | null): Promise<{ rows: CaseRow[]; more: boolean }> {
  const ways = await waysOf(ground.db.read, ground.division, query.query);
  const found = await Promise.all(ways.map((way) => waySelect(ground, query, way, after).execute()));
  const rows = [...new Map(found.flat().map((row) => [row.id, row])).values()].toSorted((left, right) => compareKeys(query.order, left, right));
  return { rows: rows.slice(0, query.limit), more: rows.length > query.limit };
}

function compareKeys(order: ListOrder, left: CaseRow, right: CaseRow): number {
  const [before, behind] = order === 'newest' ? [right, left] : [left, right];
  const [one, other] = order === 'newest' ? [keyOf(before).slice(1), keyOf(behind).slice(1)] : [keyOf(before), keyOf(behind)];
  const at = one.findIndex((part, index) => part !== other[index]);
  return at < 0 ? 0 : (one[at] ?? '') < (other[at] ?? '') ? -1 : 1;
}

/** One way to mean a search. `narrow`: conditions that an index answers with few rows. `items`: codes of the items that are meant; null: any. */
type Way = { narrow: Condition[]; items: string[] | null };

/**
 * One statement a way. What is narrow is found first and fenced off: with a limit in sight, PostgreSQL would rather walk along the list's order in the hope of meeting
 * the rows early, and walks 200 000 rows when they are not there.
 */
function waySelect({ db: { read }, division, clock }: Ground, { staff, stage, order, limit }: Pick<InboxQuery, 'staff' | 'stage' | 'order' | 'limit'>, way: Way, after: PageKey | null) {
  const list = listCondition(stage, staff, clock.now());
  const narrow = [...way.narrow, ...(isNarrowList(stage) ? [list] : [])];
  const from = narrow.length === 0
    ? read.selectFrom('case_view').selectAll('case_view').where('case_view.division', '=', division)
    : read.selectFrom((eb) => eb.selectFrom('case_view').selectAll('case_view').where('case_view.division', '=', division).where((inner) => inner.and(narrow.map((condition) => condition(inner)))).offset(0).as('case_view')).selectAll('case_view');
  return from
    .$if(!isNarrowList(stage), (select) => select.where(list))
    .$if(way.items !== null, (select) => select.where(({ eb, fn, val }) => eb('case_view.item_code', '=', fn.any(val(way.items ?? [])))))
    .where(withinScope(staff.scope))
    .$if(after !== null, (select) => {
      const [duty, handedIn, id] = after ?? ['', '', ''];
      return select.where(order === 'newest' ? sql<boolean>`(case_view.handed_in_at, case_view.id) < (${handedIn}::timestamptz, ${id})` : sql<boolean>`(case_view.duty_by, case_view.handed_in_at, case_view.id) > (${duty}::date, ${handedIn}::timestamptz, ${id})`);
    })
    .$if(order === 'duty', (select) => select.orderBy('case_view.duty_by').orderBy('case_view.handed_in_at').orderBy('case_view.id'))
    .$if(order === 'newest', (select) => select.orderBy('case_view.handed_in_at', 'desc').orderBy('case_view.id', 'desc'))
    .limit(limit + 1);
}

/** The statement of a list without a search, for the tests of its plan. */
export function listStatement(ground: Ground, query: Pick<InboxQuery, 'staff' | 'stage' | 'order' | 'limit'>) {
  return waySelect(ground, query, { narrow: [], items: null }, null).compile();
}

/** The statements of a search, for the tests of their plans. */
export async function searchStatements(ground: Ground, query: Pick<InboxQuery, 'staff' | 'stage' | 'order' | 'limit' | 'query'>) {
  return (await waysOf(ground.db.read, ground.division, query.query)).map((way) => waySelect(ground, query, way, null).compile());
}

/** Lists that are short by nature. */
function isNarrowList(list: ListName): boolean {
  return list === 'mine' || list === 'papers';
}

function listCondition(list: ListName, staff: Pick<Staff, 'account' | 'name'>, now: number): Condition {
  switch (list) {
    case 'all':
      return ({ lit, eb }) => eb(lit(true), '=', lit(true));
    case 'open':
      return () => IS_OPEN;
    case 'mine':
      return (eb) => eb.and([eb('case_view.claimed_by', '=', staff.account), eb('case_view.claimed_at', '>', instant(now - CLAIM_LIFE))]);
    case 'overdue':
      return (eb) => eb.and([IS_OPEN, eb('case_view.duty_by', '<', civilDate(now))]);
    case 'to-issue':
      return () => sql<boolean>`case_view.to_issue`;
    case 'identity':
      return () => sql<boolean>`case_view.identity_open`;
    case 'papers':
      return (eb) => eb('case_view.papers_to', 'in', [staff.account, staff.name]);
    default:
      return (eb) => eb('case_view.stage', '=', list);
  }
}

/** Every way to mean the words of a search together: a word that may be a name and an item is tried as either. No word: one way that takes all. */
async function waysOf(read: Read, division: string, query: string): Promise<Way[]> {
  let ways: Way[] = [{ narrow: [], items: null }];
  for (const term of searchTerms(query)) {
    const meanings: Way[] = [];
    const ends = [...(term.number ? [endsWith('number', term.text), endsWith('handed_in_number', term.text)] : []), ...(term.phone ? [endsWith('phone', term.text)] : [])];
    for (const condition of [...ends, ...(term.person === null ? [] : [beginsWith(term.person)])]) meanings.push({ narrow: [condition], items: null });
    if (term.identity) meanings.push({ narrow: [(eb) => eb('case_view.person_number', '=', term.text)], items: null });
    if (term.item) {
      const items = await itemsNamed(read, division, term.text);
      if (items.length > 0) meanings.push({ narrow: [], items });
    }
    ways = ways.flatMap((way) => meanings.map((meaning) => ({ narrow: [...way.narrow, ...meaning.narrow], items: bothItems(way.items, meaning.items) })));
  }
  const name = wholeName(query);
  if (name !== null) ways.push({ narrow: [beginsWith(name)], items: null });
  return ways.filter(({ items }) => items === null || items.length > 0);
}

function bothItems(one: string[] | null, other: string[] | null): string[] | null {
  if (one === null || other === null) return one ?? other;
  return one.filter((code) => other.includes(code));
}

function endsWith(column: 'number' | 'handed_in_number' | 'phone', end: string): Condition {
  const beginning = [...end].toReversed().join('');
  const reversed = sql<string>`reverse(${sql.ref(`case_view.${column}`)}) collate "C"`;
  return () => sql<boolean>`(${reversed} >= ${beginning} and ${reversed} < ${endOfRange(beginning) ?? ''})`;
}

function beginsWith(beginning: string): Condition {
  const name = sql<string>`${sql.ref('case_view.person_key')} collate "C"`;
  const end = endOfRange(beginning);
  return () => (end === null ? sql<boolean>`${name} >= ${beginning}` : sql<boolean>`(${name} >= ${beginning} and ${name} < ${end})`);
}

/** Codes of items with this in their name: a county has some hundreds, and a case keeps the name of its version. */
async function itemsNamed(read: Read, division: string, part: string): Promise<string[]> {
  const rows = await read.selectFrom('item').select('code').distinct().where('division', '=', division).where(sql<boolean>`position(${part} in body) > 0 and position(${part} in (body::jsonb ->> 'name')) > 0`).execute();
  return rows.map(({ code }) => code);
}

/** Rows as the console shows them. */
export async function inboxRows(ground: Ground, rows: readonly CaseRow[]): Promise<InboxRow[]> {
  const missing = await missingByCase(ground.db.read, ground.division, rows.map(({ id }) => id));
  const items = await itemsByReference(ground.db.read, ground.division, rows.map((row) => ({ code: row.item_code, version: row.item_version })));
  return rows.map((row) => ({
    id: CaseId.parse(row.id),
    number: row.number,
    itemName: row.item_name,
    person: row.person,
    stage: row.stage,
    handedInAt: row.handed_in_at,
    machine: row.machine,
    promisedBy: row.promised_by,
    daysLeft: daysLeftOf(row, items.get(`${row.item_code}@${row.item_version}`), civilDate(ground.clock.now())),
    missing: missing.get(row.id) ?? 0,
    claimedBy: claimOf(row, ground.clock.now()),
    paused: row.paused,
  }));
}

const NOBODYS_TURN: readonly Stage[] = ['correction-asked', 'finished', 'refused', 'withdrawn'];

/** Days until the hall's duty is due, in the unit of its limit; null while it is the citizen's turn or nobody's, and while the clock stands. */
function daysLeftOf(row: CaseRow, item: Item | undefined, today: string): number | null {
  if (NOBODYS_TURN.includes(row.stage) || row.paused) return null;
  return daysLeft(today, row.duty_by, row.promised_by === null ? 'working' : item?.promised.unit ?? 'working');
}

/** Who holds a case now, or null. */
export function claimOf(row: Pick<CaseRow, 'claimed_by' | 'claimed_at'>, now: number): string | null {
  return row.claimed_at !== null && now - Date.parse(row.claimed_at) < CLAIM_LIFE ? row.claimed_by : null;
}

async function missingByCase(read: Read, division: string, ids: readonly string[]): Promise<Map<string, number>> {
  const files = await namedFiles(read, division, ids);
  const pages = new Map([...files].map(([id, named]) => [id, named.filter(({ current, material }) => current && material !== THUMBNAIL)]));
  const here = await filesHere(read, division, [...pages.values()].flat().map(({ hash }) => hash));
  return new Map([...pages].map(([id, named]) => [id, named.filter(({ hash }) => !here.has(hash)).length]));
}

/** Counts what is worked on: a few thousand rows of small indexes. What is over is not counted, however much of it there is. */
async function countLists({ db: { read }, division, clock }: Ground, staff: Staff): Promise<Record<string, number>> {
  const today = civilDate(clock.now());
  const stages = read.selectFrom('case_view').where(withinScope(staff.scope)).where('case_view.division', '=', division).where(IS_OPEN)
    .select(['stage', ({ fn }) => fn.countAll<number>().as('count'), sql<number>`count(*) filter (where duty_by < ${today}::date)`.as('late')]).groupBy('stage').execute();
  const shortLists = Promise.all((['mine', 'papers', 'to-issue', 'identity'] as const).map(async (list) => {
    const { count } = await read.selectFrom('case_view').select(({ fn }) => fn.countAll<number>().as('count')).where('case_view.division', '=', division).where(withinScope(staff.scope)).where(listCondition(list, staff, clock.now())).executeTakeFirstOrThrow();
    return [list, count] as const;
  }));
  const [open, short] = await Promise.all([stages, shortLists]);
  const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
  return { ...Object.fromEntries(open.map(({ stage, count }) => [stage, count])), ...Object.fromEntries(short), open: sum(open.map(({ count }) => count)), overdue: sum(open.map(({ late }) => Number(late))) };
}
