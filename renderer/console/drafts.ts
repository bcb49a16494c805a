import type { CaseId } from '../../domain/ids.ts';

/** What a clerk has ticked and written for a correction, by target and key. */
export type CorrectionDraft = ReadonlyMap<string, string>;

/**
 * Unfinished corrections of this window. They outlive a look at another case and a session that ran out, and nothing else: they are
 * never stored, belong to one account, and go when it signs out.
 */
const drafts = new Map<string, CorrectionDraft>();

export function draftOf(account: string, id: CaseId): CorrectionDraft {
  return drafts.get(`${account}/${id}`) ?? new Map();
}

export function keepDraft(account: string, id: CaseId, draft: CorrectionDraft): void {
  if (draft.size === 0) drafts.delete(`${account}/${id}`);
  else drafts.set(`${account}/${id}`, draft);
}

export function dropDrafts(): void {
  drafts.clear();
}
