import type { CaseId } from '../ids.ts';

/** The opaque token in a slip's QR: the case id in groups, easy to read out over a telephone. It holds neither name nor number. */
export function caseToken(id: CaseId): string {
  return `JB-${id.slice(0, 8)}-${id.slice(8, 14)}-${id.slice(14, 20)}-${id.slice(20)}`;
}
