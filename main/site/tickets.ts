/**
 * Tickets that this machine gives: out of the numbers that it was lent, saved here before anybody is told of them, and then brought to the others. So a number that somebody holds on paper is in the queue, whatever dies
 * afterwards, and a machine that hears nobody goes on giving numbers.
 */
import type { TicketPaper } from '../../domain/contracts/site.ts';
import type { MachineId } from '../../domain/ids.ts';
import { applyEntry } from '../../domain/queue/queue.ts';
import { lentLeft, nextLent } from '../../domain/queue/ranges.ts';
import { heldBy, type Queue, ticketOf } from '../../domain/queue/state.ts';
import { lookUp } from '../../domain/queue/trie.ts';
import { type QueueEntry, type SiteHours, TicketIssue } from '../../domain/queue/types.ts';
import { drop, err, ok, type Result } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { isFull } from '../../sync/store/index.ts';
import type { SiteDays } from './days.ts';
import { isOpen } from './hours.ts';
import { paperOf } from './public-views.ts';

/** How long somebody waits for the first numbers of a day, milliseconds: an election and two messages. */
const WAIT_FOR_LEASE = 4000;
/** How often what was not brought is brought again, and numbers are looked after, milliseconds. */
const AGAIN = 1000;

export type Wanted = Pick<TicketIssue, 'ticket' | 'business' | 'holder' | 'priority' | 'appointment' | 'case'> & { way: 'card' | 'phone' | 'appointment' };
export type TakeFailure = { kind: 'unknown-business' | 'closed' | 'no-numbers' | 'disk-full' } | { kind: 'holds-one'; paper: TicketPaper };
export type TicketEvent =
  /** A ticket that somebody holds does not stand in the queue, and never will: its number was given by another road, or its day is over. */
  | { event: 'site-ticket-lost'; ticket: string; why: string };

export type Tickets = {
  /** Asked again with the same id: the same ticket. */
  take(wanted: Wanted): Promise<Result<TicketPaper, TakeFailure>>;
  /** The queue with what this machine has given and the others do not have yet. */
  local(): Queue;
  close(): void;
};

/** @property hours as they are arranged now @property position address of the page that shows where a ticket stands; null: none */
export function createTickets({ days, machine, hours, clock, newId, position, log }: {
  days: SiteDays; machine: MachineId; hours(): readonly SiteHours[]; clock: Clock; newId(): string; position(ticket: string): string | null; log(event: TicketEvent): void;
}): Tickets {
  const leasing = new Set<string>();
  let bringing = false;
  let [closed, cancel] = [false, () => {}];

  function entryOf(issue: TicketIssue): QueueEntry {
    return { id: issue.ticket, day: days.day(), machine, account: null, at: issue.at, deed: { kind: 'issued', issue } };
  }

  function local(): Queue {
    let queue = days.queue.get();
    for (const { value } of days.unagreed().all()) {
      const applied = applyEntry(queue, entryOf(TicketIssue.parse(value)));
      if (applied.ok) queue = applied.value;
    }
    return queue;
  }

  function paper(queue: Queue, ticket: string): TicketPaper | null {
    const held = ticketOf(queue, ticket);
    return held === undefined ? null : paperOf(queue, held, new Date(clock.now()).toISOString(), position(ticket), days.agreement().kind === 'alone');
  }

  async function take(wanted: Wanted): Promise<Result<TicketPaper, TakeFailure>> {
    const again = paper(local(), wanted.ticket);
    if (again !== null) return ok(again);
    if (!isOpen(hours(), clock.now())) return err({ kind: 'closed' });
    if (local().numbers[wanted.business] === undefined) return err({ kind: 'unknown-business' });
    if (numberFor(wanted.business) === null) await lease(wanted.business, WAIT_FOR_LEASE);
    // From here to the disk nothing waits: two who come at once get two numbers.
    const queue = local();
    const held = wanted.holder === null ? undefined : heldBy(queue, wanted.business, wanted.holder);
    const other = held === undefined ? null : paper(queue, held.ticket);
    if (other !== null) return err({ kind: 'holds-one', paper: other });
    const number = numberFor(wanted.business);
    if (number === null) return err({ kind: 'no-numbers' });
    const issue: TicketIssue = { ...wanted, number, at: new Date(clock.now()).toISOString() };
    const applied = applyEntry(queue, entryOf(issue));
    // An appointment that was honoured by another ticket.
    if (!applied.ok) return applied.error.kind === 'holds-one' ? holdsOne(queue, applied.error.ticket) : err({ kind: 'no-numbers' });
    try {
      days.unagreed().keep(issue.ticket, issue);
    } catch (cause) {
      if (isFull(cause)) return err({ kind: 'disk-full' });
      throw cause;
    }
    drop(bring());
    const made = paper(applied.value, issue.ticket);
    if (made === null) throw new Error('a ticket that was issued is not there');
    return ok(made);
  }

  function holdsOne(queue: Queue, ticket: string): Result<never, TakeFailure> {
    const held = paper(queue, ticket);
    return held === null ? err({ kind: 'no-numbers' }) : err({ kind: 'holds-one', paper: held });
  }

  function numberFor(business: string): number | null {
    const numbers = local().numbers[business];
    return numbers === undefined ? null : nextLent(numbers, machine);
  }

  /** Asks for more numbers; answers when they are there, or it took too long. */
  async function lease(business: string, patience = 0): Promise<void> {
    if (!leasing.has(business)) {
      leasing.add(business);
      drop(days.wish({ kind: 'lease', business }, { id: newId(), machine, account: null, manager: false, windows: [] }).then(() => leasing.delete(business)));
    }
    const until = clock.monotonic() + patience;
    while (patience > 0 && numberFor(business) === null && clock.monotonic() < until && !closed) await new Promise<void>((resolve) => clock.after(50, resolve));
  }

  /** All that was not brought yet, in its order. */
  async function bring(): Promise<void> {
    if (bringing || closed) return;
    bringing = true;
    try {
      const list = days.unagreed();
      for (const { id, value } of list.all()) {
        if (lookUp(days.queue.get().seen, id) === undefined && !(await brought(TicketIssue.parse(value)))) return;
        if (closed) return;
        list.drop(id);
      }
    } finally {
      bringing = false;
    }
  }

  /** @returns false: nobody heard; it is to be brought again */
  async function brought(issue: TicketIssue): Promise<boolean> {
    const wish = (of: TicketIssue) => days.wish({ kind: 'bring', issue: of }, { id: of.ticket, machine, account: null, manager: false, windows: [] });
    let answer = await wish(issue);
    // While this machine heard nobody, its holder took another elsewhere. Both are on paper, so both count; the guard is against habit, not against a cut line.
    if (!answer.ok && answer.error.kind === 'holds-one') answer = await wish({ ...issue, holder: null, appointment: null });
    if (answer.ok) return true;
    if (answer.error.kind === 'not-leading' || answer.error.kind === 'unsure') return false;
    log({ event: 'site-ticket-lost', ticket: issue.ticket, why: answer.error.kind });
    return true;
  }

  function look(): void {
    cancel = clock.after(AGAIN, look);
    drop(bring());
    // Before the last half is gone, so that a machine that is cut off has some.
    const queue = local();
    for (const { key } of queue.rules.businesses) {
      const numbers = queue.numbers[key];
      if (numbers !== undefined && lentLeft(numbers, machine) * 2 <= queue.rules.leaseSize && days.agreement().kind === 'agreed') drop(lease(key));
    }
  }
  look();

  return {
    take,
    local,
    close() {
      closed = true;
      cancel();
    },
  };
}
