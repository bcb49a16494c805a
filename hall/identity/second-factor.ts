import { base32, generateTotpSecret, matchingStep } from '../../crypto/totp.ts';
import { unwrapKey, wrapKey } from '../../crypto/seal.ts';
import { WrappedKey } from '../../domain/action/payload.ts';
import { RECOVERY_CODES } from '../../domain/staff/sign-in.ts';
import { recordDeed } from '../audit/deeds.ts';
import type { AccountRow, Write } from '../db/schema.ts';
import { type Ground, nowOf } from '../ground.ts';
import { changeAccount } from './accounts.ts';
import { hashSpokenCode, recoveryCode } from './secrets.ts';

/** A secret that is on its way to somebody's app: base 32 for typing, and the address for a QR code (Key URI format of authenticator apps). */
export type Offered = { secret: string; address: string };

/** Makes a secret and keeps it aside, sealed, until it is proved. One that was kept aside before is forgotten. */
export async function offerSecret(ground: Ground, write: Write, row: AccountRow): Promise<Offered> {
  const secret = generateTotpSecret();
  await changeAccount(write, row, { totp_pending: sealSecret(ground, row.account, secret) });
  const typed = base32(secret);
  const label = `${encodeURIComponent(ground.name)}:${encodeURIComponent(row.account)}`;
  return { secret: typed, address: `otpauth://totp/${label}?secret=${typed}&issuer=${encodeURIComponent(ground.name)}&algorithm=SHA1&digits=6&period=30` };
}

/** Takes the secret that was kept aside, once a code proves that the app has it. @returns the recovery codes, or null when the code is wrong */
export async function takeSecret(ground: Ground, write: Write, row: AccountRow, code: string): Promise<string[] | null> {
  const step = row.totp_pending === null ? null : matchingStep(openSecret(ground, row.account, row.totp_pending), code, ground.clock.now(), null);
  if (step === null) return null;
  await changeAccount(write, row, { totp: row.totp_pending, totp_since: nowOf(ground), totp_step: step, totp_pending: null, failures: 0, locked_until: null });
  await recordDeed(ground, write, row, { what: 'account.second-factor', subject: row.account, body: {} });
  return newRecoveryCodes(ground, write, row.account);
}

/** Whether a code is the app's, or a recovery code that is still good. Either is used up by it. */
export async function codeIsRight(ground: Ground, write: Write, row: AccountRow, code: string): Promise<boolean> {
  const digits = code.replaceAll(' ', '');
  if (/^\d{6}$/.test(digits)) return appCodeIsRight(ground, write, row, digits);
  const used = await write.updateTable('recovery_code').set({ used_at: nowOf(ground) })
    .where('division', '=', ground.division).where('account', '=', row.account).where('code_hash', '=', hashSpokenCode(code)).where('used_at', 'is', null).executeTakeFirst();
  if (used.numUpdatedRows === 0n) return false;
  await recordDeed(ground, write, row, { what: 'account.recovery-code-used', subject: row.account, body: {} });
  return true;
}

/** Whether a code is the app's, of a step that was not taken before. */
export async function appCodeIsRight(ground: Ground, write: Write, row: AccountRow, code: string): Promise<boolean> {
  const step = row.totp === null ? null : matchingStep(openSecret(ground, row.account, row.totp), code, ground.clock.now(), row.totp_step);
  if (step === null) return false;
  await changeAccount(write, row, { totp_step: step });
  return true;
}

/** Ten new codes; those of before are void. */
export async function newRecoveryCodes(ground: Ground, write: Write, account: string): Promise<string[]> {
  const { division } = ground;
  const codes = Array.from({ length: RECOVERY_CODES }, recoveryCode);
  await write.deleteFrom('recovery_code').where('division', '=', division).where('account', '=', account).execute();
  await write.insertInto('recovery_code').values(codes.map((code) => ({ division, account, code_hash: hashSpokenCode(code), used_at: null }))).execute();
  return codes;
}

/** Takes an account's second factor away: it enrols anew at its next sign-in where its role must have one. */
export async function dropSecondFactor(ground: Ground, write: Write, row: AccountRow): Promise<void> {
  await changeAccount(write, row, { totp: null, totp_since: null, totp_step: null, totp_pending: null });
  await write.deleteFrom('recovery_code').where('division', '=', ground.division).where('account', '=', row.account).execute();
}

/** Bound to its account: a sealed secret that is put beside another name does not open. */
function contextOf(ground: Ground, account: string): string {
  return `totp ${ground.division} ${account}`;
}

function sealSecret(ground: Ground, account: string, secret: Uint8Array): string {
  return JSON.stringify(wrapKey(ground.wrapping.publicKey, contextOf(ground, account), secret));
}

function openSecret(ground: Ground, account: string, sealed: string): Uint8Array {
  const opened = unwrapKey(ground.wrapping, contextOf(ground, account), WrappedKey.parse(JSON.parse(sealed)));
  // Somebody changed the row, or the hall has other keys than when it was sealed: nobody is let in on that.
  if (!opened.ok) throw new Error('a second factor cannot be opened with the keys of this hall');
  return opened.value;
}
