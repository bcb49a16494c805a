import { describe, expect, test } from 'vitest';
import { figuresOf } from './figures.ts';
import { addDays, kioskShareOf, NO_DAY, STEP, sumsOf, toldOf } from './sums.ts';
import { simulateMorning } from './test-morning.ts';
import { saying, siteRules, taking, tellDay } from './test-site.ts';

describe('sums of queues', () => {
  test.each([1, 2, 3, 4, 5])('morning %d: they say what the figures of the day say, medians to a quarter of a minute', (seed) => {
    const { rules, entries } = simulateMorning(seed);
    const [sums, figures] = [sumsOf(rules, entries), figuresOf(rules, entries)];
    for (const part of ['businesses', 'windows', 'accounts', 'hours'] as const) expect(Object.keys(sums[part]).toSorted()).toEqual(Object.keys(figures[part]).toSorted());
    for (const [mine, theirs] of [[sums.whole, figures.whole], ...Object.entries(figures.hours).map(([hour, of]) => [sums.hours[hour], of] as const)] as const) {
      expect(mine).toMatchObject({ taken: theirs.taken, ways: theirs.ways, served: theirs.served, withoutTicket: theirs.withoutTicket, missed: theirs.missed, left: theirs.left, abandoned: theirs.abandoned });
      if (mine === undefined) continue;
      expect(kioskShareOf(mine)).toBe(theirs.kioskShare);
      const told = toldOf(mine.waiting, 0);
      expect(told === null).toBe(theirs.waiting === null);
      if (told === null || theirs.waiting === null) continue;
      expect(told.count).toBe(theirs.waiting.count);
      expect(told.mean).toBeCloseTo(theirs.waiting.mean, 6);
      for (const of of ['median', 'p90'] as const) {
        expect(theirs.waiting[of] - told[of]).toBeGreaterThanOrEqual(0);
        expect(theirs.waiting[of] - told[of]).toBeLessThan(STEP);
      }
    }
  });

  test('days add up in any order, and nothing added is nothing changed', () => {
    const [one, two, three] = [11, 12, 13].map((seed) => simulateMorning(seed)).map(({ rules, entries }) => sumsOf(rules, entries)) as [typeof NO_DAY, typeof NO_DAY, typeof NO_DAY];
    expect(addDays(NO_DAY, one)).toEqual(one);
    expect(addDays(addDays(one, two), three)).toEqual(addDays(three, addDays(two, one)));
    expect(addDays(one, two).whole.taken).toBe(one.whole.taken + two.whole.taken);
    expect(addDays(one, two).whole.waiting.count).toBe(one.whole.waiting.count + two.whole.waiting.count);
  });

  test('waits that are too long are counted from the minute on, and ratings where the service was given', () => {
    const rules = siteRules();
    const day = tellDay(rules);
    day.wish(saying({ kind: 'window-opened', window: 3, account: 'wang', businesses: ['social-security'] }));
    const taken = [1, 2].map(() => day.wish(taking('social-security')));
    day.wait(10);
    for (const [index, wish] of taken.entries()) {
      if (!wish.ok || wish.value.deed.kind !== 'issued') throw new Error('a ticket was taken');
      const { ticket } = wish.value.deed.issue;
      day.wish(saying({ kind: 'called', ticket, window: 3 }));
      day.wish(saying({ kind: 'started', ticket, window: 3 }));
      day.wish(saying({ kind: 'finished', ticket, window: 3, items: [] }));
      day.wish(saying({ kind: 'rated', ticket, window: 3, level: index === 0 ? 5 : 1, tags: [] }));
    }
    const { whole, windows, accounts, businesses } = sumsOf(rules, day.entries);
    // Called after 12 and 15 minutes.
    expect([0, 12, 13, 15, 16].map((minutes) => toldOf(whole.waiting, minutes)?.over)).toEqual([2, 2, 1, 1, 0]);
    for (const part of [whole, windows['3'], accounts['wang'], businesses['social-security']]) expect(part?.ratings).toEqual({ 5: 1, 4: 0, 3: 0, 2: 0, 1: 1 });
    expect(toldOf(NO_DAY.whole.waiting, 0)).toBeNull();
  });
});
