/** What is published: reading the catalogue's versions. Published items are for everybody, so no scope narrows this. */
import type { CatalogueRow, VersionRow } from '../../domain/contracts/catalogue.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { OPEN_STATES } from '../../domain/catalogue/states.ts';
import type { Item } from '../../domain/item/types.ts';
import type { ItemPublicationRow, Read } from '../db/schema.ts';
import type { Ground } from '../ground.ts';

export function today(ground: Pick<Ground, 'clock'>): string {
  return civilDate(ground.clock.now());
}

const SHORT = ['code', 'version', 'name', 'type', 'body_name', 'credit_code', 'state', 'effective_from', 'effective_to'] as const;

/** Of each code the version that is in force on a day, ended ones too. */
function inForce(read: Read, division: string, date: string) {
  return read.selectFrom('item_publication').distinctOn('code').select(SHORT).where('division', '=', division).where('effective_from', '<=', date).orderBy('code').orderBy('version', 'desc');
}

/** Every code there is, in their order, with what is drafted of it. */
export async function listCatalogue(ground: Ground): Promise<CatalogueRow[]> {
  const { division, db: { read } } = ground;
  const date = today(ground);
  const [current, later, drafts] = await Promise.all([
    inForce(read, division, date).execute(),
    read.selectFrom('item_publication').select(SHORT).where('division', '=', division).where('effective_from', '>', date).orderBy('version').execute(),
    read.selectFrom('item_draft_code').innerJoin('item_draft', (join) => join.onRef('item_draft.division', '=', 'item_draft_code.division').onRef('item_draft.id', '=', 'item_draft_code.draft'))
      .select(['item_draft_code.code', 'item_draft.id', 'item_draft.state', 'item_draft.kind']).where('item_draft_code.division', '=', division).where('item_draft_code.locks', '=', true)
      .where('item_draft.state', 'in', [...OPEN_STATES]).execute(),
  ]);
  const begun = new Set(current.map(({ code }) => code));
  const first = later.filter((row, index) => !begun.has(row.code) && later.findIndex(({ code }) => code === row.code) === index);
  return [...current, ...first].map((row): CatalogueRow => {
    const next = later.find(({ code, version }) => code === row.code && version > row.version);
    const draft = drafts.find(({ code }) => code === row.code);
    return {
      code: row.code, name: row.name, type: row.type, body: row.body_name, creditCode: row.credit_code, version: row.version, state: row.state,
      effectiveFrom: row.effective_from, effectiveTo: row.effective_to,
      next: next === undefined ? null : { version: next.version, state: next.state, effectiveFrom: next.effective_from },
      draft: draft === undefined ? null : { id: draft.id, state: draft.state, kind: draft.kind },
    };
  }).toSorted((left, right) => (left.code < right.code ? -1 : 1));
}

/** The items in force today, for whoever shows or exports them: cancelled and ended ones are left out, suspended ones say so. By code. */
export async function publishedItems(ground: Ground): Promise<Item[]> {
  const date = today(ground);
  const rows = await ground.db.read.selectFrom(inForce(ground.db.read, ground.division, date).as('current'))
    .innerJoin('item', (join) => join.onRef('item.code', '=', 'current.code').onRef('item.version', '=', 'current.version'))
    .select('item.body').where('item.division', '=', ground.division).where('current.state', '!=', 'cancelled')
    .where((where) => where.or([where('current.effective_to', 'is', null), where('current.effective_to', '>=', date)])).orderBy('current.code').execute();
  return rows.map(({ body }) => JSON.parse(body) as Item);
}

/** The newest versions of these codes, in force or not. */
export async function newestItems(read: Read, division: string, codes: readonly string[]): Promise<Item[]> {
  if (codes.length === 0) return [];
  const rows = await read.selectFrom('item').distinctOn('code').select(['code', 'body']).where('division', '=', division).where('code', 'in', [...codes]).orderBy('code').orderBy('version', 'desc').execute();
  return codes.flatMap((code) => rows.filter((row) => row.code === code).map(({ body }) => JSON.parse(body) as Item));
}

/** One code whole: the version in force today (or the one that comes first), and its adjust log, newest first. Null when there is no such code. */
export async function readItem(ground: Ground, code: string): Promise<{ item: Item; versions: VersionRow[] } | null> {
  const { division, db: { read } } = ground;
  const rows = await read.selectFrom('item_publication').selectAll().where('division', '=', division).where('code', '=', code).orderBy('version', 'desc').execute();
  const date = today(ground);
  const shown = rows.find(({ effective_from }) => effective_from <= date) ?? rows.at(-1);
  const item = shown === undefined ? null : await readVersion(ground, code, shown.version);
  return item === null ? null : { item, versions: rows.map(versionRow) };
}

export async function readVersion(ground: Ground, code: string, version: number): Promise<Item | null> {
  const row = await ground.db.read.selectFrom('item').select('body').where('division', '=', ground.division).where('code', '=', code).where('version', '=', version).executeTakeFirst();
  return row === undefined ? null : JSON.parse(row.body) as Item;
}

function versionRow(row: ItemPublicationRow): VersionRow {
  return {
    version: row.version, name: row.name, state: row.state, effectiveFrom: row.effective_from, effectiveTo: row.effective_to, kind: row.kind, at: row.at, account: row.account,
    reviewers: JSON.parse(row.reviewers) as string[], reason: row.reason, from: JSON.parse(row.origin) as string[], to: JSON.parse(row.successors) as string[], changes: row.changes,
  };
}
