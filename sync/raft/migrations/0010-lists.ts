import type { Migration } from '../../terminal-store/migrations/index.ts';

/**
 * What the machines of a site agree on: one list a day, and of each what Raft must keep. `members`: hash of who takes part; `proposal`: JSON, null for Raft's own empty entries. Some 20 000 rows a day.
 * New tables only: no rows are touched. A failed run shows as `user_version` below 10 and leaves no table.
 */
export const lists: Migration = {
  number: 10,
  name: 'lists',
  run(database) {
    database.exec(`
      CREATE TABLE lists (
        list TEXT NOT NULL PRIMARY KEY,
        members TEXT NOT NULL,
        current_term INTEGER NOT NULL,
        voted_for TEXT
      ) STRICT;
      CREATE TABLE entries (
        list TEXT NOT NULL REFERENCES lists (list) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        term INTEGER NOT NULL,
        proposal TEXT,
        PRIMARY KEY (list, place)
      ) STRICT;
    `);
  },
};
