import type { PayloadOf } from '../../domain/action/payload.ts';
import { type CaseId, CaseId as CaseIdSchema } from '../../domain/ids.ts';
import type { SqliteFile } from '../store/index.ts';

/** Who finds a case by their card beside its applicant. */
export type CaseParties = {
  add(id: CaseId, persons: readonly string[]): void;
  casesOf(person: string): CaseId[];
  erase(id: CaseId): void;
};

export function createCaseParties({ database }: SqliteFile): CaseParties {
  const insert = database.prepare<[string, string]>('INSERT INTO case_parties (person, case_id) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const ofPerson = database.prepare<[string], { case_id: string }>('SELECT case_id FROM case_parties WHERE person = ?');
  const remove = database.prepare<[string]>('DELETE FROM case_parties WHERE case_id = ?');
  return {
    add(id, persons) {
      if (persons.length === 0) return;
      database.transaction(() => {
        for (const person of persons) insert.run(person, id);
      }).immediate();
    },
    casesOf: (person) => ofPerson.all(person).map(({ case_id }) => CaseIdSchema.parse(case_id)),
    erase: (id) => void remove.run(id),
  };
}

/** Identity numbers of the parties of a hand-in beside its applicant. */
export function numbersOfParties({ acting, together = [] }: PayloadOf<'handed-in'>): string[] {
  return [...(acting === undefined ? [] : [acting.person.number]), ...together.map(({ number }) => number)];
}
