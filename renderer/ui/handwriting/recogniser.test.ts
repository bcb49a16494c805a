import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Hand, seeded, strokesOf, written } from '../../../test/fixtures/handwriting.ts';
import { openRecogniser } from './recogniser.ts';
import { fit, readStrokes, type Template } from './strokes.ts';

const bytes = new Uint8Array(readFileSync(new URL('data/strokes.bin', import.meta.url)));
const recogniser = openRecogniser(bytes);
const set = readStrokes(bytes);
const template = (character: string) => set.find((one) => one.character === character) as Template;

/** Of 30 characters, drawn by a fixed seed: how many came first, and among the first ten. */
function rates(hand: Hand): { first: number; ten: number } {
  const random = seeded(29);
  let first = 0;
  let ten = 0;
  for (let run = 0; run < 30; run += 1) {
    const meant = set[Math.floor(random() * set.length)] as Template;
    const found = recogniser.recognise(written(strokesOf(meant), hand, random), 10);
    if (found[0] === meant.character) first += 1;
    if (found.includes(meant.character)) ten += 1;
  }
  return { first: first / 30, ten: ten / 30 };
}

describe('recognising what is written', () => {
  test.each([
    ['shaky', { noise: 0.04, slantDegrees: 0, joins: 0, swaps: 0 }, 0.97, 1],
    ['slanted', { noise: 0.03, slantDegrees: 15, joins: 0, swaps: 0 }, 0.93, 0.96],
    ['joined', { noise: 0.03, slantDegrees: 8, joins: 1, swaps: 0 }, 0.93, 0.96],
    ['another order', { noise: 0.03, slantDegrees: 8, joins: 0, swaps: 2 }, 0.93, 0.96],
    ['all at once', { noise: 0.04, slantDegrees: 15, joins: 1, swaps: 1 }, 0.85, 0.95],
  ] as const)('%s', (_, hand, first, ten) => {
    const found = rates(hand);
    expect(found.first).toBeGreaterThanOrEqual(first);
    expect(found.ten).toBeGreaterThanOrEqual(ten);
  });

  test('size and place do not matter', () => {
    fc.assert(fc.property(fc.constantFrom('王', '张', '嵊', '国', '一', '赢'), fc.double({ min: 20, max: 2000, noNaN: true }), fc.integer({ min: -500, max: 500 }), (character, size, move) => {
      const strokes = strokesOf(template(character)).map((stroke) => stroke.map(({ x, y }) => ({ x: x * size + move, y: y * size - move })));
      expect(recogniser.recognise(strokes, 1)).toEqual([character]);
    }), { numRuns: 15 });
  });

  test('while strokes are still missing the character comes into sight', () => {
    expect(recogniser.recognise(strokesOf(template('新')).slice(0, 12), 10)).toContain('新');
  });

  test('nothing, dots and scribbles are taken without complaint', () => {
    expect(recogniser.recognise([])).toEqual([]);
    expect(recogniser.recognise([[]])).toEqual([]);
    fc.assert(fc.property(fc.array(fc.array(fc.record({ x: fc.integer({ min: 0, max: 300 }), y: fc.integer({ min: 0, max: 300 }) }), { maxLength: 12 }), { maxLength: 8 }), (strokes) => {
      expect(new Set(recogniser.recognise(strokes)).size).toBe(recogniser.recognise(strokes).length);
    }), { numRuns: 20 });
  });
});

test('a fitted character fills the square; a flat one stays flat', () => {
  const flat = Float32Array.of(0, 10, 100, 12);
  fit(flat);
  expect(flat[2] as number - (flat[0] as number)).toBeCloseTo(1);
  expect((flat[3] as number) - (flat[1] as number)).toBeLessThan(0.2);
  const square = Float32Array.of(5, 5, 25, 45);
  fit(square);
  expect(square[3] as number - (square[1] as number)).toBeCloseTo(1);
  expect(square[2] as number - (square[0] as number)).toBeGreaterThan(0.8);
});
