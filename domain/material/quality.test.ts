import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blurred, page } from '../../test/fixtures/drawn-page.ts';
import { greyOf, judgePicture } from './quality.ts';

describe('quality of a photographed document', () => {
  test('a full page, a nearly empty one and a grey recycled one are fine', () => {
    expect(judgePicture(page({ paper: 235, ink: 30, lines: 20 }))).toBe('ok');
    expect(judgePicture(page({ paper: 235, ink: 30, lines: 1 }))).toBe('ok');
    expect(judgePicture(page({ paper: 150, ink: 70, lines: 12, noise: 4 }))).toBe('ok');
  });

  test('a page out of focus is blurred, however full', () => {
    const sharp = page({ paper: 235, ink: 30, lines: 20 });
    expect(judgePicture(blurred(sharp, 2))).toBe('blurred');
    expect(judgePicture(blurred(sharp, 5))).toBe('blurred');
  });

  test('an empty sheet and a bare table are blank, noise does not save them', () => {
    expect(judgePicture(page({ paper: 240, ink: 30, lines: 0 }))).toBe('blank');
    expect(judgePicture(page({ paper: 120, ink: 30, lines: 0, noise: 4 }))).toBe('blank');
    expect(judgePicture(page({ paper: 255, ink: 252, lines: 20 }))).toBe('blank');
  });

  test('a page in the dark is dark, whatever is written on it', () => {
    expect(judgePicture(page({ paper: 60, ink: 10, lines: 20 }))).toBe('dark');
    expect(judgePicture({ pixels: new Uint8Array(640 * 640), width: 640, height: 640 })).toBe('dark');
  });

  test('sharp pages are fine for every paper, ink and text that a clerk could read', () => {
    fc.assert(
      fc.property(fc.integer({ min: 140, max: 250 }), fc.integer({ min: 60, max: 120 }), fc.integer({ min: 2, max: 20 }), fc.integer(), (paper, contrast, lines, seed) => {
        expect(judgePicture(page({ paper, ink: paper - contrast, lines, seed }))).toBe('ok');
      }),
      { numRuns: 25 },
    );
  });

  test('grey follows the eye: green counts most, blue least', () => {
    const grey = greyOf(Uint8ClampedArray.from([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255]), 4, 1);
    expect([...grey.pixels]).toEqual([76, 149, 29, 255]);
  });

  test('a picture whose size does not match its pixels is a bug', () => {
    expect(() => judgePicture({ pixels: new Uint8Array(10), width: 3, height: 3 })).toThrow(RangeError);
  });
});
