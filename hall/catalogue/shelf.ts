/** 上下架: the rules, and telling them to every terminal. */
import { decidingRule, EVERY_ITEM, Shelf, ShelfRule, type ShelfSpot } from '../../domain/catalogue/shelf.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { recordDeed } from '../audit/deeds.ts';
import { takeNumbers } from '../db/counter.ts';
import type { Read } from '../db/schema.ts';
import { announceShelf } from '../feeds/feed.ts';
import { type Ground, nowOf } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';
import { publishedItems } from './versions.ts';

/** Most rules: what a terminal keeps as one value, some 400 bytes each. */
const MOST = 2000;
const COUNTER = 'shelf';

/** All rules, those of one item beside one another. */
export async function listShelf(ground: Ground): Promise<{ serial: number; rules: { rule: ShelfRule; account: string; at: string }[] }> {
  const { read } = ground.db;
  const { serial } = await readShelf(read, ground.division);
  const rows = await read.selectFrom('shelf_rule').selectAll().where('division', '=', ground.division).execute();
  const rules = rows.map(({ body, account, at }) => ({ rule: ShelfRule.parse(JSON.parse(body)), account, at }));
  return { serial, rules: rules.toSorted((left, right) => (left.rule.item + left.rule.id < right.rule.item + right.rule.id ? -1 : 1)) };
}

/** The shelf as terminals get it. The serial is read before the rules: they may be newer than it says, never older. */
export async function readShelf(read: Read, division: string): Promise<Shelf> {
  const counter = await read.selectFrom('counter').select('value').where('division', '=', division).where('name', '=', COUNTER).executeTakeFirst();
  const rows = await read.selectFrom('shelf_rule').select('body').where('division', '=', division).orderBy('id').execute();
  return { serial: counter?.value ?? 0, rules: rows.map(({ body }) => ShelfRule.parse(JSON.parse(body))) };
}

/** Adds a rule, or puts it in the place of the one with its id. */
export async function putShelfRule(ground: Ground, staff: Staff, rule: ShelfRule): Promise<Result<{ serial: number }, { kind: 'unknown-item' } | { kind: 'too-many' }>> {
  const { division } = ground;
  return ground.db.write(async (write) => {
    if (rule.item !== EVERY_ITEM && (await write.selectFrom('item_publication').select('code').where('division', '=', division).where('code', '=', rule.item).executeTakeFirst()) === undefined) return err({ kind: 'unknown-item' as const });
    const serial = await takeNumbers(write, division, COUNTER, 1);
    const { count } = await write.selectFrom('shelf_rule').select(({ fn }) => fn.countAll<number>().as('count')).where('division', '=', division).where('id', '!=', rule.id).executeTakeFirstOrThrow();
    if (count >= MOST) return err({ kind: 'too-many' as const });
    const row = { division, id: rule.id, body: JSON.stringify(rule), account: staff.account, at: nowOf(ground) };
    await write.insertInto('shelf_rule').values(row).onConflict((conflict) => conflict.columns(['division', 'id']).doUpdateSet(row)).execute();
    await announceShelf(write, division, serial);
    await recordDeed(ground, write, staff, { what: 'catalogue.shelf', subject: rule.id, body: rule });
    return ok({ serial });
  });
}

export async function removeShelfRule(ground: Ground, staff: Staff, id: string): Promise<Result<{ serial: number }, { kind: 'unknown-rule' }>> {
  const { division } = ground;
  return ground.db.write(async (write) => {
    const { numDeletedRows } = await write.deleteFrom('shelf_rule').where('division', '=', division).where('id', '=', id).executeTakeFirst();
    if (numDeletedRows === 0n) return err({ kind: 'unknown-rule' as const });
    const serial = await takeNumbers(write, division, COUNTER, 1);
    await announceShelf(write, division, serial);
    await recordDeed(ground, write, staff, { what: 'catalogue.shelf-removed', subject: id, body: {} });
    return ok({ serial });
  });
}

/** What a machine shows of every item in force, at a moment. */
export async function checkShelf(ground: Ground, spot: Omit<ShelfSpot, 'item'>): Promise<{ code: string; name: string; on: boolean; rule: ShelfRule | null }[]> {
  const { rules } = await readShelf(ground.db.read, ground.division);
  return (await publishedItems(ground)).map(({ code, name }) => {
    const rule = decidingRule(rules, { ...spot, item: code });
    return { code, name, on: rule?.on ?? true, rule };
  });
}
