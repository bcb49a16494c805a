import type { Migration } from './index.ts';

/**
 * The tables that no screen watches, beside RxDB's collections. Sealed files hang on the key of their case: when it goes, they go.
 * A sealed page of a document camera is 0.3 to 2 MB, a signature 10 KB; there is one key a case and a handful of cursors.
 * New tables only: no rows are touched. A failed run shows as `user_version` below 10 and leaves no table.
 */
export const keysBlobsCursors: Migration = {
  number: 10,
  name: 'keys-blobs-cursors',
  run(database) {
    database.exec(`
      CREATE TABLE case_keys (
        case_id TEXT NOT NULL PRIMARY KEY,
        sealed BLOB NOT NULL
      ) STRICT;
      CREATE TABLE blobs (
        case_id TEXT NOT NULL REFERENCES case_keys (case_id) ON DELETE CASCADE,
        hash TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        uploaded INTEGER NOT NULL DEFAULT 0,
        upload TEXT,
        sealed BLOB NOT NULL,
        PRIMARY KEY (case_id, hash)
      ) STRICT;
      CREATE INDEX blobs_waiting ON blobs (case_id, hash) WHERE uploaded = 0;
      CREATE TABLE cursors (
        name TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL
      ) STRICT;
    `);
  },
};
