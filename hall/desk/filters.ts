import { SavedFilter } from '../../domain/contracts/desk.ts';
import type { Ground } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';

/** The lists that an account keeps, by their keys. Nobody else sees them. */
export async function listFilters({ db, division }: Ground, { account }: Pick<Staff, 'account'>): Promise<SavedFilter[]> {
  const rows = await db.read.selectFrom('saved_filter').selectAll().where('division', '=', division).where('account', '=', account).orderBy('key').execute();
  return rows.map((row) => SavedFilter.parse({ key: row.key, name: row.name, list: row.list, query: row.query, order: row.list_order }));
}

export async function saveFilter({ db, division }: Ground, { account }: Pick<Staff, 'account'>, { key, name, list, query, order }: SavedFilter): Promise<null> {
  const kept = { name, list, query, list_order: order };
  await db.write((write) => write.insertInto('saved_filter').values({ division, account, key, ...kept }).onConflict((conflict) => conflict.columns(['division', 'account', 'key']).doUpdateSet(kept)).execute());
  return null;
}

export async function dropFilter({ db, division }: Ground, { account }: Pick<Staff, 'account'>, key: number): Promise<null> {
  await db.write((write) => write.deleteFrom('saved_filter').where('division', '=', division).where('account', '=', account).where('key', '=', key).execute());
  return null;
}
