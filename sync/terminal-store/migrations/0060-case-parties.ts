import type { Migration } from './index.ts';

/**
 * Whose cases they are beside the applicant's: those who acted for another, and co-applicants, find a case by their own card, too. `person`: `personKey` of the number.
 * A new table only: no rows are touched, and cases of before have no such parties.
 */
export const caseParties: Migration = {
  number: 60,
  name: 'case-parties',
  run(database) {
    database.exec('CREATE TABLE case_parties (person TEXT NOT NULL, case_id TEXT NOT NULL, PRIMARY KEY (person, case_id)) STRICT');
  },
};
