import type { KeeperKind } from '../../../domain/contracts/keeper.ts';
import { err } from '../../../domain/result.ts';
import { fileKeeper, type Keeper } from './keeper.ts';
import { systemdCredsKeeper } from './systemd-creds.ts';

export type Keepers = (kind: KeeperKind) => Keeper;

/** The keepers of a process. `dpapi`: the one that asks the shell; a program without a shell has none. */
export function keepersWith(dpapi: Keeper): Keepers {
  const byKind: Record<KeeperKind, Keeper> = { dpapi, 'systemd-creds': systemdCredsKeeper(), file: fileKeeper };
  return (kind) => byKind[kind];
}

const missing = () => Promise.resolve(err({ kind: 'keeper-missing' as const, keeper: 'dpapi' as const, why: 'only the terminal itself reaches DPAPI' }));

/** Of a program that runs without Electron. */
export const localKeepers: Keepers = keepersWith({ kind: 'dpapi', keep: missing, open: missing });
