import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase45, toBase45 } from './base45.ts';

test('the examples of RFC 9285, 4.3 and 4.4', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  expect(['AB', 'Hello!!', 'base-45', 'ietf!'].map((text) => toBase45(bytes(text)))).toEqual(['BB8', '%69 VD92EX0', 'UJCLQE7W581', 'QED8WEX0']);
  expect(fromBase45('QED8WEX0')).toEqual({ ok: true, value: bytes('ietf!') });
});
test('any bytes come back, in signs of the alphanumeric mode', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
    const text = toBase45(bytes);
    expect(text).toMatch(/^[0-9A-Z $%*+./:-]*$/);
    expect(fromBase45(text)).toEqual({ ok: true, value: bytes });
  }));
});
test('what no bytes make is refused, and nothing throws', () => {
  for (const text of ['A', 'GGW', ':::', '::', 'a', 'ABCD']) expect(fromBase45(text)).toEqual({ ok: false, error: { kind: 'not-base45' } });
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
    const read = fromBase45(text);
    if (read.ok) expect(toBase45(read.value)).toBe(text);
  }));
});
