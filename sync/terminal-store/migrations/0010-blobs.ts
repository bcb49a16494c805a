import type { Migration } from './index.ts';

/**
 * Sealed files beside RxDB's collections. A sealed page of a document camera is 0.3 to 2 MB, a signature 10 KB.
 * A new table only: no rows are touched. A failed run shows as `user_version` below 10 and leaves no table.
 */
export const blobs: Migration = {
  number: 10,
  name: 'blobs',
  run(database) {
    database.exec(`
      CREATE TABLE blobs (
        case_id TEXT NOT NULL,
        hash TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        uploaded INTEGER NOT NULL DEFAULT 0,
        upload TEXT,
        sealed BLOB NOT NULL,
        PRIMARY KEY (case_id, hash)
      ) STRICT;
      CREATE INDEX blobs_waiting ON blobs (case_id, hash) WHERE uploaded = 0;
    `);
  },
};
