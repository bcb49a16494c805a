/**
 * What a day of a site's queue adds up to, reckoned from its entries; entries that do not hold count for nothing. Everything is counted where and when it happened: who was
 * transferred waited for one business and was served in another.
 */
import { civilDate, startOfDay } from '../calendar/civil-date.ts';
import { applyEntry } from './queue.ts';
import { emptyQueue, milliseconds, type Queue, ticketOf, windowOf } from './state.ts';
import { valuesOf } from './trie.ts';
import { type QueueEntry, type QueueRules, type Ticket, TicketWay } from './types.ts';

/** Of so many times, milliseconds; `p90`: nine of ten were no longer. Null when there are none. */
export type Spread = { count: number; mean: number; median: number; p90: number } | null;

/**
 * @property ways how the tickets were taken
 * @property served tickets that were brought to an end; `withoutTicket`: people served who had none
 * @property missed calls that nobody came to
 * @property left tickets given up, before or when the day closed; `abandoned`: tickets taken here that nobody came back with, left or missed to the end
 * @property waiting from taking a ticket to its first call
 * @property walking from a call to the beginning of service
 * @property service each spell at a window: one that was suspended has several
 * @property kioskShare of all who came, those who took a ticket by themselves, 0 … 1; null when nobody came
 */
export type Figures = {
  taken: number;
  ways: Record<TicketWay, number>;
  served: number;
  withoutTicket: number;
  missed: number;
  left: number;
  abandoned: number;
  waiting: Spread;
  walking: Spread;
  service: Spread;
  kioskShare: number | null;
};

/** `windows` by number, `hours` by the hour in China, 0 … 23. Taking a ticket, and abandoning it, is at no window and with no account. */
export type DividedDay<Part> = { whole: Part; businesses: Record<string, Part>; windows: Record<string, Part>; accounts: Record<string, Part>; hours: Record<string, Part> };
export type DayFigures = DividedDay<Figures>;

type Place = { at: string; business: string; window: number | null; account: string | null };
/** One thing that happened, where and when it did. A rating is the window's that gave the service. */
export type Fact = Place & (
  | { kind: 'taken'; way: TicketWay }
  | { kind: 'served' | 'without-ticket' | 'missed' | 'left' | 'abandoned' }
  | { kind: 'waited' | 'walked' | 'spell'; ms: number }
  | { kind: 'rated'; level: number }
);

export function figuresOf(rules: QueueRules, entries: Iterable<QueueEntry>): DayFigures {
  return dividedDay(factsOf(rules, entries), figures);
}

/** What happened on a day and in each part of it. @param sum what some facts add up to */
export function dividedDay<Part>(facts: readonly Fact[], sum: (facts: readonly Fact[]) => Part): DividedDay<Part> {
  return {
    whole: sum(facts),
    businesses: by(facts, sum, ({ business }) => business),
    windows: by(facts, sum, ({ window }) => (window === null ? null : String(window))),
    accounts: by(facts, sum, ({ account }) => account),
    hours: by(facts, sum, ({ at }) => String(hourOf(at))),
  };
}

/** What happened on a day, in order; abandoned tickets last. */
export function factsOf(rules: QueueRules, entries: Iterable<QueueEntry>): Fact[] {
  const facts: Fact[] = [];
  let queue = emptyQueue(rules);
  for (const entry of entries) {
    const done = applyEntry(queue, entry);
    // One that came again is the same queue.
    if (!done.ok || done.value === queue) continue;
    facts.push(...factsIn(queue, done.value, entry));
    queue = done.value;
  }
  for (const { state, at, issued } of valuesOf(queue.tickets)) if (state.kind === 'left' || state.kind === 'missed') facts.push({ kind: 'abandoned', at, business: issued, window: null, account: null });
  return facts;
}

