import type { AccountRow, Write } from '../db/schema.ts';
import { type Ground, instant } from '../ground.ts';
import { recordDeed } from '../audit/deeds.ts';
import { changeAccount } from './accounts.ts';

/** Wrong passwords and codes, counted together, that are forgiven before an account is locked. */
const FORGIVEN = 5;
/** The first lock is a minute; every further failure doubles it, up to an hour. */
const FIRST_LOCK = 60_000;
const LONGEST_LOCK = 3_600_000;

export type Refused = { kind: 'refused' } | { kind: 'locked'; until: string };

/** Until when an account is locked, or null. */
export function lockOf(row: Pick<AccountRow, 'locked_until'> | undefined, now: number): string | null {
  const until = row?.locked_until ?? null;
  return until !== null && Date.parse(until) > now ? until : null;
}

/** Counts a failed try. @param row as it stands, locked by this transaction */
export async function noteFailure(ground: Ground, write: Write, row: AccountRow): Promise<Refused> {
  const failures = row.failures + 1;
  const until = failures < FORGIVEN ? null : instant(ground.clock.now() + Math.min(FIRST_LOCK * 2 ** (failures - FORGIVEN), LONGEST_LOCK));
  await changeAccount(write, row, { failures, locked_until: until });
  if (until === null) return { kind: 'refused' };
  await recordDeed(ground, write, { account: row.account }, { what: 'session.locked', subject: row.account, body: { failures } });
  return { kind: 'locked', until };
}
