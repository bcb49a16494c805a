import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addNaturalDays, dateOfDay, dayNumber } from './civil-date.ts';
import { inMonths } from './months.ts';

describe('a stretch in whole months', () => {
  test.each([
    ['2026-01-01', '2026-12-31', [], { from: '2026-01-01', to: '2026-12-01' }],
    ['2025-11-28', '2026-11-27', [{ from: '2025-11-28', to: '2025-11-30' }, { from: '2026-11-01', to: '2026-11-27' }], { from: '2025-12-01', to: '2026-10-01' }],
    ['2026-02-01', '2026-02-28', [], { from: '2026-02-01', to: '2026-02-01' }],
    ['2028-02-01', '2028-02-28', [{ from: '2028-02-01', to: '2028-02-28' }], null],
    ['2026-01-31', '2026-02-01', [{ from: '2026-01-31', to: '2026-02-01' }], null],
    ['2026-05-05', '2026-05-05', [{ from: '2026-05-05', to: '2026-05-05' }], null],
  ] as const)('%s to %s', (from, to, days, months) => {
    expect(inMonths({ from, to })).toEqual({ days, months });
  });

  test('holds every day of the stretch once and no other', () => {
    const start = dayNumber('2024-01-01');
    fc.assert(fc.property(fc.nat(1200), fc.nat(900), (offset, length) => {
      const [from, to] = [dateOfDay(start + offset), dateOfDay(start + offset + length)];
      const { days, months } = inMonths({ from, to });
      const held = days.flatMap((stretch) => spell(stretch.from, stretch.to));
      if (months !== null) held.push(...spell(months.from, addNaturalDays(`${addNaturalDays(months.to, 31).slice(0, 7)}-01`, -1)));
      expect(held.toSorted()).toEqual(spell(from, to));
    }));
  });
});

function spell(from: string, to: string): string[] {
  return Array.from({ length: dayNumber(to) - dayNumber(from) + 1 }, (_, day) => addNaturalDays(from, day));
}
