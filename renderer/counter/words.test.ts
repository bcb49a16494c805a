import { describe, expect, test } from 'vitest';
import type { SiteWishFailure } from '../../domain/contracts/site.ts';
import { TicketId } from '../../domain/queue/types.ts';
import { clockWords, endWords, instantOfToday, refusalWords, spanWords, wholeNumber } from './words.ts';

const NOON = Date.parse('2026-11-23T04:00:00.000Z');
const ticket = TicketId.parse('01KXAMPLE0000000000000000A'.replaceAll('L', '1'));

describe('refusals', () => {
  const all: SiteWishFailure[] = [
    ...(['unknown-ticket', 'unknown-window', 'unknown-business', 'spent', 'window-closed', 'not-at-this-window', 'nobody-waits', 'number-taken', 'numbers-used-up', 'rated-before', 'wrong-range', 'not-leading', 'unsure', 'not-allowed'] as const).map((kind) => ({ kind })),
    ...(['waiting', 'called', 'serving', 'suspended', 'missed', 'done', 'left'] as const).map((state) => ({ kind: 'ticket-moved' as const, state })),
    { kind: 'window-busy', ticket }, { kind: 'holds-one', ticket },
  ];
  test.each(all)('$kind $state: says in Chinese what is so', (failure) => {
    const words = refusalWords(failure);
    expect(words).toMatch(/^[^a-z]*。$/);
  });
  test('each is another sentence', () => {
    expect(new Set(all.map((failure) => refusalWords(failure))).size).toBe(all.length);
  });
});

test('the ticket in hand that somebody wrote to meanwhile is not called away', () => {
  expect([refusalWords({ kind: 'ticket-moved', state: 'serving' }, true), refusalWords({ kind: 'ticket-moved', state: 'done' }, true)]).toEqual(['手里的号刚刚有变动，这一步没有办成。请看一眼，再按一次。', refusalWords({ kind: 'ticket-moved', state: 'done' })]);
});

test('a wish that may have been done is never called undone', () => {
  expect(endWords({ kind: 'given-up' })).toContain('还不知道');
  expect(endWords({ kind: 'signed-out', unknown: true })).toContain('还不知道');
  expect(endWords({ kind: 'broken', unknown: true })).toContain('还不知道');
  expect(endWords({ kind: 'broken', unknown: false })).toContain('没有办成');
});

test('times are those of China; clocks that disagree make none negative', () => {
  expect(clockWords('2026-11-23T01:05:00.000Z')).toBe('09:05');
  const ago = (minutes: number) => spanWords(new Date(NOON - minutes * 60_000).toISOString(), NOON);
  expect([ago(0.5), ago(59), ago(60), ago(125), ago(-3)]).toEqual(['不到 1 分钟', '59 分钟', '1 小时 0 分', '2 小时 5 分', '不到 1 分钟']);
});

test.each([
  ['9:05', '2026-11-23T01:05:00.000Z'], ['０９：０５', '2026-11-23T01:05:00.000Z'], ['0905', '2026-11-23T01:05:00.000Z'], ['12:00', '2026-11-23T04:00:00.000Z'],
  ['12:01', null], ['24:00', null], ['9:60', null], ['', null], ['九点', null],
])('the time %j of today is %j at noon', (typed, at) => {
  expect(instantOfToday(typed, NOON)).toBe(at);
});

test('a time before eight is of the same Chinese day', () => {
  expect(instantOfToday('7:30', Date.parse('2026-11-22T23:45:00.000Z'))).toBe('2026-11-22T23:30:00.000Z');
});

test.each([['5', 5], ['５０１', 501], ['0', null], ['1000', null], ['-1', null], ['1.5', null], ['', null], ['1e2', null]])('the number %j is %j', (typed, number) => {
  expect(wholeNumber(typed, 1, 999)).toBe(number);
});
