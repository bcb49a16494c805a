/** What citizens are told: at a terminal, on their phones, on the screen before a window. */
import type { PositionView, RatingView, TicketDesk, TicketPaper, Wait } from '../../domain/contracts/site.ts';
import { estimateNew, estimateOf, type Estimate } from '../../domain/queue/estimate.ts';
import { isSpent, type Queue, ticketOf } from '../../domain/queue/state.ts';
import { valuesOf } from '../../domain/queue/trie.ts';
import type { Ticket } from '../../domain/queue/types.ts';
import { codeOf } from './views.ts';

/** How long a citizen who was served is asked for a rating, milliseconds: papers are put away, a coat is put on. */
const ASKED_FOR = 3 * 60_000;

/** @param position address of the page that shows where it stands */
export function paperOf(queue: Queue, ticket: Ticket, at: string, position: string | null, alone: boolean): TicketPaper {
  return {
    ticket: ticket.ticket, code: codeOf(queue, ticket), business: nameOf(queue, ticket.business), at: ticket.at, wait: waitOf(estimateOf(queue, ticket.ticket, at)), windows: windowsFor(queue, ticket.business), position, alone,
    appointment: ticket.appointment === null ? null : { from: ticket.appointment.from, until: ticket.appointment.until },
  };
}

/** @param open tickets are given now @param next when they are given again */
export function deskView(queue: Queue, at: string, { open, next, alone }: { open: boolean; next: string | null; alone: boolean }): TicketDesk {
  return {
    open, next, alone, elderlyFrom: queue.rules.elderlyFrom,
    lines: queue.rules.businesses.map(({ key, name, items }) => ({
      business: key, name, items, waiting: queue.lines[key]?.length ?? 0, wait: waitOf(estimateNew(queue, key, null, at)) ?? { ahead: 0, least: null, most: null }, windows: windowsFor(queue, key),
    })),
  };
}

export function positionView(queue: Queue, id: string, at: string): PositionView | null {
  const ticket = ticketOf(queue, id);
  if (ticket === undefined) return null;
  const { state } = ticket;
  return {
    code: codeOf(queue, ticket), business: nameOf(queue, ticket.business), state: state.kind, window: 'window' in state ? state.window : null, wait: waitOf(estimateOf(queue, ticket.ticket, at)), spent: isSpent(queue.rules, ticket), at,
  };
}

/** Whoever was served last at the window, for a while; each ticket once. */
export function ratingView(queue: Queue, window: number, at: string): RatingView {
  const now = Date.parse(at);
  let last: { ticket: Ticket; at: number } | null = null;
  for (const ticket of valuesOf(queue.tickets)) {
    if (ticket.state.kind !== 'done' || ticket.state.window !== window) continue;
    const ended = Date.parse(ticket.state.at);
    if (now - ended < ASKED_FOR && (last === null || ended > last.at)) last = { ticket, at: ended };
  }
  return { window, rate: last === null || last.ticket.rated ? null : { ticket: last.ticket.ticket, code: codeOf(queue, last.ticket) } };
}

export function waitOf(estimate: Estimate | null): Wait | null {
  return estimate === null ? null : { ahead: estimate.ahead, least: estimate.least, most: estimate.most };
}

export function nameOf({ rules }: Queue, business: string): string {
  return rules.businesses.find(({ key }) => key === business)?.name ?? '';
}

/** Those that are open for it, or, while none is, those that it has by the site's rules. */
function windowsFor(queue: Queue, business: string): number[] {
  const open = queue.windows.filter(({ state, businesses }) => state !== 'closed' && businesses.includes(business)).map(({ number }) => number);
  return open.length > 0 ? open : queue.rules.windows.filter(({ businesses }) => businesses.includes(business)).map(({ number }) => number);
}
