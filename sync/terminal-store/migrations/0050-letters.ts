import type { Migration } from './index.ts';

/**
 * What citizens tell the hall beside their cases. `letter`: the sealed envelope, until the hall has it; `facts`: what this machine shows of a message, null for other letters, which
 * go once they are settled; `word`: the last that the hall told of it. `recordings`: sealed speech, of a visit that is going on until `named`. New tables only: no rows are touched.
 */
export const letters: Migration = {
  number: 50,
  name: 'letters',
  run(database) {
    database.exec(`
      CREATE TABLE letters (
        id TEXT NOT NULL PRIMARY KEY,
        person TEXT NOT NULL,
        made_at TEXT NOT NULL,
        letter TEXT,
        facts TEXT,
        refused TEXT,
        word TEXT,
        heard_at TEXT
      ) STRICT;
      CREATE INDEX letters_waiting ON letters (id) WHERE letter IS NOT NULL;
      CREATE INDEX letters_of_person ON letters (person, id) WHERE person <> '';
      CREATE TABLE recordings (
        letter TEXT NOT NULL PRIMARY KEY,
        hash TEXT NOT NULL,
        size INTEGER NOT NULL,
        sealed BLOB NOT NULL,
        named INTEGER NOT NULL DEFAULT 0,
        upload TEXT
      ) STRICT;
    `);
  },
};
