/** Protocol 1 of the road, where its words differ from the present ones. It goes when `OLDEST_PROTOCOL` is 2. */
import type { IntakeOutcome, IntakeOutcome1, QuarantineReason, StoredTogether } from './hall.ts';

/** What a hall of protocol 1 gives as a reason only for an action that has its place in the chain. Its other words say nothing of that. */
const HELD: ReadonlySet<QuarantineReason> = new Set<QuarantineReason>(['unknown-item', 'illegal-transition', 'number-not-leased']);

export function outcomeTo1(outcome: IntakeOutcome): IntakeOutcome1 {
  if (outcome.kind !== 'quarantined') return outcome;
  const { reason } = outcome;
  return { kind: 'quarantined', reason: reason === 'hall-fault' ? 'illegal-transition' : reason };
}

/** An action that such a hall may not hold is taken as not held: sending it again costs little, letting go of it a case. */
export function outcomeFrom1(outcome: IntakeOutcome | IntakeOutcome1 | StoredTogether): IntakeOutcome | StoredTogether {
  if (outcome.kind !== 'quarantined' || 'held' in outcome) return outcome;
  return { ...outcome, held: HELD.has(outcome.reason) };
}
