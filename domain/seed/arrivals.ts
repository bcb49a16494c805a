/** Who comes when: a Poisson stream whose rate follows hours, weekdays and market days, with as many people as were asked for. */
import { addNaturalDays, civilDate } from '../calendar/civil-date.ts';
import type { WorkingCalendar } from '../calendar/working-days.ts';
import type { MachineId } from '../ids.ts';
import type { County, SeedSite } from './county.ts';
import { type Random, randomFor } from './random.ts';
import { busyness, HOUR, timeOn } from './times.ts';

/** `machine` null: at a window. */
export type Arrival = { at: number; machine: MachineId | null };

/** Of all who come; the rest go to a window. */
const AT_TERMINALS = 0.66;

/** In the order of time. Knowing how many come in all, a Poisson stream is so many independent draws from its rate, so that none is left over. */
export function* arrivalsOf(seed: number, county: County, cases: number, from: string, days: number, until: number, calendar: WorkingCalendar): Generator<Arrival> {
  const hours = Array.from({ length: (days + 1) * 24 }, (_, index) => ({ date: addNaturalDays(from, Math.floor(index / 24)), hour: index % 24 })).filter(({ date, hour }) => timeOn(date, hour * 60) < until);
  const rates = hours.map(({ date, hour }) => county.sites.map((site) => busyness(site, date, hour, calendar)));
  const atTerminals = Math.round(cases * AT_TERMINALS);
  const terminal = drawCounts(randomFor(seed, 'arrivals', 'terminal'), atTerminals, rates.map((sites) => sum(sites.map((rate) => rate.terminal))));
  const window = drawCounts(randomFor(seed, 'arrivals', 'window'), cases - atTerminals, rates.map((sites) => sum(sites.map((rate) => rate.window))));
  for (const [index, { date, hour }] of hours.entries()) {
    const random = randomFor(seed, 'hour', index);
    const start = timeOn(date, hour * 60);
    const room = Math.min(HOUR, until - start);
    const sites = (rates[index] ?? []).map((rate, place) => [rate.terminal, county.sites[place]] as const);
    const coming = [
      ...Array.from({ length: terminal[index] ?? 0 }, (): Arrival => ({ at: start + Math.floor(random.next() * room), machine: machineOf(random, sites) })),
      ...Array.from({ length: window[index] ?? 0 }, (): Arrival => ({ at: start + Math.floor(random.next() * room), machine: null })),
    ];
    yield* coming.sort((left, right) => left.at - right.at);
  }
}

/** The first day of a story of `days` days that ends at `until`. */
export function firstDay(until: number, days: number): string {
  return addNaturalDays(civilDate(until), -days);
}

function machineOf(random: Random, sites: readonly (readonly [number, SeedSite | undefined])[]): MachineId {
  const site = random.weighted(sites);
  if (site === undefined) throw new RangeError('a rate without a site');
  return random.pick(site.machines);
}

/** How many of `count` fall into each place, by their weights. */
function drawCounts(random: Random, count: number, weights: readonly number[]): Uint32Array {
  const counts = new Uint32Array(weights.length);
  const ends = new Float64Array(weights.length);
  let total = 0;
  weights.forEach((weight, place) => {
    total += weight;
    ends[place] = total;
  });
  if (total === 0 && count > 0) throw new RangeError('nobody can come in these days: give more of them');
  for (let drawn = 0; drawn < count; drawn += 1) {
    const place = firstAbove(ends, random.next() * total);
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
}

function firstAbove(ends: Float64Array, mark: number): number {
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) > mark) high = middle;
    else low = middle + 1;
  }
  return low;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
