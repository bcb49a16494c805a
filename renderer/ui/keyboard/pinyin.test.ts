import fc from 'fast-check';
import { pinyin } from 'pinyin-pro';
import { describe, expect, test } from 'vitest';
import { pinyinDictionary } from './pinyin.ts';
import { FORM_WORDS } from './pinyin-words.ts';

const dictionary = pinyinDictionary();
const first = (typed: string) => dictionary.suggest(typed)[0];
const texts = (typed: string) => dictionary.suggest(typed).map((candidate) => candidate.text);

describe('typing Chinese by pinyin', () => {
  test('a word typed in full comes first and uses all letters', () => {
    expect(first('xinchangxian')).toEqual({ text: '新昌县', uses: 12 });
    expect(first('yingyezhizhao')?.text).toBe('营业执照');
    expect(first('shenqing')?.text).toBe('申请');
  });

  test('a word is found by its initials and while it is being typed', () => {
    expect(texts('xcx')).toContain('新昌县');
    expect(texts('yyzz')[0]).toBe('营业执照');
    expect(texts('yingyezh')[0]).toBe('营业执照');
  });

  test('the common characters of a syllable come before the rare ones', () => {
    expect(texts('de')[0]).toBe('的');
    expect(texts('wang').slice(0, 3)).toContain('王');
    expect(texts('lv')).toContain('律');
  });

  test('what no word covers is put together, and can be taken character by character', () => {
    const [whole] = dictionary.suggest('wangjianguo');
    expect(whole?.text).toHaveLength(3);
    expect(whole?.uses).toBe(11);
    expect(dictionary.suggest('wangjianguo')).toContainEqual({ text: '王', uses: 4 });
  });

  test('letters that begin no syllable give nothing', () => {
    expect(dictionary.suggest('v')).toEqual([]);
    expect(dictionary.suggest('')).toEqual([]);
  });

  test('every form word can be typed', () => {
    for (const word of FORM_WORDS.filter((text) => text.length > 1)) {
      const letters = pinyin(word, { toneType: 'none', type: 'array', v: true }).join('');
      expect(texts(letters).slice(0, 4), letters).toContain(word);
    }
  });

  test('whatever is typed, a candidate uses between one and all of the letters', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,14}$/), (typed) => {
        for (const candidate of dictionary.suggest(typed)) {
          expect(candidate.uses).toBeGreaterThan(0);
          expect(candidate.uses).toBeLessThanOrEqual(typed.length);
        }
      }),
      { numRuns: 200 },
    );
  });
});
