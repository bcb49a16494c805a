import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { freeRun, give, lend, lentLeft, nextLent, NO_NUMBERS, type Numbers } from './ranges.ts';
import { MACHINES } from './test-site.ts';

const [one, two] = MACHINES as [(typeof MACHINES)[number], (typeof MACHINES)[number]];
const must = <Value>(result: { ok: true; value: Value } | { ok: false; error: { kind: string } }): Value => {
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
};

describe('the numbers of a business', () => {
  const lent = must(lend(must(lend(NO_NUMBERS, { machine: one, first: 1, last: 3 })), { machine: two, first: 4, last: 5 }));
  test('a machine issues what it was lent, in order, until none is left', () => {
    const used = [1, 2].reduce((numbers, number) => must(give(numbers, number, one)), lent);
    expect([nextLent(lent, one), nextLent(used, one), lentLeft(used, one), nextLent(used, two)]).toEqual([1, 3, 1, 4]);
    expect(nextLent(must(give(used, 3, one)), one)).toBe(null);
  });
  test('nobody issues what another was lent, and no range lies over another', () => {
    expect(give(lent, 4, one)).toMatchObject({ error: { kind: 'wrong-range' } });
    expect(give(lent, 4, null)).toMatchObject({ error: { kind: 'number-taken' } });
    expect(give(must(give(lent, 9, null)), 9, null)).toMatchObject({ error: { kind: 'number-taken' } });
    expect(lend(lent, { machine: one, first: 5, last: 8 })).toMatchObject({ error: { kind: 'number-taken' } });
    expect(lend(must(give(lent, 9, null)), { machine: one, first: 6, last: 12 })).toMatchObject({ error: { kind: 'number-taken' } });
    expect(lend(lent, { machine: one, first: 8, last: 7 })).toMatchObject({ error: { kind: 'wrong-range' } });
  });
  test('they continue above a roll, and when the top is reached with what lies below', () => {
    const roll = must(give(lent, 980, null));
    expect(freeRun(roll, 10)).toEqual({ first: 981, last: 990 });
    const top = must(lend(roll, { machine: one, first: 981, last: 999 }));
    expect(freeRun(top, 10)).toEqual({ first: 6, last: 15 });
    expect(freeRun(must(lend(top, { machine: two, first: 6, last: 979 })), 10)).toBe(null);
  });
  test('a run that is said to be free can be lent, whatever happened, until every number is gone', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 20, max: 200 }))), (steps) => {
      let numbers: Numbers = NO_NUMBERS;
      for (const [torn, size] of steps) {
        const given = give(numbers, torn, null);
        if (given.ok) numbers = given.value;
        const run = freeRun(numbers, size);
        if (run === null) continue;
        expect(run.last - run.first).toBeLessThan(size);
        numbers = must(lend(numbers, { machine: one, ...run }));
      }
      for (let run = freeRun(numbers, 200); run !== null; run = freeRun(numbers, 200)) numbers = must(lend(numbers, { machine: two, ...run }));
      const left = lentLeft(numbers, one) + lentLeft(numbers, two);
      expect(left + numbers.given.toString(2).replaceAll('0', '').length).toBe(999);
    }), { numRuns: 30 });
  });
});
