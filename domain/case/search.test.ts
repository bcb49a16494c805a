import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endOfRange, searchTerms, wholeName } from './search.ts';

const bytes = (text: string) => Buffer.from(text, 'utf8');

describe('a search', () => {
  test.each([
    ['王守田', ['person', 'item']], ['0012', ['number', 'phone']], ['123', []], ['33062419900101001x', ['person', 'item', 'number', 'identity']], ['13800001234', ['number', 'phone']],
    ['330624202600000123', ['number', 'identity']], ['临330624-0001-000012', ['person', 'item', 'number']], ['王三X', ['person', 'item']], ['%', ['person', 'item']], ['L0007-000012', ['person', 'item', 'number']],
  ])('%s may be %j', (text, meanings) => {
    const [term] = searchTerms(text);
    expect(Object.entries(term ?? {}).filter(([name, meant]) => meant === true || (name === 'person' && meant !== null)).map(([name]) => name)).toEqual(meanings);
  });
  test('is words that all must fit, at most three', () => {
    expect(searchTerms('  王  优待证 已受理 1234 ').map(({ text }) => text)).toEqual(['王', '优待证', '已受理']);
    expect(searchTerms(' ')).toEqual([]);
  });
  test('a name is looked for as names are compared: whatever the dot, the width or a compatibility character', () => {
    for (const spelling of ['阿依古丽·买买提', '阿依古丽•买买提', '阿依古丽．买买提']) expect(searchTerms(spelling)[0]?.person).toBe('阿依古丽·买买提');
    expect(searchTerms('\uF9D0')[0]?.person).toBe('\u985E');
    expect(searchTerms('𠮷田')[0]?.person).toBe('𠮷田');
    expect(wholeName(' example,  john ')).toBe('EXAMPLE, JOHN');
    expect(wholeName('吉克 · 阿依')).toBe('吉克·阿依');
    expect(wholeName('王守田')).toBeNull();
  });
  test('full-width digits are digits', () => {
    expect(searchTerms('１２３４')[0]).toMatchObject({ text: '1234', number: true });
  });
});

test('a text lies in the range of a beginning exactly when it begins so', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '王', '\ud7ff', '\ue000', '𠮷', '\u{10ffff}', '%', '_'), minLength: 1, maxLength: 4 });
  fc.assert(fc.property(text, text, (beginning, other) => {
    const end = endOfRange(beginning);
    const within = Buffer.compare(bytes(other), bytes(beginning)) >= 0 && (end === null || Buffer.compare(bytes(other), bytes(end)) < 0);
    expect(within).toBe(other.startsWith(beginning));
  }));
});
