import type { Migration } from './index.ts';

/**
 * Says of a sealed file whether it is a thumbnail. They travel before all pages, and to find out that none waits every case of a backlog had to be read:
 * seconds, with ten thousand of them. Files of before count as pages; they only lose their precedence.
 */
export const thumbnails: Migration = {
  number: 20,
  name: 'thumbnails',
  run(database) {
    database.exec(`
      ALTER TABLE blobs ADD COLUMN thumbnail INTEGER NOT NULL DEFAULT 0;
      DROP INDEX blobs_waiting;
      CREATE INDEX blobs_waiting ON blobs (thumbnail, case_id) WHERE uploaded = 0;
    `);
  },
};
