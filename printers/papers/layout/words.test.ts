import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chinaTime, chineseDate, plainDate } from './words.ts';

test.each([
  ['2026-11-23', '二〇二六年十一月二十三日'],
  ['2000-01-10', '二〇〇〇年一月十日'],
  ['2031-10-20', '二〇三一年十月二十日'],
  ['1999-12-31', '一九九九年十二月三十一日'],
  ['2026-02-01', '二〇二六年二月一日'],
])('%s in words', (date, words) => {
  expect(chineseDate(date)).toBe(words);
});

test('words read back as the same date', () => {
  const numeral = (text: string) => {
    const [tens, ones] = text.includes('十') ? text.split('十') : ['', text];
    const digit = (character: string | undefined, empty: number) => (character === undefined || character === '' ? empty : '〇一二三四五六七八九'.indexOf(character));
    return (text.includes('十') ? digit(tens, 1) * 10 : 0) + digit(ones, 0);
  };
  fc.assert(
    fc.property(fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }), (date) => {
      const iso = date.toISOString().slice(0, 10);
      const [, year, month, day] = /^(.{4})年(.+)月(.+)日$/.exec(chineseDate(iso)) ?? [];
      expect([...(year ?? '')].map((character) => '〇一二三四五六七八九'.indexOf(character)).join('')).toBe(iso.slice(0, 4));
      expect(numeral(month ?? '')).toBe(Number(iso.slice(5, 7)));
      expect(numeral(day ?? '')).toBe(Number(iso.slice(8, 10)));
    }),
  );
});

test('China is eight hours ahead all year, over the end of a day and a year', () => {
  expect(chinaTime('2026-11-23T07:33:20.000Z')).toBe('2026年11月23日 15:33');
  expect(chinaTime('2026-12-31T16:00:00.000Z')).toBe('2027年1月1日 00:00');
  expect(chinaTime('2026-07-01T15:59:59.999Z')).toBe('2026年7月1日 23:59');
  expect(plainDate('2026-03-05')).toBe('2026年3月5日');
});
