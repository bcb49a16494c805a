import { z } from 'zod';
import { examine, openFindings } from '../item/doctor.ts';
import { Item } from '../item/types.ts';

/**
 * What stands against publishing a text, beside the place it is about.
 * @property severity `blocks`: wrong; nobody may publish it. `needs-reason`: questioned; the item must say why for everybody to read (`Item.reasons`)
 * @property words what is wrong and what to do, for the editor
 * @property answered whether a public reason is given
 */
export const Finding = z.strictObject({ kind: z.string(), path: z.string(), severity: z.enum(['blocks', 'needs-reason']), words: z.string(), answered: z.boolean() });
export type Finding = z.infer<typeof Finding>;

/** What a text is held against: the hall's civil date, and the items that it names. */
export type FindingContext = { today: string; others: readonly Item[] };

/** Everything that the guide doctor finds in a text, whatever it is. */
export function findingsOf(candidate: unknown, context: FindingContext): Finding[] {
  const found = examine(candidate, { today: context.today, others: context.others });
  const parsed = Item.safeParse(candidate);
  const open = parsed.success ? openFindings(parsed.data, found) : found;
  return found.map((finding) => ({ ...finding, answered: !open.includes(finding) }));
}

/** Whether nothing stands against publishing. */
export function isPublishable(findings: readonly Finding[]): boolean {
  return findings.every(({ severity, answered }) => severity === 'needs-reason' && answered);
}
