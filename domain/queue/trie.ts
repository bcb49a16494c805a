/**
 * A map from ULIDs that is never changed: setting a key answers another map, which shares all but the way to that key with the old one. So what is
 * agreed and what is only hoped for can stand side by side, and one entry costs a few hundred words of memory, not a copy of the day.
 *
 * A ULID's characters are its 32 ways through the tree, from the last one backwards, where it is random.
 */
export type Trie<Value> = { readonly size: number; readonly root: Node<Value> | null };

type Leaf<Value> = { readonly key: string; readonly value: Value };
type Branch<Value> = readonly (Node<Value> | undefined)[];
type Node<Value> = Leaf<Value> | Branch<Value>;

const WAYS = 32;
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** By character code: asked for several times in every look-up. */
const WAY_OF_CODE = Uint8Array.from({ length: 128 }, (_, code) => Math.max(0, ALPHABET.indexOf(String.fromCodePoint(code))));

export const EMPTY_TRIE: Trie<never> = { size: 0, root: null };

export function lookUp<Value>(trie: Trie<Value>, key: string): Value | undefined {
  let node: Node<Value> | null | undefined = trie.root;
  for (let depth = 0; node !== null && node !== undefined; depth += 1) {
    if (isLeaf(node)) return node.key === key ? node.value : undefined;
    node = node[wayOf(key, depth)];
  }
  return undefined;
}

/** The same with one value set, new or in place of the old one. */
export function withValue<Value>(trie: Trie<Value>, key: string, value: Value): Trie<Value> {
  const known = lookUp(trie, key) !== undefined;
  return { size: trie.size + (known ? 0 : 1), root: insert(trie.root, { key, value }, 0) };
}

/** All values, in no order that means anything. */
export function* valuesOf<Value>(trie: Trie<Value>): Generator<Value> {
  if (trie.root !== null) yield* valuesIn(trie.root);
}

function insert<Value>(node: Node<Value> | null | undefined, leaf: Leaf<Value>, depth: number): Node<Value> {
  if (node === null || node === undefined) return leaf;
  if (isLeaf(node)) {
    if (node.key === leaf.key) return leaf;
    // Two different ULIDs part somewhere, so this ends.
    return insert(insert(Array.from<Node<Value> | undefined>({ length: WAYS }), node, depth), leaf, depth);
  }
  const way = wayOf(leaf.key, depth);
  return node.with(way, insert(node[way], leaf, depth + 1));
}

function* valuesIn<Value>(node: Node<Value>): Generator<Value> {
  if (isLeaf(node)) yield node.value;
  else for (const child of node) if (child !== undefined) yield* valuesIn(child);
}

function isLeaf<Value>(node: Node<Value>): node is Leaf<Value> {
  return !Array.isArray(node);
}

function wayOf(key: string, depth: number): number {
  return WAY_OF_CODE[key.charCodeAt(key.length - 1 - depth)] ?? 0;
}
