import type { Role } from '../../domain/contracts/staff.ts';
import { COUNTY, Scope } from '../../domain/staff/scope.ts';
import { recordDeed } from '../audit/deeds.ts';
import type { AccountRow, Read, Write } from '../db/schema.ts';
import { type Ground, nowOf } from '../ground.ts';

/** Who sits at the console. */
export type Staff = { account: string; name: string; role: Role; scope: Scope };

/** What staff did by themselves at the server, without the console. */
const COMMAND_LINE = { account: 'command-line' };

/**
 * Makes an account that reaches the whole county, or gives an account of that name a new password, name and role, takes its second factor and ends its
 * sessions. The command line's way in: whoever has the server needs no second person. The caller has looked at the password.
 * @param password its hash
 */
export async function putAccount(ground: Ground, staff: Omit<Staff, 'scope'>, password: string): Promise<void> {
  const { division } = ground;
  const row = { ...newAccount(ground, staff), password, granted_at: nowOf(ground) };
  await ground.db.write(async (write) => {
    await write.insertInto('account').values(row).onConflict((conflict) => conflict.columns(['division', 'account']).doUpdateSet(row)).execute();
    await write.deleteFrom('session').where('division', '=', division).where('account', '=', staff.account).execute();
    await write.deleteFrom('recovery_code').where('division', '=', division).where('account', '=', staff.account).execute();
    await recordDeed(ground, write, COMMAND_LINE, { what: 'account.put', subject: staff.account, body: { role: staff.role } });
  });
}

/** The row of an account that nobody can sign in to yet. */
export function newAccount(ground: Ground, { account, name, role }: Omit<Staff, 'scope'>): AccountRow {
  return {
    division: ground.division, account, name, role, password: '', failures: 0, locked_until: null, disabled_at: null, scope: null, granted_at: null, one_time_until: null,
    totp: null, totp_since: null, totp_step: null, totp_pending: null, last_at: null, last_address: null,
  };
}

export async function hasAccount(ground: Ground, account: string): Promise<boolean> {
  return (await findAccount(ground.db.read, ground.division, account)) !== undefined;
}

export function findAccount(read: Read, division: string, account: string): Promise<AccountRow | undefined> {
  return read.selectFrom('account').selectAll().where('division', '=', division).where('account', '=', account).executeTakeFirst();
}

/** The account's row, locked until the transaction ends. */
export function lockAccount(write: Write, division: string, account: string): Promise<AccountRow | undefined> {
  return write.selectFrom('account').selectAll().where('division', '=', division).where('account', '=', account).forUpdate().executeTakeFirst();
}

export async function changeAccount(write: Write, row: Pick<AccountRow, 'division' | 'account'>, change: Partial<AccountRow>): Promise<void> {
  await write.updateTable('account').set(change).where('division', '=', row.division).where('account', '=', row.account).execute();
}

/** Names by account, for showing them. */
export async function namesOf(read: Read, division: string): Promise<Map<string, string>> {
  const rows = await read.selectFrom('account').select(['account', 'name']).where('division', '=', division).execute();
  return new Map(rows.map(({ account, name }) => [account, name]));
}

/** Who has a part in cases now, by name. */
export async function listColleagues({ db: { read }, division }: Pick<Ground, 'db' | 'division'>): Promise<Pick<Staff, 'account' | 'name' | 'role'>[]> {
  return read.selectFrom('account').select(['account', 'name', 'role']).where('division', '=', division).where('disabled_at', 'is', null).where('granted_at', 'is not', null).where('role', 'in', ['clerk', 'department', 'issuer']).orderBy('name').orderBy('account').execute();
}

export function staffOf(row: Pick<AccountRow, 'account' | 'name' | 'role' | 'scope'>): Staff {
  return { account: row.account, name: row.name, role: row.role, scope: scopeOf(row.scope) };
}

/** A stored scope. One that cannot be read is a broken row, and opens nothing. */
export function scopeOf(stored: string | null): Scope {
  return stored === null ? COUNTY : Scope.parse(JSON.parse(stored));
}
