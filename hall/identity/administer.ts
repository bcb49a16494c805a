import { z } from 'zod';
import { hashPassword } from '../../crypto/passwords.ts';
import type { Account, ScopeChoices } from '../../domain/contracts/accounts.ts';
import { Role } from '../../domain/contracts/staff.ts';
import type { Item } from '../../domain/item/types.ts';
import { canonicalJson } from '../../domain/action/canonical.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { COUNTY, Scope } from '../../domain/staff/scope.ts';
import { recordDeed } from '../audit/deeds.ts';
import { isRefusedRow } from '../db/database.ts';
import type { AccountRow, Write } from '../db/schema.ts';
import { type Ground, instant, nowOf } from '../ground.ts';
import { changeAccount, lockAccount, newAccount, scopeOf, type Staff } from './accounts.ts';
import { lockOf } from './lock-out.ts';
import { propose } from './proposals.ts';
import { dropSecondFactor } from './second-factor.ts';
import { oneTimePassword } from './secrets.ts';
import { PROPOSAL_LIFE, sensitiveAct } from './sensitive-act.ts';
import { endSessionsOf, SESSION_LIFE } from './sessions.ts';

type UnknownAccount = { kind: 'unknown-account' };
/** `unchanged`: it would change nothing. */
type Unproposed = { kind: 'unchanged' } | { kind: 'already-proposed' };
/** How long a password that somebody was given is good: as long as an approval may take. */
const ONE_TIME_LIFE = PROPOSAL_LIFE;

/** Every account, by name. */
export async function listAccounts(ground: Ground): Promise<Account[]> {
  const { division, db, clock } = ground;
  const [rows, sessions, proposals] = await Promise.all([
    db.read.selectFrom('account').selectAll().where('division', '=', division).orderBy('account').execute(),
    db.read.selectFrom('session').select('account').where('division', '=', division).where('step', '=', 'whole').where('created_at', '>', instant(clock.now() - SESSION_LIFE)).execute(),
    db.read.selectFrom('proposal').select(['subject', 'what']).where('division', '=', division).where('what', 'like', 'account.%').where('decided_at', 'is', null).where('at', '>', instant(clock.now() - PROPOSAL_LIFE)).execute(),
  ]);
  return rows.map((row) => ({
    account: row.account, name: row.name, role: row.role, scope: scopeOf(row.scope),
    standing: row.granted_at === null ? 'waiting' : row.disabled_at === null ? 'active' : 'disabled',
    secondFactor: row.totp !== null, oneTime: row.one_time_until !== null, lockedUntil: lockOf(row, clock.now()), lastSignIn: row.last_at,
    sessions: sessions.filter(({ account }) => account === row.account).length,
    proposed: proposals.filter(({ subject }) => subject === row.account).map(({ what }) => what),
  }));
}

/** What a scope can name: the bodies and items of the catalogue, and the sites where machines stand. */
export async function scopeChoices(ground: Ground): Promise<ScopeChoices> {
  const { division, db } = ground;
  const [items, sites] = await Promise.all([
    db.read.selectFrom('item').select('body').where('division', '=', division).orderBy('version').execute(),
    db.read.selectFrom('place').select('site').distinct().where('division', '=', division).orderBy('site').execute(),
  ]);
  const newest = items.map(({ body }) => JSON.parse(body) as Item);
  const named = (pairs: readonly (readonly [string, string])[]) => [...new Map(pairs)].map(([code, name]) => ({ code, name }));
  return { departments: named(newest.map(({ body }) => [body.creditCode, body.name])), sites: sites.map(({ site }) => site), items: named(newest.map(({ code, name }) => [code, name])) };
}

/** Makes an account that nobody can sign in to until a second person approves its role. @returns its one-time password, told this once */
export async function makeAccount(ground: Ground, staff: Staff, made: { account: string; name: string; role: Role; scope: Scope }): Promise<Result<{ password: string; proposal: string }, { kind: 'taken' }>> {
  const password = oneTimePassword();
  const stored = await hashPassword(password);
  try {
    return await ground.db.write(async (write) => {
      const row = { ...newAccount(ground, made), password: stored, scope: storedScope(made.scope), one_time_until: instant(ground.clock.now() + ONE_TIME_LIFE) };
      await write.insertInto('account').values(row).execute();
      await recordDeed(ground, write, staff, { what: 'account.make', subject: made.account, body: { role: made.role, scope: made.scope } });
      const proposed = await proposeRoleOf(ground, write, staff, row, made);
      if (!proposed.ok) throw new Error('a new account has a proposal already');
      return ok({ password, proposal: proposed.value.proposal });
    });
  } catch (cause) {
    if (isRefusedRow(cause)) return err({ kind: 'taken' });
    throw cause;
  }
}

/** What an account is and what it shall be: the approval holds only while it still is what it was. `granted` null: a new account. */
const RoleChange = z.strictObject({ account: z.string(), from: z.strictObject({ role: Role, scope: Scope, granted: z.string().nullable() }), to: z.strictObject({ role: Role, scope: Scope }) });

function proposeRoleOf(ground: Ground, write: Write, staff: Staff, row: AccountRow, to: { role: Role; scope: Scope }) {
  const body: z.infer<typeof RoleChange> = { account: row.account, from: { role: row.role, scope: scopeOf(row.scope), granted: row.granted_at }, to: { role: to.role, scope: to.scope } };
  return propose(ground, write, staff, { what: 'account.role', subject: row.account, body });
}

