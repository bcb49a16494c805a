import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FormField } from '../../domain/item/types.ts';
import { CLOCK_OFF } from '../../domain/time.ts';
import { clockWords, dayWords, dueOf, happened, isHallsTurn, limitWords, machineClock, machineWords, momentWords, spanWords, valueWords } from './words.ts';

/** Tuesday, 24 November 2026, ten past ten in China. */
const NOW = Date.parse('2026-11-24T02:10:00.000Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const iso = (milliseconds: number) => new Date(milliseconds).toISOString();

describe('times', () => {
  test.each([
    ['2026-11-24T01:41:00.000Z', '今天 09:41'],
    ['2026-11-23T16:00:00.000Z', '今天 00:00'],
    ['2026-11-23T15:59:00.000Z', '昨天 23:59'],
    ['2026-11-20T02:10:00.000Z', '11月20日 10:10'],
    ['2025-12-31T16:00:00.000Z', '1月1日 00:00'],
    ['2025-12-31T15:00:00.000Z', '2025年12月31日 23:00'],
  ])('%s is %s in China, wherever the computer stands', (instant, words) => {
    expect(momentWords(instant, NOW)).toBe(words);
  });
  test('every minute of a day has its own clock', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (hour, minute) => {
      expect(clockWords(iso(Date.UTC(2026, 0, 2, hour - 8, minute)))).toBe(`${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
    }));
  });
  test('a day has its weekday, another year its number', () => {
    expect(dayWords('2026-11-25', NOW)).toBe('11月25日（周三）');
    expect(dayWords('2027-01-03', NOW)).toBe('2027年1月3日（周日）');
  });
  test.each([[59_999, '不到 1 分钟'], [MINUTE, '1 分钟'], [-5 * MINUTE, '5 分钟'], [3 * HOUR, '3 小时'], [49 * HOUR, '2 天']])('%i ms lasted %s', (span, words) => {
    expect(spanWords(span)).toBe(words);
  });
});

describe('duties', () => {
  const row = { stage: 'handed-in', promisedBy: null, daysLeft: 3 } as const;
  test.each([
    [{ ...row, daysLeft: -1 }, { tone: 'late', words: '已超 1 个工作日', note: '应作首次答复' }],
    [{ ...row, daysLeft: 0 }, { tone: 'today', words: '今天到期', note: '应作首次答复' }],
    [{ ...row, daysLeft: 2 }, { tone: 'soon', words: '剩 2 个工作日', note: '应作首次答复' }],
    [row, { tone: 'calm', words: '剩 3 个工作日', note: '应作首次答复' }],
    [{ ...row, stage: 'supplemented' }, { tone: 'calm', words: '剩 3 个工作日', note: '应答复补正' }],
    [{ stage: 'accepted', promisedBy: '2026-11-25', daysLeft: 1 }, { tone: 'soon', words: '剩 1 天', note: '承诺 11月25日' }],
    [{ stage: 'correction-asked', promisedBy: null, daysLeft: null }, { tone: 'none', words: '等申请人补正', note: '' }],
    [{ stage: 'finished', promisedBy: '2026-11-25', daysLeft: null }, { tone: 'none', words: '—', note: '' }],
  ] as const)('%o', (given, due) => {
    expect(dueOf(given, NOW)).toEqual(due);
  });
  test('a promise is told in the unit of its item, where that is known', () => {
    const promised = { stage: 'accepted', promisedBy: '2026-11-25', daysLeft: -2 } as const;
    expect([dueOf(promised, NOW).words, dueOf(promised, NOW, 'natural').words, dueOf(promised, NOW, 'working').words]).toEqual(['已超 2 天', '已超 2 个自然日', '已超 2 个工作日']);
  });
  test('the hall has a turn while it owes an answer or a decision', () => {
    expect((['handed-in', 'correction-asked', 'supplemented', 'accepted', 'decided', 'finished', 'refused', 'withdrawn'] as const).filter(isHallsTurn)).toEqual(['handed-in', 'supplemented', 'accepted', 'decided']);
  });
  test('a limit keeps its unit', () => {
    expect(limitWords({ days: 15, unit: 'working' })).toBe('15 个工作日');
    expect(limitWords({ days: 20, unit: 'natural' })).toBe('20 个自然日');
  });
});

describe('time evidence', () => {
  const wall = iso(NOW);
  const trusted = { at: iso(NOW - 3 * HOUR), monotonic: HOUR, boot: 'b1' };
  test('within one boot it is counted on from the last contact, and a wrong clock is told', () => {
    expect(happened('T330624-0001', { wall: iso(NOW + 4 * MINUTE), monotonic: 4 * HOUR, boot: 'b1', trusted, drift: { offset: 4 * MINUTE, bound: 100 } }))
      .toEqual({ at: wall, sure: 'sure', words: '按大厅对时推算，距上次对时 3 小时；机器钟当时快 4 分钟' });
  });
  test('after a restart the last known drift sets it right, never to before the contact', () => {
    expect(happened('T330624-0001', { wall: iso(NOW - 2 * MINUTE), monotonic: 5, boot: 'b2', trusted, drift: { offset: -2 * MINUTE, bound: 100 } }))
      .toEqual({ at: wall, sure: 'reckoned', words: '机器重启后还没对时，按上次偏差校正，误差可能较大；机器钟当时慢 2 分钟' });
    expect(happened('T330624-0001', { wall: '2020-01-01T00:00:00.000Z', monotonic: 5, boot: 'b2', trusted, drift: null }).at).toBe(trusted.at);
  });
  test('without any contact it is the bare clock, and said so', () => {
    expect(happened('T330624-0001', { wall, monotonic: 5, boot: 'b1', trusted: null, drift: null })).toEqual({ at: wall, sure: 'unsure', words: '机器还没有与大厅对过时，只有机器钟时间，仅供参考' });
  });
  test("the hall's own time is sure", () => {
    expect(happened('H330624', { wall, monotonic: 5, boot: 'b1', trusted: null, drift: null })).toEqual({ at: wall, sure: 'sure', words: '大厅服务器时间' });
  });
});

describe('answers', () => {
  const field: FormField = { name: 'relation', label: '关系', help: '', example: '', widget: 'choice', prefill: 'none', shownWhen: null, options: [{ value: 'child', label: '子女' }] };
  test.each([['child', '子女'], ['other', 'other'], [true, '是'], [false, '否'], [0, '0'], [null, '未填'], ['', '未填'], [undefined, '未填']])('%s reads %s', (value, words) => {
    expect(valueWords(field, value)).toBe(words);
  });
});

describe("a machine's clock", () => {
  test.each([
    [0, '准', false], [-59_999, '准', false], [4 * MINUTE, '快 4 分钟', false], [-CLOCK_OFF, '慢 10 分钟', false], [CLOCK_OFF + 1, '快 10 分钟', true], [-50 * HOUR, '慢 2 天', true],
  ])('%d ms off', (offset, words, off) => {
    expect(machineClock(offset)).toEqual({ words, off });
  });
});

test('a machine is called as people call it', () => {
  expect([machineWords('T330624-0007'), machineWords('H330624')]).toEqual(['自助机 0007', '大厅']);
});
