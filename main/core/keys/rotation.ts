import { existsSync } from 'node:fs';
import { generateSealKey } from '../../../crypto/seal.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { keyThatOpens, swapKey } from '../../../sync/backup/swap-key.ts';
import type { Keeper } from './keeper.ts';
import { type KeyFailure, keeperOf, openKeys, saveKeys, type TerminalKeys } from './keys.ts';
import type { Keepers } from './keepers.ts';

/** Where a terminal's keys and store are. `file` is the store. */
export type KeyPlace = { folder: string; file: string; nativeBinding: string | null };

export type RotationFailure = KeyFailure | { kind: 'store'; why: string };

/** Opens the keys, and ends a change of the store's key that was cut off: of its two keys the one that opens the file stays. */
export async function openSettledKeys({ folder, file, nativeBinding }: KeyPlace, keeper: Keeper): Promise<Result<TerminalKeys, KeyFailure>> {
  const keys = await openKeys(folder, file, keeper);
  if (!keys.ok || keys.value.nextStore === null) return keys;
  const { store, nextStore, signing } = keys.value;
  // When neither opens it, the file is at fault and not the keys: both stay for whoever mends it.
  const right = existsSync(file) ? keyThatOpens({ path: file, nativeBinding }, [store, nextStore]) : store;
  if (right === null) return keys;
  const settled: TerminalKeys = { store: right, nextStore: null, signing };
  const saved = await saveKeys(folder, keeper, settled);
  return saved.ok ? ok(settled) : saved;
}

/** Opens the keys for a program beside the terminal, which must not end a change of the store's key: it may be the terminal that is at it. */
export async function openKeysBeside({ folder, file }: KeyPlace, keeper: Keeper): Promise<Result<TerminalKeys, KeyFailure>> {
  const keys = await openKeys(folder, file, keeper);
  return keys.ok && keys.value.nextStore !== null ? err({ kind: 'key-changing' }) : keys;
}

/** Changes the key of the store, which is closed. Both keys are kept while the file changes from one to the other. */
export async function rotateStoreKey(place: KeyPlace, keeper: Keeper): Promise<Result<null, RotationFailure>> {
  const keys = await openSettledKeys(place, keeper);
  if (!keys.ok) return keys;
  // Of a change that was cut off, either key may still be the file's: a third would take the place of one of them.
  if (keys.value.nextStore !== null) return err({ kind: 'store', why: 'wrong-key' });
  const next = generateSealKey();
  const both = await saveKeys(place.folder, keeper, { ...keys.value, nextStore: next });
  if (!both.ok) return both;
  const swapped = existsSync(place.file) ? swapKey({ path: place.file, nativeBinding: place.nativeBinding }, keys.value.store, next) : ok(null);
  if (!swapped.ok) return err({ kind: 'store', why: swapped.error.kind });
  return saveKeys(place.folder, keeper, { ...keys.value, store: next, nextStore: null });
}

/**
 * Gives the keys from whoever keeps them now to `to`, then changes the store's key: under a weaker keeper the old one may have been read.
 * The signing key goes along as it is; a machine gets a new one by a takeover.
 */
export async function moveKeys(place: KeyPlace, keepers: Keepers, to: Keeper): Promise<Result<null, RotationFailure>> {
  const kept = keeperOf(place.folder);
  if (!kept.ok) return kept;
  if (kept.value === null) return err({ kind: 'key-lost' });
  if (kept.value.keeper !== to.kind) {
    const keys = await openKeys(place.folder, place.file, keepers(kept.value.keeper));
    if (!keys.ok) return keys;
    const saved = await saveKeys(place.folder, to, keys.value);
    if (!saved.ok) return saved;
  }
  return rotateStoreKey(place, to);
}