/** Proposes another role or scope. A new account that was not approved is proposed again the same way. */
export function proposeRole(ground: Ground, staff: Staff, account: string, to: { role: Role; scope: Scope }): Promise<Result<{ proposal: string }, UnknownAccount | Unproposed>> {
  return withAccount<{ proposal: string }, Unproposed>(ground, account, async (write, row) => {
    if (row.granted_at !== null && row.role === to.role && canonicalJson(scopeOf(row.scope)) === canonicalJson(to.scope)) return err({ kind: 'unchanged' });
    return proposeRoleOf(ground, write, staff, row, to);
  });
}

/** `account.role`: gives an account its role and scope, and ends its sessions, which have the old ones. */
export const changeRole = sensitiveAct('approve', RoleChange, async (ground, write, { account, from, to }, { approver }) => {
  const row = await lockAccount(write, ground.division, account);
  const as = row === undefined ? null : { role: row.role, scope: scopeOf(row.scope), granted: row.granted_at };
  if (row === undefined || canonicalJson(as) !== canonicalJson(from)) return err({ kind: 'changed-meanwhile' });
  // Nobody gives themselves a right, not even by approving what a colleague proposed.
  if (account === approver.account) return err({ kind: 'own-account' });
  await changeAccount(write, row, { role: to.role, scope: storedScope(to.scope), granted_at: row.granted_at ?? nowOf(ground) });
  await endSessionsOf(write, ground.division, account);
  await recordDeed(ground, write, approver, { what: 'account.role', subject: account, body: { from, to } });
  return ok(null);
});

export function proposeNoSecondFactor(ground: Ground, staff: Staff, account: string): Promise<Result<{ proposal: string }, UnknownAccount | Unproposed>> {
  return withAccount<{ proposal: string }, Unproposed>(ground, account, async (write, row) => (row.totp === null ? err({ kind: 'unchanged' }) : propose(ground, write, staff, { what: 'account.second-factor-reset', subject: account, body: { account, since: row.totp_since } })));
}

/** `account.second-factor-reset`: takes a second factor away, for who lost telephone and recovery codes, and ends the sessions. */
export const resetSecondFactor = sensitiveAct('approve', z.strictObject({ account: z.string(), since: z.string().nullable() }), async (ground, write, { account, since }, { approver }) => {
  const row = await lockAccount(write, ground.division, account);
  if (row === undefined || row.totp === null || row.totp_since !== since) return err({ kind: 'changed-meanwhile' });
  if (account === approver.account) return err({ kind: 'own-account' });
  await dropSecondFactor(ground, write, row);
  await endSessionsOf(write, ground.division, account);
  await recordDeed(ground, write, approver, { what: 'account.second-factor-reset', subject: account, body: {} });
  return ok(null);
});

export function renameAccount(ground: Ground, staff: Staff, account: string, name: string): Promise<Result<null, UnknownAccount | { kind: 'unchanged' }>> {
  return withAccount(ground, account, async (write, row) => {
    if (row.name === name) return err({ kind: 'unchanged' as const });
    await changeAccount(write, row, { name });
    await recordDeed(ground, write, staff, { what: 'account.rename', subject: account, body: {} });
    return ok(null);
  });
}

/** Keeps an account out, or lets it in again. */
export function setDisabled(ground: Ground, staff: Staff, account: string, disabled: boolean): Promise<Result<null, UnknownAccount | { kind: 'own-account' } | { kind: 'unchanged' }>> {
  return withAccount<null, { kind: 'own-account' } | { kind: 'unchanged' }>(ground, account, async (write, row) => {
    if (account === staff.account) return err({ kind: 'own-account' as const });
    if ((row.disabled_at !== null) === disabled) return err({ kind: 'unchanged' as const });
    await changeAccount(write, row, disabled ? { disabled_at: nowOf(ground) } : { disabled_at: null, failures: 0, locked_until: null });
    if (disabled) await endSessionsOf(write, ground.division, account);
    await recordDeed(ground, write, staff, { what: disabled ? 'account.disable' : 'account.enable', subject: account, body: {} });
    return ok(null);
  });
}

/** Gives an account a password that must be replaced at the first sign-in, and opens its lock. @returns the password, told this once */
export async function resetPassword(ground: Ground, staff: Staff, account: string): Promise<Result<{ password: string }, UnknownAccount | { kind: 'own-account' }>> {
  const password = oneTimePassword();
  const stored = await hashPassword(password);
  return withAccount(ground, account, async (write, row) => {
    // One's own is changed with the old one.
    if (account === staff.account) return err({ kind: 'own-account' as const });
    await changeAccount(write, row, { password: stored, one_time_until: instant(ground.clock.now() + ONE_TIME_LIFE), failures: 0, locked_until: null });
    await endSessionsOf(write, ground.division, account);
    await recordDeed(ground, write, staff, { what: 'account.password-reset', subject: account, body: {} });
    return ok({ password });
  });
}

export function endSessionsFor(ground: Ground, staff: Staff, account: string): Promise<Result<{ ended: number }, UnknownAccount>> {
  return withAccount(ground, account, async (write) => {
    const ended = await endSessionsOf(write, ground.division, account);
    await recordDeed(ground, write, staff, { what: 'account.end-sessions', subject: account, body: { ended } });
    return ok({ ended });
  });
}

function withAccount<Value, Failure extends { kind: string }>(ground: Ground, account: string, work: (write: Write, row: AccountRow) => Promise<Result<Value, Failure>>): Promise<Result<Value, Failure | UnknownAccount>> {
  return ground.db.write(async (write) => {
    const row = await lockAccount(write, ground.division, account);
    return row === undefined ? err({ kind: 'unknown-account' as const }) : work(write, row);
  });
}

function storedScope(scope: Scope): string | null {
  return canonicalJson(scope) === canonicalJson(COUNTY) ? null : JSON.stringify(scope);
}
