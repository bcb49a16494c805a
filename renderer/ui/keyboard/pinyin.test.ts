import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPinyinDictionary } from './pinyin.ts';

const dictionary = readPinyinDictionary(readFileSync(new URL('data/words.txt', import.meta.url), 'utf8'));
const first = (typed: string) => dictionary.suggest(typed)[0];
const texts = (typed: string, most?: number) => dictionary.suggest(typed, most).map((candidate) => candidate.text);
const digitsOf = (letters: string) => [...letters].map((letter) => '22233344455566677778889999'.charAt(letter.charCodeAt(0) - 97)).join('');

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

  test('sentences are put together from the likeliest words', () => {
    expect(first('woyaoshenqingyingyezhizhao')?.text).toBe('我要申请营业执照');
    expect(first('wozhuzaixinchangxianruaozhen')?.text).toBe('我住在新昌县儒岙镇');
    expect(first('jintiantianqihenhao')?.text).toBe('今天天气很好');
  });

  test('ü is v, and u will do where no other syllable is meant', () => {
    expect(texts('lve')[0]).toBe('略');
    expect(texts('lue')[0]).toBe('略');
    expect(texts('nver')[0]).toBe('女儿');
    expect(first('nuermaimaiti')?.text).toBe('努尔买买提');
  });

  // Surnames and places whose reading is another than the character's usual one.
  test.each([['shan', '单'], ['xie', '解'], ['qiu', '仇'], ['ou', '区'], ['zha', '查'], ['ge', '盖'], ['piao', '朴'], ['zeng', '曾'], ['miao', '缪'], ['qin', '覃'], ['chong', '种'], ['bi', '秘'], ['yun', '员']])('the surname read %s: %s', (letters, surname) => {
    expect(texts(letters, 800)).toContain(surname);
  });
  test.each([['shengzhou', '嵊州'], ['yueqing', '乐清'], ['taizhou', '台州'], ['lishui', '丽水'], ['luan', '六安'], ['bengbu', '蚌埠'], ['donge', '东阿'], ['panyu', '番禺'], ['jianli', '监利'], ['laoting', '乐亭'], ['yuchi', '尉迟'], ['moqi', '万俟'], ['ruaozhen', '儒岙镇']])('the name read %s: %s', (letters, name) => {
    expect(texts(letters).slice(0, 30)).toContain(name);
  });

  test('characters beyond the basic plane are there, after the common ones', () => {
    expect(texts('tu', 800)).toContain('圡');
    expect(texts('bo', 800)).toContain('𬭛');
    expect(texts('ji', 800)).toContain('𠮷');
    expect(texts('yi', 2000).length).toBeGreaterThan(300);
  });

  test('what was chosen is not learnt', () => {
    const before = texts('zhangwei');
    for (let times = 0; times < 5; times += 1) dictionary.suggest('zhangwei');
    expect(texts('zhangwei')).toEqual(before);
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

describe('a twelve-key pad', () => {
  test('whole words, initials and sentences', () => {
    const pad = (letters: string) => dictionary.suggestDigits(digitsOf(letters)).map(({ text }) => text);
    expect(pad('shenqing')[0]).toBe('申请');
    expect(pad('yyzz')[0]).toBe('营业执照');
    expect(pad('ruaozhen')[0]).toBe('儒岙镇');
    expect(pad('xinchang')).toContain('新昌');
    expect(pad('zhang')).toContain('张');
  });
  test('0, 1 and signs give nothing', () => {
    for (const digits of ['', '0', '1', '10', '*']) expect(dictionary.suggestDigits(digits), digits).toEqual([]);
  });
});

describe('explaining a character', () => {
  test('by a word that people know, else by its parts, else not at all', () => {
    expect(dictionary.explain('子')).toBe('孩子');
    expect(dictionary.explain('李')).toContain('李');
    expect(dictionary.explain('漹')).toBe('氵 + 焉');
    expect(dictionary.explain('a')).toBe('');
    expect(dictionary.explain('')).toBe('');
  });
});
