import { describe, expect, test } from 'vitest';
import { applyEntry, queueOf } from './queue.ts';
import { emptyQueue, ticketOf, windowOf } from './state.ts';
import { holderOf, idOf, MACHINES, NINE, saying, siteRules, taking, tellDay } from './test-site.ts';
import type { MissedRule, QueueEntry, SaidDeed } from './types.ts';

const [one = null, two = null] = MACHINES;

describe('a ticket', () => {
  test('is taken, called, served and rated, and each step is written down', () => {
    const day = tellDay();
    day.must({ kind: 'lease', business: 'social-security' }, { machine: one });
    const { deed } = day.must(taking('social-security', { holder: holderOf(1) }), { machine: one });
    expect(deed).toMatchObject({ kind: 'issued', issue: { number: 1 } });
    day.open(1);
    const ticket = day.next(1);
    day.must(saying({ kind: 'recalled', ticket, window: 1 }));
    expect(day.ticket(ticket)).toMatchObject({ calls: 1, state: { kind: 'called', window: 1, times: 2 } });
    day.must(saying({ kind: 'started', ticket, window: 1 }));
    day.wait(6);
    day.must(saying({ kind: 'finished', ticket, window: 1, items: [] }));
    day.must(saying({ kind: 'rated', ticket, window: 1, level: 5, tags: [] }));
    expect(day.ticket(ticket)).toMatchObject({ rated: true, revision: 6, state: { kind: 'done', window: 1, serviceMs: 7 * 60_000 } });
    expect(day.wish(saying({ kind: 'rated', ticket, window: 1, level: 1, tags: [] }))).toMatchObject({ error: { kind: 'rated-before' } });
    expect(windowOf(day.queue(), 1)).toMatchObject({ ticket: null, since: expect.any(String) });
  });

  test('cannot be called twice: who calls it a moment later is refused', () => {
    const day = tellDay();
    const ticket = day.take('social-security');
    day.open(1);
    day.open(2);
    const before = day.queue();
    const called = (window: number): QueueEntry => ({ id: idOf(1000 + window), day: '2026-11-23', machine: null, account: null, at: day.now(), deed: { kind: 'called', ticket, window } });
    const first = applyEntry(before, called(1));
    if (!first.ok) throw new Error(first.error.kind);
    expect(applyEntry(first.value, called(2))).toEqual({ ok: false, error: { kind: 'ticket-moved', state: 'called' } });
    // The same entry again changes nothing, and what was before is as it was.
    expect(applyEntry(first.value, called(1))).toEqual({ ok: true, value: first.value });
    expect(ticketOf(before, ticket)?.state.kind).toBe('waiting');
  });

  test('suspended, it comes back to the window it left, in its place, and its service goes on', () => {
    const day = tellDay();
    day.open(1);
    day.open(2);
    const ticket = day.take('social-security');
    const later = day.take('social-security');
    expect(day.next(1)).toBe(ticket);
    day.must(saying({ kind: 'started', ticket, window: 1 }));
    day.must(saying({ kind: 'suspended', ticket, window: 1, why: 'payment' }));
    expect(day.wish(saying({ kind: 'called', ticket, window: 1 }))).toMatchObject({ error: { kind: 'ticket-moved', state: 'suspended' } });
    day.must(saying({ kind: 'returned', ticket }));
    expect(day.wish(saying({ kind: 'called', ticket, window: 2 }))).toMatchObject({ error: { kind: 'not-at-this-window' } });
    expect(day.next(2)).toBe(later);
    expect(day.serve(1, 5)).toBe(ticket);
    expect(day.ticket(ticket).state).toMatchObject({ serviceMs: 7 * 60_000 });
  });

  test('bound to a window that closes, it is called by any other of its business', () => {
    const day = tellDay();
    day.open(1);
    day.open(2);
    const ticket = day.take('social-security');
    day.next(1);
    day.must(saying({ kind: 'suspended', ticket, window: 1, why: 'documents' }));
    day.must(saying({ kind: 'returned', ticket }));
    expect(day.wish({ kind: 'next', window: 2 })).toMatchObject({ error: { kind: 'nobody-waits' } });
    day.must(saying({ kind: 'window-closed', window: 1 }));
    expect(day.next(2)).toBe(ticket);
    expect(day.ticket(ticket).window).toBe(null);
  });

  test('is transferred to a business at the end or in its place, or to one window', () => {
    const day = tellDay();
    day.open(1);
    const [first, second, third] = [day.take('social-security'), day.take('social-security'), day.take('social-security')];
    const resident = day.take('registration');
    const transfer = (ticket: typeof first, change: Partial<Extract<SaidDeed, { kind: 'transferred' }>>) => day.must(saying({ kind: 'transferred', ticket, window: 1, business: 'registration', to: null, keepsPlace: false, ...change }));
    transfer(day.next(1), {});
    transfer(day.next(1), { keepsPlace: true });
    transfer(day.next(1), { to: 7 });
    day.open(6);
    day.open(7);
    expect([day.serve(6), day.serve(6), day.serve(6)]).toEqual([second, resident, first]);
    expect(day.ticket(first)).toMatchObject({ issued: 'social-security', business: 'registration' });
    expect(day.serve(7)).toBe(third);
  });

  test('goes out of line when its holder leaves, also from the window', () => {
    const day = tellDay();
    day.open(1);
    const [first, second] = [day.take('social-security'), day.take('social-security')];
    day.must(saying({ kind: 'left', ticket: second, why: 'holder' }));
    expect(day.next(1)).toBe(first);
    day.must(saying({ kind: 'left', ticket: first, why: 'staff' }));
    expect(windowOf(day.queue(), 1)?.ticket).toBe(null);
    expect(day.wish({ kind: 'next', window: 1 })).toMatchObject({ error: { kind: 'nobody-waits' } });
    expect(day.wish(saying({ kind: 'returned', ticket: first }))).toMatchObject({ error: { kind: 'ticket-moved', state: 'left' } });
  });
});

