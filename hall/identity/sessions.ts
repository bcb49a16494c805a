import { hashPassword, NOBODY, passwordMatches } from '../../crypto/passwords.ts';
import type { Session } from '../../domain/contracts/staff.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { type PasswordFault, passwordFault } from '../../domain/staff/password.ts';
import { nextStep, type SignInStep } from '../../domain/staff/sign-in.ts';
import { recordDeed } from '../audit/deeds.ts';
import type { AccountRow, Read, SessionRow, Write } from '../db/schema.ts';
import { type Ground, instant, nowOf } from '../ground.ts';
import { changeAccount, findAccount, lockAccount, type Staff, staffOf } from './accounts.ts';
import { lockOf, noteFailure, type Refused } from './lock-out.ts';
import { codeIsRight, type Offered, offerSecret, takeSecret } from './second-factor.ts';
import { hashSecret, randomSecret } from './secrets.ts';

/** A working day at the window, and the time a clerk may be away from it. */
export const SESSION_LIFE = 9 * 3_600_000;
const SESSION_IDLE = 30 * 60_000;
/** Time for the steps after the password: to find the telephone, or to write down ten codes. */
const UNFINISHED_LIFE = 10 * 60_000;
/** `seen_at` moves once a minute at most: exact enough for the idle limit. */
const SEEN_STEP = 60_000;

/** Where signing in stands now, and the session that goes on from there. */
export type Stepped = { step: SignInStep; session: string; account: string };
/** A session as it is kept, with its account. */
export type Seat = { session: SessionRow; account: AccountRow };

/**
 * Opens a session with a password. Failed passwords and codes are counted together and lock the account; while it is locked not even the right password is tried,
 * so that a lock tells nothing. Only a sign-in that needs no further secret starts the count anew: whoever has the password does not get codes for free.
 * @param from the session that the browser had is ended, so that nobody is led into a session that somebody else knows
 */
export async function signIn(ground: Ground, account: string, password: string, from: { address: string; session: string | null }): Promise<Result<Stepped, Refused>> {
  const { division, clock } = ground;
  const row = await findAccount(ground.db.read, division, account);
  const known = row !== undefined && row.disabled_at === null && row.granted_at !== null ? row : undefined;
  const locked = lockOf(known, clock.now());
  if (locked !== null) return err({ kind: 'locked', until: locked });
  const matches = await passwordMatches(password, known?.password ?? NOBODY);
  if (known === undefined) return err({ kind: 'refused' });
  return ground.db.write(async (write) => {
    const current = await lockAccount(write, division, account);
    if (current === undefined || current.disabled_at !== null) return err({ kind: 'refused' as const });
    // Tries that ran side by side are judged one after the other, so together they win nothing.
    const lockedMeanwhile = lockOf(current, clock.now());
    if (lockedMeanwhile !== null) return err({ kind: 'locked' as const, until: lockedMeanwhile });
    const stale = current.one_time_until !== null && Date.parse(current.one_time_until) <= clock.now();
    if (!matches || current.password !== known.password || stale) return err(await noteFailure(ground, write, current));
    if (from.session !== null) await endSession(write, division, from.session);
    // Others' old sessions are the rounds' to remove: who takes their locks here meets, each morning, everybody who takes mine.
    return ok(await advance(ground, write, current, { codeGiven: false, address: from.address }));
  });
}

/** The second step: the code of the app, or a recovery code. */
export function giveCode(ground: Ground, session: string, code: string): Promise<Result<Stepped, Refused | { kind: 'signed-out' }>> {
  return atStep(ground, session, ['code'], async (write, { account, session: before }) => {
    const locked = lockOf(account, ground.clock.now());
    if (locked !== null) return err({ kind: 'locked' as const, until: locked });
    if (!(await codeIsRight(ground, write, account, code))) return err(await noteFailure(ground, write, account));
    await endSession(write, ground.division, session);
    return ok(await advance(ground, write, account, { codeGiven: true, address: before.address }));
  });
}

/** Replaces the one-time password. */
export async function choosePassword(ground: Ground, session: string, password: string): Promise<Result<Stepped, { kind: PasswordFault | 'same' | 'signed-out' }>> {
  const seat = await seatOf(ground, ground.db.read, session);
  if (seat?.session.step !== 'password') return err({ kind: 'signed-out' });
  const fault = await faultOf(password, seat.account);
  if (fault !== null) return err({ kind: fault });
  const stored = await hashPassword(password);
  return atStep(ground, session, ['password'], async (write, { account, session: before }) => {
    const changed = { ...account, password: stored, one_time_until: null };
    await changeAccount(write, account, { password: stored, one_time_until: null });
    await endSessionsOf(write, ground.division, account.account);
    await recordDeed(ground, write, account, { what: 'account.password', subject: account.account, body: { oneTime: true } });
    return ok(await advance(ground, write, changed, { codeGiven: true, address: before.address }));
  });
}

