/** Whom a window calls next, and why. */
import { compareWaiting, isUnbound, type Queue, windowOf } from './state.ts';
import type { QueueRules, Ticket, WindowState } from './types.ts';

/**
 * A ticket that is called, and the rule that brings it.
 * | why | |
 * |---|---|
 * | returned | it is this window's own: back from a suspension, or transferred to it |
 * | appointment | its slot has begun and is not over |
 * | priority | |
 * | ordinary-turn | the starvation bound: somebody before whom enough others have gone must not be passed again, so waiting time alone decides |
 * | longest | it waits longest of those without any of this |
 */
export type Turn = { ticket: Ticket; why: 'returned' | 'appointment' | 'priority' | 'longest' | 'ordinary-turn' };

/** Lines that are emptied call by call, to see what comes. */
export type Outlook = { rules: QueueRules; windows: readonly WindowState[]; lines: Record<string, Ticket[]>; passed: Record<string, number> };

export function outlookOf({ rules, windows, lines, passed }: Queue): Outlook {
  return { rules, windows, lines: Object.fromEntries(Object.entries(lines).map(([business, line]) => [business, [...line]])), passed: { ...passed } };
}

/**
 * Everybody that a window would call if no other window called anybody, in order. Missed and suspended tickets are not among them: nobody calls them unasked.
 * @param at now; slots of appointments go by it
 */
export function orderFor(queue: Queue, number: number, at: string): Turn[] {
  const window = windowOf(queue, number);
  if (window === undefined) return [];
  const outlook = outlookOf(queue);
  const turns: Turn[] = [];
  for (let turn = takeNext(outlook, window, at); turn !== null; turn = takeNext(outlook, window, at)) turns.push(turn);
  return turns;
}

/** The first of them. */
export function nextFor(queue: Queue, number: number, at: string): Turn | null {
  const window = windowOf(queue, number);
  return window === undefined ? null : choose(queue, window, at);
}

/** Takes the next one out of its line. */
export function takeNext(outlook: Outlook, window: WindowState, at: string): Turn | null {
  const turn = choose(outlook, window, at);
  if (turn === null) return null;
  outlook.passed = passedAfter(outlook, window, turn.ticket);
  const line = outlook.lines[turn.ticket.business];
  line?.splice(line.indexOf(turn.ticket), 1);
  return turn;
}

/**
 * How often in a row the ordinary ticket that waits longest was passed, by business, after one more call. Those are passed that the window could have called
 * and that came earlier than who was called. A window's own tickets pass nobody: they have had their turn in line.
 * @param called still in its line, if it waits
 */
export function passedAfter(hall: Pick<Queue, 'windows' | 'lines' | 'passed'>, window: WindowState, called: Ticket): Record<string, number> {
  const passed = { ...hall.passed };
  if (called.window === window.number) return passed;
  for (const business of window.businesses) {
    const head = headOf(hall, business);
    if (head === undefined || head.ticket === called.ticket) passed[business] = 0;
    else if (compareWaiting(head, called) < 0) passed[business] = (passed[business] ?? 0) + 1;
  }
  return passed;
}

function choose(hall: Pick<Queue, 'rules' | 'windows' | 'lines' | 'passed'>, window: WindowState, at: string): Turn | null {
  const own = first(Object.values(hall.lines).flatMap((line) => line.filter((ticket) => ticket.window === window.number)));
  if (own !== null) return { ticket: own, why: 'returned' };
  const free = window.businesses.flatMap((business) => (hall.lines[business] ?? []).filter((ticket) => isUnbound(hall, ticket)));
  const longest = first(free);
  if (longest === null) return null;
  const usual = advantaged(free, at) ?? { ticket: longest, why: 'longest' };
  const due = window.businesses.some((business) => (hall.passed[business] ?? 0) >= hall.rules.ordinaryEvery - 1 && headOf(hall, business) !== undefined);
  if (!due || usual.ticket === longest) return usual;
  return { ticket: longest, why: longest.priority === null ? 'ordinary-turn' : 'longest' };
}

/** Who goes before those that wait longer. */
function advantaged(free: readonly Ticket[], at: string): Turn | null {
  const appointed = free.filter(({ appointment }) => appointment !== null && appointment.from <= at && at < appointment.until);
  const [early] = appointed.toSorted((one, other) => compareSlots(one, other) || compareWaiting(one, other));
  if (early !== undefined) return { ticket: early, why: 'appointment' };
  const prior = first(free.filter(({ priority }) => priority !== null));
  return prior === null ? null : { ticket: prior, why: 'priority' };
}

function compareSlots({ appointment: one }: Ticket, { appointment: other }: Ticket): number {
  if (one === null || other === null || one.from === other.from) return 0;
  return one.from < other.from ? -1 : 1;
}

/** The ordinary ticket of a business that waits longest. */
function headOf(hall: Pick<Queue, 'windows' | 'lines'>, business: string): Ticket | undefined {
  return hall.lines[business]?.find((ticket) => ticket.priority === null && isUnbound(hall, ticket));
}

function first(tickets: readonly Ticket[]): Ticket | null {
  return tickets.reduce<Ticket | null>((early, ticket) => (early === null || compareWaiting(ticket, early) < 0 ? ticket : early), null);
}
