/** What the hall signs of its catalogue, so that a terminal takes an item or the shelf from nobody else, whatever road it came by. */
import { z } from 'zod';
import type { ActionDigest, ActionVerifier } from '../action/types.ts';
import type { Hash, MachineId } from '../ids.ts';
import { err, ok, type Result } from '../result.ts';

export const SignedSubject = z.enum(['item', 'shelf']);
export type SignedSubject = z.infer<typeof SignedSubject>;

/**
 * A signed text of the catalogue.
 * @property text JSON in its canonical form (RFC 8785). It travels as text: what is checked is what was signed, letter by letter, whatever later programs add to it
 * @property signature Ed25519 by the hall's key over SHA-256 of `signedCatalogueText`, base64
 */
export const SignedText = z.strictObject({ text: z.string().max(2_000_000), signature: z.base64().length(88) });
export type SignedText = z.infer<typeof SignedText>;

/** The text under a signature. @param hash SHA-256 of the canonical JSON */
export function signedCatalogueText(subject: SignedSubject, hall: MachineId, hash: Hash): string {
  return [`jinban-${subject}-1`, hall, hash].join('\n');
}

/** The value of a signed text. `forged`: not signed by that hall for this subject; `unreadable`: signed, but in a form that this program does not know. */
export function openSigned<Value>(subject: SignedSubject, signed: SignedText, schema: z.ZodType<Value>, hall: { hall: MachineId; signing: string }, verifier: ActionVerifier & ActionDigest): Result<Value, { kind: 'forged' } | { kind: 'unreadable' }> {
  const digest = verifier.sha256(signedCatalogueText(subject, hall.hall, verifier.sha256(signed.text)));
  if (!verifier.verify(hall.signing, digest, signed.signature)) return err({ kind: 'forged' });
  const parsed = schema.safeParse(parseJson(signed.text));
  return parsed.success ? ok(parsed.data) : err({ kind: 'unreadable' });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
