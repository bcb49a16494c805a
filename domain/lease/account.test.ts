import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MachineId } from '../ids.ts';
import { accountNumbers, type NumberFacts, type NumberRange } from './account.ts';

const hall = MachineId.parse('H330624');
const [one, two] = [MachineId.parse('T330624-0001'), MachineId.parse('T330624-0002')];
const facts = (change: Partial<NumberFacts>): NumberFacts => ({ hall, last: 0, leases: [], used: [], keptAside: [], ...change });
/** Runs of numbers that follow each other. */
const runs = (numbers: readonly number[]) => numbers.map((serial) => ({ first: serial, last: serial }));
const words = (ranges: readonly NumberRange[]) => ranges.map((range) => `${range.first}-${range.last} ${range.machine.slice(-4)} ${range.state === 'gap' ? range.reason : range.state}`);

describe('the account of a counter', () => {
  test('says of each number where it is', () => {
    const leases = [{ machine: one, closed: null, first: 1, last: 10 }, { machine: two, closed: 'machine-retired' as const, first: 11, last: 15 }];
    expect(words(accountNumbers(facts({ last: 18, leases, used: [{ first: 1, last: 2 }, ...runs([4, 11, 16])], keptAside: [17, 5] })))).toEqual([
      '1-2 0001 used', '3-3 0001 skipped', '4-4 0001 used', '5-5 0001 kept-aside', '6-10 0001 open', '11-11 0002 used', '12-15 0002 machine-retired',
      '16-16 0624 used', '17-17 0624 kept-aside', '18-18 0624 unaccounted',
    ]);
  });
  test('a run of cases that goes on from one block into the next is one of each', () => {
    const leases = [{ machine: one, closed: null, first: 1, last: 10 }, { machine: two, closed: null, first: 11, last: 20 }];
    expect(words(accountNumbers(facts({ last: 20, leases, used: [{ first: 3, last: 14 }] })))).toEqual(['1-2 0001 skipped', '3-10 0001 used', '11-14 0002 used', '15-20 0002 open']);
  });
  test('a machine that is gone turns its open numbers into gaps and leaves its used ones', () => {
    const lease = { machine: one, first: 1, last: 5 };
    const used = [{ first: 1, last: 2 }];
    expect(words(accountNumbers(facts({ last: 5, leases: [{ ...lease, closed: null }], used })))).toEqual(['1-2 0001 used', '3-5 0001 open']);
    expect(words(accountNumbers(facts({ last: 5, leases: [{ ...lease, closed: 'machine-replaced' }], used })))).toEqual(['1-2 0001 used', '3-5 0001 machine-replaced']);
  });

  /** Blocks and single numbers as a hall gives them out, one behind the other, each used as far as chance has it. */
  const history = fc.array(fc.oneof(
    fc.record({ kind: fc.constant('lease' as const), size: fc.integer({ min: 1, max: 30 }), machine: fc.constantFrom(one, two), use: fc.nat({ max: 30 }), aside: fc.nat({ max: 3 }) }),
    fc.record({ kind: fc.constant('official' as const) }),
  ), { maxLength: 20 });

  test('granted = used + open + gaps, whatever happened, and no number is in two places', () => {
    fc.assert(fc.property(history, fc.boolean(), (steps, retired) => {
      let last = 0;
      const made = { leases: [] as NumberFacts['leases'][number][], used: [] as number[], keptAside: [] as number[] };
      let open = 0;
      for (const step of steps) {
        if (step.kind === 'official') {
          made.used.push((last += 1));
          continue;
        }
        const first = last + 1;
        last += step.size;
        const taken = Math.min(step.use, step.size);
        const aside = Math.min(step.aside, taken);
        for (let serial = first; serial < first + taken; serial += 1) (serial < first + aside ? made.keptAside : made.used).push(serial);
        const gone = step.machine === two && retired;
        if (!gone) open += step.size - taken;
        made.leases.push({ machine: step.machine, closed: gone ? 'machine-retired' : null, first, last });
      }
      const ranges = accountNumbers(facts({ ...made, last, used: runs(made.used) }));
      let expected = 1;
      const counts = { used: 0, open: 0, gap: 0 };
      for (const range of ranges) {
        expect(range.first).toBe(expected);
        expect(range.last).toBeGreaterThanOrEqual(range.first);
        expected = range.last + 1;
        counts[range.state] += range.last - range.first + 1;
      }
      expect(expected - 1).toBe(last);
      expect(counts.used + counts.open + counts.gap).toBe(last);
      expect([counts.used, counts.open]).toEqual([made.used.length, open]);
      expect(ranges.some((range) => range.state === 'gap' && range.reason === 'unaccounted')).toBe(false);
    }));
  });
});
