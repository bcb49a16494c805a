import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readReceiptCode, receiptCode } from './receipt-code.ts';

const token = fc.stringMatching(/^[A-Z0-9-]{8,60}$/);
const hash = fc.stringMatching(/^[0-9a-f]{64}$/);

test('reads back what was written', () => {
  fc.assert(
    fc.property(token, hash, (held, actionHash) => {
      expect(readReceiptCode(receiptCode(held, actionHash))).toEqual({ token: held, actionHash });
    }),
  );
});

test('stays in the alphanumeric mode of QR', () => {
  fc.assert(
    fc.property(token, hash, (held, actionHash) => {
      expect(receiptCode(held, actionHash)).toMatch(/^[0-9A-Z $%*+\-./:]*$/);
    }),
  );
});

test.each(['', 'JINBAN1:ABC', 'JINBAN2:ABC:DEF', 'JINBAN1:A:B:C', 'JINBAN1::B', 'https://example.invalid/'])('refuses %j', (text) => {
  expect(readReceiptCode(text)).toBeNull();
});
