/** What days of queues add up to, in a form that days and sites can be added in: a county's month is its days' sums, and no entry is read twice. */
import { dividedDay, type DividedDay, type Fact, factsOf } from './figures.ts';
import { type QueueEntry, type QueueRules, TicketWay } from './types.ts';

/** Times are counted in steps of so many milliseconds: a wait is told in minutes, and a quarter of one is finer than anybody asks. */
export const STEP = 15_000;

/** @property total milliseconds @property steps how many lasted so many whole steps */
export type Times = { count: number; total: number; steps: Readonly<Record<string, number>> };

const LEVELS = ['5', '4', '3', '2', '1'] as const;
export type Levels = Readonly<Record<(typeof LEVELS)[number], number>>;

/** The words of `Figures`. */
export type Sums = {
  taken: number; ways: Readonly<Record<TicketWay, number>>; served: number; withoutTicket: number; missed: number; left: number; abandoned: number;
  waiting: Times; walking: Times; service: Times; ratings: Levels;
};

/** By the same keys as `DayFigures`. */
export type DaySums = DividedDay<Sums>;

const NO_TIMES: Times = { count: 0, total: 0, steps: {} };
export const NO_SUMS: Sums = {
  taken: 0, ways: { card: 0, phone: 0, staff: 0, appointment: 0, roll: 0 }, served: 0, withoutTicket: 0, missed: 0, left: 0, abandoned: 0,
  waiting: NO_TIMES, walking: NO_TIMES, service: NO_TIMES, ratings: { 5: 0, 4: 0, 3: 0, 2: 0, 1: 0 },
};
export const NO_DAY: DaySums = { whole: NO_SUMS, businesses: {}, windows: {}, accounts: {}, hours: {} };

export function sumsOf(rules: QueueRules, entries: Iterable<QueueEntry>): DaySums {
  return dividedDay(factsOf(rules, entries), sumUp);
}

export function addDays(one: DaySums, other: DaySums): DaySums {
  return {
    whole: addSums(one.whole, other.whole), businesses: addEach(one.businesses, other.businesses), windows: addEach(one.windows, other.windows), accounts: addEach(one.accounts, other.accounts), hours: addEach(one.hours, other.hours),
  };
}

export function addSums(one: Sums, other: Sums): Sums {
  return {
    taken: one.taken + other.taken, ways: addNumbers(one.ways, other.ways), served: one.served + other.served, withoutTicket: one.withoutTicket + other.withoutTicket, missed: one.missed + other.missed, left: one.left + other.left,
    abandoned: one.abandoned + other.abandoned, waiting: addTimes(one.waiting, other.waiting), walking: addTimes(one.walking, other.walking), service: addTimes(one.service, other.service), ratings: addNumbers(one.ratings, other.ratings),
  };
}

/** Times in milliseconds, the mean exactly, the others to a step below. @property over how many lasted at least as long as was asked */
export type Told = { count: number; mean: number; median: number; p90: number; over: number };

/** @param overMinutes what counts as too long @returns null: there are none */
export function toldOf({ count, total, steps }: Times, overMinutes: number): Told | null {
  if (count === 0) return null;
  const sorted = Object.entries(steps).map(([step, times]) => ({ ms: Number(step) * STEP, times })).toSorted((one, other) => one.ms - other.ms);
  const at = (place: number) => {
    let passed = 0;
    for (const { ms, times } of sorted) if ((passed += times) >= place) return ms;
    return 0;
  };
  const median = count % 2 === 1 ? at((count + 1) / 2) : (at(count / 2) + at(count / 2 + 1)) / 2;
  return { count, mean: total / count, median, p90: at(Math.ceil(0.9 * count)), over: sorted.reduce((sum, { ms, times }) => (ms >= overMinutes * 60_000 ? sum + times : sum), 0) };
}

/** Of all who came, those who took a ticket by themselves, 0 … 1; null when nobody came. */
export function kioskShareOf({ ways, taken, withoutTicket }: Sums): number | null {
  return taken + withoutTicket === 0 ? null : (ways.card + ways.phone + ways.appointment) / (taken + withoutTicket);
}

function sumUp(facts: readonly Fact[]): Sums {
  const count = (kind: Fact['kind']) => facts.reduce((sum, fact) => sum + Number(fact.kind === kind), 0);
  const ways = { ...NO_SUMS.ways };
  const ratings = { ...NO_SUMS.ratings };
  const times = { waited: newTimes(), walked: newTimes(), spell: newTimes() };
  for (const fact of facts) {
    if (fact.kind === 'taken') ways[fact.way] += 1;
    else if (fact.kind === 'rated') ratings[String(fact.level) as keyof Levels] += 1;
    else if ('ms' in fact) put(times[fact.kind], fact.ms);
  }
  return {
    taken: count('taken'), ways, served: count('served'), withoutTicket: count('without-ticket'), missed: count('missed'), left: count('left'), abandoned: count('abandoned'),
    waiting: times.waited, walking: times.walked, service: times.spell, ratings,
  };
}

type Gathering = { count: number; total: number; steps: Record<string, number> };
const newTimes = (): Gathering => ({ count: 0, total: 0, steps: {} });

function put(times: Gathering, ms: number): void {
  const step = String(Math.floor(ms / STEP));
  times.count += 1;
  times.total += ms;
  times.steps[step] = (times.steps[step] ?? 0) + 1;
}

function addEach(one: Readonly<Record<string, Sums>>, other: Readonly<Record<string, Sums>>): Record<string, Sums> {
  return Object.fromEntries([...new Set([...Object.keys(one), ...Object.keys(other)])].map((key) => [key, addSums(one[key] ?? NO_SUMS, other[key] ?? NO_SUMS)]));
}

function addTimes(one: Times, other: Times): Times {
  return { count: one.count + other.count, total: one.total + other.total, steps: addNumbers(one.steps, other.steps) };
}

function addNumbers<Name extends string>(one: Readonly<Record<Name, number>>, other: Readonly<Record<Name, number>>): Record<Name, number> {
  const names = new Set([...Object.keys(one), ...Object.keys(other)] as Name[]);
  return Object.fromEntries([...names].map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)])) as Record<Name, number>;
}