describe('who did not come', () => {
  const missing = (rule: MissedRule) => {
    const day = tellDay(siteRules({ missed: rule }));
    day.open(1);
    const tickets = Array.from({ length: 6 }, () => day.take('social-security'));
    const ticket = day.next(1);
    const miss = () => day.must(saying({ kind: 'missed', ticket, window: 1 }));
    miss();
    return { day, tickets, ticket, miss };
  };
  const report = (ticket: string) => saying({ kind: 'returned', ticket: ticket as never });

  test('is not called unasked, but by name', () => {
    const { day, tickets, ticket } = missing({ kind: 'end', times: 1 });
    expect(tickets.slice(1).map(() => day.serve(1))).toEqual(tickets.slice(1));
    expect(day.wish({ kind: 'next', window: 1 })).toMatchObject({ error: { kind: 'nobody-waits' } });
    day.must(saying({ kind: 'called', ticket, window: 1 }));
    expect(day.ticket(ticket)).toMatchObject({ calls: 2, missed: 1, state: { kind: 'called' } });
  });
  test('comes back behind some, at the end, or not at all', () => {
    const after = missing({ kind: 'after', tickets: 3, times: 1 });
    after.day.must(report(after.ticket));
    expect(after.tickets.map(() => after.day.serve(1)).indexOf(after.ticket)).toBe(3);
    const end = missing({ kind: 'end', times: 1 });
    end.day.must(report(end.ticket));
    expect(end.tickets.map(() => end.day.serve(1)).indexOf(end.ticket)).toBe(5);
    const none = missing({ kind: 'void' });
    expect(none.day.wish(report(none.ticket))).toMatchObject({ error: { kind: 'spent' } });
    expect(none.day.wish(saying({ kind: 'called', ticket: none.ticket, window: 1 }))).toMatchObject({ error: { kind: 'spent' } });
  });
  test('comes back behind the last when fewer wait than the rule says', () => {
    const { day, tickets, ticket } = missing({ kind: 'after', tickets: 20, times: 1 });
    day.must(report(ticket));
    expect(tickets.map(() => day.serve(1)).indexOf(ticket)).toBe(5);
  });
  test('comes back so many times', () => {
    const { day, ticket, miss } = missing({ kind: 'end', times: 2 });
    for (let again = 0; again < 2; again += 1) {
      day.must(report(ticket));
      day.must(saying({ kind: 'called', ticket, window: 1 }));
      miss();
    }
    expect(day.wish(report(ticket))).toMatchObject({ error: { kind: 'spent' } });
  });
});