/** Begins to enrol a second factor: at its step of signing in, or later by one's own wish. */
export function beginSecondFactor(ground: Ground, session: string): Promise<Result<Offered, { kind: 'signed-out' | 'has-one' }>> {
  return atStep(ground, session, ['enrol', 'whole'], async (write, { account }) => (account.totp === null ? ok(await offerSecret(ground, write, account)) : err({ kind: 'has-one' as const })));
}

/** Enrols it with a first code. The session is rotated, and one's other sessions, which did without, end. */
export function proveSecondFactor(ground: Ground, session: string, code: string): Promise<Result<Stepped & { recovery: string[] }, Refused | { kind: 'signed-out' | 'not-begun' }>> {
  return atStep(ground, session, ['enrol', 'whole'], async (write, { account, session: before }): Promise<Result<Stepped & { recovery: string[] }, Refused | { kind: 'not-begun' }>> => {
    if (account.totp_pending === null || account.totp !== null) return err({ kind: 'not-begun' as const });
    const locked = lockOf(account, ground.clock.now());
    if (locked !== null) return err({ kind: 'locked' as const, until: locked });
    const recovery = await takeSecret(ground, write, account, code.replaceAll(' ', ''));
    if (recovery === null) return err(await noteFailure(ground, write, account));
    await endSessionsOf(write, ground.division, account.account);
    const enrolled = { ...account, totp: account.totp_pending, failures: 0 };
    if (before.step === 'whole') return ok({ ...(await rotate(ground, write, before)), recovery });
    return ok({ ...(await advance(ground, write, enrolled, { codeGiven: true, address: before.address })), recovery });
  });
}

/** One's own new password; the old one is asked for, and counts as a try. One's other sessions end, this one is rotated. */
export async function changePassword(ground: Ground, session: string, old: string, password: string): Promise<Result<Stepped, Refused | { kind: PasswordFault | 'same' | 'signed-out' }>> {
  const seat = await seatOf(ground, ground.db.read, session);
  if (seat?.session.step !== 'whole') return err({ kind: 'signed-out' });
  const locked = lockOf(seat.account, ground.clock.now());
  if (locked !== null) return err({ kind: 'locked', until: locked });
  const right = await passwordMatches(old, seat.account.password);
  const fault = right ? await faultOf(password, seat.account) : null;
  if (fault !== null) return err({ kind: fault });
  const stored = right ? await hashPassword(password) : '';
  return atStep(ground, session, ['whole'], async (write, { account, session: before }) => {
    if (!right || account.password !== seat.account.password) return err(await noteFailure(ground, write, account));
    await changeAccount(write, account, { password: stored, failures: 0, locked_until: null });
    await endSessionsOf(write, ground.division, account.account);
    await recordDeed(ground, write, account, { what: 'account.password', subject: account.account, body: { oneTime: false } });
    return ok(await rotate(ground, write, before));
  });
}

async function faultOf(password: string, account: AccountRow): Promise<PasswordFault | 'same' | null> {
  return passwordFault(password, account.account) ?? ((await passwordMatches(password, account.password)) ? 'same' : null);
}

/** Goes on to the next step in a session of its own: a session never grows into one that may do more. */
async function advance(ground: Ground, write: Write, account: AccountRow, how: { codeGiven: boolean; address: string }): Promise<Stepped> {
  const step = nextStep({ role: account.role, secondFactor: account.totp !== null, oneTime: account.one_time_until !== null }, how.codeGiven, ground.secondFactor === 'demanded');
  if (step !== 'code') await changeAccount(write, account, { failures: 0, locked_until: null });
  const session = randomSecret();
  const last = { last_at: account.last_at, last_address: account.last_address, failed: account.failures };
  await write.insertInto('session').values({ division: ground.division, token_hash: hashSecret(session), account: account.account, created_at: nowOf(ground), seen_at: nowOf(ground), step, address: how.address, ...last }).execute();
  if (step === 'whole') {
    await changeAccount(write, account, { last_at: nowOf(ground), last_address: how.address });
    await recordDeed(ground, write, account, { what: 'session.sign-in', subject: account.account, body: { secondFactor: account.totp !== null } });
  }
  return { step, session, account: account.account };
}

/** A whole session under another secret, which lives no longer than it would have. */
async function rotate(ground: Ground, write: Write, before: SessionRow): Promise<Stepped> {
  const session = randomSecret();
  await write.insertInto('session').values({ ...before, token_hash: hashSecret(session), seen_at: nowOf(ground) }).execute();
  return { step: 'whole', session, account: before.account };
}

