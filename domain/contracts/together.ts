import { togetherText, treeOf } from '../action/acknowledgement.ts';
import type { Action, ActionDigest, ActionSigner } from '../action/types.ts';
import type { MachineId } from '../ids.ts';
import type { IntakeOutcome, StoredTogether, Word } from './hall.ts';

/** Signs once for all of a batch that were stored. @returns undefined for none */
export function signTogether(stored: readonly Pick<Action, 'id' | 'hash'>[], receivedAt: string, signer: ActionSigner): Word | undefined {
  if (stored.length === 0) return undefined;
  const { root } = treeOf(signer, stored.map(({ id, hash }) => ({ action: id, hash })));
  return { receivedAt, signature: signer.sign(signer.sha256(togetherText({ hall: signer.machine, receivedAt, size: stored.length, root }))) };
}

/**
 * Gives each action of a batch its own acknowledgement out of the word for all. Nothing is checked here: whoever lets go of an action checks what it says.
 * @param hall whose word it claims to be
 * @returns null when actions are said to be stored together and there is no word
 */
export function spreadWord(batch: readonly Pick<Action, 'id' | 'hash'>[], outcomes: readonly (IntakeOutcome | StoredTogether)[], word: Word | undefined, hall: MachineId, digest: ActionDigest): IntakeOutcome[] | null {
  const leaves = batch.flatMap(({ id, hash }, index) => (isTogether(outcomes[index]) ? [{ action: id, hash }] : []));
  if (leaves.length === 0) return outcomes.filter((outcome) => !isTogether(outcome));
  if (word === undefined) return null;
  const { places } = treeOf(digest, leaves);
  let next = 0;
  return outcomes.map((outcome) => {
    if (!isTogether(outcome)) return outcome;
    const at = next;
    next += 1;
    const [leaf, together] = [leaves[at], places[at]];
    if (leaf === undefined || together === undefined) throw new RangeError('more outcomes than actions');
    return { kind: 'stored', acknowledgement: { ...leaf, hall, ...word, together } };
  });
}

function isTogether(outcome: IntakeOutcome | StoredTogether | undefined): outcome is StoredTogether {
  return outcome?.kind === 'stored' && !('acknowledgement' in outcome);
}