describe('numbers and holders', () => {
  test('nobody holds two of one business, until the first is over', () => {
    const day = tellDay(siteRules({ missed: { kind: 'void' } }));
    day.open(1);
    const holder = holderOf(7);
    const ticket = day.take('social-security', { holder });
    expect(day.wish(taking('social-security', { holder }))).toMatchObject({ error: { kind: 'holds-one', ticket } });
    day.take('registration', { holder });
    day.next(1);
    expect(day.wish(taking('social-security', { holder }))).toMatchObject({ error: { kind: 'holds-one', ticket } });
    day.must(saying({ kind: 'missed', ticket, window: 1 }));
    day.take('social-security', { holder });
  });
  test('who may still come back with a missed ticket, or waits beside the line, holds it', () => {
    const day = tellDay();
    day.open(1);
    const ticket = day.take('social-security', { holder: holderOf(7) });
    day.next(1);
    day.must(saying({ kind: 'missed', ticket, window: 1 }));
    expect(day.wish(taking('social-security', { holder: holderOf(7) }))).toMatchObject({ error: { kind: 'holds-one' } });
    day.must(saying({ kind: 'called', ticket, window: 1 }));
    day.must(saying({ kind: 'suspended', ticket, window: 1, why: 'other-office' }));
    expect(day.wish(taking('social-security', { holder: holderOf(7) }))).toMatchObject({ error: { kind: 'holds-one' } });
  });
  test('an appointment leads to one ticket', () => {
    const day = tellDay();
    const appointment = { id: idOf(500_000), from: day.now(), until: new Date(NINE + 3_600_000).toISOString() };
    const ticket = day.take('social-security', { way: 'appointment', appointment });
    expect(day.wish(taking('registration', { way: 'appointment', appointment }))).toMatchObject({ error: { kind: 'holds-one', ticket } });
  });
  test('two machines issue from their own ranges, a counter and a roll from what is left', () => {
    const day = tellDay();
    for (const machine of [one, two]) day.must({ kind: 'lease', business: 'housing' }, { machine });
    const numberOf = (entry: QueueEntry) => (entry.deed.kind === 'issued' ? entry.deed.issue.number : null);
    expect([one, two, one, null].map((machine) => numberOf(day.must(taking('housing'), { machine })))).toEqual([1, 21, 2, 41]);
    expect(day.wish({ kind: 'enter-roll', business: 'housing', number: 30, takenAt: day.now() })).toMatchObject({ error: { kind: 'number-taken' } });
    day.must({ kind: 'enter-roll', business: 'housing', number: 60, takenAt: day.now() });
    expect(day.must({ kind: 'lease', business: 'housing' }, { machine: one }).deed).toMatchObject({ first: 61, last: 80 });
    expect(day.wish(taking('registration'), { machine: one })).toMatchObject({ error: { kind: 'numbers-used-up' } });
  });
});

