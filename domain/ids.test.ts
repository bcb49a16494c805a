import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Ulid, ulid, ulidTime } from './ids.ts';

describe('ulid', () => {
  test('golden: time 0 and all-ones', () => {
    expect(ulid(0, new Uint8Array(10))).toBe('00000000000000000000000000');
    expect(ulid(2 ** 48 - 1, new Uint8Array(10).fill(255))).toBe('7ZZZZZZZZZZZZZZZZZZZZZZZZZ');
    expect(ulid(1469918176385, new Uint8Array(10))).toMatch(/^01ARYZ6S41/);
  });
  test('is valid, keeps its time, and sorts by time', () => {
    const random = fc.uint8Array({ minLength: 10, maxLength: 10 });
    const time = fc.integer({ min: 0, max: 2 ** 48 - 1 });
    fc.assert(fc.property(time, time, random, random, (first, second, left, right) => {
      const [one, two] = [ulid(first, left), ulid(second, right)];
      expect(Ulid.safeParse(one).success).toBe(true);
      expect(ulidTime(one)).toBe(first);
      if (first < second) expect(one < two).toBe(true);
    }));
  });
  test.each([[-1, 10], [2 ** 48, 10], [0, 9]])('refuses what no ULID holds', (time, length) => {
    expect(() => ulid(time, new Uint8Array(length))).toThrow(RangeError);
  });
});
