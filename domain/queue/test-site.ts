/** A site as tests need it, and a day there that is told wish by wish. Everybody in it is fictional. */
import { MachineId, ulid } from '../ids.ts';
import type { Result } from '../result.ts';
import { decide, type QueueWish } from './decide.ts';
import { applyEntry } from './queue.ts';
import { emptyQueue, type Queue, ticketOf } from './state.ts';
import type { QueueEntry, QueueRefusal, QueueRules, SaidDeed, Ticket } from './types.ts';

export const MACHINES = ['T330624-0001', 'T330624-0002', 'T330624-0003'].map((name) => MachineId.parse(name));
/** Monday, nine o'clock in Xinchang. */
export const NINE = Date.parse('2026-11-23T01:00:00.000Z');
export const MINUTE = 60_000;

export function siteRules(change: Partial<QueueRules> = {}): QueueRules {
  const business = (key: string, prefix: string, name: string, usualMinutes: number) => ({ key, prefix, name, items: [], usualMinutes });
  return {
    businesses: [business('social-security', 'A', '社保', 8), business('registration', 'B', '企业登记', 15), business('housing', 'C', '不动产', 12)],
    windows: Array.from({ length: 12 }, (_, index) => ({ number: index + 1, businesses: index < 5 ? ['social-security'] : index < 8 ? ['registration'] : index < 10 ? ['housing'] : ['social-security', 'registration'] })),
    missed: { kind: 'after', tickets: 3, times: 2 },
    ordinaryEvery: 4,
    elderlyFrom: 70,
    leaseSize: 20,
    ...change,
  };
}

/** The 64 hex digits of somebody. */
export const holderOf = (person: number) => person.toString(16).padStart(64, '0');

/** Ids as a machine makes them: their ends are spread. */
export function idOf(serial: number): string {
  const bytes = new Uint8Array(10);
  new DataView(bytes.buffer).setUint32(6, Math.imul(serial, 0x9e3779b1) >>> 0);
  return ulid(NINE + serial, bytes);
}

export const taking = (business: string, change: Partial<Extract<QueueWish, { kind: 'take' }>> = {}): QueueWish => ({ kind: 'take', business, way: 'card', holder: null, priority: null, appointment: null, case: null, ...change });
export const saying = (deed: SaidDeed, revision: number | null = null): QueueWish => ({ kind: 'do', deed, revision });

/** A day that is told: each wish is decided and applied at once, a minute after the one before unless it says when. */
export function tellDay(rules = siteRules()) {
  let queue = emptyQueue(rules);
  let serial = 0;
  let now = NINE;
  const entries: QueueEntry[] = [];
  const day = {
    entries,
    queue: (): Queue => queue,
    now: () => new Date(now).toISOString(),
    wait(minutes: number) {
      now += minutes * MINUTE;
    },
    wish(wish: QueueWish, from: { machine?: MachineId | null; id?: string } = {}): Result<QueueEntry, QueueRefusal> {
      const decided = decide(queue, wish, { id: from.id ?? idOf((serial += 1)), at: day.now(), machine: from.machine ?? null, account: from.machine ? null : 'wang' });
      now += MINUTE;
      if (!decided.ok) return decided;
      const applied = applyEntry(queue, decided.value);
      if (!applied.ok) throw new Error(`a decided entry does not hold: ${applied.error.kind}`);
      queue = applied.value;
      entries.push(decided.value);
      return decided;
    },
    /** What must be granted. */
    must(wish: QueueWish, from: { machine?: MachineId | null; id?: string } = {}): QueueEntry {
      const done = day.wish(wish, from);
      if (!done.ok) throw new Error(`${wish.kind} was refused: ${done.error.kind}`);
      return done.value;
    },
    /** A ticket from a counter, by its id. */
    take(business: string, change: Partial<Extract<QueueWish, { kind: 'take' }>> = {}): Ticket['ticket'] {
      const { deed } = day.must(taking(business, change));
      if (deed.kind !== 'issued') throw new Error('no ticket');
      return deed.issue.ticket;
    },
    open(window: number, businesses = rules.windows.find(({ number }) => number === window)?.businesses ?? []) {
      day.must(saying({ kind: 'window-opened', window, account: `clerk-${window}`, businesses }));
    },
    /** Whom 下一位 brings to a window. */
    next(window: number): Ticket['ticket'] {
      const { deed } = day.must({ kind: 'next', window });
      if (deed.kind !== 'called') throw new Error('nobody was called');
      return deed.ticket;
    },
    serve(window: number, minutes = 0): Ticket['ticket'] {
      const ticket = day.next(window);
      day.must(saying({ kind: 'started', ticket, window }));
      day.wait(minutes);
      day.must(saying({ kind: 'finished', ticket, window, items: [] }));
      return ticket;
    },
    ticket(id: string): Ticket {
      const ticket = ticketOf(queue, id);
      if (ticket === undefined) throw new Error('no such ticket');
      return ticket;
    },
  };
  return day;
}
