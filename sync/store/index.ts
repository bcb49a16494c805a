/**
 * An RxStorage on better-sqlite3 with the whole file encrypted (SQLite3 Multiple Ciphers, AEGIS-256).
 * Imports nothing of the rest of the project. Written against RxDB 17.
 */
import { ensureRxStorageInstanceParamsAreCorrect, type RxStorage, RXDB_VERSION } from 'rxdb/plugins/core';
import { RxStorageInstanceBetterSqlite3 } from './rx-storage-instance.ts';
import type { InstanceOptions, StorageSettings } from './types.ts';

export { changeKey, copyFile, emptyWriteAheadLog, isFileInUse, isFull, openSqliteFile, type SqliteFile, syncFile } from './file.ts';
export { OPEN_INSTANCES } from './rx-storage-instance.ts';
export type { DocumentCodec, FileSettings, OpenFailure, StorageSettings } from './types.ts';

/** The RxDB major version whose storage interface this is. */
const RXDB_MAJOR = '17';

/**
 * The storage of one open file. Databases on one file object see each other's changes; RxDB's BroadcastChannel, which would write documents
 * into the system's temporary folder, is not used.
 * @throws Error when the installed RxDB has another major version
 */
export function getRxStorageBetterSqlite3(settings: StorageSettings): RxStorage<unknown, InstanceOptions> {
  if (RXDB_VERSION.split('.')[0] !== RXDB_MAJOR) throw new Error(`this storage is for RxDB ${RXDB_MAJOR}, not ${RXDB_VERSION}`);
  return {
    // RxDB takes two databases of one name on one storage for a mistake; two files are two storages.
    name: `better-sqlite3:${settings.file.path}`,
    rxdbVersion: RXDB_VERSION,
    async createStorageInstance(params) {
      ensureRxStorageInstanceParamsAreCorrect(params);
      return new RxStorageInstanceBetterSqlite3(settings, params);
    },
  };
}
