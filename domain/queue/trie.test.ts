import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ulid } from '../ids.ts';
import { EMPTY_TRIE, lookUp, type Trie, valuesOf, withValue } from './trie.ts';

/** ULIDs of one millisecond and of few random bits, so that many share long ends. */
const key = fc.tuple(fc.nat(3), fc.nat(40), fc.nat(2)).map(([time, low, high]) => ulid(time, new Uint8Array([high, 0, 0, 0, 0, 0, 0, 0, 0, low])));

const sorted = (values: Iterable<{ number: number }>) => [...values].map(({ number }) => number).toSorted((one, other) => one - other);

describe('a map from ULIDs', () => {
  test('holds what a Map holds, and every older one still holds what it held', () => {
    fc.assert(fc.property(fc.array(fc.tuple(key, fc.nat())), (settings) => {
      let trie: Trie<{ number: number }> = EMPTY_TRIE;
      const map = new Map<string, { number: number }>();
      const older: [Trie<{ number: number }>, Map<string, { number: number }>][] = [];
      for (const [ulidKey, number] of settings) {
        older.push([trie, new Map(map)]);
        trie = withValue(trie, ulidKey, { number });
        map.set(ulidKey, { number });
      }
      for (const [then, held] of [...older, [trie, map] as const]) {
        expect(then.size).toBe(held.size);
        for (const [known] of settings) expect(lookUp(then, known)).toEqual(held.get(known));
        expect(sorted(valuesOf(then))).toEqual(sorted(held.values()));
      }
    }));
  });
});
