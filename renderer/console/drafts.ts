import type { CaseId } from '../../domain/ids.ts';
import type { Draft as WindowDraft } from './window/draft.ts';

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

/** What is being taken at the window by each account of this window, kept as long as a correction is. */
const windowDrafts = new Map<string, WindowDraft>();

export function windowDraftOf(account: string): WindowDraft | null {
  return windowDrafts.get(account) ?? null;
}

export function keepWindowDraft(account: string, draft: WindowDraft | null): void {
  if (draft === null) windowDrafts.delete(account);
  else windowDrafts.set(account, draft);
}

export function dropDrafts(): void {
  drafts.clear();
  windowDrafts.clear();
}
