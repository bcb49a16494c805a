import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { generateSigningKey } from '../../../crypto/node.ts';
import { generateSealKey } from '../../../crypto/seal.ts';
import { KeeperKind } from '../../../domain/contracts/keeper.ts';
import { codeOf, err, ok, type Result } from '../../../domain/result.ts';
import { syncFolder } from '../../../sync/backup/sync-folder.ts';
import type { Keeper, KeeperFailure } from './keeper.ts';

/**
 * The terminal's own secrets: the key of its store and the key it signs with. `nextStore` is there only while the store's key is being
 * changed: the file on disk then opens with one of the two.
 */
export type TerminalKeys = { store: Uint8Array; nextStore: Uint8Array | null; signing: { publicKey: string; privateKey: string } };

/** What lies on the disk: who keeps the keys, in the open, and the keys as that keeper made them. */
const KeyFile = z.strictObject({ format: z.literal(2), keeper: KeeperKind, sealed: z.string().min(1) });
const key = z.base64().length(44);
const Keys = z.strictObject({ store: key, nextStore: key.nullable(), signing: z.strictObject({ publicKey: key, privateKey: key }) });

export type KeyFailure =
  | KeeperFailure
  /** Other users may read the key file. */
  | { kind: 'key-file-open-to-others' }
  | { kind: 'key-file-damaged' }
  /** It is there and cannot be read, or no new one can be written. `code` is the system's word. */
  | { kind: 'key-file-unreadable' | 'key-file-unwritable'; code: string }
  /** A change of the store's key was cut off, or is under way in another process. */
  | { kind: 'key-changing' }
  /** The settings name another keeper than the one that kept these keys. Moving them is an act of its own: `--move-keys`. */
  | { kind: 'other-keeper'; kept: KeeperKind; wanted: KeeperKind }
  /** A store is there but its key is gone: making a new key would lose what citizens handed in. */
  | { kind: 'key-lost' };

/** Where a terminal's data folder has its key file. */
export function keyFileOf(folder: string): string {
  return join(folder, 'terminal-keys.json');
}

/**
 * Opens the keys, or makes them on the first start of a machine that has no store yet.
 * @param storeFile where the store is, or will be: beside one no key is ever made
 */
export async function openKeys(folder: string, storeFile: string, keeper: Keeper): Promise<Result<TerminalKeys, KeyFailure>> {
  const kept = keeperOf(folder);
  if (!kept.ok) return kept;
  if (kept.value === null) {
    if (existsSync(storeFile)) return err({ kind: 'key-lost' });
    const keys: TerminalKeys = { store: generateSealKey(), nextStore: null, signing: generateSigningKey() };
    const saved = await saveKeys(folder, keeper, keys);
    return saved.ok ? ok(keys) : saved;
  }
  if (kept.value.keeper !== keeper.kind) return err({ kind: 'other-keeper', kept: kept.value.keeper, wanted: keeper.kind });
  const opened = await keeper.open(kept.value.sealed);
  if (!opened.ok) return opened;
  const parsed = Keys.safeParse(parseJson(Buffer.from(opened.value).toString('utf8')));
  if (!parsed.success) return err({ kind: 'key-file-damaged' });
  const { store, nextStore, signing } = parsed.data;
  return ok({ store: bytes(store), nextStore: nextStore === null ? null : bytes(nextStore), signing });
}

/** Who keeps the keys of this folder, by the file's own word; null when there are none yet. */
export function keeperOf(folder: string): Result<z.infer<typeof KeyFile> | null, KeyFailure> {
  const file = keyFileOf(folder);
  if (!existsSync(file)) return ok(null);
  let text: string;
  try {
    if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) return err({ kind: 'key-file-open-to-others' });
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    return err({ kind: 'key-file-unreadable', code: systemCode(cause) });
  }
  const parsed = KeyFile.safeParse(parseJson(text));
  return parsed.success ? ok(parsed.data) : err({ kind: 'key-file-damaged' });
}

/**
 * Replaces the key file, once the keeper has shown that it opens what it kept. Written aside, flushed and renamed: a power cut or a full disk leaves
 * either the old keys or the new ones, whole.
 */
export async function saveKeys(folder: string, keeper: Keeper, keys: TerminalKeys): Promise<Result<null, KeyFailure>> {
  const plain = Buffer.from(JSON.stringify({ store: base64(keys.store), nextStore: keys.nextStore === null ? null : base64(keys.nextStore), signing: keys.signing }));
  const sealed = await keeper.keep(plain);
  if (!sealed.ok) return sealed;
  // The keys of before are gone with the rename.
  const opened = await keeper.open(sealed.value);
  if (!opened.ok) return opened;
  if (!plain.equals(opened.value)) return err({ kind: 'keeper-cannot-open', keeper: keeper.kind });
  const file = keyFileOf(folder);
  try {
    writeFileSync(`${file}.new`, JSON.stringify({ format: 2, keeper: keeper.kind, sealed: sealed.value }), { mode: 0o600, flush: true });
    renameSync(`${file}.new`, file);
    syncFolder(folder);
  } catch (cause) {
    rmSync(`${file}.new`, { force: true });
    return err({ kind: 'key-file-unwritable', code: systemCode(cause) });
  }
  return ok(null);
}

/** `ENOSPC`, `EACCES` …; anything else is a bug and thrown on. */
function systemCode(cause: unknown): string {
  const code = codeOf(cause);
  if (/^E[A-Z]+$/.test(code)) return code;
  throw cause;
}

/** What a technician does about keys that do not open. */
export function keyMend(failure: KeyFailure): string {
  switch (failure.kind) {
    case 'other-keeper':
      return `the keys are kept by ${failure.kept}, terminal.yaml says ${failure.wanted}: correct keys.keeper, or start the terminal once with --move-keys`;
    case 'keeper-missing':
      return `${failure.keeper}: ${failure.why}`;
    case 'keeper-cannot-open':
      return `${failure.keeper} does not open them here: start as the terminal's own user on its own machine, or take over from a backup`;
    case 'key-file-open-to-others':
      return 'other users may read the key file: chmod 600, and change the key with --rotate-key';
    case 'key-file-damaged':
      return 'the key file is damaged: restore it, or take over from a backup';
    case 'key-file-unreadable':
      return `the key file cannot be read (${failure.code}): look whose it is, and test the disk`;
    case 'key-file-unwritable':
      return `no key file can be written (${failure.code}): make space, or look whose the data folder is; nothing is lost`;
    case 'key-changing':
      return 'a change of the key was cut off, or is under way: start the terminal once, which ends it';
    case 'key-lost':
      return 'the store is there but its key file is not: restore it, or take over from a backup';
  }
}

function base64(plain: Uint8Array): string {
  return Buffer.from(plain).toString('base64');
}

function bytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