describe('a window', () => {
  test('has one ticket in hand, and calls none while it is paused or closed', () => {
    const day = tellDay();
    const [first, second] = [day.take('social-security'), day.take('social-security')];
    expect(day.wish({ kind: 'next', window: 1 })).toMatchObject({ error: { kind: 'window-closed' } });
    day.open(1);
    day.next(1);
    expect(day.wish({ kind: 'next', window: 1 })).toMatchObject({ error: { kind: 'window-busy', ticket: first } });
    expect(day.wish(saying({ kind: 'window-closed', window: 1 }))).toMatchObject({ error: { kind: 'window-busy' } });
    expect(day.wish(saying({ kind: 'window-opened', window: 1, account: 'another', businesses: ['housing'] }))).toMatchObject({ error: { kind: 'window-busy' } });
    day.must(saying({ kind: 'window-paused', window: 1, why: '取件' }));
    day.must(saying({ kind: 'started', ticket: first, window: 1 }));
    day.must(saying({ kind: 'finished', ticket: first, window: 1, items: [] }));
    expect(day.wish(saying({ kind: 'called', ticket: second, window: 1 }))).toMatchObject({ error: { kind: 'window-closed' } });
    day.open(1);
    expect(day.next(1)).toBe(second);
  });
  test('calls only what it serves', () => {
    const day = tellDay();
    const ticket = day.take('housing');
    day.open(1);
    expect(day.wish(saying({ kind: 'called', ticket, window: 1 }))).toMatchObject({ error: { kind: 'not-at-this-window' } });
    day.open(1, ['housing']);
    expect(day.next(1)).toBe(ticket);
  });
  test('does nothing with a ticket that another has', () => {
    const day = tellDay();
    day.open(1);
    day.open(2);
    const ticket = day.take('social-security');
    day.next(1);
    const deeds: SaidDeed[] = [
      { kind: 'recalled', ticket, window: 2 }, { kind: 'started', ticket, window: 2 }, { kind: 'missed', ticket, window: 2 }, { kind: 'suspended', ticket, window: 2, why: 'payment' },
      { kind: 'transferred', ticket, window: 2, business: 'housing', to: null, keepsPlace: false }, { kind: 'finished', ticket, window: 2, items: [] }, { kind: 'rated', ticket, window: 2, level: 5, tags: [] },
    ];
    const before = day.queue();
    for (const deed of deeds) expect(day.wish(saying(deed))).toMatchObject({ error: { kind: 'ticket-moved', state: 'called' } });
    expect(day.queue()).toBe(before);
  });
  test('notes somebody served without a ticket', () => {
    const day = tellDay();
    const served = (change: object) => saying({ kind: 'served', window: 1, business: 'housing', items: [], minutes: 4, ...change });
    expect(day.wish(served({}))).toMatchObject({ error: { kind: 'window-closed' } });
    day.open(1);
    day.must(served({}));
    expect(day.wish(served({ business: 'nothing' }))).toMatchObject({ error: { kind: 'unknown-business' } });
    expect(day.wish(served({ window: 77 }))).toMatchObject({ error: { kind: 'unknown-window' } });
  });
});

describe('a long day', () => {
  test('of 2 000 tickets and 20 000 entries is added up in a fifth of a second, as it was told', () => {
    const rules = siteRules();
    const day = tellDay(rules);
    for (let window = 1; window <= 12; window += 1) day.open(window);
    const keys = rules.businesses.map(({ key }) => key);
    // Twenty wait at any time; each is called, called again, noted on, begun and ended.
    const windows = rules.windows.map(({ number }) => number);
    for (let count = 0; count < 2000; count += 1) {
      day.take(keys[count % 3] ?? '');
      if (count < 20) continue;
      const window = windows.find((number) => (day.queue().windows.find((one) => one.number === number)?.businesses ?? []).some((business) => (day.queue().lines[business]?.length ?? 0) > 4)) ?? 1;
      const ticket = day.next(window);
      for (let again = 0; again < 5; again += 1) day.must(saying({ kind: 'recalled', ticket, window }));
      day.must(saying({ kind: 'noted', ticket, words: '材料已看' }));
      day.must(saying({ kind: 'started', ticket, window }));
      day.must(saying({ kind: 'finished', ticket, window, items: [] }));
    }
    expect(day.entries.length).toBeGreaterThan(19_500);
    expect(queueOf(rules, day.entries)).toEqual(day.queue());
    // The best of three: others use these processors too.
    const times = Array.from({ length: 3 }, () => {
      const started = performance.now();
      queueOf(rules, day.entries);
      return performance.now() - started;
    });
    expect(Math.min(...times)).toBeLessThan(200);
  });
  test('has entries that do not hold, and they are passed over', () => {
    const day = tellDay();
    day.open(1);
    const ticket = day.take('social-security');
    const bad = (serial: number, deed: SaidDeed): QueueEntry => ({ id: idOf(serial), day: '2026-11-23', machine: null, account: null, at: day.now(), deed });
    const rules = siteRules();
    expect(queueOf(rules, [...day.entries, bad(9001, { kind: 'started', ticket, window: 1 }), ...day.entries])).toEqual(day.queue());
    expect(queueOf(rules, [])).toEqual(emptyQueue(rules));
  });
});
