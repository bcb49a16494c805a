import fc from 'fast-check';
import { expect, test } from 'vitest';
import { yuanInCapitals } from './capitals.ts';

test.each([
  [0, '零元整'], [0.05, '伍分'], [0.5, '伍角整'], [10, '壹拾元整'], [16.4, '壹拾陆元肆角整'], [1409.5, '壹仟肆佰零玖元伍角整'], [6007.14, '陆仟零柒元壹角肆分'],
  [1680.32, '壹仟陆佰捌拾元叁角贰分'], [107_000.53, '壹拾万柒仟元伍角叁分'], [16_409.02, '壹万陆仟肆佰零玖元零贰分'], [325.04, '叁佰贰拾伍元零肆分'], [100_000, '壹拾万元整'], [1_000_001, '壹佰万零壹元整'],
  [100_000_001, '壹亿零壹元整'], [1_0500_0000, '壹亿零伍佰万元整'], [2_0000_0000_0000, '贰万亿元整'], [1_0000_0003_0000, '壹万亿零叁万元整'],
])('%d is %s', (yuan, words) => {
  expect(yuanInCapitals(yuan)).toBe(words);
});

/** What the words say, read by their own grammar: figures by their units, groups by theirs. */
function read(words: string): number {
  const fraction = /(?:([零壹贰叁肆伍陆柒捌玖])角)?(?:([壹贰叁肆伍陆柒捌玖])分)?整?$/u.exec(words.replace(/^零元整$/u, ''));
  const whole = words.includes('元') ? words.slice(0, words.indexOf('元')) : '';
  const digit = (sign: string | undefined) => Math.max(0, '零壹贰叁肆伍陆柒捌玖'.indexOf(sign ?? '零'));
  const small = (text: string) => {
    let sum = 0;
    let last = 0;
    for (const sign of text) {
      const unit = { 拾: 10, 佰: 100, 仟: 1000 }[sign];
      if (unit === undefined) last = digit(sign);
      else {
        sum += last * unit;
        last = 0;
      }
    }
    return sum + last;
  };
  const [, billions = '', myriads = '', ones = ''] = /^(?:(.*)亿)?(?:(.*)万)?(.*)$/u.exec(whole) ?? [];
  const [, outer = '', inner = ''] = /^(?:(.*)万)?(.*)$/u.exec(billions) ?? [];
  return Math.round(((small(outer) * 1e4 + small(inner)) * 1e8 + small(myriads) * 1e4 + small(ones)) * 100 + digit(fraction?.[1]) * 10 + digit(fraction?.[2])) / 100;
}

test('any amount reads back as itself, without a zero too many', () => {
  fc.assert(fc.property(fc.oneof(fc.integer({ min: 0, max: 99_999_999 }), fc.integer({ min: 0, max: 999_999_999_999_999 }), fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 12 })).map(([figure, zeros]) => figure * 10 ** zeros)), (fen) => {
    const words = yuanInCapitals(fen / 100) ?? '';
    expect(read(words)).toBe(fen / 100);
    expect(words).not.toMatch(/零零|零万|零亿|零元.+[角分]|零整/u);
  }));
});
test('what is no amount has no words', () => {
  for (const yuan of [-1, 1.234, Number.NaN, Number.POSITIVE_INFINITY, 1e13]) expect(yuanInCapitals(yuan)).toBeNull();
});
