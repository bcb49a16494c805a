import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { canonicalJson } from '../../domain/action/canonical.ts';
import { checkBundle } from '../../domain/item/validate.ts';
import type { Item } from '../../domain/item/types.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { sha256 } from '../../crypto/node.ts';
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
 * Publishes what is new and tells every terminal. A published version is what cases are bound to, so it never changes: an item that reads
 * differently under a known version is refused, and its editor raises the version.
 * @returns how many were new
 */
export async function publishItems(ground: Ground, items: readonly Item[]): Promise<Result<number, { kind: 'version-changed'; code: string; version: number }>> {
  const { division } = ground;
  return ground.db.write(async (write) => {
    // Servers that start together publish one after the other.
    await write.selectFrom('machine').select('machine').where('division', '=', division).where('machine', '=', ground.hall).forUpdate().execute();
    const rows = await write.selectFrom('item').select(['code', 'version', 'body_hash']).where('division', '=', division).execute();
    const known = new Map(rows.map((row) => [`${row.code}@${row.version}`, row.body_hash]));
    let published = 0;
    for (const item of items) {
      const body_hash = sha256(canonicalJson(item));
      const before = known.get(`${item.code}@${item.version}`);
      if (before === body_hash) continue;
      if (before !== undefined) return err({ kind: 'version-changed' as const, code: item.code, version: item.version });
      await write.insertInto('item').values({ division, code: item.code, version: item.version, body: JSON.stringify(item), body_hash, published_at: nowOf(ground) }).execute();
      await announceItem(write, division, item);
      published += 1;
    }
    return ok(published);
  });
}

/** `packs/xinchang/items/elder-card.json: limits.days promise-over-law`, for the one who edits the pack. */
export function describePackFault({ file, field, rule }: PackFault): string {
  return `${basename(file)} ${field === '' ? '(whole file)' : field}: ${rule}`;
}