/** Does something for a session that stands at one of these steps, with its account locked. */
async function atStep<Value, Failure extends { kind: string }>(ground: Ground, session: string, steps: readonly SignInStep[], work: (write: Write, seat: Seat) => Promise<Result<Value, Failure>>): Promise<Result<Value, Failure | { kind: 'signed-out' }>> {
  return ground.db.write(async (write) => {
    const found = await seatOf(ground, write, session);
    if (found === null || !steps.includes(found.session.step)) return err({ kind: 'signed-out' as const });
    await lockAccount(write, ground.division, found.account.account);
    // Read behind the lock: meanwhile the same step may have been done by a second press, or the account disabled.
    const seat = await seatOf(ground, write, session);
    return seat === null || !steps.includes(seat.session.step) ? err({ kind: 'signed-out' as const }) : work(write, seat);
  });
}

/** The session that a browser shows, whatever step it stands at, or null: unknown, ended, over, idle too long, or its account may not sign in any more. */
export async function seatOf(ground: Ground, read: Read, session: string): Promise<Seat | null> {
  const { division, clock } = ground;
  const row = await read.selectFrom('session').selectAll().where('division', '=', division).where('token_hash', '=', hashSecret(session)).executeTakeFirst();
  if (row === undefined || isOver(row, clock.now())) return null;
  const account = await findAccount(read, division, row.account);
  return account === undefined || account.disabled_at !== null || account.granted_at === null ? null : { session: row, account };
}

/** Whether a session is over by its age or by being left alone. */
function isOver(row: Pick<SessionRow, 'created_at' | 'seen_at' | 'step'>, now: number): boolean {
  return now - Date.parse(row.created_at) > (row.step === 'whole' ? SESSION_LIFE : UNFINISHED_LIFE) || now - Date.parse(row.seen_at) > SESSION_IDLE;
}

/** Whose whole session this is, or null. */
export async function staffOfSession(ground: Ground, session: string): Promise<Staff | null> {
  const seat = await seatOf(ground, ground.db.read, session);
  if (seat?.session.step !== 'whole') return null;
  if (ground.clock.now() - Date.parse(seat.session.seen_at) >= SEEN_STEP) {
    await ground.db.writeBrief((write) => write.updateTable('session').set({ seen_at: nowOf(ground) }).where('division', '=', ground.division).where('token_hash', '=', hashSecret(session)).execute());
  }
  return staffOf(seat.account);
}

export async function signOut(ground: Ground, session: string): Promise<void> {
  await ground.db.write((write) => endSession(write, ground.division, session));
}

async function endSession(write: Write, division: string, session: string): Promise<void> {
  await write.deleteFrom('session').where('division', '=', division).where('token_hash', '=', hashSecret(session)).execute();
}

/** @returns how many whole sessions ended */
export async function endSessionsOf(write: Write, division: string, account: string): Promise<number> {
  const ended = await write.deleteFrom('session').where('division', '=', division).where('account', '=', account).returning('step').execute();
  return ended.filter(({ step }) => step === 'whole').length;
}

/** Letters of a session's hash that name it: enough to tell one's own apart. */
const NAMED_BY = 16;

/** An account's whole sessions, this one first. */
export async function listSessions(ground: Ground, account: string, own: string): Promise<Session[]> {
  const rows = await ground.db.read.selectFrom('session').selectAll().where('division', '=', ground.division).where('account', '=', account).where('step', '=', 'whole').orderBy('seen_at', 'desc').execute();
  const mine = hashSecret(own);
  return rows.filter((row) => !isOver(row, ground.clock.now()))
    .map((row) => ({ id: row.token_hash.slice(0, NAMED_BY), own: row.token_hash === mine, since: row.created_at, seenAt: row.seen_at, address: row.address }))
    .toSorted((left, right) => Number(right.own) - Number(left.own));
}

/** Ends sessions of one's own: the one that is named, or `others`. @returns how many */
export async function endOwnSessions(ground: Ground, account: string, own: string, id: string): Promise<number> {
  return ground.db.write(async (write) => {
    const rows = await write.selectFrom('session').select('token_hash').where('division', '=', ground.division).where('account', '=', account).execute();
    const wanted = rows.map(({ token_hash }) => token_hash).filter((hash) => (id === 'others' ? hash !== hashSecret(own) : hash.slice(0, NAMED_BY) === id));
    if (wanted.length === 0) return 0;
    await write.deleteFrom('session').where('division', '=', ground.division).where('account', '=', account).where('token_hash', 'in', wanted).execute();
    await recordDeed(ground, write, { account }, { what: 'session.end', subject: account, body: { sessions: wanted.length } });
    return wanted.length;
  });
}

/** Removes sessions that are over since before an instant. @returns how many */
export async function forgetSessions(ground: Ground, since: string): Promise<number> {
  const { division } = ground;
  const gone = await ground.db.writeBrief((write) => write.deleteFrom('session').where('division', '=', division).where((where) => where.or([where('created_at', '<', instant(Date.parse(since) - SESSION_LIFE)), where('seen_at', '<', instant(Date.parse(since) - SESSION_IDLE))])).executeTakeFirst());
  return Number(gone.numDeletedRows);
}
