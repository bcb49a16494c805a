import { expect, test } from 'vitest';
import { particulars } from './deeds.tsx';

test('a deed is told name by name, long lists by their beginning, and what is empty not at all', () => {
  expect([particulars('{}'), particulars('{"role":"clerk","scope":{"departments":null,"items":["a"]}}'), particulars('{"cases":["a","b","c"],"by":"","before":0}')]).toEqual(['', 'role clerk · scope {items a}', 'cases a、b … (3) · before 0']);
});
