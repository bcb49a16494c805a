/** What makes a run of the fault rig repeatable, and how long it is. */

/** Numbers that look random and are the same for the same seed. */
export type Random = {
  /** 0 ≤ x < 1 */
  next(): number;
  /** Whole numbers, both ends included. */
  between(low: number, high: number): number;
  pick<Value>(values: readonly Value[]): Value;
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
    pick<Value>(values: readonly Value[]): Value {
      if (values.length === 0) throw new RangeError('nothing to pick from');
      return values[between(0, values.length - 1)] as Value;
    },
    shuffle: (values) => values.map((value) => ({ value, place: next() })).sort((one, two) => one.place - two.place).map(({ value }) => value),
    bytes: (count) => new Uint8Array(count).map(() => between(0, 255)),
  };
}

/** `JINBAN_FAULT_SEED` repeats a run; every failure prints its own. */
export const SEED = numberOf('JINBAN_FAULT_SEED') ?? 20_261_123;
/** `JINBAN_FAULT_RUNS`: kills of the full run, and the sign for every other scenario to run at full length. */
export const FULL_RUNS = numberOf('JINBAN_FAULT_RUNS');

/** How often something is done: `ordinary` in the ordinary test run, `full` when the full length was asked for. */
export function howMany(ordinary: number, full: number): number {
  return FULL_RUNS === null ? ordinary : full;
}

function numberOf(name: string): number | null {
  const text = process.env[name] ?? '';
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
