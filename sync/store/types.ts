import type { Subject } from 'rxjs';
import type { EventBulk, RxStorageChangeEvent, RxStorageDefaultCheckpoint } from 'rxdb/plugins/core';
import type { SqliteFile } from './file.ts';

/** How to open the one encrypted file. */
export type FileSettings = {
  path: string;
  /** Exactly 32 raw bytes; used as they are, no passphrase derivation. */
  key: Uint8Array;
  /** Path of the native module built for this runtime; null: the package's own prebuild. */
  nativeBinding: string | null;
};

/** Why a file could not be opened. None of them holds key material. */
export type OpenFailure =
  /** The key is not 32 bytes. */
  | { kind: 'bad-key' }
  /** A file that this key does not open: another key, an unencrypted database, or damage to its first page. */
  | { kind: 'wrong-key' }
  /** Its folder is missing or may not be written. */
  | { kind: 'not-permitted' }
  /** Another process writes to it. */
  | { kind: 'busy' }
  /** The native module does not load into this runtime; `code` is the loader's word. */
  | { kind: 'no-native-module'; code: string };

export type StorageSettings = {
  /** Opened by `openSqliteFile`; the caller closes it after the database that uses it. */
  file: SqliteFile;
};

/** Nothing can be chosen per collection. */
export type InstanceOptions = Record<never, never>;

export type Internals<Document> = {
  file: SqliteFile;
  /** Name of the collection's table. */
  table: string;
  changes: Subject<EventBulk<RxStorageChangeEvent<Document>, RxStorageDefaultCheckpoint>>;
};

/** A collection's row as statements read it. */
export type DocumentRow = { document: string };
