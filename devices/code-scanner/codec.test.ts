import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { decodeCode, encodeCode } from './codec.ts';
import { CodeReader, LONGEST } from './framing.ts';
import { decodeGs1, type Element, encodeGs1, SEPARATOR } from './gs1.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));

describe('golden bytes', () => {
  test.each([
    ['a QR code with its identifier', '5d 51 31 4a 42 2d 31', { symbology: 'qr', text: 'JB-1' }],
    ['one without', '4a 42 2d 31', { symbology: 'unknown', text: 'JB-1' }],
    ['Chinese in UTF-8', '5d 51 31 e6 96 b0 e6 98 8c', { symbology: 'qr', text: '新昌' }],
    ['the same in GB 18030', '5d 51 31 d0 c2 b2 fd', { symbology: 'qr', text: '新昌' }],
    ['Chinese in GB 18030 that is UTF-8, too', '5d 51 31 d6 b4 c8 ab c8 a8', { symbology: 'qr', text: '执全权' }],
    ['a name with an accent in UTF-8', '5d 51 31 4a 6f 73 c3 a9', { symbology: 'qr', text: 'José' }],
    ['GS1 with a separator', '5d 43 31 31 30 41 1d 32 31 42', { symbology: 'gs1-128', text: `10A${SEPARATOR}21B` }],
    ['EAN-13', '5d 45 30 36 39 30 31 32 33 34 35 36 37 38 39 32', { symbology: 'ean-upc', text: '6901234567892' }],
    ['a symbology that matters nowhere', '5d 7a 30 41', { symbology: 'other', text: 'A' }],
    ['brackets that are no identifier', '5d 51 78 41', { symbology: 'unknown', text: ']QxA' }],
  ])('%s', (_, bytes, code) => expect(decodeCode(hex(bytes))).toEqual({ ok: true, value: code }));

  test.each([
    ['nothing behind the identifier', '5d 51 31', 'empty'],
    ['an escape sequence', '41 1b 5b 41', 'not-text'],
    ['a NUL', '41 00', 'not-text'],
    ['half a character', '41 ff', 'not-text'],
  ])('%s is refused', (_, bytes, kind) => expect(decodeCode(hex(bytes))).toEqual({ ok: false, error: { kind } }));
});

/** Letters beyond ASCII that are two bytes in UTF-8, and nothing that tells that it is UTF-8: these bytes may be Chinese in GB 18030. */
const isAmbiguous = (text: string) => [...text].some((letter) => letter > '\u007f') && ![...text].some((letter) => letter > '\u07ff');

test('every printable text survives, with and without an identifier', () => {
  const printable = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }).filter((text) => ![...text].some((letter) => letter < ' ' || letter === '\u007f') && !/^\][A-Za-z]\d/.test(text) && !isAmbiguous(text));
  fc.assert(fc.property(printable, (text) => {
    expect(decodeCode(encodeCode(text, ']Q1'))).toEqual({ ok: true, value: { symbology: 'qr', text } });
    expect(decodeCode(encodeCode(text))).toEqual({ ok: true, value: { symbology: 'unknown', text } });
  }));
  const chinese = fc.string({ unit: fc.constantFrom(...'新昌县政务服务回执编号全权农票'), minLength: 2, maxLength: 40 });
  fc.assert(fc.property(chinese, (text) => {
    expect(decodeCode(new Uint8Array(iconv.encode(text, 'gb18030')))).toEqual({ ok: true, value: { symbology: 'unknown', text } });
  }));
});

describe('codes in a stream', () => {
  const code = (text: string) => ({ kind: 'code', bytes: encodeCode(text) });
  const texts = fc.array(fc.string({ unit: fc.constantFrom(...'AB1-新'), minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 6 });

  test('come whole however the line cuts them, with each end that scanners send', () => {
    fc.assert(fc.property(texts, fc.constantFrom('\r', '\n', '\r\n'), fc.infiniteStream(fc.integer({ min: 1, max: 9 })), (all, end, sizes) => {
      const bytes = new TextEncoder().encode(all.map((text) => text + end).join(''));
      const reader = new CodeReader();
      const found: unknown[] = [];
      for (let at = 0; at < bytes.length; ) {
        const size = sizes.next().value ?? 1;
        found.push(...reader.push(bytes.subarray(at, at + size)));
        at += size;
      }
      expect(found).toEqual(all.map(code));
      expect(reader.begun).toBe(false);
    }));
  });

  test('without an end they end when the line is quiet', () => {
    const reader = new CodeReader();
    expect(reader.push(encodeCode('JB-1'))).toEqual([]);
    expect([reader.begun, reader.end(), reader.begun, reader.end()]).toEqual([true, code('JB-1'), false, null]);
  });

  test('one that never ends is dropped, and the next is read', () => {
    const reader = new CodeReader();
    for (let sent = 0; sent < 10; sent += 1) expect(reader.push(new Uint8Array(LONGEST).fill(0x37))).toEqual([]);
    expect(reader.push(encodeCode('\rJB-1\r'))).toEqual([{ kind: 'too-long' }, code('JB-1')]);
    expect(reader.push(Uint8Array.from([...new Uint8Array(LONGEST).fill(0x37), 0x0d]))).toEqual([{ kind: 'code', bytes: new Uint8Array(LONGEST).fill(0x37) }]);
  });
});

describe('GS1 element strings', () => {
  test.each<[string, string, Element[]]>([
    ['fixed and open values', `0106901234567892${'10LOT7'}${SEPARATOR}21S1`, [{ identifier: '01', value: '06901234567892' }, { identifier: '10', value: 'LOT7' }, { identifier: '21', value: 'S1' }]],
    ['a serial shipping container', '00106901230000000018', [{ identifier: '00', value: '106901230000000018' }]],
    ['a needless separator, and one in front', `${SEPARATOR}11261126${SEPARATOR}2101`, [{ identifier: '11', value: '261126' }, { identifier: '21', value: '01' }]],
    ['four digits of identifier', '8003000690123456789212', [{ identifier: '8003', value: '000690123456789212' }]],
  ])('%s', (_, text, elements) => expect(decodeGs1(text)).toEqual({ ok: true, value: elements }));

  test.each([
    ['no GS1 at all', 'JB-1', { kind: 'unknown-identifier', at: 0 }],
    ['a short item number', '010690123', { kind: 'cut-off', at: 2 }],
    ['an empty value', '10', { kind: 'cut-off', at: 2 }],
    ['a value without end', `10${'A'.repeat(21)}`, { kind: 'too-long', at: 2 }],
    ['nothing', '', { kind: 'cut-off', at: 0 }],
    ['half an identifier', '31', { kind: 'unknown-identifier', at: 0 }],
  ])('%s is refused', (_, text, error) => expect(decodeGs1(text)).toEqual({ ok: false, error }));

  test('what is written is read', () => {
    const open = fc.record({ identifier: fc.constantFrom('10', '21', '240', '400', '8008', '91'), value: fc.string({ unit: fc.constantFrom(...'A1/-'), minLength: 1, maxLength: 18 }) });
    const fixed = fc.constantFrom<Element>({ identifier: '01', value: '06901234567892' }, { identifier: '17', value: '271126' }, { identifier: '414', value: '6901234567892' }, { identifier: '3103', value: '001250' });
    fc.assert(fc.property(fc.array(fc.oneof(open, fixed), { minLength: 1, maxLength: 6 }), (elements) => {
      expect(decodeGs1(encodeGs1(elements))).toEqual({ ok: true, value: elements });
    }));
    expect(() => encodeGs1([{ identifier: '01', value: '1' }])).toThrow(RangeError);
  });
});
