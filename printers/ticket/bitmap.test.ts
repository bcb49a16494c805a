import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blacken, blank, isBlack, qrBitmap, rule, soundsRealTime, stamp, withoutRealTime } from './bitmap.ts';

describe('bitmaps', () => {
  test('the highest bit is the leftmost dot', () => {
    const bitmap = blank(16, 2);
    blacken(bitmap, 0, 0);
    blacken(bitmap, 15, 1);
    blacken(bitmap, 16, 0);
    blacken(bitmap, 0, -1);
    expect([...bitmap.bits]).toEqual([0x80, 0, 0, 0x01]);
    expect([isBlack(bitmap, 0, 0), isBlack(bitmap, 1, 0), isBlack(bitmap, 15, 1)]).toEqual([true, false, true]);
  });

  test('a stamp may be scaled and may stand over the edge', () => {
    const dot = blank(8, 1);
    blacken(dot, 0, 0);
    const onto = blank(8, 3);
    stamp(onto, dot, 1, 1, { x: 2, y: 5 });
    expect([...onto.bits]).toEqual([0, 0x60, 0x60]);
  });

  test('a rule is black over its whole width', () => {
    expect([...rule(24, 2).bits]).toEqual([255, 255, 255, 255, 255, 255]);
  });

  test('a QR code has its finder in the corner and the size that its data needs', () => {
    const code = qrBitmap('JB7K-93QX-2MHT-6WPA', 8, 'M');
    expect(code).toMatchObject({ width: 168, height: 168 });
    // The finder pattern: 7 black modules, then one white.
    expect(Array.from({ length: 8 }, (_, module) => isBlack(code, module * 8 + 3, 3))).toEqual([true, true, true, true, true, true, true, false]);
  });

  test('no picture sounds like a real-time command, and only such places change', () => {
    const byte = fc.constantFrom(0x10, 0x04, 0x05, 0x14, 0x00, 0xff);
    fc.assert(
      fc.property(fc.array(byte, { minLength: 2, maxLength: 60 }), (bytes) => {
        const before = { width: 8, height: bytes.length, bits: Uint8Array.from(bytes) };
        const after = withoutRealTime(before);
        expect(soundsRealTime(after.bits)).toBe(false);
        for (const [at, value] of after.bits.entries()) {
          if (value === bytes[at]) continue;
          expect(value).toBe(0x18);
          expect([0x04, 0x05, 0x14]).toContain(bytes[at + 1]);
        }
      }),
    );
  });
});
