/** The rules of a site's queue: what each agreed entry does to it, and which entries do not hold (`docs/queue.md`). */
import { err, never, ok, type Result } from '../result.ts';
import { arrange } from './arrangement.ts';
import { passedAfter } from './order.ts';
import { give, lend } from './ranges.ts';
import { closedWindow, compareWaiting, emptyQueue, heldBy, isSpent, isUnbound, milliseconds, type Queue, ticketOf, windowOf, withTicket, withWindow, withWindowFree, withWindowTaken } from './state.ts';
import { lookUp, valuesOf, withValue } from './trie.ts';
import type { QueueDeed, QueueEntry, QueueRefusal, QueueRules, Ticket, TicketState, WindowState } from './types.ts';

type Done = Result<Queue, QueueRefusal>;
type DeedOf<Kind extends QueueDeed['kind']> = Extract<QueueDeed, { kind: Kind }>;

/** The day as its entries made it. Those that do not hold are passed over, on every machine alike. */
export function queueOf(rules: QueueRules, entries: Iterable<QueueEntry>): Queue {
  let queue = emptyQueue(rules);
  for (const entry of entries) {
    const done = applyEntry(queue, entry);
    if (done.ok) queue = done.value;
  }
  return queue;
}

/**
 * The queue after one more entry. An entry that holds already changes nothing when it comes again; one that was refused left nothing behind and is judged anew.
 * Whoever calls a ticket that waits no more is refused with `ticket-moved`: that is what makes a double call impossible.
 */
export function applyEntry(queue: Queue, entry: QueueEntry): Done {
  if (lookUp(queue.seen, entry.id) !== undefined) return ok(queue);
  const done = applyDeed(queue, entry);
  return done.ok ? ok({ ...done.value, seen: withValue(queue.seen, entry.id, entry) }) : done;
}

function applyDeed(queue: Queue, { deed, at, machine, account }: QueueEntry): Done {
  switch (deed.kind) {
    case 'leased': {
      const numbers = queue.numbers[deed.business];
      if (numbers === undefined) return err({ kind: 'unknown-business' });
      const lent = lend(numbers, { machine: deed.machine, first: deed.first, last: deed.last });
      return lent.ok ? ok({ ...queue, numbers: { ...queue.numbers, [deed.business]: lent.value } }) : lent;
    }
    case 'issued':
      return issue(queue, deed.issue, deed.issue.way === 'roll' ? null : machine);
    case 'arranged':
      return arrange(queue, { version: deed.version, arrangement: deed.arrangement, account, at });
    case 'window-opened':
      return open(queue, deed, at);
    case 'window-paused':
      return withKnownWindow(queue, deed.window, (window) => (window.state === 'closed' ? err({ kind: 'window-closed' }) : ok(withWindow(queue, { ...window, state: 'paused', why: deed.why }))));
    case 'window-closed':
      return withKnownWindow(queue, deed.window, (window) => {
        if (window.ticket !== null) return err({ kind: 'window-busy', ticket: window.ticket });
        const own = queue.rules.windows.find(({ number }) => number === window.number);
        return ok(withWindow(queue, closedWindow(window.number, own?.businesses ?? [])));
      });
    case 'served':
      if (queue.numbers[deed.business] === undefined) return err({ kind: 'unknown-business' });
      return withKnownWindow(queue, deed.window, (window) => (window.state === 'closed' ? err({ kind: 'window-closed' }) : ok(queue)));
    case 'called':
      return call(queue, deed, at);
    case 'recalled':
      return withTicketAt(queue, deed, ['called'], (ticket, state) => ok(moved(queue, ticket, state.kind === 'called' ? { ...state, times: state.times + 1 } : state)));
    case 'started':
      return withTicketAt(queue, deed, ['called'], (ticket) => ok(moved(queue, ticket, { kind: 'serving', window: deed.window, since: at })));
    case 'missed':
      return withTicketAt(queue, deed, ['called'], (ticket) => ok(putAway(queue, { ...ticket, missed: ticket.missed + 1 }, { kind: 'missed', at }, at)));
    case 'suspended':
      return withTicketAt(queue, deed, ['called', 'serving'], (ticket) => ok(putAway(queue, { ...ticket, window: deed.window }, { kind: 'suspended', window: deed.window, why: deed.why, since: at }, at)));
    case 'transferred':
      return withTicketAt(queue, deed, ['called', 'serving'], (ticket) => transfer(queue, ticket, deed, at));
    case 'finished':
      return withTicketAt(queue, deed, ['serving'], (ticket) => ok(putAway(queue, ticket, { kind: 'done', window: deed.window, at, serviceMs: servedMs(ticket, at) }, at)));
    case 'returned':
      return withKnownTicket(queue, deed.ticket, ['suspended', 'missed'], (ticket) => (isSpent(queue.rules, ticket) ? err({ kind: 'spent' }) : ok(moved(queue, { ...ticket, since: placeBack(queue, ticket, at) }, { kind: 'waiting' }))));
    case 'left':
      return withKnownTicket(queue, deed.ticket, ['waiting', 'called', 'suspended', 'missed'], (ticket) => ok(putAway(queue, ticket, { kind: 'left', why: deed.why, at }, at)));
    case 'prioritised':
      return withKnownTicket(queue, deed.ticket, ['waiting', 'called', 'serving', 'suspended', 'missed'], (ticket) => ok(moved(queue, { ...ticket, priority: deed.priority }, ticket.state)));
    case 'noted':
      return withKnownTicket(queue, deed.ticket, null, (ticket) => ok(moved(queue, { ...ticket, notes: [...ticket.notes, deed.words] }, ticket.state)));
    case 'rated':
      return withTicketAt(queue, deed, ['serving', 'done'], (ticket) => (ticket.rated ? err({ kind: 'rated-before' }) : ok(moved(queue, { ...ticket, rated: true }, ticket.state))));
    default:
      return never(deed);
  }
}

