import type { Migration } from '../../terminal-store/migrations/index.ts';

/**
 * What the machines of a site agree on: one list a day, and of each what Raft must keep. `about`: JSON of its group, as it began; `proposal`: JSON, null for Raft's own empty entries. Some 20 000 rows a day. `agreed`: up to which place the list is known to be agreed on, a while ago. `unagreed`: what this machine has given its word for by itself and not yet brought to the others, JSON.
 * New tables only: no rows are touched. A failed run shows as `user_version` below 10 and leaves no table.
 */
export const lists: Migration = {
  number: 10,
  name: 'lists',
  run(database) {
    database.exec(`
      CREATE TABLE lists (
        list TEXT NOT NULL PRIMARY KEY,
        about TEXT NOT NULL,
        current_term INTEGER NOT NULL,
        voted_for TEXT,
        agreed INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      CREATE TABLE entries (
        list TEXT NOT NULL REFERENCES lists (list) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        term INTEGER NOT NULL,
        proposal TEXT,
        PRIMARY KEY (list, place)
      ) STRICT;
      CREATE TABLE unagreed (
        list TEXT NOT NULL REFERENCES lists (list) ON DELETE CASCADE,
        id TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (list, id)
      ) STRICT;
    `);
  },
};
