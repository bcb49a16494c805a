/** What counters and boards are told of a queue. */
import type { BoardView, ChoiceView, CounterTicket, CounterView } from '../../domain/contracts/site.ts';
import { windowsToOpen } from '../../domain/queue/arrangement.ts';
import { ticketCode } from '../../domain/queue/numbers.ts';
import { nextFor } from '../../domain/queue/order.ts';
import { compareWaiting, isSpent, isUnbound, type Queue, ticketOf, windowOf } from '../../domain/queue/state.ts';
import type { Ticket, WindowState } from '../../domain/queue/types.ts';

/** How many waiting tickets a counter is shown: more than a clerk reads. */
const MOST_SHOWN = 50;

/** @param at now; slots of appointments go by it @returns null: the site has no such window */
export function counterView(queue: Queue, number: number, at: string): CounterView | null {
  const window = windowOf(queue, number);
  if (window === undefined) return null;
  const turn = window.state === 'open' && window.ticket === null ? nextFor(queue, number, at) : null;
  const inHand = window.ticket === null ? undefined : ticketOf(queue, window.ticket);
  return {
    window: number, state: window.state, account: window.account, why: window.why,
    inHand: inHand === undefined ? null : counterTicket(queue, inHand),
    lines: queue.rules.businesses.filter(({ key }) => window.businesses.includes(key)).map(({ key, name }) => ({ business: key, name, waiting: queue.lines[key]?.length ?? 0 })),
    next: turn === null ? null : { code: codeOf(queue, turn.ticket), why: turn.why },
    aside: queue.aside.filter((ticket) => isOurs(queue, window, ticket)).flatMap((ticket) => counterTicket(queue, ticket) ?? []),
    waiting: waitingFor(queue, window).slice(0, MOST_SHOWN).flatMap((ticket) => counterTicket(queue, ticket) ?? []),
    arranged: queue.arranged.version,
  };
}

/** What comes back at this window: suspended here, or missed in one of its lines. One that was suspended at a window that there is no more comes back at any of its business. */
function isOurs(queue: Queue, { number, businesses }: WindowState, ticket: Ticket): boolean {
  if (ticket.state.kind === 'suspended' && windowOf(queue, ticket.state.window) !== undefined) return ticket.state.window === number;
  return businesses.includes(ticket.business) && !isSpent(queue.rules, ticket);
}

/** Those that the window could call, in the order of waiting; whom it calls next is said by `nextFor`. */
function waitingFor(queue: Queue, window: WindowState): Ticket[] {
  return window.businesses.flatMap((key) => queue.lines[key] ?? []).filter((ticket) => ticket.window === window.number || isUnbound(queue, ticket)).toSorted(compareWaiting);
}

/** @param settled windows that the settings let the account open; empty: any */
export function choiceView(queue: Queue, account: string, settled: readonly number[]): ChoiceView {
  const numbers = windowsToOpen(queue, account, settled);
  const chosen = queue.windows.filter((window) => numbers.includes(window.number) || window.account === account);
  return { windows: chosen.map(({ number, state, account: whose, businesses }) => ({ window: number, state, account: whose, businesses: [...businesses] })) };
}

export function boardView(queue: Queue): BoardView {
  const windows = queue.windows.map((window) => ({ window, ticket: window.ticket === null ? undefined : ticketOf(queue, window.ticket) }));
  return {
    calls: windows
      .flatMap(({ window, ticket }) => (ticket?.state.kind === 'called' ? [{ code: codeOf(queue, ticket), window: window.number, at: ticket.state.at, times: ticket.state.times }] : []))
      .toSorted((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : one.window - other.window)),
    windows: windows.map(({ window, ticket }) => ({ window: window.number, state: window.state, code: ticket === undefined ? null : codeOf(queue, ticket), businesses: queue.rules.businesses.filter(({ key }) => window.businesses.includes(key)).map(({ name }) => name) })),
    lines: queue.rules.businesses.map(({ key, name }) => ({ name, waiting: queue.lines[key]?.length ?? 0 })),
  };
}

/** The letter is that of the business it was taken for: a transfer does not change what somebody holds in the hand. */
export function codeOf({ rules }: Pick<Queue, 'rules'>, { issued, number }: Pick<Ticket, 'issued' | 'number'>): string {
  return ticketCode(rules.businesses.find(({ key }) => key === issued)?.prefix ?? '', number);
}

/** null: it is done, or its holder has gone */
function counterTicket(queue: Queue, ticket: Ticket): CounterTicket | null {
  const { state } = ticket;
  if (state.kind === 'done' || state.kind === 'left') return null;
  return {
    ticket: ticket.ticket, code: codeOf(queue, ticket), business: ticket.business, state: state.kind, since: 'since' in state ? state.since : 'at' in state ? state.at : ticket.since, priority: ticket.priority,
    why: state.kind === 'suspended' ? state.why : null, calls: ticket.calls, notes: [...ticket.notes], revision: ticket.revision, way: ticket.way, taken: ticket.at, case: ticket.case,
  };
}
