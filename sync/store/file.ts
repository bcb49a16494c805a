import { closeSync, fstatSync, fsyncSync, openSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3-multiple-ciphers';
import { err, ok, type Result } from './result.ts';
import type { FileSettings, OpenFailure } from './types.ts';

/** An open, encrypted database file. `close` is idempotent and empties the write-ahead log into the file. */
export type SqliteFile = {
  path: string;
  database: Database;
  close(): void;
};

/** Milliseconds to wait for another process's lock: a backup copies a page set in far less, a second terminal never ends. */
const LOCK_WAIT = 2000;

/**
 * Pages in the write-ahead log before a commit also copies them into the file (three more fsyncs): 16 MB, some 500 hand-ins, so that
 * it is rare that somebody's hand-in waits for it. Reading them back at a start takes milliseconds.
 */
const CHECKPOINT_PAGES = 4000;

/**
 * Zeros that an emptied write-ahead log is laid out with: 500 pages, what a visit writes with some scans. A commit into them changes
 * neither length nor block map of the log, so it does not wait for the file system's own journal. A longer log grows as usual.
 */
const LOG_AHEAD = 2 * 1024 * 1024;

/**
 * Opens or creates the file. Every page and every WAL frame is encrypted and authenticated with AEGIS-256 (the `aegis` default of
 * SQLite3 Multiple Ciphers) under `key` itself: the `raw:` form skips the passphrase derivation, which costs 20 ms and adds
 * nothing to 32 random bytes. The key goes in by the C interface, so that it is in no SQL text, trace or error.
 */
export function openSqliteFile(settings: FileSettings): Result<SqliteFile, OpenFailure> {
  if (settings.key.length !== 32) return err({ kind: 'bad-key' });
  let database: Database;
  try {
    database = new Database(settings.path, { timeout: LOCK_WAIT, ...(settings.nativeBinding === null ? {} : { nativeBinding: settings.nativeBinding }) });
  } catch (cause) {
    return err(openFailure(cause));
  }
  try {
    database.pragma("cipher = 'aegis'");
    database.key(rawKey(settings.key));
    // Takes effect on a new file only; the rest of the settings are of this connection.
    database.pragma('page_size = 4096');
    database.pragma('secure_delete = ON');
    // Sorting that outgrows memory would go into a temporary file, which the cipher does not cover.
    database.pragma('temp_store = MEMORY');
    // The probe: the first read of a page is where a wrong key shows.
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    if (isDamaged(database)) {
      database.close();
      return err({ kind: 'damaged' });
    }
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    database.pragma('foreign_keys = ON');
    // On a read-only disk SQLite opens all the same, for reading: a terminal that could keep nothing would begin visits.
    database.exec('BEGIN; PRAGMA user_version = 1; ROLLBACK');
    layOutLog(settings.path, database);
  } catch (cause) {
    database.close();
    return err(openFailure(cause));
  }
  return ok({ path: settings.path, database, close: () => void database.close() });
}

/**
 * Reads every page, and with it checks what AEGIS signed it with: a flipped bit shows before the first citizen, not under one. 70 ms for
 * 100 MB in memory; a disk adds the time of reading the file once.
 */
function isDamaged(database: Database): boolean {
  const found = database.prepare<[], { quick_check: string }>('PRAGMA quick_check(1)').get();
  return found?.quick_check !== 'ok';
}

function rawKey(key: Uint8Array): Buffer {
  return Buffer.from(`raw:${Buffer.from(key).toString('hex')}`);
}

/**
 * Writes the file as it stands at this moment to `to`, under the same key and without its freed pages, and makes it durable. One reading transaction: writers
 * of other connections go on meanwhile.
 * @param to must not be there yet
 */
export function copyFile(file: SqliteFile, to: string): void {
  file.database.prepare<[string]>('VACUUM INTO ?').run(to);
  syncFile(to);
}

/** Writes every page anew under another key. Not safe against a power cut: only for a copy that takes the file's place afterwards. */
export function changeKey(file: SqliteFile, next: Uint8Array): void {
  // The log's frames would stay under the old key.
  file.database.pragma('journal_mode = DELETE');
  file.database.rekey(rawKey(next));
}

/** Makes what was written to a file survive a power cut. */
export function syncFile(path: string): void {
  const handle = openSync(path, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}

/**
 * Whether another process has the file open, be it only to read: what it keeps in memory would not know what is written here.
 * A file that is not there, or does not open under this key, is in nobody's use as far as this can tell.
 */
export function isFileInUse(settings: FileSettings): boolean {
  let database: Database | null = null;
  try {
    database = new Database(settings.path, { fileMustExist: true, timeout: 0, ...(settings.nativeBinding === null ? {} : { nativeBinding: settings.nativeBinding }) });
    database.pragma("cipher = 'aegis'");
    database.key(rawKey(settings.key));
    // Of a file in WAL mode every open connection holds a lock, which this one mode cannot share.
    database.pragma('locking_mode = EXCLUSIVE');
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    return false;
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && String(cause.code).startsWith('SQLITE_BUSY');
  } finally {
    database?.close();
  }
}

function openFailure(cause: unknown): OpenFailure {
  if (cause instanceof TypeError && cause.message.includes('directory')) return { kind: 'not-permitted' };
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  switch (code) {
    case 'SQLITE_NOTADB':
      return { kind: 'wrong-key' };
    case 'SQLITE_CORRUPT':
      return { kind: 'damaged' };
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_CANTOPEN_ISDIR':
    case 'SQLITE_READONLY':
    case 'SQLITE_READONLY_DIRECTORY':
    case 'SQLITE_PERM':
      return { kind: 'not-permitted' };
    // Without room SQLite can neither write nor lay out the memory that connections share.
    case 'SQLITE_FULL':
    case 'SQLITE_IOERR_SHMSIZE':
      return { kind: 'full' };
    case 'SQLITE_BUSY':
      return { kind: 'busy' };
    case 'ERR_DLOPEN_FAILED':
    case 'MODULE_NOT_FOUND':
      return { kind: 'no-native-module', code };
    default:
      throw cause;
  }
}

/**
 * Whether a write failed because there is no room left. SQLite took the whole transaction back; when there is room again, the next one works.
 * @param cause what a write threw
 */
export function isFull(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'SQLITE_FULL';
}

/**
 * Copies what the write-ahead log holds into the file and cuts the log to nothing, so that removed rows stay in neither; then lays zeros
 * out for the commits to come. Some milliseconds. While another connection reads or writes, the log is left as it is.
 */
export function emptyWriteAheadLog({ path, database }: Pick<SqliteFile, 'path' | 'database'>): void {
  database.pragma('wal_checkpoint(TRUNCATE)');
  layOutLog(path, database);
}

/** Only into a log of no length, and with the write lock in hand: nobody's commit can be in it, or get in meanwhile. */
function layOutLog(path: string, database: Database): void {
  try {
    database.exec('BEGIN IMMEDIATE');
    try {
      const log = openSync(`${path}-wal`, 'r+');
      try {
        if (fstatSync(log).size === 0) {
          writeSync(log, new Uint8Array(LOG_AHEAD));
          fsyncSync(log);
        }
      } finally {
        closeSync(log);
      }
    } finally {
      database.exec('ROLLBACK');
    }
  } catch {
    // A full disk, or somebody else's lock: commits are slower. Where there is no room for them either, they say so themselves.
  }
}
