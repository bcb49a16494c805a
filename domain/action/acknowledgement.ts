import { z } from 'zod';
import { ActionId, Hash, MachineId } from '../ids.ts';
import type { ActionDigest } from './types.ts';

/**
 * Where an action stands among those of one batch that the hall signed for together: a leaf of the Merkle tree of RFC 9162, 2.1, with its inclusion proof. It
 * proves this one action to anybody, and tells nothing of the others.
 * @property size leaves of the tree
 * @property path the siblings' hashes, from the leaf up
 */
export const Together = z.strictObject({ size: z.int().min(1), index: z.int().min(0), path: z.array(Hash).max(32) });
export type Together = z.infer<typeof Together>;

/** The hall's signed word that it holds an action; only with it may a terminal let go of its copy. */
export const Acknowledgement = z.strictObject({
  action: ActionId,
  hash: Hash,
  hall: MachineId,
  receivedAt: z.iso.datetime({ precision: 3 }),
  /** Absent: the hall signed for this action alone. */
  together: Together.optional(),
  /** Ed25519 by the hall's key over SHA-256 of the signed text, base64. */
  signature: z.base64().length(88),
});
export type Acknowledgement = z.infer<typeof Acknowledgement>;

/** The text that the hall signs for one action alone. */
export function acknowledgementText(acknowledgement: Omit<Acknowledgement, 'signature' | 'together'>): string {
  return ['jinban-acknowledgement-1', acknowledgement.action, acknowledgement.hash, acknowledgement.hall, acknowledgement.receivedAt].join('\n');
}

/** The text that the hall signs for many. @param root of the tree of their leaves */
export function togetherText(word: { hall: MachineId; receivedAt: string; size: number; root: Hash }): string {
  return ['jinban-acknowledgement-together-1', word.hall, word.receivedAt, word.size, word.root].join('\n');
}

/** The text that an acknowledgement's signature must cover; null when its place in the tree cannot be. */
export function signedText(acknowledgement: Acknowledgement, digest: ActionDigest): string | null {
  const { together, hall, receivedAt } = acknowledgement;
  if (together === undefined) return acknowledgementText(acknowledgement);
  const root = rootAbove(digest, leafOf(digest, acknowledgement), together.index, together.size, together.path);
  return root === null ? null : togetherText({ hall, receivedAt, size: together.size, root });
}

type Leaf = { action: ActionId; hash: Hash };

/** The tree over what is acknowledged together, in the batch's order: its root, and each one's place. @throws RangeError without any */
export function treeOf(digest: ActionDigest, acknowledged: readonly Leaf[]): { root: Hash; places: Together[] } {
  const { root, paths } = grow(digest, acknowledged.map((each) => leafOf(digest, each)));
  return { root, places: paths.map((path, index) => ({ size: acknowledged.length, index, path })) };
}

function grow(digest: ActionDigest, leaves: readonly Hash[]): { root: Hash; paths: Hash[][] } {
  const [first] = leaves;
  if (first === undefined) throw new RangeError('a tree of nothing has no root');
  if (leaves.length === 1) return { root: first, paths: [[]] };
  const split = splitOf(leaves.length);
  const [left, right] = [grow(digest, leaves.slice(0, split)), grow(digest, leaves.slice(split))];
  return {
    root: nodeOf(digest, left.root, right.root),
    paths: [...left.paths.map((path) => [...path, right.root]), ...right.paths.map((path) => [...path, left.root])],
  };
}

function rootAbove(digest: ActionDigest, leaf: Hash, index: number, size: number, path: readonly Hash[]): Hash | null {
  if (index >= size) return null;
  const sibling = path.at(-1);
  if (size === 1 || sibling === undefined) return size === 1 && sibling === undefined ? leaf : null;
  const split = splitOf(size);
  const isLeft = index < split;
  const below = rootAbove(digest, leaf, isLeft ? index : index - split, isLeft ? split : size - split, path.slice(0, -1));
  if (below === null) return null;
  return isLeft ? nodeOf(digest, below, sibling) : nodeOf(digest, sibling, below);
}

/** The largest power of two below `size`, which is at least 2. */
function splitOf(size: number): number {
  return 2 ** Math.floor(Math.log2(size - 1));
}

/** Leaves and nodes begin with words of their own, so that none can stand for the other. */
function leafOf(digest: ActionDigest, { action, hash }: Leaf): Hash {
  return digest.sha256(`leaf\n${action}\n${hash}`);
}

function nodeOf(digest: ActionDigest, left: Hash, right: Hash): Hash {
  return digest.sha256(`node\n${left}\n${right}`);
}
