import { type Acknowledgement, acknowledgementText } from '../../domain/action/acknowledgement.ts';
import type { Action } from '../../domain/action/types.ts';
import type { IntakeOutcome, QuarantineReason, StoredTogether, Word } from '../../domain/contracts/hall.ts';
import { signTogether } from '../../domain/contracts/together.ts';
import type { Ground } from '../ground.ts';

/** What became of an entry, before the hall signs for it. `receivedAt`: when it came first. */
export type Taken =
  | { kind: 'stored'; action: Pick<Action, 'id' | 'hash'>; receivedAt: string }
  | { kind: 'duplicate'; action: Pick<Action, 'id' | 'hash'>; receivedAt: string }
  | { kind: 'quarantined'; reason: QuarantineReason; held: boolean };

/**
 * The hall's word on one action alone. It is not kept: Ed25519 signs the same text alike whenever it is asked, so a repeated action is answered by the same word.
 * @param receivedAt when the action came first
 */
export function acknowledge({ hall, signer }: Pick<Ground, 'hall' | 'signer'>, { id, hash }: Pick<Action, 'id' | 'hash'>, receivedAt: string): Acknowledgement {
  const word = { action: id, hash, hall, receivedAt };
  return { ...word, signature: signer.sign(signer.sha256(acknowledgementText(word))) };
}

/** Signs for each entry by itself: for protocol 1, and where answers part ways. */
export function answerEach(ground: Pick<Ground, 'hall' | 'signer'>, taken: readonly Taken[]): IntakeOutcome[] {
  return taken.map((one) => (one.kind === 'quarantined' ? one : { kind: one.kind, acknowledgement: acknowledge(ground, one.action, one.receivedAt) }));
}

/** Signs once for all that were stored now, which are of one moment; a signature costs the terminal more to check than the rest of its work on a case. */
export function answerTogether(ground: Pick<Ground, 'hall' | 'signer'>, taken: readonly Taken[]): { outcomes: (IntakeOutcome | StoredTogether)[]; word?: Word } {
  const stored = taken.filter((one) => one.kind === 'stored');
  const word = signTogether(stored.map(({ action }) => action), stored[0]?.receivedAt ?? '', ground.signer);
  const outcomes = taken.flatMap((one): (IntakeOutcome | StoredTogether)[] => (one.kind === 'stored' ? [{ kind: 'stored' }] : answerEach(ground, [one])));
  return { outcomes, ...(word === undefined ? {} : { word }) };
}
