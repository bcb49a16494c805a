import { expect, test } from 'vitest';
import { BoardView, CounterView } from '../../domain/contracts/site.ts';
import { TicketId } from '../../domain/queue/types.ts';
import { saying, taking, tellDay } from '../../domain/queue/test-site.ts';
import { boardView, counterView } from './views.ts';

/** A morning at window 1, told wish by wish. */
function morning() {
  const day = tellDay();
  const ticket = (wish: Parameters<typeof day.wish>[0]) => {
    const answer = day.wish(wish);
    if (!answer.ok || answer.value.deed.kind !== 'issued') throw new Error('no ticket');
    return TicketId.parse(answer.value.deed.issue.ticket);
  };
  const well = (wish: Parameters<typeof day.wish>[0]) => {
    const answer = day.wish(wish);
    if (!answer.ok) throw new Error(answer.error.kind);
  };
  const counter = (window: number) => {
    const view = counterView(day.queue(), window, day.now());
    return view === null ? null : CounterView.parse(view);
  };
  return { day, ticket, well, counter, board: () => BoardView.parse(boardView(day.queue())) };
}
const open = (window: number, businesses: string[]) => saying({ kind: 'window-opened', window, account: 'wang', businesses });

test('a counter sees whom it would call and why, what it has in hand, and what it laid aside', () => {
  const { ticket, well, counter } = morning();
  expect(counter(1)).toMatchObject({ state: 'closed', next: null, lines: [{ business: 'social-security', name: '社保', waiting: 0 }] });
  well(open(1, ['social-security']));
  const first = ticket(taking('social-security'));
  const elder = ticket(taking('social-security', { priority: 'elderly' }));
  expect(counter(1)).toMatchObject({ state: 'open', account: 'wang', inHand: null, next: { code: 'A002', why: 'priority' }, lines: [{ waiting: 2 }], waiting: [{ code: 'A001', way: 'card' }, { code: 'A002' }] });
  well({ kind: 'next', window: 1 });
  expect(counter(1)).toMatchObject({ inHand: { ticket: elder, code: 'A002', state: 'called', priority: 'elderly', calls: 1 }, next: null, lines: [{ waiting: 1 }] });
  well(saying({ kind: 'started', ticket: elder, window: 1 }));
  well(saying({ kind: 'noted', ticket: elder, words: '带了原件' }));
  well(saying({ kind: 'suspended', ticket: elder, window: 1, why: 'payment' }));
  expect(counter(1)).toMatchObject({ inHand: null, next: { code: 'A001', why: 'longest' }, aside: [{ code: 'A002', state: 'suspended', why: 'payment', notes: ['带了原件'] }] });
  // Another window of the business has not laid it aside.
  expect(counter(2)?.aside).toEqual([]);
  well({ kind: 'next', window: 1 });
  well(saying({ kind: 'missed', ticket: first, window: 1 }));
  // Who was missed may come back at any window of the business.
  for (const window of [1, 2]) expect(counter(window)?.aside.map(({ code, state }) => `${code} ${state}`)).toContain('A001 missed');
  expect(counter(1)?.next).toBeNull();
  expect(counter(99)).toBeNull();
});

test('a board shows numbers that are called, the newest first, and no other word of who holds them', () => {
  const { ticket, well, board } = morning();
  for (const [window, business] of [[1, 'social-security'], [6, 'registration']] as const) {
    well(open(window, [business]));
    ticket(taking(business, { holder: 'a'.repeat(64), priority: 'disabled' }));
    well({ kind: 'next', window });
  }
  const called = board();
  expect(called.calls).toMatchObject([{ code: 'B001', window: 6, times: 1 }, { code: 'A001', window: 1, times: 1 }]);
  expect(called.lines).toEqual([{ name: '社保', waiting: 0 }, { name: '企业登记', waiting: 0 }, { name: '不动产', waiting: 0 }]);
  expect(JSON.stringify(called)).not.toMatch(/disabled|aaaa|wang/);
});

test('a ticket keeps its number when it is transferred; once it is served the board lets it go from the calls', () => {
  const { ticket, well, board } = morning();
  well(open(1, ['social-security']));
  well(open(6, ['registration']));
  const moved = ticket(taking('social-security'));
  well({ kind: 'next', window: 1 });
  well(saying({ kind: 'transferred', ticket: moved, window: 1, business: 'registration', to: 6, keepsPlace: true }));
  well({ kind: 'next', window: 6 });
  expect(board().calls).toMatchObject([{ code: 'A001', window: 6 }]);
  well(saying({ kind: 'started', ticket: moved, window: 6 }));
  expect(board()).toMatchObject({ calls: [] });
  expect(board().windows.filter(({ code }) => code !== null)).toMatchObject([{ window: 6, state: 'open', code: 'A001' }]);
});

test('a ticket that was suspended at a window that is there no more comes back at any other of its business', () => {
  const { well, ticket, counter, board } = morning();
  well(open(1, ['social-security']));
  const suspended = ticket(taking('social-security'));
  well({ kind: 'next', window: 1 });
  well(saying({ kind: 'suspended', ticket: suspended, window: 1, why: 'documents' }));
  well(saying({ kind: 'window-closed', window: 1 }));
  expect([counter(1)?.aside.length, counter(2)?.aside.length]).toEqual([1, 0]);
  well({ kind: 'arrange', after: 0, arrangement: { windows: [{ number: 2, businesses: ['social-security'] }, { number: 3, businesses: ['housing'] }], hours: [], assigned: [{ account: 'wang', windows: [3] }], alarms: { waitMinutes: 30, waiting: 30 } } });
  expect([counter(1), counter(2)?.aside.length, counter(3)?.aside.length, counter(2)?.arranged]).toEqual([null, 1, 0, 1]);
  expect(board().windows.map(({ window, businesses }) => [window, businesses])).toEqual([[2, ['社保']], [3, ['不动产']]]);
});
