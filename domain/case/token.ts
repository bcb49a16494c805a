import { CaseId } from '../ids.ts';
import { grouped, ungrouped } from '../token.ts';

const PREFIX = 'JB';

/** The opaque token in a slip's QR: the case id in groups. It holds neither name nor number. */
export function caseToken(id: CaseId): string {
  return grouped(PREFIX, id);
}

/** Inverse of `caseToken`, as a scanner reads it from a slip; null for any other text. */
export function readCaseToken(text: string): CaseId | null {
  return CaseId.safeParse(ungrouped(PREFIX, text)).data ?? null;
}
