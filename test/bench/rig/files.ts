/** The two kinds of encrypted file that the store's benches compare. */
import { randomBytes } from 'node:crypto';
import Database from 'better-sqlite3-multiple-ciphers';
import { openSqliteFile, type SqliteFile } from '../../../sync/store/index.ts';

/** A file as better-sqlite3 opens it, with the store's cipher, durability and checkpoints, and nothing else of ours. */
export function openBare(path: string): Database {
  const database = new Database(path);
  database.pragma("cipher = 'aegis'");
  database.key(Buffer.from(`raw:${randomBytes(32).toString('hex')}`));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  // As rarely as the store does: the default copies the log into the file four times as often.
  database.pragma('wal_autocheckpoint = 4000');
  return database;
}

/** A file of the store under a new key. @throws Error when it cannot be opened */
export function openStoreFile(path: string): SqliteFile {
  const opened = openSqliteFile({ path, key: randomBytes(32), nativeBinding: null });
  if (!opened.ok) throw new Error(opened.error.kind);
  return opened.value;
}
