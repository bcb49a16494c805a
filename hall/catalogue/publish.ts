import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { canonicalJson } from '../../domain/action/canonical.ts';
import { checkBundle } from '../../domain/item/validate.ts';
import type { Item } from '../../domain/item/types.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { sha256 } from '../../crypto/node.ts';
import type { Write } from '../db/schema.ts';
import { announceItem } from '../feeds/feed.ts';
import { type Ground, nowOf } from '../ground.ts';

/** Where a pack is wrong: the file, and the field and rule within it. */
export type PackFault = { file: string; field: string; rule: string };

/**
 * Reads `<packs>/<pack>/items/*.json`. All faults of all files are told at once.
 */
export async function readPacks(folder: string): Promise<Result<Item[], { kind: 'pack-faults'; faults: PackFault[] }>> {
  const files = await itemFiles(folder);
  const faults: PackFault[] = [];
  const candidates: { file: string; value: unknown }[] = [];
  for (const file of files) {
    try {
      candidates.push({ file, value: JSON.parse(await readFile(file, 'utf8')) });
    } catch (cause) {
      if (!(cause instanceof SyntaxError)) throw cause;
      faults.push({ file, field: '', rule: 'not JSON' });
    }
  }
  const checked = checkBundle(candidates.map(({ value }) => value));
  if (!checked.ok) {
    faults.push(...checked.error.faults.map(({ kind, path }) => {
      const [index = '', ...rest] = path.split('.');
      return { file: candidates[Number(index)]?.file ?? '', field: rest.join('.'), rule: kind };
    }));
  }
  return checked.ok && faults.length === 0 ? ok(checked.value) : err({ kind: 'pack-faults', faults });
}

async function itemFiles(folder: string): Promise<string[]> {
  const packs = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name, 'items')).sort();
  const files = await Promise.all(packs.map(async (items) => {
    const names = await readdir(items).catch((cause: unknown) => {
      if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
      throw cause;
    });
    return names.filter((name) => name.endsWith('.json')).sort().map((name) => join(items, name));
  }));
  return files.flat();
}

/**
 * Publishes what is new in packs of files and tells every terminal. A published version is what cases are bound to, so it never changes: an item that reads
 * differently under a known version is refused, and its editor raises the version. A code that was ever published at the console belongs to the console from then
 * on: what a pack says of it is passed over and logged, and county IT imports it there as a draft.
 * @returns how many were new
 */
export async function publishItems(ground: Ground, items: readonly Item[]): Promise<Result<number, { kind: 'version-changed'; code: string; version: number }>> {
  const { division } = ground;
  return ground.db.write(async (write) => {
    await lockCatalogue(ground, write);
    const rows = await write.selectFrom('item').select(['code', 'version', 'body_hash']).where('division', '=', division).execute();
    const known = new Map(rows.map((row) => [`${row.code}@${row.version}`, row.body_hash]));
    const own = await write.selectFrom('item_publication').select('code').distinct().where('division', '=', division).where('account', 'is not', null).execute();
    const ours = new Set(own.map(({ code }) => code));
    let published = 0;
    for (const item of items) {
      const before = known.get(`${item.code}@${item.version}`);
      if (before === sha256(canonicalJson(item))) continue;
      if (ours.has(item.code)) {
        ground.log({ event: 'pack-item-passed-over', code: item.code, version: item.version });
        continue;
      }
      if (before !== undefined) return err({ kind: 'version-changed' as const, code: item.code, version: item.version });
      await insertVersion(ground, write, item, { account: null, draft: null, reviewers: [], successors: [], changes: null });
      published += 1;
    }
    return ok(published);
  });
}

/** Until the transaction ends nobody else changes what is published or drafted: servers that start together publish one after the other. */
export async function lockCatalogue(ground: Ground, write: Write): Promise<void> {
  await write.selectFrom('machine').select('machine').where('division', '=', ground.division).where('machine', '=', ground.hall).forUpdate().execute();
}

/** Where a version came from, for the adjust log. */
export type Origin = { account: string | null; draft: string | null; reviewers: readonly string[]; /** Codes that take its place. */ successors: readonly string[]; changes: number | null };

/** Adds a version, its line in the adjust log, and tells every terminal. */
export async function insertVersion(ground: Ground, write: Write, item: Item, origin: Origin): Promise<void> {
  const { division } = ground;
  const at = nowOf(ground);
  const { code, version, adjustment } = item;
  await write.insertInto('item').values({ division, code, version, body: JSON.stringify(item), body_hash: sha256(canonicalJson(item)), published_at: at }).execute();
  await write.insertInto('item_publication').values({
    division, code, version, name: item.name, type: item.type, body_name: item.body.name, credit_code: item.body.creditCode, state: item.state,
    effective_from: item.effectiveFrom, effective_to: item.effectiveTo, kind: adjustment?.kind ?? (version === 1 ? 'new' : 'changed'), at,
    account: origin.account, draft: origin.draft, reviewers: JSON.stringify(origin.reviewers), reason: adjustment?.note ?? '',
    origin: JSON.stringify(adjustment?.from ?? []), successors: JSON.stringify(origin.successors), changes: origin.changes,
  }).execute();
  await announceItem(write, division, item);
}

/** `packs/xinchang/items/elder-card.json: limits.days promise-over-law`, for the one who edits the pack. */
export function describePackFault({ file, field, rule }: PackFault): string {
  return `${basename(file)} ${field === '' ? '(whole file)' : field}: ${rule}`;
}
