import { describe, expect, test } from 'vitest';
import { addNaturalDays, startOfDay } from '../calendar/civil-date.ts';
import { type DayPattern, daysToAddUp, forecast, patternOf } from './forecast.ts';
import { simulateMorning } from './test-morning.ts';
import { NINE, siteRules } from './test-site.ts';

const MONDAY = '2026-11-23';
const rules = siteRules();
const at = (day: string, hour: number) => startOfDay(day) + hour * 3_600_000;
/** A made-up morning, which is a Monday's, as that of another day. */
const patternFor = (seed: number, day: string) => ({ ...patternOf(MONDAY, rules, simulateMorning(seed).entries), day });
const weeksBefore = (weeks: number) => addNaturalDays(MONDAY, -7 * weeks);

describe('what a day was like', () => {
  test('everybody who came is counted in the hour of coming, every spell with its length', () => {
    const { entries, truth } = simulateMorning(11);
    const { came, spells } = patternOf(MONDAY, rules, entries);
    for (const { key } of rules.businesses) {
      const comers = truth.filter((fact) => fact.business === key && (fact.kind === 'taken' || fact.kind === 'without'));
      for (const hour of [9, 10, 11, 12]) expect(came[key]?.[hour], `${key} ${hour}`).toBe(comers.filter((fact) => Math.floor((fact.at - NINE) / 3_600_000) + 9 === hour).length);
      const true_ = truth.flatMap((fact) => (fact.business === key && fact.kind === 'spell' ? [fact.ms] : []));
      expect(spells[key]?.count).toBe(true_.length);
      expect(spells[key]?.ms).toBeCloseTo(true_.reduce((sum, ms) => sum + ms, 0), 0);
    }
  });
});

describe('what is expected', () => {
  test('of five Mondays, and not of the day before: those that follow bring about as many', () => {
    const past = [1, 2, 3, 4, 5].map((week) => patternFor(week, weeksBefore(week)));
    const sunday = { ...patternFor(9, addNaturalDays(MONDAY, -1)), came: { 'social-security': Array.from({ length: 24 }, () => 500) } };
    const expected = forecast({ rules, past: [...past, sunday], at: at(MONDAY, 9.5), ahead: 3 });
    expect(expected).toMatchObject({ days: 5, sameWeekday: true });
    const misses = expected.businesses.flatMap(({ business, hours }) => {
      expect(hours.map(({ hour }) => hour)).toEqual([9, 10, 11]);
      const comes = hours.reduce((sum, one) => sum + one.comes, 0);
      return [6, 7, 8, 9, 10, 11].map((seed) => {
        const { came } = patternFor(seed, MONDAY);
        const truly = [9, 10, 11].reduce((sum, hour) => sum + (came[business]?.[hour] ?? 0), 0);
        return Math.abs(comes - truly) / truly;
      });
    });
    // Some thirty to eighty of a business come in three hours: chance alone moves a morning by a sixth.
    expect(misses.reduce((sum, miss) => sum + miss, 0) / misses.length).toBeLessThan(0.2);
  });

  test('windows are those that keep the line from growing', () => {
    const hours = Array.from({ length: 24 }, (_, hour) => (hour === 10 ? 24 : 0));
    const past = [{ day: weeksBefore(1), came: { housing: hours }, spells: { housing: { count: 10, ms: 10 * 600_000 } } }, { day: weeksBefore(2), came: { housing: hours }, spells: {} }];
    const housing = forecast({ rules, past, at: at(MONDAY, 10), ahead: 2 }).businesses.find(({ business }) => business === 'housing');
    // 24 people of ten minutes are four hours of work; a window does 48 minutes of it in one.
    expect(housing?.hours).toEqual([{ hour: 10, comes: 24, windows: 5 }, { hour: 11, comes: 0, windows: 0 }]);
  });

  test('with too few such weekdays, of all days; with none, nothing; closed days and today itself count for nothing', () => {
    const one = patternFor(1, weeksBefore(1));
    const friday = patternFor(2, addNaturalDays(MONDAY, -3));
    const closed = { day: weeksBefore(2), came: {}, spells: {} };
    expect(forecast({ rules, past: [one, friday, closed, patternFor(3, MONDAY)], at: at(MONDAY, 9), ahead: 1 })).toMatchObject({ days: 2, sameWeekday: false });
    const nothing = forecast({ rules, past: [closed], at: at(MONDAY, 9), ahead: 1 });
    expect(nothing.days).toBe(0);
    expect(nothing.businesses.every(({ hours }) => hours.length === 0)).toBe(true);
  });

  test('no hour of another day is foretold', () => {
    expect(forecast({ rules, past: [patternFor(1, weeksBefore(1)), patternFor(2, weeksBefore(2))], at: at(MONDAY, 22), ahead: 4 }).businesses[0]?.hours.map(({ hour }) => hour)).toEqual([22, 23]);
  });

  test('no more days are added up than it takes: such weekdays first, others only when those are too few', () => {
    const known = Array.from({ length: 30 }, (_, index) => addNaturalDays(MONDAY, -index));
    const patterns = new Map<string, DayPattern>();
    const add = (days: readonly string[], isOpen: boolean) => {
      for (const day of days) patterns.set(day, { day, came: isOpen ? { housing: [] } : {}, spells: {} });
    };
    const mondays = [1, 2, 3, 4].map(weeksBefore);
    expect(daysToAddUp(known, patterns, MONDAY)).toEqual(mondays);
    add(mondays.slice(0, 1), true);
    add(mondays.slice(1), false);
    expect(daysToAddUp(known, patterns, MONDAY)).toEqual(known.slice(1, 11).filter((day) => !mondays.includes(day)));
    add(mondays, true);
    expect(daysToAddUp(known, patterns, MONDAY)).toEqual([]);
  });
});
