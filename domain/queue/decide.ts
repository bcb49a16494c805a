/** From what somebody wishes to the entry that would do it. Whoever decides also stands for it: the entry holds on the queue that it was decided on. */
import { z } from 'zod';
import { civilDate, yearsBetween } from '../calendar/civil-date.ts';
import type { MachineId } from '../ids.ts';
import { err, ok, type Result } from '../result.ts';
import { Instant } from '../time.ts';
import { nextFor } from './order.ts';
import { applyEntry } from './queue.ts';
import { freeRun, nextLent } from './ranges.ts';
import { type Queue, ticketOf, windowOf } from './state.ts';
import { lookUp } from './trie.ts';
import { Arrangement, BusinessKey, type QueueDeed, type QueueEntry, type QueueRefusal, type QueueRules, SaidDeed, TicketId, TicketIssue, WindowNumber } from './types.ts';

const { way, holder, priority, appointment, case: prepared, number } = TicketIssue.shape;

/** What a terminal, a counter or the desk may ask of the queue. */
export const QueueWish = z.discriminatedUnion('kind', [
  /** A ticket with the next number of this machine; from a counter's browser, with the next one that no machine was lent. */
  z.strictObject({ kind: z.literal('take'), business: BusinessKey, way: way.exclude(['roll']), holder, priority, appointment, case: prepared }),
  /** One that a machine issued by itself, out of what it was lent, while it heard nobody or so as not to wait for them. */
  z.strictObject({ kind: z.literal('bring'), issue: TicketIssue }),
  /** One number torn off a roll while the machines were dead; `takenAt` is when, as well as anybody knows. */
  z.strictObject({ kind: z.literal('enter-roll'), business: BusinessKey, number, takenAt: Instant }),
  /** More numbers for this machine. */
  z.strictObject({ kind: z.literal('lease'), business: BusinessKey }),
  /** 下一位 */
  z.strictObject({ kind: z.literal('next'), window: WindowNumber }),
  /** 安排, on what held as its version `after`. */
  z.strictObject({ kind: z.literal('arrange'), after: z.int().min(0), arrangement: Arrangement.nullable() }),
  /** What was arranged on an earlier day, wished by a machine that knows it. */
  z.strictObject({ kind: z.literal('carry'), version: z.int().min(1), arrangement: Arrangement.nullable() }),
  /** Everything that somebody says outright: to call this one, to call again, to begin, to end … `revision`: of the ticket as it was seen; null: whatever it is now. */
  z.strictObject({ kind: z.literal('do'), deed: SaidDeed, revision: z.int().min(1).nullable() }),
]);
export type QueueWish = z.infer<typeof QueueWish>;

/** @property id of the wish, and of the ticket that it takes: the same wish brought twice is one entry @property at now */
export type WishContext = Pick<QueueEntry, 'id' | 'at' | 'machine' | 'account'>;

/** The entry that does what is wished. A wish that was granted before answers the entry of then. */
export function decide(queue: Queue, wish: QueueWish, context: WishContext): Result<QueueEntry, QueueRefusal> {
  const granted = lookUp(queue.seen, context.id);
  if (granted !== undefined) return ok(granted);
  const deed = deedOf(queue, wish, context);
  if (!deed.ok) return deed;
  const entry: QueueEntry = { ...context, day: civilDate(Date.parse(context.at)), deed: deed.value };
  const holds = applyEntry(queue, entry);
  return holds.ok ? ok(entry) : holds;
}

/** The wishes that enter a roll, in its order; each is proposed under an id of its own, so that one number that was known already does not stop the rest. */
export function rollWishes(roll: { business: string; first: number; last: number; takenAt: string }): QueueWish[] {
  const { business, first, last, takenAt } = roll;
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => ({ kind: 'enter-roll', business, number: first + index, takenAt }));
}

/** Whether somebody of this birthday is offered to go first for their age. */
export function isOfferedForAge({ elderlyFrom }: QueueRules, birth: string, today: string): boolean {
  return yearsBetween(birth, today) >= elderlyFrom;
}

function deedOf(queue: Queue, wish: QueueWish, context: WishContext): Result<QueueDeed, QueueRefusal> {
  switch (wish.kind) {
    case 'take': {
      const number = numberFor(queue, wish.business, context.machine);
      if (!number.ok) return number;
      const { kind: _, ...asked } = wish;
      return ok({ kind: 'issued', issue: { ...asked, ticket: TicketId.parse(context.id), number: number.value, at: context.at } });
    }
    case 'bring':
      return ok({ kind: 'issued', issue: wish.issue });
    case 'enter-roll':
      return ok({ kind: 'issued', issue: { ticket: TicketId.parse(context.id), business: wish.business, number: wish.number, way: 'roll', holder: null, priority: null, appointment: null, case: null, at: wish.takenAt } });
    case 'lease':
      return leaseFor(queue, wish.business, context.machine);
    case 'next': {
      const window = windowOf(queue, wish.window);
      if (window === undefined) return err({ kind: 'unknown-window' });
      if (window.state !== 'open') return err({ kind: 'window-closed' });
      if (window.ticket !== null) return err({ kind: 'window-busy', ticket: window.ticket });
      const turn = nextFor(queue, wish.window, context.at);
      return turn === null ? err({ kind: 'nobody-waits' }) : ok({ kind: 'called', ticket: turn.ticket.ticket, window: wish.window });
    }
    case 'arrange':
      return wish.after === queue.arranged.version ? ok({ kind: 'arranged', version: wish.after + 1, arrangement: wish.arrangement }) : err({ kind: 'arranged-before' });
    case 'carry':
      return ok({ kind: 'arranged', version: wish.version, arrangement: wish.arrangement });
    case 'do': {
      const ticket = 'ticket' in wish.deed ? ticketOf(queue, wish.deed.ticket) : undefined;
      if (ticket !== undefined && wish.revision !== null && wish.revision !== ticket.revision) return err({ kind: 'ticket-moved', state: ticket.state.kind });
      return ok(wish.deed);
    }
  }
}

function numberFor(queue: Queue, business: string, machine: MachineId | null): Result<number, QueueRefusal> {
  const numbers = queue.numbers[business];
  if (numbers === undefined) return err({ kind: 'unknown-business' });
  const number = machine === null ? freeRun(numbers, 1)?.first : nextLent(numbers, machine);
  return number == null ? err({ kind: 'numbers-used-up' }) : ok(number);
}

function leaseFor(queue: Queue, business: string, machine: MachineId | null): Result<QueueDeed, QueueRefusal> {
  const numbers = queue.numbers[business];
  if (numbers === undefined) return err({ kind: 'unknown-business' });
  // A browser issues through the agreement each time: it is lent none.
  if (machine === null) return err({ kind: 'wrong-range' });
  const run = freeRun(numbers, queue.rules.leaseSize);
  return run === null ? err({ kind: 'numbers-used-up' }) : ok({ kind: 'leased', machine, business, ...run });
}
