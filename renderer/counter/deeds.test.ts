import { describe, expect, test } from 'vitest';
import type { CounterTicket, CounterView } from '../../domain/contracts/site.ts';
import type { QueueWish } from '../../domain/queue/decide.ts';
import { ticketOf, windowOf } from '../../domain/queue/state.ts';
import { saying, siteRules, tellDay } from '../../domain/queue/test-site.ts';
import type { Ticket } from '../../domain/queue/types.ts';
import { callWishes, closingWish, denied, leavingWish, meant, noteWish, openingWish, pausingWish, priorityWish, returningWish, servedWish, shows, suspendingWish, takingWish, transferWishes, wishesOf } from './deeds.ts';
import type { Command } from './keys.ts';
import { ticketNamed, viewWith } from './test-view.ts';

type Day = ReturnType<typeof tellDay>;
const WINDOW = 3;
const STATES = ['closed', 'open', 'paused'] as const;
const HANDS = ['none', 'called', 'serving'] as const;

/** What the counter would show of somebody. */
function held(ticket: Ticket): CounterTicket {
  const { state, ticket: id, revision, business } = ticket;
  if (state.kind === 'done' || state.kind === 'left') throw new Error('gone');
  return ticketNamed('A001', { ticket: id, revision, business, state: state.kind });
}

/** A window in such a state with such a hand; somebody waits, somebody is suspended there. */
function morning(state: (typeof STATES)[number], hand: (typeof HANDS)[number]): { day: Day; view: CounterView; waiting: CounterTicket; aside: CounterTicket } {
  const day = tellDay(siteRules());
  const [first] = [day.take('social-security'), day.take('social-security'), day.take('social-security')];
  day.open(WINDOW);
  day.next(WINDOW);
  day.must(saying({ kind: 'suspended', ticket: first, window: WINDOW, why: 'documents' }));
  if (hand !== 'none') {
    const second = day.next(WINDOW);
    if (hand === 'serving') day.must(saying({ kind: 'started', ticket: second, window: WINDOW }));
  }
  if (state === 'paused') day.must(pausingWish(WINDOW, '用餐'));
  if (state === 'closed') day.must(closingWish(WINDOW));
  const queue = day.queue();
  const inHand = windowOf(queue, WINDOW)?.ticket;
  const aside = held(ticketOf(queue, first) as Ticket);
  const waiting = held((queue.lines['social-security'] ?? [])[0] as Ticket);
  return { day, waiting, aside, view: viewWith({ state, inHand: inHand == null ? null : held(ticketOf(queue, inHand) as Ticket), waiting: [waiting], aside: [aside] }) };
}

const SITUATIONS = STATES.flatMap((state) => HANDS.filter((hand) => state !== 'closed' || hand === 'none').map((hand) => [state, hand] as const));

/** The wishes of a command as the page would bring them. */
function wishesFor(command: Command, { view, waiting, aside }: ReturnType<typeof morning>): QueueWish[] {
  const inHand = view.inHand ?? waiting;
  switch (command) {
    case 'next':
    case 'recall':
    case 'start':
    case 'finish':
    case 'finish-next':
    case 'missed':
      return wishesOf(command, { ...view, inHand });
    case 'suspend':
      return [suspendingWish(WINDOW, inHand, 'payment')];
    case 'transfer':
      return transferWishes(WINDOW, inHand, { business: 'housing', to: null, keepsPlace: false });
    case 'call':
      return callWishes(WINDOW, waiting);
    case 'return':
      return [returningWish(aside)];
    case 'take':
      return [takingWish('housing', 'elderly')];
    case 'serve':
      return [servedWish(WINDOW, 'housing', 4)];
    case 'leave':
      return [leavingWish(aside)];
    case 'priority':
      return [priorityWish(inHand, 'military', '出示了优待证')];
    case 'pause':
      return [pausingWish(WINDOW, '暂离')];
    case 'resume':
      return [openingWish(WINDOW, 'clerk-3', ['social-security'])];
    case 'close':
      return [closingWish(WINDOW)];
    default:
      return [];
  }
}

