/** An encrypted file in a folder of its own, and databases on it. Everything is closed and removed by `end`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DocumentCodec, getRxStorageBetterSqlite3, openSqliteFile, type SqliteFile } from '../../sync/store/index.ts';

const key = new Uint8Array(32).map((_, index) => index);

export type StoreRig = {
  file: SqliteFile;
  storage: ReturnType<typeof getRxStorageBetterSqlite3>;
  /** Closes the file and opens it anew, as a restart does; `file` and `storage` are new then. */
  reopen(): void;
  end(): void;
};

export function openStoreRig(codec: DocumentCodec | null = null): StoreRig {
  const folder = mkdtempSync(join(tmpdir(), 'store-'));
  const open = (): Pick<StoreRig, 'file' | 'storage'> => {
    const opened = openSqliteFile({ path: join(folder, 'store.db'), key, nativeBinding: null });
    if (!opened.ok) throw new Error(opened.error.kind);
    return { file: opened.value, storage: getRxStorageBetterSqlite3({ file: opened.value, codec }) };
  };
  const rig: StoreRig = {
    ...open(),
    reopen() {
      rig.file.close();
      Object.assign(rig, open());
    },
    end() {
      rig.file.close();
      rmSync(folder, { recursive: true });
    },
  };
  return rig;
}
