import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnsOf, inFont, printable, wrap } from './text.ts';

describe('columns', () => {
  test('Chinese takes two, ASCII one', () => {
    expect(columnsOf('办件A001号')).toBe(10);
    expect(columnsOf('·')).toBe(2);
    // One letter with its mark, and one character outside of the basic plane.
    expect(columnsOf('e\u0301')).toBe(2);
    expect(columnsOf('𠮷')).toBe(2);
  });
});

describe('printable text', () => {
  test('¥ becomes ￥, white space becomes one space, the wide space stays', () => {
    expect(printable('¥12.50\t\n 元')).toBe('￥12.50 元');
    expect(printable('事　　项')).toBe('事　　项');
    expect(printable('a\u00a0b\u0000c')).toBe('a b c');
  });
});

describe('what a font has in two bytes', () => {
  test.each([
    ['政务 A001', true, true, true],
    ['漹', false, true, true],
    ['￥', true, true, true],
    ['€', false, false, true],
    ['䶮', false, false, true],
    ['㛃', false, false, false],
    ['𬭛', false, false, false],
    ['¥', false, false, false],
    ['\ue000', false, false, false],
    ['\n', false, false, false],
  ])('%s', (text, gb2312, gbk, gb18030) => {
    expect([inFont(text, 'gb2312'), inFont(text, 'gbk'), inFont(text, 'gb18030')]).toEqual([gb2312, gbk, gb18030]);
  });

  test('a smaller set never has more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0x20, max: 0xffff }).filter((code) => code < 0xd800 || code > 0xdfff), (code) => {
        const character = String.fromCodePoint(code);
        if (inFont(character, 'gb2312')) expect(inFont(character, 'gbk')).toBe(true);
        if (inFont(character, 'gbk')) expect(inFont(character, 'gb18030')).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('wrapping', () => {
  test('nothing is lost and no line is too long, whatever the text', () => {
    const character = fc.oneof(fc.constantFrom(...'，。（）《》、 aZ09-.￥'), fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCharCode(code)), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }));
    fc.assert(
      fc.property(fc.array(character, { maxLength: 120 }), fc.integer({ min: 4, max: 48 }), (characters, columns) => {
        const text = characters.join('');
        const lines = wrap(text, columns);
        const without = (value: string): string => value.replaceAll(/[\s]/gu, '');
        expect(without(lines.join(''))).toBe(without(printable(text)));
        for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(columns);
      }),
      { numRuns: 500 },
    );
  });

  test('words and numbers stay whole, marks do not begin or end a line where they may not', () => {
    expect(wrap('编号 330624202600000123 已收到', 20)).toEqual(['编号', '330624202600000123', '已收到']);
    expect(wrap('材料已经收到，请保管', 12)).toEqual(['材料已经收', '到，请保管']);
    expect(wrap('请带上身份证（原件）', 14)).toEqual(['请带上身份证', '（原件）']);
    expect(wrap('', 10)).toEqual([]);
  });

  test('a word longer than the line is broken, not shortened', () => {
    expect(wrap('ABCDEFGHIJKLMNOP', 6)).toEqual(['ABCDEF', 'GHIJKL', 'MNOP']);
  });
});
