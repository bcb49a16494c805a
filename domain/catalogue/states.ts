import { z } from 'zod';
import { err, ok, type Result } from '../result.ts';

/** Where a draft of the catalogue stands: 起草, 审核中, 待发布, 已发布, 退回, 撤销. */
export const DraftState = z.enum(['draft', 'in-review', 'approved', 'published', 'rejected', 'withdrawn']);
export type DraftState = z.infer<typeof DraftState>;

/** What can be done with a draft. `recall` takes it back for rework; whatever was approved of it before is void then. */
export type DraftDeed = 'save' | 'submit' | 'approve' | 'reject' | 'recall' | 'publish' | 'withdraw';

/** Where each deed leads; what is not here is not allowed. Published and withdrawn are ends. */
const STEPS: Readonly<Record<DraftState, Partial<Readonly<Record<DraftDeed, DraftState>>>>> = {
  draft: { save: 'draft', submit: 'in-review', withdraw: 'withdrawn' },
  'in-review': { approve: 'approved', reject: 'rejected', recall: 'draft', withdraw: 'withdrawn' },
  rejected: { save: 'draft', recall: 'draft', withdraw: 'withdrawn' },
  approved: { publish: 'published', recall: 'draft', withdraw: 'withdrawn' },
  published: {},
  withdrawn: {},
};

/** The state after a deed. */
export function afterDeed(state: DraftState, deed: DraftDeed): Result<DraftState, { kind: 'wrong-state' }> {
  const next = STEPS[state][deed];
  return next === undefined ? err({ kind: 'wrong-state' }) : ok(next);
}

/** Drafts whose codes nobody else may draft meanwhile. */
export const OPEN_STATES: readonly DraftState[] = ['draft', 'in-review', 'approved', 'rejected'];

/** Whether somebody may judge a draft: nobody judges what they wrote themselves, a line of it or the whole. */
export function mayReview(account: string, authors: readonly string[]): boolean {
  return !authors.includes(account);
}
