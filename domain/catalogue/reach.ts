import type { Scope } from '../staff/scope.ts';

/** A code of the catalogue and the body whose it is. */
export type OwnedCode = { code: string; creditCode: string };

/** Whether an account reaches all of these: every one is an item of its scope and of a department of its scope. Sites say nothing about the catalogue. */
export function reachesCodes({ departments, items }: Scope, codes: readonly OwnedCode[]): boolean {
  return codes.every(({ code, creditCode }) => (departments === null || departments.includes(creditCode)) && (items === null || items.includes(code)));
}
