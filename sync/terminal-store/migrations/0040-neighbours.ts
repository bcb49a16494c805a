import type { Migration } from './index.ts';

/**
 * What the hall told of each machine of the county: where it stands and what works there, so that it is known with the line cut, too. One row a machine.
 * A new table only: no rows are touched.
 */
export const neighbours: Migration = {
  number: 40,
  name: 'neighbours',
  run(database) {
    database.exec(`
      CREATE TABLE neighbours (
        machine TEXT NOT NULL PRIMARY KEY,
        neighbour TEXT NOT NULL
      ) STRICT;
    `);
  },
};
