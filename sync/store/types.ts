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
  /** The key is right and a page is not what was written: a failing disk, or a hand in the file. It is left as it is. */
  | { kind: 'damaged' }
  /** Its folder is missing or may not be written. */
  | { kind: 'not-permitted' }
  /** Its disk has no room for what an opening writes. */
  | { kind: 'full' }
  /** Another process writes to it. */
  | { kind: 'busy' }
  /** The native module does not load into this runtime; `code` is the loader's word. */
  | { kind: 'no-native-module'; code: string };

/**
 * Seals what documents and attachments say before it is stored, and opens it when it is read. Paths that the schema names as indexes, and
 * the document's id, revision and time, stay as they are beside it: SQLite searches them.
 */
export type DocumentCodec = {
  /** @param context names table and document; what is sealed for one must not open for another */
  seal(plain: Uint8Array, context: string): Uint8Array;
  /** @throws Error when the bytes were changed or sealed under another context */
  open(sealed: Uint8Array, context: string): Uint8Array;
};

export type StorageSettings = {
  /** Opened by `openSqliteFile`; the caller closes it after the database that uses it. */
  file: SqliteFile;
  /** null: the file's own encryption is all. A collection keeps for good the choice that it was made with. */
  codec?: DocumentCodec | null;
};

/** Nothing can be chosen per collection. */
export type InstanceOptions = Record<never, never>;

export type Internals<Document> = {
  file: SqliteFile;
  /** Name of the collection's table. */
  table: string;
  changes: Subject<EventBulk<RxStorageChangeEvent<Document>, RxStorageDefaultCheckpoint>>;
};

/** A collection's row as statements read it; `id` as the column holds it. `document` is JSON, or what a codec made of it. */
export type DocumentRow = { id: string; document: string | Uint8Array };
