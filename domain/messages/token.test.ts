import { expect, test } from 'vitest';
import { readCaseToken } from '../case/token.ts';
import { messageReference, messageToken, readMessageToken } from './token.ts';

const id = '01J5MESS0000000000000000A1';

test('a slip’s code leads back to its message, is no case’s, and nothing else leads there', () => {
  expect(messageToken(id)).toBe('JM-01J5MESS-000000-000000-0000A1');
  expect(readMessageToken(` ${messageToken(id).toLowerCase()} `)).toBe(id);
  expect(readCaseToken(messageToken(id))).toBeNull();
  for (const other of ['', id, messageToken(id).replace('JM', 'JB'), 'JM-U1J5MESS-000000-000000-0000A1', `${messageToken(id)}-`]) expect(readMessageToken(other)).toBeNull();
  expect(messageReference('T330624-0001', id)).toBe('留330624-0001-0000A1');
});
