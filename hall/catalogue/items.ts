import type { ItemReference } from '../../domain/action/types.ts';
import { type Item } from '../../domain/item/types.ts';
import type { Read } from '../db/schema.ts';
import type { Ground } from '../ground.ts';

/** The published items that are named, by `code@version`. A published version never changes. */
export async function itemsByReference(read: Read, division: string, references: readonly ItemReference[]): Promise<Map<string, Item>> {
  const codes = [...new Set(references.map(({ code }) => code))];
  if (codes.length === 0) return new Map();
  const rows = await read.selectFrom('item').select(['code', 'version', 'body']).where('division', '=', division).where('code', 'in', codes).execute();
  const wanted = new Set(references.map(({ code, version }) => `${code}@${version}`));
  return new Map(rows.flatMap((row) => {
    const key = `${row.code}@${row.version}`;
    return wanted.has(key) ? [[key, JSON.parse(row.body) as Item]] : [];
  }));
}

/** Every version that was ever published, by code and version. */
export async function publishedVersions({ db, division }: Pick<Ground, 'db' | 'division'>): Promise<Item[]> {
  const rows = await db.read.selectFrom('item').select('body').where('division', '=', division).orderBy('code').orderBy('version').execute();
  return rows.map(({ body }) => JSON.parse(body) as Item);
}
