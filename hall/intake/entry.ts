import { z } from 'zod';
import { sha256, verifyAside } from '../../crypto/node.ts';
import { canonicalJson } from '../../domain/action/canonical.ts';
import { Action } from '../../domain/action/types.ts';
import type { QuarantineReason } from '../../domain/contracts/hall.ts';
import { ActionId, Hash, MachineId } from '../../domain/ids.ts';

/** Where an entry stands in its machine's chain. */
export type Link = { id: ActionId; sequence: number; previous: Hash; hash: Hash };

/**
 * One entry of a batch, looked at by itself.
 * - `refused`: nobody vouches for it, so it can hold no place in the chain.
 * - `authentic`: hashed and signed by the machine. `action` is null when this hall cannot read it (a newer format): it keeps its place all the same,
 *   or the machine's later actions would never fit on.
 */
export type Entry =
  | { kind: 'refused'; reason: Extract<QuarantineReason, 'malformed' | 'wrong-machine' | 'bad-hash' | 'bad-signature'>; claims: { id: string | null; sequence: number | null }; text: string }
  | { kind: 'authentic'; link: Link; action: Action | null; text: string };

/** The public key that vouches for a machine's action of this sequence. */
export type KeyAt = (sequence: number) => string;

/** The members that place an entry in a chain, whatever else it holds. */
const Frame = z.looseObject({ id: ActionId, machine: MachineId, sequence: z.int().min(1), previous: Hash, hash: Hash, signature: z.base64().length(88) });

export async function readEntry(candidate: unknown, machine: MachineId, keyAt: KeyAt): Promise<Entry> {
  const text = textOf(candidate);
  const refused = (reason: Extract<Entry, { kind: 'refused' }>['reason']): Entry => ({ kind: 'refused', reason, claims: claimsOf(candidate), text: text ?? '' });
  const frame = Frame.safeParse(candidate);
  if (!frame.success || text === null) return refused('malformed');
  if (frame.data.machine !== machine) return refused('wrong-machine');
  const { hash, signature, ...body } = frame.data;
  const canonical = canonicalOf(body);
  if (canonical === null) return refused('malformed');
  if (sha256(canonical) !== hash) return refused('bad-hash');
  const { id, sequence, previous } = frame.data;
  if (!await verifyAside(keyAt(sequence), hash, signature)) return refused('bad-signature');
  const parsed = Action.safeParse(candidate);
  return { kind: 'authentic', link: { id, sequence, previous, hash }, action: parsed.success ? parsed.data : null, text };
}

/** JSON text as the entry came, or null for one nested so deep that it can only be an attack. */
function textOf(candidate: unknown): string | null {
  try {
    return JSON.stringify(candidate) ?? '';
  } catch (cause) {
    if (cause instanceof RangeError) return null;
    throw cause;
  }
}

/** null for what has no canonical form: a lone surrogate, or nested too deep. */
function canonicalOf(body: unknown): string | null {
  try {
    return canonicalJson(body);
  } catch (cause) {
    if (cause instanceof TypeError || cause instanceof RangeError) return null;
    throw cause;
  }
}

/** What an entry says of itself, as far as it can be read: for the people who look into the quarantine. */
function claimsOf(entry: unknown): { id: string | null; sequence: number | null } {
  const claims = z.looseObject({ id: ActionId.nullable().catch(null), sequence: z.int().min(1).nullable().catch(null) }).safeParse(entry);
  return claims.success ? { id: claims.data.id, sequence: claims.data.sequence } : { id: null, sequence: null };
}
