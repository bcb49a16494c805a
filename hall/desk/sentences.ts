import { Sentence } from '../../domain/contracts/desk.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { recordDeed } from '../audit/deeds.ts';
import { type Ground, nowOf } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';

/** The county's ready sentences that an account may need: for every item, and for the items of its scope. */
export async function listSentences({ db, division }: Ground, { scope }: Pick<Staff, 'scope'>): Promise<Sentence[]> {
  const rows = await db.read.selectFrom('sentence').selectAll().where('division', '=', division).orderBy('use').orderBy('item_code').orderBy('letters').execute();
  return rows.map((row) => Sentence.parse({ id: row.id, itemCode: row.item_code, use: row.use, letters: row.letters, words: row.words })).filter(({ itemCode }) => itemCode === '' || reaches(scope, itemCode));
}

/** Makes or changes one. Its words go to citizens under the hall's name, so each change stands in the journal of deeds. */
export async function saveSentence(ground: Ground, staff: Staff, { id, itemCode, use, letters, words }: Sentence): Promise<Result<null, { kind: 'letters-taken' | 'unknown-item' }>> {
  const { db, division } = ground;
  if (itemCode !== '' && !(reaches(staff.scope, itemCode) && await isItem(ground, itemCode))) return err({ kind: 'unknown-item' });
  return db.write(async (write) => {
    const taken = await write.selectFrom('sentence').select('id').where('division', '=', division).where('use', '=', use).where('item_code', '=', itemCode).where('letters', '=', letters).where('id', '!=', id).executeTakeFirst();
    if (taken !== undefined) return err({ kind: 'letters-taken' as const });
    const kept = { item_code: itemCode, use, letters, words, account: staff.account, changed_at: nowOf(ground) };
    await write.insertInto('sentence').values({ division, id, ...kept }).onConflict((conflict) => conflict.columns(['division', 'id']).doUpdateSet(kept)).execute();
    await recordDeed(ground, write, staff, { what: 'sentence.save', subject: id, body: { itemCode, use, letters, words } });
    return ok(null);
  });
}

export async function dropSentence(ground: Ground, staff: Staff, id: string): Promise<null> {
  await ground.db.write(async (write) => {
    const gone = await write.deleteFrom('sentence').where('division', '=', ground.division).where('id', '=', id).returning('letters').executeTakeFirst();
    if (gone !== undefined) await recordDeed(ground, write, staff, { what: 'sentence.drop', subject: id, body: {} });
  });
  return null;
}

function reaches({ items, departments }: Staff['scope'], itemCode: string): boolean {
  return (items?.includes(itemCode) ?? true) && (departments?.includes(itemCode.slice(0, 18)) ?? true);
}

async function isItem({ db, division }: Ground, code: string): Promise<boolean> {
  return await db.read.selectFrom('item').select('code').where('division', '=', division).where('code', '=', code).limit(1).executeTakeFirst() !== undefined;
}
