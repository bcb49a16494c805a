/** When things happen in a story: desks' hours, lines that are down, and the hours in which people come. Times are milliseconds since 1970. */
import { addNaturalDays, civilDate, dayNumber, weekday } from '../calendar/civil-date.ts';
import { isWorkingDay, type WorkingCalendar } from '../calendar/working-days.ts';
import type { MachineId } from '../ids.ts';
import type { County, SeedSite } from './county.ts';
import { type Random, randomFor } from './random.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const UTC_PLUS_8 = 8 * HOUR;

/** @param minutes since midnight in China */
export function timeOn(date: string, minutes: number): number {
  return dayNumber(date) * DAY - UTC_PLUS_8 + minutes * MINUTE;
}

export type Span = { from: number; to: number };

/** Both halves of a desk's day, minutes since midnight. */
const DESK: readonly Span[] = [{ from: 8 * 60 + 30, to: 12 * 60 }, { from: 14 * 60, to: 17 * 60 + 30 }];

/**
 * A time at which somebody at a desk gets to it.
 * @param days working days after that of `after`; 0: the same day if the desks are still open, else the next
 */
export function deskTime(random: Random, after: number, days: number, calendar: WorkingCalendar, hallOutages: readonly Span[]): number {
  let date = civilDate(after);
  for (let left = days; left > 0; ) {
    date = addNaturalDays(date, 1);
    if (isWorkingDay(date, calendar)) left -= 1;
  }
  // A month without a working day does not happen.
  for (let tries = 0; tries < 40; tries += 1, date = addNaturalDays(date, 1)) {
    if (!isWorkingDay(date, calendar)) continue;
    const half = random.chance(0.55) ? DESK : DESK.slice(1);
    for (const { from, to } of half) {
      const [start, end] = [Math.max(timeOn(date, from), after + MINUTE), timeOn(date, to)];
      if (start >= end) continue;
      const at = start + Math.floor(random.next() * (end - start));
      const outage = hallOutages.find((span) => span.from <= at && at < span.to);
      if (outage === undefined) return at;
      const later = outage.to + random.between(1, 20) * MINUTE;
      if (later < end) return later;
    }
  }
  throw new RangeError('no desk is open within a month');
}

/** Lines that are down, for each machine, and the hours in which the hall itself was out. */
export type Outages = { lines: ReadonlyMap<MachineId, readonly Span[]>; hall: readonly Span[] };

export function outagesOf(seed: number, county: County, from: number, to: number): Outages {
  const days = Math.ceil((to - from) / DAY);
  const hall: Span[] = [];
  const random = randomFor(seed, 'hall-outages');
  // One in three weeks, and at least one, so that there is paper to be entered late.
  for (let count = Math.max(1, Math.round(days / 21)); count > 0; count -= 1) {
    const date = civilDate(from + random.between(1, Math.max(1, days - 2)) * DAY);
    const start = timeOn(date, random.between(9 * 60, 15 * 60));
    hall.push({ from: start, to: start + random.between(40, 180) * MINUTE });
  }
  const lines = new Map(county.sites.flatMap(({ kind, machines }) => machines.map((machine): [MachineId, Span[]] => {
    const own = randomFor(seed, 'line', machine);
    const spans: Span[] = [];
    for (let day = 0; day < days; day += 1) {
      if (!own.chance(kind === 'corner' ? 0.03 : kind === 'town' ? 0.015 : 0.003)) continue;
      const start = from + day * DAY + own.between(0, 20 * 60) * MINUTE;
      // Most come back within hours; a cut cable on a mountain takes days.
      const length = own.chance(0.12) ? own.between(24 * 60, 80 * 60) : own.between(15, 400);
      if (start >= (spans.at(-1)?.to ?? 0)) spans.push({ from: start, to: start + length * MINUTE });
    }
    return [machine, spans];
  })));
  return { lines, hall: hall.sort((left, right) => left.from - right.from) };
}

/** What a terminal needs from its action to the hall's answer on a good line. */
const ON_THE_WAY = 1000;

/** When an action that a terminal made at `at` reaches the hall: at once, or when the line and the hall are back. */
export function arrivalOf(machine: MachineId, at: number, { lines, hall }: Outages): number {
  const spans = [...(lines.get(machine) ?? []), ...hall];
  let arrival = at;
  for (let outage = coverOf(spans, arrival); outage !== undefined; outage = coverOf(spans, arrival)) arrival = outage.to;
  return arrival + ON_THE_WAY;
}

export function coverOf(spans: readonly Span[], at: number): Span | undefined {
  return spans.find(({ from, to }) => from <= at && at < to);
}

/** Share of a day's people by hour, from 0 to 23. */
const TERMINAL_HOURS = [0, 0, 0, 0, 0, 0, 0, 4, 9, 12, 11, 8, 5, 5, 8, 9, 8, 6, 5, 5, 4, 1, 0, 0];
const DESK_HOURS = [0, 0, 0, 0, 0, 0, 0, 0, 6, 15, 14, 9, 0, 0, 9, 13, 11, 5, 0, 0, 0, 0, 0, 0];
/** Monday first: Mondays are full, and Sundays belong to terminals. */
const WEEKDAYS = [1.25, 1.05, 1, 0.95, 1, 0.55, 0.45];
/** A market day brings the valleys into town. */
const MARKET = 2;
/** How many come in an hour, in no unit: only the shares matter. @param hour 0 … 23 in China */
export function busyness(site: SeedSite, date: string, hour: number, calendar: WorkingCalendar): { terminal: number; window: number } {
  const working = isWorkingDay(date, calendar);
  const market = site.market.includes(Number(date.slice(-1))) ? MARKET : 1;
  const day = (WEEKDAYS[weekday(date) - 1] ?? 1) * market * site.weight;
  const open = site.kind !== 'hall' || working;
  return {
    terminal: open ? (TERMINAL_HOURS[hour] ?? 0) * day : 0,
    window: site.kind === 'hall' && working ? (DESK_HOURS[hour] ?? 0) * (WEEKDAYS[weekday(date) - 1] ?? 1) : 0,
  };
}
