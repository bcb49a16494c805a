import fc from 'fast-check';
import { expect, test } from 'vitest';
import { percentile, rounds, row, spread } from './measure.ts';

test('a percentile is one of the values, and at least that share is not above it', () => {
  const values = fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 50 });
  fc.assert(fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (of, share) => {
    const found = percentile(of, share);
    expect(of).toContain(found);
    expect(of.filter((value) => value <= found).length).toBeGreaterThanOrEqual(Math.floor(of.length * share));
  }));
});

test('the spread of runs is their middle and their ends', () => {
  expect(spread([5, 1, 9, 3, 7])).toEqual({ median: 5, min: 1, max: 9 });
});

test('a ratio compares medians', () => {
  expect(row('writes', 'per second', { ours: [1, 2, 300], limit: [4, 4, 4] }).ratio).toBe(0.5);
});

test('contenders take turns at being first, and the first round does not count', async () => {
  const order: string[] = [];
  const contender = (name: string) => (round: number) => {
    order.push(name);
    return Promise.resolve(round);
  };
  expect(await rounds({ a: contender('a'), b: contender('b') }, 2)).toEqual({ a: [1, 2], b: [1, 2] });
  expect(order.join('')).toBe('abbaab');
});
