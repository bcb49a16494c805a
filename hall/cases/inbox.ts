import { sql } from 'kysely';
import { z } from 'zod';
import type { InboxRow } from '../../domain/contracts/cases.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { daysLeft } from '../../domain/calendar/working-days.ts';
import type { Stage } from '../../domain/case/types.ts';
import { CaseId } from '../../domain/ids.ts';
import type { Item } from '../../domain/item/types.ts';
import type { Scope } from '../../domain/staff/scope.ts';
import { itemsByReference } from '../catalogue/items.ts';
import { KeyDay, KeyInstant } from '../db/page-key.ts';
import type { CaseRow, Read } from '../db/schema.ts';
import { type Ground } from '../ground.ts';
import { filesHere, namedFiles, THUMBNAIL } from './files.ts';
import { withinScope } from './scope.ts';

/** A claim ends by itself, so that a case is not lost to somebody's lunch. */
export const CLAIM_LIFE = 30 * 60_000;

const OPEN_STAGES: readonly Stage[] = ['handed-in', 'correction-asked', 'supplemented', 'accepted', 'decided'];

/** `scope`: of whoever reads. */
export type InboxQuery = { scope: Scope; stage: Stage | 'open' | 'all'; query: string; after: string; limit: number };
/** `next` is empty on the last page. `counts` are of all cases by stage, with `open` and `all`. */
export type InboxPage = { rows: InboxRow[]; next: string; counts: Record<string, number> };

/** The place in the inbox's order behind which a page begins. */
const PageKey = z.tuple([KeyDay, KeyInstant, CaseId]);

/** @returns null for a page key that this hall never made */
export async function readInbox(ground: Ground, query: InboxQuery): Promise<InboxPage | null> {
  const after = query.after === '' ? null : PageKey.safeParse(query.after.split('|'));
  if (after !== null && !after.success) return null;
  const { read } = ground.db;
  const { division } = ground;
  const rows = await read.selectFrom('case_view').selectAll('case_view')
    .where('division', '=', division)
    .where(withinScope(query.scope))
    .$if(query.stage !== 'all', (select) => select.where('stage', 'in', query.stage === 'open' || query.stage === 'all' ? OPEN_STAGES : [query.stage]))
    .$if(query.query !== '', (select) => select.where(({ or, eb }) => {
      const like = `%${query.query.replace(/[\\%_]/g, '\\$&')}%`;
      return or([eb('number', 'like', like), eb('handed_in_number', 'like', like), eb('person', 'like', like), eb('item_name', 'like', like), eb('person_number', '=', query.query.toUpperCase())]);
    }))
    .$if(after !== null, (select) => {
      const [duty, handedIn, id] = after?.data ?? ['', '', ''];
      return select.where(sql<boolean>`(duty_by, handed_in_at, id) > (${duty}::date, ${handedIn}::timestamptz, ${id})`);
    })
    .orderBy('duty_by').orderBy('handed_in_at').orderBy('id').limit(query.limit + 1).execute();
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    rows: await inboxRows(ground, page),
    next: rows.length > query.limit && last !== undefined ? [last.duty_by, last.handed_in_at, last.id].join('|') : '',
    counts: await countStages(read, division, query.scope),
  };
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
  }));
}

/** Days until the hall's duty is due, in the unit of its limit; null while it is the citizen's turn or nobody's. */
function daysLeftOf(row: CaseRow, item: Item | undefined, today: string): number | null {
  if (row.stage === 'correction-asked' || !OPEN_STAGES.includes(row.stage)) return null;
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

async function countStages(read: Read, division: string, scope: Scope): Promise<Record<string, number>> {
  const rows = await read.selectFrom('case_view').where(withinScope(scope)).select(['stage', ({ fn }) => fn.countAll<number>().as('count')]).where('division', '=', division).groupBy('stage').execute();
  const counts: Record<string, number> = { open: 0, all: 0 };
  for (const { stage, count } of rows) {
    counts[stage] = count;
    counts['all'] = (counts['all'] ?? 0) + count;
    if (OPEN_STAGES.includes(stage)) counts['open'] = (counts['open'] ?? 0) + count;
  }
  return counts;
}
