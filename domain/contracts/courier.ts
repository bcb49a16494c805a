/**
 * What travels by stick where there is no line (features F79): parcels between one terminal and its hall, and the hall's card that lets a
 * terminal which never had a line know its hall. The file format around them is `courier/`; `docs/courier.md` describes both.
 */
import { z } from 'zod';
import { canonicalJson } from '../action/canonical.ts';
import type { ActionDigest, ActionVerifier } from '../action/types.ts';
import { ActionId, CaseId, Hash, MachineId, NO_HASH, Ulid } from '../ids.ts';
import { Instant } from '../time.ts';
import { HallKeys, IntakeOutcome, Lease, LeaseKind, MAX_BODY } from './hall.ts';

/** Most bytes of the signed head of a file: a manifest of `MAX_CONTENTS` entries is under it. */
export const MAX_HEAD = 4 * 1024 * 1024;
/** Most contents of one parcel: some five hundred cases with forty pages each. The rest goes with the next one. */
export const MAX_CONTENTS = 20_000;
/** Most files one parcel is split into. */
export const MAX_PARTS = 500;
/** Size at which the next file is begun, bytes. FAT32 holds 4 GB less one byte; a quarter of it is read again quickly after a cut. */
export const FILE_SIZE = 1024 * 1024 * 1024;

const PublicKey = z.base64().length(44);
const LeaseRequestId = z.string().min(8).max(64);

/** One thing in a parcel. `actions`, `outcomes`, `feed` and `letters` are JSON; a blob is a sealed page, or recording, as it also goes over the line. A hall of before protocol 4 knows no `letters`. */
export const ParcelContent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal(['actions', 'outcomes', 'feed', 'letters']), hash: Hash, size: z.int().min(1).max(MAX_BODY) }),
  z.strictObject({ kind: z.literal('blob'), case: CaseId, hash: Hash, size: z.int().min(1).max(64 * 1024 * 1024) }),
]);
export type ParcelContent = z.infer<typeof ParcelContent>;

/** The last parcel that came from, or went to, one peer. */
export const ParcelMark = z.strictObject({ serial: z.int().min(0), hash: Hash });
export type ParcelMark = z.infer<typeof ParcelMark>;
export const NO_PARCEL: ParcelMark = { serial: 0, hash: NO_HASH };

/** What a terminal asks of its hall. */
export const ParcelRequest = z.strictObject({
  kind: z.literal('request'),
  /** Newest version of the road (`hall.ts`) that the terminal speaks; parcels came with the second. */
  protocol: z.int().min(2),
  /** X25519 public key that the answer is to be encrypted to, base64. */
  replyTo: PublicKey,
  /** Place in the hall's feed that the terminal has reached. */
  feedAfter: z.int().min(0),
  /** The last parcel of the hall that was taken: a hall that was put back to an older copy goes on behind it. */
  taken: ParcelMark,
  leases: z.array(z.strictObject({ kind: LeaseKind, want: z.int().min(1).max(1000), request: LeaseRequestId })).max(4),
  /** Of a machine that is bound to no hall yet: its Ed25519 public key and the one-time code of county IT. */
  enrolment: z.strictObject({ publicKey: PublicKey, code: z.string().min(8).max(64) }).nullable(),
});
export type ParcelRequest = z.infer<typeof ParcelRequest>;

/** What the hall answers to the newest parcel it has of that terminal. */
export const ParcelAnswer = z.strictObject({
  kind: z.literal('answer'),
  /** Serial of the parcel that is answered. */
  to: z.int().min(1),
  keys: HallKeys,
  /** The version that both speak. */
  protocol: z.int().min(2),
  /** The Ed25519 public key under which the hall knows the machine, base64. */
  machineKey: PublicKey,
  leases: z.array(z.strictObject({ request: LeaseRequestId, lease: Lease })).max(4),
  /** Of the pages in that parcel, those that are at the hall. */
  arrived: z.array(Hash).max(MAX_CONTENTS),
});
export type ParcelAnswer = z.infer<typeof ParcelAnswer>;

/** Everything that a parcel's signature covers. Each of its files begins with it. */
export const ParcelManifest = z.strictObject({
  format: z.literal('jinban-parcel-1'),
  sender: MachineId,
  receiver: MachineId,
  parcel: Ulid,
  /** 1, 2, 3 … per sender and receiver. A parcel that was made and never carried leaves a gap. */
  serial: z.int().min(1),
  /** Hash of the sender's previous parcel to this receiver; 64 zeros for its first. */
  previous: Hash,
  madeAt: Instant,
  /** How many of the contents each file holds, in their order. */
  parts: z.array(z.int().min(0)).min(1).max(MAX_PARTS),
  contents: z.array(ParcelContent).max(MAX_CONTENTS),
  word: z.discriminatedUnion('kind', [ParcelRequest, ParcelAnswer]),
}).refine(({ parts, contents }) => parts.reduce((sum, count) => sum + count, 0) === contents.length, { path: ['parts'] });
export type ParcelManifest = z.infer<typeof ParcelManifest>;

