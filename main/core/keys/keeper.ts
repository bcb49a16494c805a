import type { KeeperKind } from '../../../domain/contracts/keeper.ts';
import { ok, type Result } from '../../../domain/result.ts';

export type KeeperFailure =
  /** The keeper that the settings name is not on this machine, or refuses this user. `why` names what is missing, never a key. */
  | { kind: 'keeper-missing'; keeper: KeeperKind; why: string }
  /** What was kept does not open here: another machine, another user, another TPM, or damaged. */
  | { kind: 'keeper-cannot-open'; keeper: KeeperKind };

/** Whoever keeps the terminal's secrets for it. `open` answers what `keep` was given, on this machine and for this user only. */
export type Keeper = {
  readonly kind: KeeperKind;
  /** @returns text without line breaks that may lie on the disk */
  keep(plain: Uint8Array): Promise<Result<string, KeeperFailure>>;
  open(sealed: string): Promise<Result<Uint8Array, KeeperFailure>>;
};

/** For development: nothing but the mode of the file stands before the keys. A stolen disk is a stolen key; the doctor says so. */
export const fileKeeper: Keeper = {
  kind: 'file',
  keep: (plain) => Promise.resolve(ok(Buffer.from(plain).toString('base64'))),
  open: (sealed) => Promise.resolve(ok(new Uint8Array(Buffer.from(sealed, 'base64')))),
};
