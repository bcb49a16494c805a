import { z } from 'zod';
import { ActionId, CaseId, Hash, MachineId } from '../ids.ts';
import { TimeEvidence } from '../time.ts';
import { Payload } from './payload.ts';

/** Who did it. Staff are known by their account, a citizen by being the session's card holder. */
export const Actor = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('citizen') }),
  z.strictObject({ kind: z.literal('staff'), account: z.string().min(1).max(64), role: z.enum(['clerk', 'department', 'issuer', 'supervisor', 'administrator']) }),
  z.strictObject({ kind: z.literal('machine') }),
]);
export type Actor = z.infer<typeof Actor>;

/** The implementing code of the item and the version the case was made under; a case never changes version. */
export const ItemReference = z.strictObject({ code: z.string().min(1).max(50), version: z.int().min(1) });
export type ItemReference = z.infer<typeof ItemReference>;

/** Everything that is hashed: an action without its hash and signature. */
export const ActionBody = z.strictObject({
  /** Format of this record; a reader that does not know it quarantines the action. */
  format: z.literal(1),
  id: ActionId,
  machine: MachineId,
  /** 1, 2, 3 … without gaps, per machine. */
  sequence: z.int().min(1),
  /** Hash of this machine's previous action, or 64 zeros for its first. */
  previous: Hash,
  case: CaseId,
  item: ItemReference,
  actor: Actor,
  time: TimeEvidence,
  payload: Payload,
});
export type ActionBody = z.infer<typeof ActionBody>;

/** One immutable entry of the case log. */
export const Action = ActionBody.extend({
  /** SHA-256 of the body in canonical JSON (RFC 8785). */
  hash: Hash,
  /** Ed25519 over the 32 bytes of `hash`, by the machine's key, base64. */
  signature: z.base64().length(88),
});
export type Action = z.infer<typeof Action>;

/** The cryptography an action needs, given by the process that runs the rules (`crypto/`). */
export type ActionDigest = { sha256(text: string): Hash };
export type ActionSigner = ActionDigest & { machine: MachineId; sign(hash: Hash): string };
export type ActionVerifier = ActionDigest & {
  /** Whether `signature` over `hash` was made by the key `publicKey` (Ed25519, 32 bytes, base64). */
  verify(publicKey: string, hash: Hash, signature: string): boolean;
};
