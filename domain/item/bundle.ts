import { z } from 'zod';
import { canonicalJson } from '../action/canonical.ts';
import { Hash } from '../ids.ts';
import { err, ok, type Result } from '../result.ts';
import { Instant } from '../time.ts';
import { Item } from './types.ts';

/**
 * A pack that its publisher signed: what the hall publishes when it knows a publisher's key. The file is the canonical JSON (RFC 8785) of this value.
 * Blank forms and samples are not in it; each item names theirs by hash, so the signature covers them.
 */
export const PackBundle = z.strictObject({
  format: z.literal('jinban-pack-1'),
  /** The pack's name, such as `xinchang`. */
  pack: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  signedAt: Instant,
  /** Ed25519 public key (RFC 8032), 32 bytes in base64. */
  publisher: z.string().max(64),
  /** `sha256`: of the item's canonical JSON */
  items: z.array(z.strictObject({ sha256: Hash, item: Item })).min(1),
  /** Over the SHA-256 of the canonical JSON of everything else here, base64. */
  signature: z.string().max(120),
});
export type PackBundle = z.infer<typeof PackBundle>;

export type BundleFault = 'not-a-bundle' | 'not-canonical' | 'unknown-publisher' | 'bad-signature' | 'item-hash-differs';
type Digest = (text: string) => Hash;

/** @param sign answers the signature of a hash, in base64 */
export function sealBundle(content: { pack: string; signedAt: string; publisher: string; items: readonly Item[] }, sha256: Digest, sign: (hash: Hash) => string): string {
  const whole = { format: 'jinban-pack-1' as const, ...content, items: content.items.map((item) => ({ sha256: sha256(canonicalJson(item)), item })) };
  return canonicalJson({ ...whole, signature: sign(sha256(canonicalJson(whole))) });
}

/** @param publishers the keys that are trusted, in base64 */
export function openBundle(file: string, publishers: readonly string[], sha256: Digest, verify: (publicKey: string, hash: Hash, signature: string) => boolean): Result<PackBundle, { kind: BundleFault }> {
  const value = valueOf(file);
  const parsed = PackBundle.safeParse(value);
  if (!parsed.success) return err({ kind: 'not-a-bundle' });
  const { signature, ...whole } = parsed.data;
  // A file with a second reading, such as a member that stands there twice, was not made by us.
  if (canonicalJson(parsed.data) !== file) return err({ kind: 'not-canonical' });
  if (!publishers.includes(whole.publisher)) return err({ kind: 'unknown-publisher' });
  if (!verify(whole.publisher, sha256(canonicalJson(whole)), signature)) return err({ kind: 'bad-signature' });
  if (whole.items.some(({ sha256: said, item }) => said !== sha256(canonicalJson(item)))) return err({ kind: 'item-hash-differs' });
  return ok(parsed.data);
}

function valueOf(file: string): unknown {
  try {
    return JSON.parse(file) as unknown;
  } catch {
    return null;
  }
}