function issue(queue: Queue, { business, ...issued }: DeedOf<'issued'>['issue'], machine: QueueEntry['machine']): Done {
  const numbers = queue.numbers[business];
  if (numbers === undefined) return err({ kind: 'unknown-business' });
  if (ticketOf(queue, issued.ticket) !== undefined) return err({ kind: 'number-taken' });
  const held = issued.holder === null ? undefined : heldBy(queue, business, issued.holder);
  const booked = issued.appointment === null ? undefined : ticketOfAppointment(queue, issued.appointment.id);
  const other = held ?? booked;
  if (other !== undefined) return err({ kind: 'holds-one', ticket: other.ticket });
  const given = give(numbers, issued.number, machine);
  if (!given.ok) return given;
  const ticket: Ticket = { ...issued, issued: business, business, window: null, since: issued.at, calls: 0, missed: 0, serviceMs: 0, notes: [], state: { kind: 'waiting' }, revision: 1, rated: false };
  return ok(withTicket({ ...queue, numbers: { ...queue.numbers, [business]: given.value } }, ticket));
}

/** An appointment is honoured once. */
function ticketOfAppointment(queue: Queue, appointment: string): Ticket | undefined {
  for (const ticket of valuesOf(queue.tickets)) if (ticket.appointment?.id === appointment && ticket.state.kind !== 'left') return ticket;
  return undefined;
}

function open(queue: Queue, { window: number, account, businesses }: DeedOf<'window-opened'>, at: string): Done {
  if (businesses.some((business) => queue.numbers[business] === undefined)) return err({ kind: 'unknown-business' });
  return withKnownWindow(queue, number, (window) => {
    // Another's ticket in hand is brought to an end before the window changes hands.
    if (window.ticket !== null && window.account !== account) return err({ kind: 'window-busy', ticket: window.ticket });
    return ok(withWindow(queue, { ...window, account, businesses, state: 'open', why: '', since: window.since ?? at }));
  });
}

