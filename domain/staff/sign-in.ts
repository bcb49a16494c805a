import type { Role } from '../contracts/staff.ts';

/** Whether a role is let in only with a second factor: whoever watches over others, holds their rights or publishes what citizens read. */
export const NEEDS_SECOND_FACTOR: Readonly<Record<Role, boolean>> = {
  clerk: false, department: false, issuer: false, caretaker: false,
  administrator: true, auditor: true, supervisor: true, editor: true,
};

/** How many one-time recovery codes stand in for a lost second factor. */
export const RECOVERY_CODES = 10;

/**
 * Where signing in stands; only `whole` opens the console.
 * - `code`: the password was right, the second factor's code is asked for.
 * - `password`: signed in with a one-time password, which must be replaced first.
 * - `enrol`: the role must have a second factor and has none yet.
 */
export type SignInStep = 'code' | 'password' | 'enrol' | 'whole';

/** What of an account decides the steps. `secondFactor`: it has one. `oneTime`: its password was given by somebody else. */
export type SignInNeeds = { role: Role; secondFactor: boolean; oneTime: boolean };

/**
 * The step after those that are done.
 * @param codeGiven the second factor's code was right in this sign-in
 * @param demanded whether roles that must have a second factor are made to: only a hall for demonstration does without
 */
export function nextStep(needs: SignInNeeds, codeGiven: boolean, demanded: boolean): SignInStep {
  if (needs.secondFactor && !codeGiven) return 'code';
  if (needs.oneTime) return 'password';
  return demanded && NEEDS_SECOND_FACTOR[needs.role] && !needs.secondFactor ? 'enrol' : 'whole';
}
