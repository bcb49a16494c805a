import type { Migration } from './index.ts';

/**
 * What happened to the numbered blanks of this machine besides prints: packs loaded, blanks made void. Appended, never changed; a few rows a month.
 * A new table only: no rows are touched.
 */
export const blanks: Migration = {
  number: 30,
  name: 'blanks',
  run(database) {
    database.exec(`
      CREATE TABLE blanks (
        place INTEGER NOT NULL PRIMARY KEY,
        event TEXT NOT NULL
      ) STRICT;
    `);
  },
};
