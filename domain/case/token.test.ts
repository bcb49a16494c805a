import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CaseId, ulid } from '../ids.ts';
import { caseToken, readCaseToken } from './token.ts';

const id = fc.tuple(fc.nat(2 ** 48 - 1), fc.uint8Array({ minLength: 10, maxLength: 10 })).map(([time, random]) => ulid(time, random) as CaseId);

test('reads back what was written, in small letters and with a line end too', () => {
  fc.assert(
    fc.property(id, (held) => {
      expect(readCaseToken(caseToken(held))).toBe(held);
      expect(readCaseToken(`${caseToken(held).toLowerCase()}\r\n`)).toBe(held);
    }),
  );
});

test.each(['', 'JB-', 'JB-01M8CTHR-MARXQY-W1Z36C', 'JB-01M8CTHR-MARXQY-W1Z36C-86F0R0-1', 'JB-81M8CTHR-MARXQY-W1Z36C-86F0R0', 'JB-01M8CTHU-MARXQY-W1Z36C-86F0R0', 'https://example.invalid/'])('refuses %j', (text) => {
  expect(readCaseToken(text)).toBeNull();
});
