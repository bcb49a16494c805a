import type { Write } from '../db/schema.ts';
import { type Ground, nowOf } from '../ground.ts';

/**
 * Writes a deed of staff that is not part of a case into the journal, in the transaction that does it: both happen or neither. Rows are only ever added.
 * @param staff who did it
 * @param deed `what`: `<capability>.<verb>`; `subject`: what it was done to; `body`: the particulars, JSON, without personal data
 */
export async function recordDeed(ground: Ground, write: Write, staff: { account: string }, deed: { what: string; subject: string; body: unknown }): Promise<void> {
  await write.insertInto('deed').values({ division: ground.division, at: nowOf(ground), account: staff.account, what: deed.what, subject: deed.subject, body: JSON.stringify(deed.body) }).execute();
}
