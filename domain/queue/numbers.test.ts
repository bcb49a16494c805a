import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callInChinese, callInEnglish, parseTicket, textOf, ticketCode } from './numbers.ts';

const prefix = fc.constantFrom(...'ABCDEFGHJKLMNPRSTUVWXYZ');
const number = fc.integer({ min: 1, max: 999 });

describe('a ticket number', () => {
  test('is printed as a letter and three figures', () => {
    expect([ticketCode('A', 1), ticketCode('Z', 999)]).toEqual(['A001', 'Z999']);
  });

  test.each([
    ['A001', 2, '请 A 零 零 一 到 二 号窗口办理'], ['B120', 10, '请 B 一 二 零 到 十 号窗口办理'], ['C309', 12, '请 C 三 零 九 到 十 二 号窗口办理'],
    ['C309', 20, '请 C 三 零 九 到 二 十 号窗口办理'], ['C309', 47, '请 C 三 零 九 到 四 十 七 号窗口办理'],
  ])('%s is called to window %i as %s', (code, window, expected) => {
    expect(textOf(callInChinese(code, window))).toBe(expected);
  });

  test.each([['A001', 3, 'Ticket A zero zero one please go to window three'], ['B120', 12, 'Ticket B one two zero please go to window twelve'], ['B120', 30, 'Ticket B one two zero please go to window thirty'], ['B120', 99, 'Ticket B one two zero please go to window ninety-nine']])('%s is called to window %i as %s', (code, window, expected) => {
    expect(textOf(callInEnglish(code, window))).toBe(expected);
  });

  test('is called from few recordings: every one says one thing only, and each window is another call', () => {
    for (const call of [callInChinese, callInEnglish]) {
      const texts = new Map<string, string>();
      const calls = new Set<string>();
      for (let window = 1; window <= 99; window += 1) {
        const segments = [...call('A987', window), ...call('B654', window), ...call('C321', window), ...call('D000', window)];
        for (const { key, text } of segments) {
          expect(text).not.toBe('');
          expect(texts.get(key) ?? text).toBe(text);
          texts.set(key, text);
        }
        calls.add(textOf(call('A001', window)));
      }
      expect(calls.size).toBe(99);
      expect(new Set(texts.values()).size).toBeGreaterThanOrEqual(18);
    }
  });

  test.each([
    ['A001', 'A', 1], ['a1', 'A', 1], ['Ａ－００１', 'A', 1], [' b 12 ', 'B', 12], ['AOO1', 'A', 1], ['AlO', 'A', 10], ['L1', 'L', 1], ['12', null, 12], ['０７', null, 7], ['C·309', 'C', 309],
  ])('%j is read as %s %i', (typed, letter, expected) => {
    expect(parseTicket(typed)).toEqual({ prefix: letter, number: expected });
  });
  test.each(['', 'A', 'A000', 'A1000', 'AB1', 'I12A', '一二', 'A12345'])('%j is none', (typed) => {
    expect(parseTicket(typed)).toBe(null);
  });

  test('is read again however it is written', () => {
    fc.assert(fc.property(prefix, number, fc.constantFrom((code: string) => code, (code: string) => code.toLowerCase(), (code: string) => code.replace(/^./, '$& '), (code: string) => code.replace(/^(.)0+/, '$1')), (letter, value, write) => {
      expect(parseTicket(write(ticketCode(letter, value)))).toEqual({ prefix: letter, number: value });
    }));
  });
});
