import { generateSealKey, seal, wrapKey } from '../../crypto/seal.ts';
import type { ActionSigner } from '../../domain/action/types.ts';
import type { HallKeys } from '../../domain/contracts/hall.ts';
import { type Letter, LetterBody, letterContext, letterText } from '../../domain/contracts/letters.ts';
import type { Clock } from '../../domain/time.ts';

/** Puts what a citizen says into an envelope that only the hall can open; null while this machine knows no hall. */
export type LetterMaker = (id: string, body: LetterBody) => Promise<Letter | null>;

export function createLetterMaker({ hallKeys, signer, clock }: { hallKeys(): Promise<HallKeys | null>; signer: ActionSigner; clock: Pick<Clock, 'now'> }): LetterMaker {
  return async (id, body) => {
    const hall = await hallKeys();
    if (hall === null) return null;
    const context = letterContext(id);
    const key = generateSealKey();
    const sealed = Buffer.from(seal(key, context, Buffer.from(JSON.stringify(LetterBody.parse(body))))).toString('base64');
    const letter = { id, machine: signer.machine, at: new Date(clock.now()).toISOString(), key: wrapKey(hall.wrapping, context, key), sealed };
    return { ...letter, signature: signer.sign(signer.sha256(letterText(letter))) };
  };
}
