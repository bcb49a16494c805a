import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskName, maskNumber, maskPhone } from './masking.ts';

describe('masking', () => {
  test.each([
    ['张测试', '张＊＊'], ['李四', '李＊'], ['𠮷田', '𠮷＊'], ['阿卜杜拉·买买提', '阿＊＊'], ['王', '＊'], ['', ''], ['SMITH JOHN', 'S＊＊'],
  ])('name %s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });
  test('numbers', () => {
    expect(maskNumber('330624199001010018')).toBe('3****************8');
    expect(maskNumber('330624199001010018', 'account')).toBe('330624********0018');
    expect(maskNumber('CAN330180010108', 'account')).toBe('CAN3301******08');
    expect(maskNumber('CAN330180010108')).toBe('C*************8');
    expect(maskNumber('12')).toBe('**');
    expect(maskNumber('')).toBe('');
  });
  test('phones', () => {
    expect(maskPhone('13800001234')).toBe('138****1234');
    expect(maskPhone('0575-86001234')).toBe('057*****1234');
    expect(maskPhone('110')).toBe('***');
  });
  test('a name never shows more than its first character, a number never its date of birth', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', minLength: 2, maxLength: 60 }), (name) => {
      const shown = [...maskName(name)].filter((letter) => letter !== '＊');
      expect(shown.length).toBeLessThanOrEqual(1);
    }));
    fc.assert(fc.property(fc.stringMatching(/^\d{17}[\dX]$/), fc.constantFrom('public' as const, 'account' as const), (number, mask) => {
      expect(maskNumber(number, mask)).toHaveLength(18);
      expect(maskNumber(number, mask).slice(6, 14)).toBe('********');
    }));
  });
});
