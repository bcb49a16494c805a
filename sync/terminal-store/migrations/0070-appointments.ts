import type { Migration } from './index.ts';

/**
 * The appointments of this machine's site, a row a day, so that their holders are taken with the line cut, too. Whose they are is not in it but as slow hashes. Days that are over go.
 * A new table only: no rows are touched.
 */
export const appointments: Migration = {
  number: 70,
  name: 'appointments',
  run(database) {
    database.exec('CREATE TABLE appointments (day TEXT NOT NULL PRIMARY KEY, list TEXT NOT NULL) STRICT');
  },
};
