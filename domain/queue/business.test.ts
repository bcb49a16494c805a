import { expect, test } from 'vitest';
import { businessOf } from './business.ts';

test('an item is done where it is named; one that nobody names, at the first counter that takes anything; where there is none, at none', () => {
  const [water, shops, rest, other] = [{ key: 'water', items: ['1'] }, { key: 'shops', items: ['2', '3'] }, { key: 'rest', items: [] }, { key: 'other', items: [] }];
  expect(businessOf([rest, water, shops, other], '3')).toBe(shops);
  expect(businessOf([water, rest, other], '9')).toBe(rest);
  expect(businessOf([water, shops], '9')).toBeNull();
});
