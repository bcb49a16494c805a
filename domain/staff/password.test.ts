import fc from 'fast-check';
import { expect, test } from 'vitest';
import { passwordFault, SHORTEST_PASSWORD } from './password.ts';

test('a password is long, uncommon, and not made of the account', () => {
  expect([
    passwordFault('short', 'wang'), passwordFault('x'.repeat(201), 'wang'), passwordFault('Password1234', 'wang'), passwordFault('ＱＷＥＲＴＹＵＩＯＰ１２', 'wang'), passwordFault('aaaabbbbccccdddd', 'wang'),
    passwordFault('the WANG of hill 9', 'wang'), passwordFault('细雨湿衣看不见闲花落地听', 'wang'), passwordFault('four rivers meet', 'wang'),
  ]).toEqual(['too-short', 'too-long', 'common', 'common', 'common', 'names-account', null, null]);
});

test('whatever is taken is long enough and holds no account name, however it is written', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.constantFrom('wang', 'Li', 'zhao'), (password, account) => {
    if (passwordFault(password, account) !== null) return;
    expect([...password.normalize('NFKC')].length).toBeGreaterThanOrEqual(SHORTEST_PASSWORD);
    expect(password.toLowerCase()).not.toContain(account.toLowerCase());
  }));
});
