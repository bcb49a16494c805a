import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateOfDay, dayNumber, yearsBetween } from '../calendar/civil-date.ts';
import { keptSince, RETENTION, retentionOf } from './retention.ts';

test('three years are three years, on 29 February too', () => {
  expect(['2026-11-23', '2028-02-29', '2027-03-01'].map((today) => keptSince({ years: 3 }, today))).toEqual(['2023-11-23', '2025-02-28', '2024-03-01']);
  fc.assert(fc.property(fc.integer({ min: dayNumber('2020-01-01'), max: dayNumber('2060-12-31') }), (number) => {
    const today = dateOfDay(number);
    // What is gone was kept for three whole years.
    expect(yearsBetween(dateOfDay(dayNumber(keptSince({ years: 3 }, today)) - 1), today)).toBeGreaterThanOrEqual(3);
  }));
});

test('nothing is kept for less than the law says, and everything has one rule', () => {
  expect(retentionOf('read').keep).toEqual({ years: 3 });
  expect(dayNumber('2026-11-23') - dayNumber(keptSince({ days: 183 }, '2026-11-23'))).toBe(183);
  expect(new Set(RETENTION.map(({ what }) => what)).size).toBe(RETENTION.length);
});
