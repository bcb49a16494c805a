import type { Role } from '../../domain/contracts/console.ts';

/** What a role finds at the console. The hall decides; this only keeps from offering what it would refuse. */
export type Right = 'read-cases' | 'act' | 'machines' | 'quarantine' | 'judge-again' | 'numbers';

const RIGHTS: Readonly<Record<Role, readonly Right[]>> = {
  clerk: ['read-cases', 'act'],
  department: ['read-cases', 'act'],
  supervisor: ['read-cases'],
  auditor: ['read-cases', 'machines', 'quarantine', 'numbers'],
  caretaker: ['machines'],
  administrator: ['machines', 'quarantine', 'judge-again', 'numbers'],
};

export function may(role: Role, right: Right): boolean {
  return RIGHTS[role].includes(right);
}
