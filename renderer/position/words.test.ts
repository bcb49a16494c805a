import { expect, test } from 'vitest';
import type { PositionView } from '../../domain/contracts/site.ts';
import { clockOf, shownOf } from './words.ts';

const waiting: PositionView = { code: 'A027', business: '户籍与身份证', state: 'waiting', window: null, wait: { ahead: 6, least: 11, most: 24 }, spent: false, at: '2026-11-23T16:05:00.000Z' };

test('each state in plain words: only a call names a window to go to, only a ticket that waits says how long, and what has ended is asked about no more', () => {
  const states = (['waiting', 'called', 'serving', 'suspended', 'missed', 'done', 'left'] as const).map((state) => shownOf({ ...waiting, state, window: state === 'waiting' || state === 'left' ? null : 3 }));
  expect(states.map(({ window }) => window)).toEqual(['', '3 号窗口', '', '', '', '', '']);
  expect(states.map(({ wait }) => wait !== null)).toEqual([true, false, false, false, false, false, false]);
  expect(states.map(({ over }) => over)).toEqual([false, false, false, false, false, true, true]);
  expect(new Set(states.map(({ words }) => words)).size).toBe(7);
  expect(shownOf({ ...waiting, state: 'missed', spent: true })).toMatchObject({ over: true, words: expect.stringContaining('重新取号') });
  // A number that a machine gave by itself is on paper before it is in the list.
  expect(shownOf(null)).toMatchObject({ over: false, words: expect.stringContaining('还没有查到') });
});

test('a wait is said as people say it, and not said where no window serves', () => {
  const wait = (least: number | null, most: number | null) => shownOf({ ...waiting, wait: { ahead: 6, least, most } }).wait;
  expect([wait(11, 24), wait(5, 5)?.minutes, wait(0, 0)?.minutes, wait(null, null)?.minutes]).toEqual([{ ahead: '6 位', minutes: '11–24 分钟' }, '5 分钟', '马上到您', '等开窗口']);
});

test('the time is that of China', () => {
  expect(clockOf(waiting.at)).toBe('00:05');
});
