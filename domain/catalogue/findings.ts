import { z } from 'zod';
import { checkItem } from '../item/validate.ts';

/**
 * What stands against publishing a text, beside the place it is about.
 * - `blocks`: wrong; nobody may publish it.
 * - `needs-reason`: questioned; the item must say why for everybody to read (`Item.reasons`).
 * - `hint`: better otherwise, and left to the editor.
 */
export const Finding = z.strictObject({ kind: z.string(), path: z.string(), weight: z.enum(['blocks', 'needs-reason', 'hint']), /** A public reason is given. */ answered: z.boolean() });
export type Finding = z.infer<typeof Finding>;

/** Everything that is found in a text, whatever it is. */
export function findingsOf(candidate: unknown): Finding[] {
  const checked = checkItem(candidate);
  return checked.ok ? [] : checked.error.faults.map(({ kind, path }) => ({ kind, path, weight: 'blocks', answered: false }));
}

/** Whether nothing stands against publishing. */
export function isPublishable(findings: readonly Finding[]): boolean {
  return findings.every(({ weight, answered }) => weight === 'hint' || (weight === 'needs-reason' && answered));
}
