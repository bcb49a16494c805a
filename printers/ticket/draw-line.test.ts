import { describe, expect, test } from 'vitest';
import type { Bitmap } from './bitmap.ts';
import { isBlack } from './bitmap.ts';
import type { Line } from './layout.ts';
import { drawLine } from './test-rig.ts';

function line(text: string, changes: Partial<Line> = {}): Line {
  return { align: 'left', size: { width: 1, height: 1 }, reverse: false, runs: [{ text, bold: false }], ...changes };
}

function drawn(text: string, width: number, changes: Partial<Line> = {}): Bitmap {
  const result = drawLine(line(text, changes), width);
  if (!result.ok) throw new Error(result.error.codePoints.join());
  return result.value;
}

/** Black dots between two columns of dots. */
function ink(bitmap: Bitmap, from: number, to: number): number {
  let dots = 0;
  for (let y = 0; y < bitmap.height; y += 1) for (let x = from; x < to; x += 1) dots += Number(isBlack(bitmap, x, y));
  return dots;
}

describe('a drawn line', () => {
  test('puts each character into its cell of 12 or 24 dots', () => {
    const bitmap = drawn('㛃A ', 96);
    expect(bitmap).toMatchObject({ width: 96, height: 24 });
    expect(ink(bitmap, 0, 24)).toBeGreaterThan(80);
    expect(ink(bitmap, 24, 36)).toBeGreaterThan(20);
    expect(ink(bitmap, 36, 96)).toBe(0);
  });

  test('is aligned, enlarged and reversed as text would be', () => {
    expect(ink(drawn('县', 96, { align: 'right' }), 0, 72)).toBe(0);
    expect(ink(drawn('县', 96, { align: 'centre' }), 0, 36)).toBe(0);
    const double = drawn('县', 96, { size: { width: 2, height: 2 } });
    expect(double.height).toBe(48);
    expect(ink(double, 0, 48)).toBeGreaterThan(3 * ink(drawn('县', 96), 0, 24));
    expect(ink(drawn('县', 24), 0, 24) + ink(drawn('县', 24, { reverse: true }), 0, 24)).toBe(24 * 24);
  });

  test('bold is heavier', () => {
    expect(ink(drawn('县', 24, { runs: [{ text: '县', bold: true }] }), 0, 24)).toBeGreaterThan(ink(drawn('县', 24), 0, 24));
  });

  test('names every character that no font has, once', () => {
    expect(drawLine(line('好𠮷A𠮷ب'), 576)).toEqual({ ok: false, error: { kind: 'missing-glyph', codePoints: ['U+20BB7', 'U+0628'] } });
  });
});
