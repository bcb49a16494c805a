import { chmodSync, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf, err, ok, type Result } from '../../domain/result.ts';
import { changeKey, copyFile, openSqliteFile, type SqliteFile, syncFile } from '../store/index.ts';
import type { OpenFailure } from '../store/types.ts';
import { syncFolder } from './sync-folder.ts';

type Place = { path: string; nativeBinding: string | null };

/**
 * Gives a closed store another key. A copy is written anew under the new key and takes the file's place by a rename: whenever the power goes,
 * the file opens with one of the two. The caller keeps both until this has answered; it is durable then.
 * @returns `busy` while any other process has the file open, `full` without room for the copy; the file is then as it was
 */
export function swapKey({ path, nativeBinding }: Place, key: Uint8Array, next: Uint8Array): Result<null, OpenFailure> {
  const aside = `${path}.rekeyed`;
  return wholeOrNothing(aside, () => {
    const file = openSqliteFile({ path, key, nativeBinding });
    if (!file.ok) return file;
    try {
      holdAlone(file.value);
      copyFile(file.value, aside);
      const changed = rekey({ path: aside, nativeBinding }, key, next);
      if (!changed.ok) return changed;
    } finally {
      // Windows renames over no open file.
      file.value.close();
    }
    // Somebody opened it in the moment since: what he writes would be gone.
    if (existsSync(`${path}-wal`)) return err({ kind: 'busy' });
    // SQLite's journal is gone for good before another file has the name it belonged to.
    syncFolder(dirname(path));
    renameSync(aside, path);
    syncFolder(dirname(path));
    return ok(null);
  });
}

/** Which of the keys a store opens with; null for none of them. Removes what an interrupted change of its key left beside it. */
export function keyThatOpens({ path, nativeBinding }: Place, keys: readonly Uint8Array[]): Uint8Array | null {
  forgetFile(`${path}.rekeyed`);
  for (const key of keys) {
    const opened = openSqliteFile({ path, key, nativeBinding });
    if (!opened.ok) continue;
    opened.value.close();
    return key;
  }
  return null;
}

/**
 * Puts a copy of a store, opened with `key`, in a place of its own under another key. The place is new, and the caller's.
 * @param from a closed store or a backup's, which stays as it is
 * @returns why the copy does not open, or `full`; nothing is left in the place then
 */
export function copyUnder(to: Place, from: string, key: Uint8Array, next: Uint8Array): Result<null, OpenFailure> {
  return wholeOrNothing(to.path, () => {
    copyFileSync(from, to.path);
    // A backup on a medium that may only be read hands that on to its copies.
    chmodSync(to.path, 0o600);
    return rekey(to, key, next);
  });
}

/** Removes a database file with what SQLite keeps beside it. */
export function forgetFile(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
}

/** Writes a copy that nobody else knows of anew under another key, durable. */
function rekey(copy: Place, key: Uint8Array, next: Uint8Array): Result<null, OpenFailure> {
  const file = openSqliteFile({ ...copy, key });
  if (!file.ok) return file;
  try {
    changeKey(file.value, next);
  } finally {
    file.value.close();
  }
  syncFile(copy.path);
  return ok(null);
}

/** Keeps every other process out until the file is closed, be it one that only reads; everything is in the file itself then, nothing in a log. */
function holdAlone({ database }: SqliteFile): void {
  database.pragma('locking_mode = EXCLUSIVE');
  database.pragma('journal_mode = DELETE');
  database.exec('BEGIN EXCLUSIVE; COMMIT');
}

/** Runs what makes a file in `path`; when it fails, gives back the room that it took. */
function wholeOrNothing(path: string, make: () => Result<null, OpenFailure>): Result<null, OpenFailure> {
  forgetFile(path);
  const made = orFailure(make);
  if (!made.ok) forgetFile(path);
  return made;
}

function orFailure(make: () => Result<null, OpenFailure>): Result<null, OpenFailure> {
  try {
    return make();
  } catch (cause) {
    switch (codeOf(cause)) {
      case 'SQLITE_FULL':
      case 'ENOSPC':
      case 'EDQUOT':
        return err({ kind: 'full' });
      case 'SQLITE_BUSY':
        return err({ kind: 'busy' });
      default:
        throw cause;
    }
  }
}
