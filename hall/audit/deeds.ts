import type { Write } from '../db/schema.ts';
import { type Ground, nowOf } from '../ground.ts';

/** A line in the journal of what staff did outside of cases, in the deed's own transaction. `body` holds no personal data. */
export async function recordDeed(ground: Ground, write: Write, staff: { account: string }, deed: { what: string; subject: string; body: unknown }): Promise<void> {
  await write.insertInto('deed').values({ division: ground.division, at: nowOf(ground), account: staff.account, what: deed.what, subject: deed.subject, body: JSON.stringify(deed.body) }).execute();
}
