import { z } from 'zod';
import { canonicalJson } from '../action/canonical.ts';
import type { ActionDigest, ActionSigner, ActionVerifier } from '../action/types.ts';
import { CaseId, Hash, MachineId } from '../ids.ts';
import { Instant } from '../time.ts';

/** Most bytes of a package that anybody reads: a case's scans, twice. */
export const MOST_PACKAGE_BYTES = 1024 * 1024 * 1024;

/** A file within the sealed part. Its name holds keys and numbers of papers, never a person's name or number. */
export const ArchivedFile = z.strictObject({ name: z.string().regex(/^[^/\\\0][^\\\0]{0,199}$/).refine((name) => !name.split('/').includes('..')), size: z.int().min(0), sha256: Hash });
export type ArchivedFile = z.infer<typeof ArchivedFile>;

/**
 * What stands open on a package, so that anybody can check it who cannot open it: what the sealed part must hash to, and what each file in it must.
 * `recipient`: whom it is sealed for, as age writes keys. `actions`: how many the case had.
 */
export const ArchiveManifest = z.strictObject({
  format: z.literal('jinban-archive-1'),
  hall: MachineId,
  /** Ed25519 of the hall, base64. */
  publicKey: z.base64().length(44),
  case: CaseId,
  number: z.string().min(1).max(50),
  madeAt: Instant,
  actions: z.int().min(1),
  sealed: z.strictObject({ size: z.int().min(1), sha256: Hash, recipient: z.string().max(100) }),
  files: z.array(ArchivedFile).min(1).max(5000),
  /** By the hall, over everything above. */
  signature: z.base64().length(88),
});
export type ArchiveManifest = z.infer<typeof ArchiveManifest>;
type Unsigned = Omit<ArchiveManifest, 'signature'>;

export function signManifest(manifest: Unsigned, signer: ActionSigner): ArchiveManifest {
  return { ...manifest, signature: signer.sign(hashOf(manifest, signer)) };
}

/** @param publicKey the hall's as the county registered it, or the manifest's own */
export function manifestIsGenuine({ signature, ...manifest }: ArchiveManifest, publicKey: string, verifier: ActionVerifier): boolean {
  return verifier.verify(publicKey, hashOf(manifest, verifier), signature);
}

function hashOf(manifest: Unsigned, digest: ActionDigest): Hash {
  return digest.sha256(`jinban-archive\n${canonicalJson(manifest)}`);
}

/** The public keys that made a case's actions: a machine's own, and those from before it was lost, each up to a number. */
export const ArchiveKeys = z.array(z.strictObject({ machine: MachineId, publicKey: z.base64().length(44).nullable(), former: z.array(z.strictObject({ publicKey: z.base64().length(44), through: z.int().min(0) })) }));
export type ArchiveKeys = z.infer<typeof ArchiveKeys>;
