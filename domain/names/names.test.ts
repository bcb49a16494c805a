import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { characterNotes, codePointText, coverage } from './coverage.ts';
import { checkName, nameKey, nameLength, NAME_LIMIT, normaliseInterpuncts, sameName } from './name.ts';
import { standardCharacter, standardForm } from './private-use.ts';

const LONG = '阿卜杜热合曼·买买提依明·吐尔逊江·艾合买提江·阿不都克里木·努尔麦麦提·热依汗古丽·阿依夏木古丽·帕提';

describe('comparing names', () => {
  test.each(['·', '•', '・', '‧', '．', '∙', '⋅', '･', '.', ' · '])('the dot %s', (dot) => {
    expect(sameName(`阿依古丽${dot}买买提`, '阿依古丽·买买提')).toBe(true);
  });
  test.each([
    ['Ｓｍｉｔｈ', 'SMITH'], ['smith  john', 'SMITH JOHN'], ['张 三', '张三'], ['张\u3000三', '张三'],
    ['\uE863', '䶮'], ['\uF9D0', '\u985E'], ['葛\u{E0100}', '葛'],
  ])('%s is %s', (left, right) => {
    expect(sameName(left, right)).toBe(true);
  });
  test.each([['吉田', '𠮷田'], ['阿依古丽买买提', '阿依古丽·买买提'], ['张三', '张叁'], ['J. Smith', 'J·Smith'], ['王昇', '王升']])('%s is not %s', (left, right) => {
    expect(sameName(left, right)).toBe(false);
  });
  test('only dots change', () => {
    expect(normaliseInterpuncts('欧阳・测.试 J. Smith')).toBe('欧阳·测·试 J. Smith');
  });
  test('evening out is settled after one go', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('张', '𠮷', '·', '•', '．', ' ', 'a', 'Ａ', '\uE863', '\uF9D0', '.'), { maxLength: 30 }), (letters) => {
      const key = nameKey(letters.join(''));
      expect(nameKey(key)).toBe(key);
    }));
  });
});

describe('taking names', () => {
  test('long names, every plane', () => {
    expect(nameLength(LONG)).toBeGreaterThanOrEqual(50);
    expect(nameLength('𠮷'.repeat(50))).toBe(50);
    for (const name of [LONG, '𠮷'.repeat(50), '龥𫠠𪚥𬭛㛃', '王', '张\uE863']) expect(checkName(name)).toEqual({ ok: true, value: name });
    expect(checkName(' 张三\n')).toEqual({ ok: true, value: '张三' });
  });
  test.each([['  ', 'empty'], ['张\uFFFD', 'replacement-character'], ['张\uD842', 'replacement-character'], ['张\u0007三', 'control-character'], ['张'.repeat(NAME_LIMIT + 1), 'too-long']])('refused', (name, kind) => {
    expect(checkName(name)).toMatchObject({ ok: false, error: { kind } });
  });
});

describe('coverage', () => {
  const noExtensions = (codePoint: number) => codePoint < 0x20000;
  test('names each missing character once', () => {
    expect(coverage('𠮷田𠮷𪚥', noExtensions)).toEqual({ ok: false, error: { kind: 'missing-glyph', codePoints: ['U+20BB7', 'U+2A6A5'] } });
    expect(coverage('漹城街道', noExtensions)).toEqual({ ok: true, value: null });
    expect(coverage('', () => false).ok).toBe(true);
  });
  test('a font with private-use glyphs is not believed; variation selectors need no glyph', () => {
    expect(coverage('张\uE863', () => true)).toEqual({ ok: false, error: { kind: 'missing-glyph', codePoints: ['U+E863'] } });
    expect(coverage('张\uFFFD', () => true).ok).toBe(false);
    expect(coverage('葛\u{E0100}', (codePoint) => codePoint === 0x845b).ok).toBe(true);
  });
  test('nothing is lost: what is not covered is reported', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.integer({ min: 1, max: 0x10ffff }), (text, limit) => {
      const answer = coverage(text, (codePoint) => codePoint < limit);
      const above = [...text].filter((letter) => (letter.codePointAt(0) ?? 0) >= limit && !/[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/u.test(letter));
      for (const letter of above) expect(answer.ok ? [] : answer.error.codePoints).toContain(codePointText(letter));
    }));
  });
});

describe('notes on characters', () => {
  test('private-use and compatibility characters are told apart', () => {
    expect(characterNotes('张\uE863\uE000\uF9D0\uFA0E𠮷\uFFFD')).toEqual([
      { codePoint: 'U+E863', kind: 'private-use', standard: 'U+4DAE' },
      { codePoint: 'U+E000', kind: 'private-use', standard: null },
      { codePoint: 'U+F9D0', kind: 'compatibility', standard: 'U+985E' },
      { codePoint: 'U+20BB7', kind: 'supplementary', standard: null },
      { codePoint: 'U+FFFD', kind: 'replacement', standard: null },
    ]);
    expect(characterNotes('阿卜杜拉·Smith')).toEqual([]);
  });
  test('the table of old private-use codes: both ends, the ones outside the basic plane, and no further', () => {
    expect([0xe815, 0xe816, 0xe81e, 0xe831, 0xe83b, 0xe855, 0xe863, 0xe864].map((code) => standardCharacter(String.fromCodePoint(code)))).toEqual(['⺁', '𠂇', '龴', '𡗗', '𢦏', '𤇾', '䶮', '龻']);
    expect([standardCharacter('\uE814'), standardCharacter('\uE865'), standardCharacter('张')]).toEqual([null, null, null]);
    expect(standardForm('刘\uE863\uE000')).toBe('刘䶮\uE000');
  });
  test('the table agrees with the decoder of this runtime wherever that knows the standard characters', () => {
    const decoder = new TextDecoder('gb18030');
    let compared = 0;
    for (let index = 0; index < 80; index += 1) {
      const byte = 0x50 + index + (0x50 + index >= 0x7f ? 1 : 0);
      const decoded = decoder.decode(Uint8Array.of(0xfe, byte));
      if (/\p{Co}/u.test(decoded)) continue;
      compared += 1;
      expect(standardCharacter(String.fromCodePoint(0xe815 + index))).toBe(decoded);
    }
    expect(compared).toBeGreaterThanOrEqual(66);
  });
});
