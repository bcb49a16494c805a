/** What a role lets somebody do at the console: the hall refuses what is not in the row, and the console does not offer it. */
import type { Role } from '../contracts/console.ts';

export type Right = 'read-cases' | 'act' | 'machines' | 'quarantine' | 'judge-again' | 'numbers';

const RIGHTS: Readonly<Record<Role, readonly Right[]>> = {
  clerk: ['read-cases', 'act'],
  department: ['read-cases', 'act'],
  supervisor: ['read-cases'],
  auditor: ['read-cases', 'machines', 'quarantine', 'numbers'],
  caretaker: ['machines'],
  // Runs the machines and has no business in people's files.
  administrator: ['machines', 'quarantine', 'judge-again', 'numbers'],
};

export function may(role: Role, right: Right): boolean {
  return RIGHTS[role].includes(right);
}
