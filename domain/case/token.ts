import { CaseId } from '../ids.ts';

/** The opaque token in a slip's QR: the case id in groups, easy to read out over a telephone. It holds neither name nor number. */
export function caseToken(id: CaseId): string {
  return `JB-${id.slice(0, 8)}-${id.slice(8, 14)}-${id.slice(14, 20)}-${id.slice(20)}`;
}

const TOKEN = /^JB-([0-9A-Z]{8})-([0-9A-Z]{6})-([0-9A-Z]{6})-([0-9A-Z]{6})$/;

/** Inverse of `caseToken`, as a scanner reads it from a slip; null for any other text. */
export function readCaseToken(text: string): CaseId | null {
  const groups = TOKEN.exec(text.trim().toUpperCase());
  return CaseId.safeParse(groups?.slice(1).join('')).data ?? null;
}
