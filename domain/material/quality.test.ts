import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { greyOf, type GreyPicture, judgePicture } from './quality.ts';

/** Numbers that look random and are the same every time (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A typed page: rows of characters made of 2 px strokes in 18 px boxes, on paper with sensor noise. */
function page(options: { paper: number; ink: number; lines: number; noise?: number; seed?: number }): GreyPicture {
  const { paper, ink, lines, noise = 2, seed = 7 } = options;
  const random = randomFrom(seed);
  const width = 640;
  const height = 896;
  const pixels = new Uint8Array(width * height).fill(paper);
  for (let line = 0; line < lines; line += 1) {
    for (let left = 48; left < 590; left += 22) {
      for (let stroke = 0; stroke < 5; stroke += 1) {
        const upright = random() < 0.5;
        const offset = Math.floor(random() * 16);
        for (let along = 0; along < 18; along += 1) {
          for (let thick = 0; thick < 2; thick += 1) {
            const x = left + (upright ? offset + thick : along);
            const y = 60 + line * 36 + (upright ? along : offset + thick);
            pixels[y * width + x] = ink;
          }
        }
      }
    }
  }
  for (let index = 0; index < pixels.length; index += 1) pixels[index] = Math.max(0, Math.min(255, (pixels[index] ?? 0) + (random() + random() + random() - 1.5) * 2 * noise));
  return { pixels, width, height };
}

/** Three box blurs, close to a Gaussian. */
function blurred(picture: GreyPicture, radius: number): GreyPicture {
  let source = Float64Array.from(picture.pixels);
  const { width, height } = picture;
  for (let pass = 0; pass < 6; pass += 1) {
    const step = pass % 2 === 0 ? 1 : width;
    const next = new Float64Array(source.length);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        let sum = 0;
        for (let offset = -radius; offset <= radius; offset += 1) {
          const place = step === 1 ? Math.min(width - 1, Math.max(0, x + offset)) + y * width : x + Math.min(height - 1, Math.max(0, y + offset)) * width;
          sum += source[place] ?? 0;
        }
        next[y * width + x] = sum / (2 * radius + 1);
      }
    }
    source = next;
  }
  return { pixels: Uint8Array.from(source), width, height };
}

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
