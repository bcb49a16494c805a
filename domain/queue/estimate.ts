/**
 * How long somebody will wait: the calls to come are gone through by the rules of the order, each taking a window as long as calls of its business did lately.
 * Those who will come later and go first are taken to come as often as they did in the last hour.
 */
import { type Outlook, outlookOf, takeNext } from './order.ts';
import { compareWaiting, isUnbound, LAST, milliseconds, type Queue, ticketOf } from './state.ts';
import { valuesOf } from './trie.ts';
import type { Priority, Ticket, TicketId, WindowState } from './types.ts';

const MINUTE = 60_000;

/** `ahead`: those of its business who are called before it. `least` … `most`: whole minutes; null while no window is open that serves it. */
export type Estimate = { ahead: number; least: number; most: number } | { ahead: number; least: null; most: null };

/** How many calls are enough to go by: fewer are filled up with the usual minutes. */
const ENOUGH = 10;
/** How far calls spread around their mean while there are not enough to tell. Of services at counters one half to one. */
const USUAL_SPREAD = 0.6;
/** How much of a call one that goes on stands for: by renewal theory (1 − spread²) ÷ 2. */
const UNENDED = (1 - USUAL_SPREAD ** 2) / 2;
/** A call that takes so many times the middle one is one that a clerk forgot to end: it says nothing of the next. */
const OUTLIER = 4;
/** Before anybody has waited for a clerk. */
const USUAL_GAP = 20_000;
/** A short pause belongs to a clerk's day; of a longer one nothing follows for the next. */
const LONGEST_GAP = 15 * MINUTE;
/** A window that is paused is taken to be back in so long. */
const PAUSE = 10 * MINUTE;
/** So that about four of five waits of a made-up morning end between `least` and `most` (`estimate.test.ts`): more than chance alone asks for, since nobody knows who will pause. */
const WIDTH = 2.1;
/** Who comes is counted over the last hour; of a younger day, over no less than a quarter. */
const [LONGEST_LOOK, SHORTEST_LOOK] = [3_600_000, 900_000];

/**
 * How long a call of a business has a window in hand, and how far that spreads, milliseconds; `known`: from how many calls. The mean, since the wait is a sum of them:
 * by the median, which long services do not move, waits came out a seventh too short.
 */
type Length = { mean: number; spread: number; known: number };

/** Of a ticket that waits; null for one that does not. */
export function estimateOf(queue: Queue, id: TicketId, at: string): Estimate | null {
  const ticket = ticketOf(queue, id);
  return ticket?.state.kind === 'waiting' ? estimate(queue, outlookOf(queue), ticket, at) : null;
}

/** Of a ticket that would be taken now. */
export function estimateNew(queue: Queue, business: string, priority: Priority | null, at: string): Estimate {
  const outlook = outlookOf(queue);
  const ticket = newcomer(business, priority, at);
  outlook.lines[business]?.push(ticket);
  return estimate(queue, outlook, ticket, at);
}

function estimate(queue: Queue, outlook: Outlook, ticket: Ticket, at: string): Estimate {
  const now = Date.parse(at);
  const lengths = new Map(queue.rules.businesses.map(({ key }) => [key, lengthOf(queue, key, at)]));
  const own = lengths.get(ticket.business);
  const mean = (business: string) => lengths.get(business)?.mean ?? 0;
  const gap = meanOf(queue.gaps.length === 0 ? [USUAL_GAP] : queue.gaps.map((length) => Math.min(length, LONGEST_GAP)));
  const arrive = comers(queue, at);
  let open = queue.windows.filter(({ state }) => state !== 'closed').map((window) => ({ window, wait: untilFree(queue, window, at, mean) }));
  const served = open.some(({ window }) => window.number === ticket.window || (window.businesses.includes(ticket.business) && isUnbound(queue, ticket)));
  let [ahead, calls] = [0, 0];
  // The starvation bound brings everybody in the end, however many come who go first.
  while (served && own !== undefined) {
    const soonest = open.reduce((one, other) => (other.wait < one.wait ? other : one));
    arrive(outlook, now + soonest.wait);
    const turn = takeNext(outlook, soonest.window, new Date(now + soonest.wait).toISOString());
    if (turn?.ticket === ticket) return { ahead, ...within(soonest.wait, calls, open.length, own) };
    if (turn === null) open = open.filter((one) => one !== soonest);
    else {
      calls += 1;
      soonest.wait += mean(turn.ticket.business) + gap;
      if (turn.ticket.business === ticket.business && turn.ticket.ticket !== NOBODY) ahead += 1;
    }
  }
  // No window brings it: what is before it is what stands before it in line.
  return { ahead: (queue.lines[ticket.business] ?? []).filter((other) => compareWaiting(other, ticket) < 0).length, least: null, most: null };
}

