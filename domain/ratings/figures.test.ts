import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addCounts, FEWEST_FOR_STARS, figuresOf, NO_RATINGS } from './figures.ts';
import { INDICATORS, indicatorsAt } from './indicators.ts';

describe('figures of ratings', () => {
  test('known ones', () => {
    expect(figuresOf(NO_RATINGS)).toMatchObject({ counted: 0, satisfied: null, mean: null, stars: null });
    expect(figuresOf({ ...NO_RATINGS, 5: 9 })).toMatchObject({ stars: null, satisfied: 1 });
    expect(figuresOf({ ...NO_RATINGS, 5: 8, 1: 2, excluded: 3 })).toEqual({ counts: { 5: 8, 4: 0, 3: 0, 2: 0, 1: 2, excluded: 3 }, counted: 10, poor: 2, satisfied: 0.8, mean: 4.2, stars: 4 });
    // 3.25 is rounded up, 3.24 down.
    expect(figuresOf({ ...NO_RATINGS, 4: 5, 3: 15 }).stars).toBe(3.5);
    expect(figuresOf({ ...NO_RATINGS, 4: 24, 3: 76 }).stars).toBe(3);
  });
  const count = fc.nat({ max: 500 });
  const counts = fc.record({ 5: count, 4: count, 3: count, 2: count, 1: count, excluded: count });
  test('stars lie within a quarter of the mean, between 1 and 5, and what is left out moves nothing', () => {
    fc.assert(fc.property(counts, count, (some, excluded) => {
      const figures = figuresOf(some);
      expect(figuresOf({ ...some, excluded })).toEqual({ ...figures, counts: { ...some, excluded } });
      if (figures.counted < FEWEST_FOR_STARS) {
        expect(figures.stars).toBe(null);
        return;
      }
      expect(Math.abs((figures.stars ?? 0) - (figures.mean ?? 0))).toBeLessThanOrEqual(0.25 + 1e-9);
      expect(figures.stars).toBeGreaterThanOrEqual(1);
      expect(figures.stars).toBeLessThanOrEqual(5);
    }));
  });
  test('parts add up to the whole', () => {
    fc.assert(fc.property(fc.array(counts, { maxLength: 5 }), (parts) => {
      expect(figuresOf(addCounts(parts)).counted).toBe(parts.reduce((sum, part) => sum + figuresOf(part).counted, 0));
    }));
  });
});

describe('indicators', () => {
  test('a rating is judged by the set of its day', () => {
    expect(indicatorsAt(Date.UTC(2026, 10, 23)).version).toBe(1);
    const later = { version: 2, from: '2027-01-01', source: 'fiction', levels: [] };
    // Midnight in China, not in Greenwich.
    expect(indicatorsAt(Date.UTC(2026, 11, 31, 15, 59), [...INDICATORS, later]).version).toBe(1);
    expect(indicatorsAt(Date.UTC(2026, 11, 31, 16), [...INDICATORS, later]).version).toBe(2);
    expect(indicatorsAt(0).version).toBe(1);
  });
});