/** What one entry tells. */
function factsIn(before: Queue, after: Queue, { deed, at }: QueueEntry): Fact[] {
  if (deed.kind === 'served') return [{ kind: 'without-ticket', at, business: deed.business, window: deed.window, account: windowOf(before, deed.window)?.account ?? null }];
  if (deed.kind === 'issued') return [{ kind: 'taken', way: deed.issue.way, at: deed.issue.at, business: deed.issue.business, window: null, account: null }];
  const ticket = 'ticket' in deed ? ticketOf(before, deed.ticket) : undefined;
  if (ticket === undefined) return [];
  const window = deed.kind === 'called' ? deed.window : inHandAt(ticket);
  const place: Place = { at, business: ticket.business, window, account: window === null ? null : (windowOf(after, window)?.account ?? null) };
  const spell: Fact[] = ticket.state.kind === 'serving' ? [{ ...place, kind: 'spell', ms: milliseconds(ticket.state.since, at) }] : [];
  switch (deed.kind) {
    case 'called':
      return ticket.calls === 0 ? [{ ...place, kind: 'waited', ms: milliseconds(ticket.at, at) }] : [];
    case 'started':
      return [{ ...place, kind: 'walked', ms: walkedMs(ticket, at) }];
    case 'suspended':
    case 'transferred':
      return spell;
    case 'finished':
      return [...spell, { ...place, kind: 'served' }];
    case 'missed':
      return [{ ...place, kind: 'missed' }];
    case 'left':
      return [{ ...place, kind: 'left' }];
    case 'rated':
      return [{ at, business: ticket.business, window: deed.window, account: windowOf(after, deed.window)?.account ?? null, kind: 'rated', level: deed.level }];
    default:
      return [];
  }
}

function inHandAt({ state }: Ticket): number | null {
  return state.kind === 'called' || state.kind === 'serving' ? state.window : null;
}

function walkedMs({ state }: Ticket, at: string): number {
  return state.kind === 'called' ? milliseconds(state.at, at) : 0;
}

function figures(facts: readonly Fact[]): Figures {
  const count = (kind: Fact['kind']) => facts.filter((fact) => fact.kind === kind).length;
  const spread = (kind: 'waited' | 'walked' | 'spell') => spreadOf(facts.flatMap((fact) => (fact.kind === kind && 'ms' in fact ? [fact.ms] : [])));
  const waysTaken = facts.flatMap((fact) => (fact.kind === 'taken' ? [fact.way] : []));
  const ways = Object.fromEntries(TicketWay.options.map((way) => [way, waysTaken.filter((taken) => taken === way).length])) as Figures['ways'];
  const taken = waysTaken.length;
  const withoutTicket = count('without-ticket');
  return {
    taken, ways, served: count('served'), withoutTicket, missed: count('missed'), left: count('left'), abandoned: count('abandoned'), waiting: spread('waited'), walking: spread('walked'), service: spread('spell'),
    kioskShare: taken + withoutTicket === 0 ? null : (ways.card + ways.phone + ways.appointment) / (taken + withoutTicket),
  };
}

/** @param keyOf null: counted in no part */
function by<Part>(facts: readonly Fact[], sum: (facts: readonly Fact[]) => Part, keyOf: (fact: Fact) => string | null): Record<string, Part> {
  const parts = new Map<string, Fact[]>();
  for (const fact of facts) {
    const key = keyOf(fact);
    if (key === null) continue;
    const own = parts.get(key);
    if (own === undefined) parts.set(key, [fact]);
    else own.push(fact);
  }
  return Object.fromEntries([...parts].map(([key, own]) => [key, sum(own)]));
}

function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) return null;
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  const half = sorted.length / 2;
  const median = sorted.length % 2 === 1 ? at(0.5) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
  return { count: sorted.length, mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length, median, p90: at(0.9) };
}

/** The hour of an instant in China, 0 … 23. */
function hourOf(at: string): number {
  const instant = Date.parse(at);
  return Math.floor((instant - startOfDay(civilDate(instant))) / 3_600_000);
}
