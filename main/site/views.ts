/** What counters and boards are told of a queue. */
import type { BoardView, CounterTicket, CounterView } from '../../domain/contracts/site.ts';
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
  const isOurs = (ticket: Ticket) => (ticket.state.kind === 'suspended' ? ticket.state.window === number : window.businesses.includes(ticket.business) && !isSpent(queue.rules, ticket));
  return {
    window: number, state: window.state, account: window.account, why: window.why,
    inHand: inHand === undefined ? null : counterTicket(queue, inHand),
    lines: queue.rules.businesses.filter(({ key }) => window.businesses.includes(key)).map(({ key, name }) => ({ business: key, name, waiting: queue.lines[key]?.length ?? 0 })),
    next: turn === null ? null : { code: codeOf(queue, turn.ticket), why: turn.why },
    aside: queue.aside.filter(isOurs).flatMap((ticket) => counterTicket(queue, ticket) ?? []),
    waiting: waitingFor(queue, window).slice(0, MOST_SHOWN).flatMap((ticket) => counterTicket(queue, ticket) ?? []),
  };
}

/** Those that the window could call, in the order of waiting; whom it calls next is said by `nextFor`. */
function waitingFor(queue: Queue, window: WindowState): Ticket[] {
  return window.businesses.flatMap((key) => queue.lines[key] ?? []).filter((ticket) => ticket.window === window.number || isUnbound(queue, ticket)).toSorted(compareWaiting);
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