/** Lets those come who go before others, evenly, up to an instant. */
function comers(queue: Queue, at: string): (outlook: Outlook, until: number) => void {
  const now = Date.parse(at);
  const tickets = [...valuesOf(queue.tickets)].map(({ at: taken, business, priority, appointment }) => ({ taken: Date.parse(taken), business, first: priority !== null || appointment !== null }));
  const begun = tickets.reduce((earliest, { taken }) => Math.min(earliest, taken), now);
  const look = Math.min(LONGEST_LOOK, Math.max(SHORTEST_LOOK, now - begun));
  const lately = tickets.filter(({ taken }) => taken > now - look);
  // Of one business alone so few go first that their number would be chance.
  const share = lately.length === 0 ? 0 : lately.filter(({ first }) => first).length / lately.length;
  const coming = queue.rules.businesses.flatMap(({ key }) => {
    const count = lately.filter(({ business }) => business === key).length * share;
    return count === 0 ? [] : [{ business: key, every: look / count, next: now + look / count }];
  });
  return (outlook, until) => {
    for (const stream of coming) {
      for (; stream.next <= until; stream.next += stream.every) outlook.lines[stream.business]?.push(newcomer(stream.business, 'elderly', new Date(stream.next).toISOString()));
    }
  };
}

/** The id of tickets that are only thought of. */
const NOBODY = '' as TicketId;

function newcomer(business: string, priority: Priority | null, at: string): Ticket {
  return {
    ticket: NOBODY, issued: business, business, number: 1000, way: 'card', holder: null, priority, appointment: null, case: null, at, window: null, since: at, calls: 0, missed: 0, serviceMs: 0, notes: [],
    state: { kind: 'waiting' }, revision: 1, rated: false,
  };
}

/** A window that has had somebody for longer than usual is taken to need a while yet. */
function untilFree(queue: Queue, window: WindowState, at: string, mean: (business: string) => number): number {
  const inHand = window.ticket === null ? undefined : ticketOf(queue, window.ticket);
  const back = window.state === 'paused' ? PAUSE : 0;
  if (inHand === undefined || window.since === null) return back;
  const usual = mean(inHand.business);
  return back + Math.max(usual - milliseconds(window.since, at), usual / 3);
}

function lengthOf(queue: Queue, business: string, at: string): Length {
  const turns = queue.turns[business] ?? [];
  const usual = (queue.rules.businesses.find(({ key }) => key === business)?.usualMinutes ?? 0) * MINUTE;
  const lengths = plausible([...turns, ...Array.from({ length: Math.max(0, ENOUGH - turns.length) }, () => usual)]);
  // The calls that have ended are the short ones while the day is young: those that go on count too, as a third of a call each, by what they have taken.
  const running = turns.length < LAST ? queue.windows.filter(({ ticket }) => ticket !== null && ticketOf(queue, ticket)?.business === business) : [];
  const mean = (sumOf(lengths) + sumOf(running.map(({ since }) => milliseconds(since ?? at, at)))) / (lengths.length + running.length * UNENDED);
  const spread = turns.length < ENOUGH ? USUAL_SPREAD * mean : Math.sqrt(meanOf(lengths.map((length) => (length - mean) ** 2)));
  return { mean, spread, known: lengths.length };
}

/** Nothing is taken for longer than a few times the middle one. */
function plausible(lengths: readonly number[]): number[] {
  const median = lengths.toSorted((one, other) => one - other)[Math.floor(lengths.length / 2)] ?? 0;
  return lengths.map((length) => Math.min(length, OUTLIER * median));
}

function meanOf(values: readonly number[]): number {
  return sumOf(values) / values.length;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** The sum of many calls spreads less than each; what is not known of their mean stays. */
function within(wait: number, calls: number, windows: number, { mean, spread, known }: Length): { least: number; most: number } {
  const chance = (spread * Math.sqrt(calls + 1)) / windows;
  const doubt = (wait * spread) / (mean * Math.sqrt(known));
  const width = WIDTH * Math.hypot(chance, doubt);
  return { least: Math.max(0, Math.floor((wait - width) / MINUTE)), most: Math.ceil((wait + width) / MINUTE) };
}
