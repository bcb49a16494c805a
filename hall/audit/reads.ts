import type { ReadAuditRow } from '../db/schema.ts';
import { type Ground, nowOf } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';

/**
 * Records that somebody is about to be shown personal data; the answer waits for it (个人信息保护法 Art 54–55: processing must be traceable).
 * Rows are only ever added.
 */
export async function recordRead(ground: Ground, staff: Staff, read: { what: ReadAuditRow['what']; cases: readonly string[]; blob: string | null }): Promise<void> {
  if (read.cases.length === 0) return;
  await ground.db.write((write) => write.insertInto('read_audit').values({
    division: ground.division, at: nowOf(ground), account: staff.account, what: read.what, cases: JSON.stringify(read.cases), blob: read.blob,
  }).execute());
}