function call(queue: Queue, deed: DeedOf<'called'>, at: string): Done {
  return withKnownWindow(queue, deed.window, (window) => {
    if (window.state !== 'open') return err({ kind: 'window-closed' });
    if (window.ticket !== null) return err({ kind: 'window-busy', ticket: window.ticket });
    return withKnownTicket(queue, deed.ticket, ['waiting', 'missed'], (ticket) => {
      if (isSpent(queue.rules, ticket)) return err({ kind: 'spent' });
      const own = ticket.window === window.number;
      if (!own && !(isUnbound(queue, ticket) && window.businesses.includes(ticket.business))) return err({ kind: 'not-at-this-window' });
      const called = moved({ ...queue, passed: passedAfter(queue, window, ticket) }, { ...ticket, window: own ? ticket.window : null, calls: ticket.calls + 1 }, { kind: 'called', window: window.number, at, times: 1 });
      return ok(withWindowTaken(called, window, ticket, at));
    });
  });
}

function transfer(queue: Queue, ticket: Ticket, { business, to, keepsPlace }: DeedOf<'transferred'>, at: string): Done {
  if (queue.lines[business] === undefined) return err({ kind: 'unknown-business' });
  if (to !== null && windowOf(queue, to) === undefined) return err({ kind: 'unknown-window' });
  const since = keepsPlace ? ticket.since : endOf(queue.lines[business], at);
  return ok(putAway(queue, ticket, { kind: 'waiting' }, at, { business, window: to, since }));
}

/**
 * By what time somebody stands in line who comes back. A suspension keeps the place. Who was missed stands behind so many of those that wait now, or at the end;
 * those with priority among themselves, the others among themselves.
 */
function placeBack({ rules, lines }: Queue, ticket: Ticket, at: string): string {
  const { missed: rule } = rules;
  if (ticket.state.kind !== 'missed') return ticket.since;
  const peers = (lines[ticket.business] ?? []).filter(({ priority }) => (priority === null) === (ticket.priority === null));
  const last = rule.kind === 'after' ? peers[rule.tickets - 1] : undefined;
  if (last === undefined) return endOf(peers, at);
  return compareWaiting(ticket, last) > 0 ? ticket.since : justAfter(last.since);
}

/** Behind everybody in line, also behind who was entered by a clock that is fast. */
function endOf(line: readonly Ticket[], at: string): string {
  const last = line.at(-1);
  return last === undefined || last.since < at ? at : justAfter(last.since);
}

function justAfter(instant: string): string {
  return new Date(Date.parse(instant) + 1).toISOString();
}

/** What its services took until now. */
function servedMs({ state, serviceMs }: Ticket, at: string): number {
  return state.kind === 'serving' ? serviceMs + milliseconds(state.since, at) : serviceMs;
}

/** The queue with a ticket in another state. */
function moved(queue: Queue, ticket: Ticket, state: TicketState): Queue {
  return withTicket(queue, { ...ticket, state, revision: ticket.revision + 1 });
}

/** The same where a window that had it in hand is free then. */
function putAway(queue: Queue, ticket: Ticket, state: TicketState, at: string, change: Partial<Ticket> = {}): Queue {
  const next = moved(queue, { ...ticket, serviceMs: servedMs(ticket, at), ...change }, state);
  const { state: before } = ticket;
  return before.kind === 'called' || before.kind === 'serving' ? withWindowFree(next, before.window, ticket.business, at) : next;
}

function withKnownWindow(queue: Queue, number: number, then: (window: WindowState) => Done): Done {
  const window = windowOf(queue, number);
  return window === undefined ? err({ kind: 'unknown-window' }) : then(window);
}

/** @param kinds the states it may be in; null: any */
function withKnownTicket(queue: Queue, id: string, kinds: readonly TicketState['kind'][] | null, then: (ticket: Ticket) => Done): Done {
  const ticket = ticketOf(queue, id);
  if (ticket === undefined) return err({ kind: 'unknown-ticket' });
  return kinds === null || kinds.includes(ticket.state.kind) ? then(ticket) : err({ kind: 'ticket-moved', state: ticket.state.kind });
}

/** A ticket that is in such a state at this very window. */
function withTicketAt(queue: Queue, at: { ticket: string; window: number }, kinds: readonly TicketState['kind'][], then: (ticket: Ticket, state: TicketState) => Done): Done {
  return withKnownWindow(queue, at.window, () => withKnownTicket(queue, at.ticket, kinds, (ticket) => {
    const { state } = ticket;
    return 'window' in state && state.window === at.window ? then(ticket, state) : err({ kind: 'ticket-moved', state: state.kind });
  }));
}
