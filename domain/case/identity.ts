import type { CheckDue } from '../identity/applicant.ts';
import type { Item } from '../item/types.ts';
import type { CaseState, IdentityCheck } from './types.ts';

type Known = Pick<CaseState, 'handedIn' | 'identityChecks'>;

/** An identity to look at with what a window said of it; null: nothing yet. */
export type PartyCheck = CheckDue & { said: IdentityCheck | null };

/** Identities of the hand-in that a window has to look at, looked at or not. */
export function checksDue({ handedIn, identityChecks = [] }: Known): PartyCheck[] {
  return (handedIn.toCheck ?? []).map((due) => ({ ...due, said: identityChecks.find(({ party }) => party === due.party) ?? null }));
}

/** Whether a window still has to look at somebody. */
export function isIdentityOpen(state: Known): boolean {
  return checksDue(state).some(({ said }) => said === null);
}

/**
 * Whether an identity stands in the way of acceptance: one that was typed and nobody confirmed, one that was found to be another's, and where the item asks for it a card
 * that was read offline and not checked.
 */
export function identityBlocks(state: Known, item: Pick<Item, 'applicants'>): boolean {
  const waits = (why: CheckDue['why']) => why === 'typed' || item.applicants?.recheck === 'before-acceptance';
  return checksDue(state).some(({ why, said }) => (said === null ? waits(why) : said.outcome === 'not-same'));
}
