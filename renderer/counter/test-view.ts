/** Views of a counter as tests need them. Everybody in them is fictional. */
import type { CounterTicket, CounterView } from '../../domain/contracts/site.ts';
import { ulid } from '../../domain/ids.ts';
import { TicketId } from '../../domain/queue/types.ts';

/** @param code decides its id, too */
export function ticketNamed(code: string, change: Partial<CounterTicket> = {}): CounterTicket {
  const ticket = TicketId.parse(ulid(Number(code.slice(1)) + code.charCodeAt(0) * 1000, new Uint8Array(10)));
  return { ticket, code, business: 'social-security', state: 'waiting', since: '2026-11-23T01:00:00.000Z', priority: null, why: null, calls: 0, notes: [], revision: 1, way: 'card', taken: '2026-11-23T01:00:00.000Z', case: null, ...change };
}

export function viewWith(change: Partial<CounterView> = {}): CounterView {
  return { window: 3, state: 'open', account: 'wang', why: '', inHand: null, lines: [{ business: 'social-security', name: '社保', waiting: 0 }], next: null, aside: [], waiting: [], arranged: 0, ...change };
}
