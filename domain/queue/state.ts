/** What a site's queue is at one moment of the day. Nothing of it is ever changed: each entry answers another one, which shares what stayed. */
import { NO_NUMBERS, type Numbers } from './ranges.ts';
import { EMPTY_TRIE, lookUp, type Trie, withValue } from './trie.ts';
import type { Arrangement, QueueEntry, QueueRules, Ticket, WindowState } from './types.ts';

/**
 * By key of the business: `lines`, who waits there, in the order of waiting; `numbers`; `passed`, how often in a row somebody who came later was called
 * before the ordinary ticket that waits longest; `turns`, how long the last calls had a window in hand, milliseconds.
 * @property gaps how long the last windows that became free let somebody wait, milliseconds
 * @property seen the entries that hold, by their id
 * @property began rules of the settings that the day began with; `rules` has the windows that hold now
 * @property arranged what holds since it was last arranged; `version` 0: nobody has, in this list; `account` null: it was carried over from an earlier day
 * @property aside suspended and missed tickets: they wait for something else than a call
 */
export type Queue = {
  readonly rules: QueueRules;
  readonly began: QueueRules;
  readonly arranged: { readonly version: number; readonly arrangement: Arrangement | null; readonly account: string | null; readonly at: string | null };
  readonly seen: Trie<QueueEntry>;
  readonly tickets: Trie<Ticket>;
  readonly lines: Readonly<Record<string, readonly Ticket[]>>;
  readonly aside: readonly Ticket[];
  readonly windows: readonly WindowState[];
  readonly numbers: Readonly<Record<string, Numbers>>;
  readonly passed: Readonly<Record<string, number>>;
  readonly turns: Readonly<Record<string, readonly number[]>>;
  readonly gaps: readonly number[];
};

/** Calls of a business whose length says how long the next will be: an hour of four windows, so that what changes over a day is followed. */
export const LAST = 40;

export function emptyQueue(rules: QueueRules): Queue {
  const each = <Value>(value: Value) => Object.fromEntries(rules.businesses.map(({ key }) => [key, value]));
  return {
    rules, began: rules, arranged: { version: 0, arrangement: null, account: null, at: null }, seen: EMPTY_TRIE, tickets: EMPTY_TRIE, lines: each([]), aside: [], numbers: each(NO_NUMBERS), passed: each(0), turns: each([]), gaps: [],
    windows: rules.windows.map(({ number, businesses }) => closedWindow(number, businesses)),
  };
}

export function closedWindow(number: number, businesses: readonly string[]): WindowState {
  return { number, account: null, businesses, state: 'closed', why: '', ticket: null, since: null };
}

export function ticketOf(queue: Queue, ticket: string): Ticket | undefined {
  return lookUp(queue.tickets, ticket);
}

export function windowOf(queue: Queue, number: number): WindowState | undefined {
  return queue.windows.find((window) => window.number === number);
}

/** The order of waiting. Two of one moment go by their numbers. */
export function compareWaiting(one: Ticket, other: Ticket): number {
  if (one.since !== other.since) return one.since < other.since ? -1 : 1;
  if (one.number !== other.number) return one.number - other.number;
  return one.ticket < other.ticket ? -1 : Number(one.ticket > other.ticket);
}

/** Whether any window of its business may call it: it is bound to none, or to one that is closed, behind which nobody may be left waiting. */
export function isUnbound(queue: Pick<Queue, 'windows'>, ticket: Ticket): boolean {
  if (ticket.window === null) return true;
  const bound = queue.windows.find(({ number }) => number === ticket.window);
  return bound === undefined || bound.state === 'closed';
}

/** Whether it was missed as often as the rule allows, so that it cannot come back. */
export function isSpent({ missed: rule }: QueueRules, { state, missed }: Ticket): boolean {
  return state.kind === 'missed' && (rule.kind === 'void' || missed > rule.times);
}

/** Whether its holder may still be served with it. */
export function isLive(rules: QueueRules, ticket: Ticket): boolean {
  return ticket.state.kind !== 'done' && ticket.state.kind !== 'left' && !isSpent(rules, ticket);
}

/** The live ticket of a business that somebody holds. */
export function heldBy(queue: Queue, business: string, holder: string): Ticket | undefined {
  const inHand = queue.windows.flatMap(({ ticket }) => (ticket === null ? [] : (ticketOf(queue, ticket) ?? [])));
  const is = (ticket: Ticket) => ticket.holder === holder && ticket.business === business && isLive(queue.rules, ticket);
  return queue.lines[business]?.find(is) ?? inHand.find(is) ?? queue.aside.find(is);
}

/** The same with a ticket as it now is, standing where that says. */
export function withTicket(queue: Queue, ticket: Ticket): Queue {
  const before = ticketOf(queue, ticket.ticket);
  let { lines, aside } = queue;
  if (before?.state.kind === 'waiting') lines = { ...lines, [before.business]: without(lines[before.business] ?? [], before) };
  else if (before !== undefined && isAside(before)) aside = aside.filter((one) => one !== before);
  if (ticket.state.kind === 'waiting') lines = { ...lines, [ticket.business]: inserted(lines[ticket.business] ?? [], ticket) };
  else if (isAside(ticket)) aside = [...aside, ticket];
  return { ...queue, tickets: withValue(queue.tickets, ticket.ticket, ticket), lines, aside };
}

export function withWindow(queue: Queue, window: WindowState): Queue {
  return { ...queue, windows: queue.windows.map((one) => (one.number === window.number ? window : one)) };
}

/** The window with a ticket in hand. Who waited for it already when it became free has waited for the clerk. */
export function withWindowTaken(queue: Queue, window: WindowState, { ticket, since, window: bound, state }: Ticket, at: string): Queue {
  const waited = state.kind === 'waiting' && bound === null;
  const gaps = waited && window.since !== null && since <= window.since ? [...queue.gaps, milliseconds(window.since, at)].slice(-LAST) : queue.gaps;
  return withWindow({ ...queue, gaps }, { ...window, ticket, since: at });
}

/** The window with nothing in hand; what it had was of this business. */
export function withWindowFree(queue: Queue, number: number, business: string, at: string): Queue {
  const window = windowOf(queue, number);
  if (window?.since == null) return queue;
  const turns = [...(queue.turns[business] ?? []), milliseconds(window.since, at)].slice(-LAST);
  return withWindow({ ...queue, turns: { ...queue.turns, [business]: turns } }, { ...window, ticket: null, since: at });
}

/** From one instant to another; clocks of two machines that disagree make no time negative. */
export function milliseconds(from: string, to: string): number {
  return Math.max(0, Date.parse(to) - Date.parse(from));
}

function isAside({ state }: Ticket): boolean {
  return state.kind === 'suspended' || state.kind === 'missed';
}

function inserted(line: readonly Ticket[], ticket: Ticket): readonly Ticket[] {
  return line.toSpliced(placeIn(line, ticket), 0, ticket);
}

function without(line: readonly Ticket[], ticket: Ticket): readonly Ticket[] {
  return line.toSpliced(placeIn(line, ticket), 1);
}

/** Where it stands, or would stand. */
function placeIn(line: readonly Ticket[], ticket: Ticket): number {
  let [low, high] = [0, line.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = line[middle];
    if (there !== undefined && compareWaiting(there, ticket) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