/** What stands at the beginning of every file: the manifest, its signature, and which part this file is, from 1. */
export const ParcelHead = z.strictObject({
  manifest: ParcelManifest,
  part: z.int().min(1).max(MAX_PARTS),
  /** Ed25519 by the sender's machine key, or the hall's signing key, over the parcel's hash, base64. */
  signature: z.base64().length(88),
});
export type ParcelHead = z.infer<typeof ParcelHead>;

/** A parcel's name in its sender's row of parcels: the SHA-256 of its manifest. The first line keeps it apart from every other signed text. */
export function parcelHash(manifest: ParcelManifest, digest: ActionDigest): Hash {
  return digest.sha256(`jinban-parcel-1\n${canonicalJson(manifest)}`);
}

/** Contents of kind `outcomes`: the hall's answer to each action, as over the line. */
export const ParcelOutcomes = z.array(z.strictObject({ action: ActionId, outcome: IntakeOutcome }));
export type ParcelOutcomes = z.infer<typeof ParcelOutcomes>;

/** Most letters of one content. */
export const LETTERS_AT_ONCE = 25;

/** Contents of kind `feed`: one page of the hall's feed. Entries are loose, so that one of a newer kind does not close the page. */
export const ParcelFeed = z.strictObject({ after: z.int().min(0), entries: z.array(z.unknown()), checkpoint: z.int().min(0) });
export type ParcelFeed = z.infer<typeof ParcelFeed>;

/**
 * Whether a parcel may follow the last one that was taken.
 * - `repeated`: this very parcel was taken; taking it again changes nothing.
 * - `older`: a later one was taken. It held all that still mattered of this one.
 * - `forked`: another parcel of this serial was taken, or it hangs on another past: the sender was copied or put back.
 */
export type ParcelPlace = 'next' | 'repeated' | 'older' | 'forked';

export function placeOf(last: ParcelMark, manifest: Pick<ParcelManifest, 'serial' | 'previous'>, hash: Hash): ParcelPlace {
  if (manifest.serial < last.serial) return 'older';
  if (manifest.serial === last.serial) return hash === last.hash ? 'repeated' : 'forked';
  return manifest.serial === last.serial + 1 && manifest.previous !== last.hash ? 'forked' : 'next';
}

/** The hall's public keys on paper, as it were: what a terminal without a line is given before its first parcel. Not secret. */
export const HallCard = z.strictObject({
  format: z.literal('jinban-hall-card-1'),
  /** Shown to whoever compares the fingerprint: nothing in it may begin a line, turn the writing round or speak to a terminal. */
  name: z.string().min(1).max(60).regex(/^\P{C}*$/u),
  keys: HallKeys.extend({ signing: PublicKey, wrapping: PublicKey }),
  /** Ed25519 by the hall's signing key, base64: shows a damaged card. Whether it is the right hall's, people see by the fingerprint. */
  signature: z.base64().length(88),
});
export type HallCard = z.infer<typeof HallCard>;

export function hallCardText({ name, keys }: Pick<HallCard, 'name' | 'keys'>): string {
  return `jinban-hall-card-1\n${canonicalJson({ name, keys })}`;
}

export function isGenuineCard(card: HallCard, verifier: ActionVerifier): boolean {
  return verifier.verify(card.keys.signing, verifier.sha256(hallCardText(card)), card.signature);
}

/** 128 bits of the hash of a hall's keys in eight groups, for two people to read to each other: `3f2a 91bc …`. */
export function hallFingerprint(keys: HallKeys, digest: ActionDigest): string {
  const { hall, signing, wrapping } = keys;
  return (digest.sha256(`jinban-hall-1\n${hall}\n${signing}\n${wrapping}`).slice(0, 32).match(/.{4}/g) ?? []).join(' ');
}

/** What is wrong with a stick. */
export const StickFault = z.enum(['no-stick', 'stick-gone', 'write-protected', 'stick-full']);
export type StickFault = z.infer<typeof StickFault>;

/**
 * Why a file or parcel is refused; nothing of it is taken.
 * - `foreign-file`: not one of ours. `other-receiver`: for another hall or machine. `newer-format`: a newer program made it.
 * - `damaged`: cut off or changed. `parts-missing`: one of its files is not on the stick.
 * - `unknown-sender`: not a machine, or hall, that this side knows. `bad-signature`: not signed by the key that it should be.
 * - `older`, `forked`: see `placeOf`. `wrong-code`, `already-enrolled`, `retired`: the hall does not let the machine in.
 */
export const ParcelFault = z.enum([
  'foreign-file', 'other-receiver', 'newer-format', 'damaged', 'parts-missing', 'unknown-sender', 'bad-signature', 'older', 'forked', 'wrong-code', 'already-enrolled', 'retired',
]);
export type ParcelFault = z.infer<typeof ParcelFault>;
