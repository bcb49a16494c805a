import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openFontChain } from '../fonts.ts';
import type { Line, Style } from './typesetter.ts';
import { Typesetter } from './typesetter.ts';

const fonts = openFontChain({ further: [] });
const style: Style = { face: 'sans', size: 10, colour: '#000000' };
const words = (lines: readonly Line[]) => lines.map(({ runs }) => runs.map(({ text }) => text).join(''));
const wrap = (text: string, width: number) => words(new Typesetter(fonts).wrap(text, style, width));

describe('line breaking', () => {
  test('closing marks do not begin a line, opening marks do not end one', () => {
    expect(wrap('一二三四，五六', 40)).toEqual(['一二三', '四，五六']);
    expect(wrap('一二三（四五六）七', 40)).toEqual(['一二三', '（四五', '六）七']);
  });

  test('a word in letters stays together, a word longer than the line is cut', () => {
    expect(wrap('编号 DN300-0017', 60)).toEqual(['编号', 'DN300-0017']);
    expect(wrap('A'.repeat(20), 60).join('')).toBe('A'.repeat(20));
  });

  test('line breaks of the text are kept, an empty text is one empty line', () => {
    expect(wrap('甲\n\n乙\r\n丙', 100)).toEqual(['甲', '', '乙', '丙']);
    expect(wrap('', 100)).toEqual(['']);
  });

  test('nothing but spaces at line ends is ever lost, and no line is wider than asked', () => {
    const letters = fc.constantFrom(...'漹㛃𬭛一二三四五ABCabc123·，。（）《》-. ');
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 80 }), fc.integer({ min: 40, max: 200 }), fc.constantFrom(0, 1.5), (characters, width, spacing) => {
        const text = characters.join('');
        const lines = new Typesetter(fonts).wrap(text, { ...style, spacing }, width);
        expect(words(lines).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        for (const line of lines) expect(line.width).toBeLessThanOrEqual(width + 1e-6);
      }),
    );
  });

  test('balanced lines are as many as plain ones and about equally long', () => {
    const set = new Typesetter(fonts);
    const text = '依照《中华人民共和国水法》和有关条例，准予按下列事项取水。';
    const plain = set.wrap(text, style, 280);
    const even = set.balance(text, style, 280);
    expect(even).toHaveLength(plain.length);
    const [first, last] = [even[0] as Line, even.at(-1) as Line];
    expect(Math.abs(first.width - last.width)).toBeLessThan(40);
  });
});

test('missing characters are gathered from everything that was set', () => {
  const set = new Typesetter(fonts);
  set.line('𠮷', style);
  set.wrap('王\u{2A6D6}', style, 100);
  expect(set.missing()).toEqual({ kind: 'missing-glyph', codePoints: ['U+20BB7', 'U+2A6D6'] });
  expect(new Typesetter(fonts).missing()).toBeNull();
});

test('fit takes the largest size that holds, else the smallest', () => {
  const set = new Typesetter(fonts);
  expect(set.fit('一二三四', style, 100, 1, [30, 25, 20]).style.size).toBe(25);
  const crowded = set.fit('一'.repeat(50), style, 100, 1, [30, 20]);
  expect(crowded.style.size).toBe(20);
  expect(words(crowded.lines).join('')).toBe('一'.repeat(50));
});
