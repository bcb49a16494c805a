import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { err, ok, type Result } from '../../domain/result.ts';
import { changeKey, copyFile, openSqliteFile, syncFile } from '../store/index.ts';
import type { OpenFailure } from '../store/types.ts';

type Place = { path: string; nativeBinding: string | null };

/**
 * Gives a closed store another key. A copy is written anew under the new key and takes the file's place by a rename: whenever the power goes,
 * the file opens with one of the two. The caller keeps both until this has answered.
 */
export function swapKey({ path, nativeBinding }: Place, key: Uint8Array, next: Uint8Array): Result<null, OpenFailure> {
  const aside = `${path}.rekeyed`;
  forgetFile(aside);
  const file = openSqliteFile({ path, key, nativeBinding });
  if (!file.ok) return file;
  try {
    copyFile(file.value, aside);
  } finally {
    // The last one to close empties the log into the file, and removes it.
    file.value.close();
  }
  if (existsSync(`${path}-wal`)) return err({ kind: 'busy' });
  const copy = openSqliteFile({ path: aside, key, nativeBinding });
  if (!copy.ok) return copy;
  try {
    changeKey(copy.value, next);
  } finally {
    copy.value.close();
  }
  syncFile(aside);
  renameSync(aside, path);
  return ok(null);
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
 */
export function copyUnder({ path, nativeBinding }: Place, from: string, key: Uint8Array, next: Uint8Array): Result<null, OpenFailure> {
  forgetFile(path);
  copyFileSync(from, path);
  const copy = openSqliteFile({ path, key, nativeBinding });
  if (!copy.ok) return copy;
  try {
    changeKey(copy.value, next);
  } finally {
    copy.value.close();
  }
  syncFile(path);
  return ok(null);
}

/** Removes a database file with what SQLite keeps beside it. */
export function forgetFile(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
}
