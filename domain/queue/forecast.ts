/** What the coming hours will bring, by what such days brought: who comes, and how many windows that needs. For the manager, who decides who sits where; nobody is called by it. */
import { civilDate, startOfDay, weekday } from '../calendar/civil-date.ts';
import { factsOf } from './figures.ts';
import type { QueueEntry, QueueRules } from './types.ts';

const HOUR = 3_600_000;
/** Days that are gone by: so many of the same weekday, and of all when there are fewer than `ENOUGH` of those. */
const SAME_WEEKDAY = 6;
const ENOUGH = 2;
const ANY_DAY = 10;
/** A window that has somebody in hand for this share of an hour keeps its line from growing: the rest is calling, walking, and what comes in a bunch. */
const BUSY_SHARE = 0.8;

/** What one day was like. @property came by business and hour in China, 0 … 23: tickets taken, and people served without one @property spells by business: how often and how long a window had somebody in hand, milliseconds */
export type DayPattern = { day: string; came: Readonly<Record<string, readonly number[]>>; spells: Readonly<Record<string, { count: number; ms: number }>> };

export function patternOf(day: string, rules: QueueRules, entries: Iterable<QueueEntry>): DayPattern {
  const came: Record<string, number[]> = {};
  const spells: Record<string, { count: number; ms: number }> = {};
  for (const fact of factsOf(rules, entries)) {
    if (fact.kind === 'taken' || fact.kind === 'without-ticket') {
      const hours = (came[fact.business] ??= Array.from({ length: 24 }, () => 0));
      const hour = Math.floor((Date.parse(fact.at) - startOfDay(day)) / HOUR);
      if (hour in hours) hours[hour] = (hours[hour] ?? 0) + 1;
    } else if (fact.kind === 'spell') {
      const before = spells[fact.business] ?? { count: 0, ms: 0 };
      spells[fact.business] = { count: before.count + 1, ms: before.ms + fact.ms };
    }
  }
  return { day, came, spells };
}

/**
 * Of the days that are known, those whose patterns a forecast for `today` would go by, the likeliest first: adding up a day costs something, so no more are added up than are asked for.
 * @param patterns of days that are added up already
 */
export function daysToAddUp(known: readonly string[], patterns: ReadonlyMap<string, DayPattern>, today: string): string[] {
  const past = known.filter((day) => day < today).toSorted().toReversed();
  const alike = past.filter((day) => weekday(day) === weekday(today)).slice(0, SAME_WEEKDAY);
  const lacking = (days: readonly string[]) => days.filter((day) => !patterns.has(day));
  if (lacking(alike).length > 0) return lacking(alike);
  return alike.filter((day) => isOpen(patterns.get(day))).length >= ENOUGH ? [] : lacking(past.slice(0, ANY_DAY));
}

/** A day on which nobody came is none: the site was closed. */
function isOpen(pattern: DayPattern | undefined): boolean {
  return pattern !== undefined && Object.keys(pattern.came).length > 0;
}

/** @property hour in China, 0 … 23 @property comes people, on the average of such days @property windows that serve them as they come */
export type ExpectedHour = { hour: number; comes: number; windows: number };
/** @property days that it goes by; 0: nothing is known yet, and nothing is expected */
export type Forecast = { days: number; sameWeekday: boolean; businesses: { business: string; hours: ExpectedHour[] }[] };

/**
 * @param past what is known of days before; today's own counts for nothing
 * @param at now, milliseconds since 1970
 * @param ahead hours, this one among them
 */
export function forecast({ rules, past, at, ahead }: { rules: QueueRules; past: readonly DayPattern[]; at: number; ahead: number }): Forecast {
  const today = civilDate(at);
  const open = past.filter((pattern) => pattern.day < today && isOpen(pattern)).toSorted((one, other) => (one.day < other.day ? 1 : -1));
  const alike = open.filter(({ day }) => weekday(day) === weekday(today)).slice(0, SAME_WEEKDAY);
  const sameWeekday = alike.length >= ENOUGH;
  const days = sameWeekday ? alike : open.slice(0, ANY_DAY);
  const first = Math.floor((at - startOfDay(today)) / HOUR);
  const hours = Array.from({ length: Math.min(ahead, 24 - first) }, (_, index) => first + index);
  return {
    days: days.length, sameWeekday,
    businesses: rules.businesses.map(({ key, usualMinutes }) => {
      const length = lengthOf(days, key) ?? usualMinutes * 60_000;
      return {
        business: key,
        hours: days.length === 0 ? [] : hours.map((hour) => {
          const comes = days.reduce((sum, { came }) => sum + (came[key]?.[hour] ?? 0), 0) / days.length;
          return { hour, comes, windows: Math.ceil((comes * length) / (HOUR * BUSY_SHARE)) };
        }),
      };
    }),
  };
}

/** The mean, milliseconds; null: nobody was served. */
function lengthOf(days: readonly DayPattern[], business: string): number | null {
  const spells = days.map((day) => day.spells[business] ?? { count: 0, ms: 0 });
  const count = spells.reduce((sum, spell) => sum + spell.count, 0);
  return count === 0 ? null : spells.reduce((sum, spell) => sum + spell.ms, 0) / count;
}
