import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MachineId } from '../ids.ts';
import { nextNumber, numbersLeft, provisionalNumber } from './lease.ts';

const lease = (id: string, first: number, last: number) => ({ id, kind: 'case-number' as const, prefix: '3306242026', first, last, width: 8 });

describe('leases', () => {
  test('are used in order, the oldest first, and end', () => {
    const leases = [lease('a', 5, 6), lease('b', 100, 100)];
    expect(nextNumber(leases, new Map())?.number).toBe('330624202600000005');
    expect(nextNumber(leases, new Map([['a', 1]]))?.number).toBe('330624202600000006');
    expect(nextNumber(leases, new Map([['a', 2]]))?.number).toBe('330624202600000100');
    expect(nextNumber(leases, new Map([['a', 2], ['b', 1]]))).toBeNull();
    expect(numbersLeft(leases, new Map([['a', 2]]))).toBe(1);
  });
  test('never give a number twice', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 }), (sizes) => {
      let first = 1;
      const leases = sizes.map((size, index) => { const made = lease(String(index), first, first + size - 1); first += size; return made; });
      const used = new Map<string, number>();
      const given = new Set<string>();
      for (let next = nextNumber(leases, used); next !== null; next = nextNumber(leases, used)) {
        given.add(next.number);
        used.set(next.lease.id, (used.get(next.lease.id) ?? 0) + 1);
      }
      expect(given.size).toBe(first - 1);
      expect(numbersLeft(leases, used)).toBe(0);
    }));
  });
  test('a provisional number cannot be taken for an official one', () => {
    expect(provisionalNumber(MachineId.parse('T330624-0001'), 12)).toBe('临330624-0001-000012');
  });
});
