import { expect, test } from 'vitest';
import { loudness } from './microphone.ts';

const tone = (height: number) => Float32Array.from({ length: 1024 }, (_, index) => height * Math.sin(index / 3));

test('the meter rises with the voice on a scale of decibels, and stays between nothing and all', () => {
  expect(loudness(new Float32Array(1024))).toBe(0);
  expect(loudness(tone(0.0001))).toBe(0);
  expect(loudness(tone(0.03))).toBeGreaterThan(0.3);
  expect(loudness(tone(0.3))).toBeGreaterThan(loudness(tone(0.03)));
  expect(loudness(tone(5))).toBe(1);
});
