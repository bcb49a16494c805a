import type { Role } from '../../domain/contracts/staff.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { COUNTY, type Scope } from '../../domain/staff/scope.ts';
import type { AccountRow, Write } from '../db/schema.ts';
import { type Ground, instant, nowOf } from '../ground.ts';
import { hashPassword, NOBODY, passwordMatches } from '../../crypto/passwords.ts';
import { hashSecret, randomSecret } from './secrets.ts';

/** Wrong passwords that are forgiven before an account is locked. */
const FORGIVEN = 5;
/** The first lock is a minute; every further wrong password doubles it, up to an hour. */
const FIRST_LOCK = 60_000;
const LONGEST_LOCK = 3_600_000;
/** A working day at the window, and the time a clerk may be away from it. */
const SESSION_LIFE = 9 * 3_600_000;
const SESSION_IDLE = 30 * 60_000;
/** `seen_at` moves once a minute at most: exact enough for the idle limit. */
const SEEN_STEP = 60_000;
/** Shortest password an account is made with. */
export const SHORTEST_PASSWORD = 12;

/** Who sits at the console. */
export type Staff = { account: string; name: string; role: Role; scope: Scope };

/** Makes an account, or gives an account of that name a new password, name and role and ends its sessions. */
export async function setAccount(ground: Ground, staff: Omit<Staff, 'scope'>, password: string): Promise<Result<null, { kind: 'password-too-short' }>> {
  if (password.length < SHORTEST_PASSWORD) return err({ kind: 'password-too-short' });
  const stored = await hashPassword(password);
  const row: AccountRow = { division: ground.division, ...staff, password: stored, failures: 0, locked_until: null, disabled_at: null };
  await ground.db.write(async (write) => {
    await write.insertInto('account').values(row).onConflict((conflict) => conflict.columns(['division', 'account']).doUpdateSet(row)).execute();
    await write.deleteFrom('session').where('division', '=', ground.division).where('account', '=', staff.account).execute();
  });
  return ok(null);
}

export async function hasAccount(ground: Ground, account: string): Promise<boolean> {
  return (await ground.db.read.selectFrom('account').select('account').where('division', '=', ground.division).where('account', '=', account).executeTakeFirst()) !== undefined;
}

/**
 * Opens a session. Five wrong passwords lock the account for a minute, each further one twice as long; the right password counts from nothing again.
 * While locked not even the right password is tried, so that a lock tells nothing.
 */
export async function signIn(ground: Ground, account: string, password: string): Promise<Result<{ staff: Staff; session: string }, { kind: 'refused' } | { kind: 'locked'; until: string }>> {
  const { division, clock } = ground;
  const row = await ground.db.read.selectFrom('account').selectAll().where('division', '=', division).where('account', '=', account).where('disabled_at', 'is', null).executeTakeFirst();
  const locked = lockOf(row, clock.now());
  if (locked !== null) return err({ kind: 'locked', until: locked });
  const right = await passwordMatches(password, row?.password ?? NOBODY);
  if (row === undefined) return err({ kind: 'refused' });
  return ground.db.write(async (write) => {
    const current = await write.selectFrom('account').selectAll().where('division', '=', division).where('account', '=', account).forUpdate().executeTakeFirstOrThrow();
    // Tries that ran side by side are judged one after the other, so together they win nothing.
    const lockedMeanwhile = lockOf(current, clock.now());
    if (lockedMeanwhile !== null) return err({ kind: 'locked' as const, until: lockedMeanwhile });
    if (!right) return err(await noteFailure(ground, write, current));
    await write.updateTable('account').set({ failures: 0, locked_until: null }).where('division', '=', division).where('account', '=', account).execute();
    const session = randomSecret();
    await write.deleteFrom('session').where('division', '=', division).where('created_at', '<', instant(clock.now() - SESSION_LIFE)).execute();
    await write.insertInto('session').values({ division, token_hash: hashSecret(session), account, created_at: nowOf(ground), seen_at: nowOf(ground) }).execute();
    return ok({ staff: staffOf(current), session });
  });
}

function lockOf(row: AccountRow | undefined, now: number): string | null {
  const until = row?.locked_until ?? null;
  return until !== null && Date.parse(until) > now ? until : null;
}

async function noteFailure(ground: Ground, write: Write, row: AccountRow): Promise<{ kind: 'refused' } | { kind: 'locked'; until: string }> {
  const failures = row.failures + 1;
  const until = failures < FORGIVEN ? null : instant(ground.clock.now() + Math.min(FIRST_LOCK * 2 ** (failures - FORGIVEN), LONGEST_LOCK));
  await write.updateTable('account').set({ failures, locked_until: until }).where('division', '=', ground.division).where('account', '=', row.account).execute();
  return until === null ? { kind: 'refused' } : { kind: 'locked', until };
}

/** Whose session this is, or null: unknown, signed out, idle too long, over, or the account was disabled. */
export async function staffOfSession(ground: Ground, session: string): Promise<Staff | null> {
  const { division, clock } = ground;
  const token_hash = hashSecret(session);
  const row = await ground.db.read.selectFrom('session')
    .innerJoin('account', (join) => join.onRef('account.division', '=', 'session.division').onRef('account.account', '=', 'session.account'))
    .selectAll('account').select(['session.created_at', 'session.seen_at'])
    .where('session.division', '=', division).where('session.token_hash', '=', token_hash).where('account.disabled_at', 'is', null).executeTakeFirst();
  if (row === undefined) return null;
  const idle = clock.now() - Date.parse(row.seen_at);
  if (clock.now() - Date.parse(row.created_at) > SESSION_LIFE || idle > SESSION_IDLE) return null;
  if (idle >= SEEN_STEP) {
    await ground.db.writeBrief((write) => write.updateTable('session').set({ seen_at: nowOf(ground) }).where('division', '=', division).where('token_hash', '=', token_hash).execute());
  }
  return staffOf(row);
}

export async function signOut(ground: Ground, session: string): Promise<void> {
  await ground.db.write((write) => write.deleteFrom('session').where('division', '=', ground.division).where('token_hash', '=', hashSecret(session)).execute());
}

function staffOf(row: AccountRow): Staff {
  return { account: row.account, name: row.name, role: row.role, scope: COUNTY };
}
