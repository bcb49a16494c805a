import { CaseId, ulid } from '../../domain/ids.ts';
import type { ReadAuditRow } from '../db/schema.ts';
import { type Ground, nowOf } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';
import { keyedHash } from '../identity/sealed-text.ts';

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

/** Stands for a person where what was shown is of no case yet: made of their number, by this hall alone, so that a search for the person finds it and nobody reads the number from it. */
export function personId(ground: Pick<Ground, 'wrapping'>, number: string): CaseId {
  const hash = Buffer.from(keyedHash(ground, 'slips', `person/${number}`), 'hex');
  return CaseId.parse(ulid(hash.readUIntBE(0, 6), hash.subarray(6, 16)));
}
