/** Numbers that look random and are the same for the same seed. */
export type Random = {
  /** 0 ≤ x < 1 */
  next(): number;
  /** Whole numbers, both ends included. */
  between(low: number, high: number): number;
  /** @param odds 0 … 1 */
  chance(odds: number): boolean;
  pick<Value>(values: readonly Value[]): Value;
  /** One of them, each as often as its weight says. */
  weighted<Value>(choices: readonly (readonly [weight: number, value: Value])[]): Value;
  shuffle<Value>(values: readonly Value[]): Value[];
  bytes(count: number): Uint8Array<ArrayBuffer>;
};

/** mulberry32: small, and the same on every machine. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between,
    chance: (odds) => next() < odds,
    pick<Value>(values: readonly Value[]): Value {
      if (values.length === 0) throw new RangeError('nothing to pick from');
      return values[between(0, values.length - 1)] as Value;
    },
    weighted<Value>(choices: readonly (readonly [number, Value])[]): Value {
      let left = next() * choices.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, value] of choices) {
        left -= weight;
        if (left < 0) return value;
      }
      throw new RangeError('nothing to choose from');
    },
    shuffle: (values) => values.map((value) => ({ value, place: next() })).sort((one, two) => one.place - two.place).map(({ value }) => value),
    bytes: (count) => new Uint8Array(count).map(() => between(0, 255)),
  };
}

/** A stream of its own for one purpose, so that what is drawn for one thing does not move what is drawn for another. FNV-1a over the words. */
export function randomFor(seed: number, ...purpose: readonly (string | number)[]): Random {
  let hash = 0x811c9dc5 ^ seed;
  for (const letter of purpose.join('/')) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  // FNV leaves neighbours close together, and the generator's first numbers with them.
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  return randomFrom(hash ^ (hash >>> 13));
}