describe('what a clerk may do', () => {
  const judged = ['next', 'recall', 'start', 'finish', 'finish-next', 'missed', 'suspend', 'transfer', 'call', 'return', 'take', 'serve', 'leave', 'priority', 'close'] as const;
  test.each(SITUATIONS)('a window that is %s with %s in hand: the page offers what the rules grant, and nothing else', (state, hand) => {
    for (const command of judged) {
      const now = morning(state, hand);
      const refused = wishesFor(command, now).map((wish) => now.day.wish(wish)).find((answer) => !answer.ok);
      // A window that is closed once more is no harm to the rules; the page has no use for it.
      if (command === 'close' && state === 'closed') continue;
      expect([command, denied(command, now.view, false) === null], `${state} ${hand}`).toEqual([command, refused === undefined]);
    }
  });
  test('a window is paused once and resumed once', () => {
    expect(STATES.map((state) => [denied('pause', viewWith({ state }), false), denied('resume', viewWith({ state }), false)])).toEqual([['closed', 'closed'], [null, 'not-paused'], ['paused', null]]);
    const { day } = morning('paused', 'called');
    expect(day.wish(openingWish(WINDOW, 'clerk-3', ['social-security'])).ok).toBe(true);
  });
  test('the manager\'s page is a manager\'s', () => {
    expect([denied('manager', viewWith(), false), denied('manager', viewWith(), true)]).toEqual(['not-manager', null]);
  });
  test('with nobody to choose there is nothing to choose', () => {
    expect((['call', 'return', 'priority', 'leave'] as const).map((command) => denied(command, viewWith(), false))).toEqual(['nobody-known', 'nobody-aside', 'nobody-known', 'nobody-known']);
  });
});

describe('wishes', () => {
  test('are based on the ticket as it was seen, so that one who has moved is refused', () => {
    const { day, view } = morning('open', 'called');
    day.must(noteWish(view.inHand as CounterTicket, '少一张照片'));
    const [wish] = wishesOf('start', view);
    expect(day.wish(wish as QueueWish)).toEqual({ ok: false, error: { kind: 'ticket-moved', state: 'called' } });
  });
  test('a second business at the same window goes on at once, under the same number, and each business has its own service', () => {
    const { day, view } = morning('open', 'serving');
    const ticket = view.inHand as CounterTicket;
    for (const wish of transferWishes(WINDOW, ticket, { business: 'housing', to: WINDOW, keepsPlace: false })) day.must(wish);
    const after = ticketOf(day.queue(), ticket.ticket);
    expect([after?.state.kind, after?.business, after?.issued]).toEqual(['serving', 'housing', 'social-security']);
  });
  test('who is suspended and called by name comes back and is called, before whoever else waits', () => {
    const { day, aside } = morning('open', 'none');
    for (const wish of callWishes(WINDOW, aside)) day.must(wish);
    expect(windowOf(day.queue(), WINDOW)?.ticket).toBe(aside.ticket);
  });
});

describe('a number that is typed', () => {
  const tickets = ['A001', 'A010', 'B001', 'B012'].map((code) => ticketNamed(code));
  test.each([['', ['A001', 'A010', 'B001', 'B012']], ['a1', ['A001']], ['Ａ００１', ['A001']], ['1', ['A001', 'B001']], ['b', ['B001', 'B012']], ['B01', ['B001', 'B012']], ['c1', []], ['社', []]])('%j means %j', (typed, codes) => {
    expect(meant(tickets, typed).map(({ code }) => code)).toEqual(codes);
  });
});

test('keys are taken again when the counter shows what was granted', () => {
  const ticket = ticketNamed('A001', { state: 'called' });
  const other = ticketNamed('A002', { state: 'called' });
  const at = { ticket: ticket.ticket, window: WINDOW };
  expect([shows(viewWith(), { kind: 'called', ...at }), shows(viewWith({ inHand: ticket }), { kind: 'called', ...at })]).toEqual([false, true]);
  expect([shows(viewWith({ inHand: ticket }), { kind: 'started', ...at }), shows(viewWith({ inHand: { ...ticket, state: 'serving' } }), { kind: 'started', ...at })]).toEqual([false, true]);
  expect([shows(viewWith({ inHand: ticket }), { kind: 'missed', ...at }), shows(viewWith({ inHand: other }), { kind: 'missed', ...at })]).toEqual([false, true]);
  expect([shows(viewWith({ aside: [ticket] }), { kind: 'returned', ticket: ticket.ticket }), shows(viewWith(), { kind: 'returned', ticket: ticket.ticket })]).toEqual([false, true]);
  expect([shows(viewWith(), { kind: 'window-closed', window: 3 }), shows(viewWith({ state: 'closed' }), { kind: 'window-closed', window: 3 })]).toEqual([false, true]);
  // Another window's deed is not shown here at all.
  expect(shows(viewWith(), { kind: 'window-closed', window: 4 })).toBe(true);
});
