import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blurred, page } from '../../test/fixtures/drawn-page.ts';
import { findingsOf, paperOf } from './findings.ts';
import type { GreyPicture } from './quality.ts';
import { skewOf } from './skew.ts';

const CLEAN = { paper: 235, ink: 30, lines: 20 };

/** Turned clockwise about its middle; what comes in at the corners is paper. */
function turned({ pixels, width, height }: GreyPicture, degrees: number, paper: number): GreyPicture {
  const [sine, cosine] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  const out = new Uint8Array(pixels.length);
  const at = (x: number, y: number) => (x < 0 || y < 0 || x >= width || y >= height ? paper : (pixels[y * width + x] ?? paper));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [right, down] = [x - width / 2, y - height / 2];
      const [fromX, fromY] = [width / 2 + right * cosine + down * sine, height / 2 - right * sine + down * cosine];
      const [left, top] = [Math.floor(fromX), Math.floor(fromY)];
      const [overX, overY] = [fromX - left, fromY - top];
      const upper = at(left, top) * (1 - overX) + at(left + 1, top) * overX;
      const lower = at(left, top + 1) * (1 - overX) + at(left + 1, top + 1) * overX;
      out[y * width + x] = Math.round(upper * (1 - overY) + lower * overY);
    }
  }
  return { pixels: out, width, height };
}

/** Each pixel as another rule says. */
function painted(picture: GreyPicture, paint: (x: number, y: number, value: number) => number): GreyPicture {
  const pixels = picture.pixels.map((value, index) => Math.max(0, Math.min(255, paint(index % picture.width, Math.floor(index / picture.width), value))));
  return { ...picture, pixels };
}

/** Light thrown back: full in the middle, fading into the paper. */
function withGlare(picture: GreyPicture, radius: number): GreyPicture {
  return painted(picture, (x, y, value) => value + 400 * Math.exp(-(((x - 300) ** 2 + (y - 400) ** 2) / (2 * radius ** 2))));
}

const kinds = (picture: GreyPicture) => findingsOf(picture).map(({ kind }) => kind);

describe('a scanned page', () => {
  test('that is clean raises no alarm, whatever its paper, ink and text', () => {
    expect(findingsOf(page(CLEAN))).toEqual([]);
    fc.assert(
      fc.property(fc.integer({ min: 140, max: 255 }), fc.integer({ min: 70, max: 130 }), fc.integer({ min: 3, max: 20 }), fc.integer({ min: 1, max: 1_000_000 }), (paper, contrast, lines, seed) => {
        expect(findingsOf(page({ paper, ink: paper - contrast, lines, seed }))).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  test('without print is blank, its texture and noise are no print', () => {
    const textured = painted(page({ ...CLEAN, lines: 0, noise: 3 }), (x, y, value) => value + 4 * Math.sin(x / 9) + 3 * Math.sin(y / 7));
    expect(kinds(textured)).toEqual(['blank']);
    expect(kinds(page({ ...CLEAN, lines: 0, noise: 4 }))).toEqual(['blank']);
  });

  test('in the dark is dark, out of focus is blurred', () => {
    expect(kinds(page({ paper: 60, ink: 10, lines: 20 }))).toEqual(['dark']);
    expect(kinds(blurred(page(CLEAN), 2))).toContain('blurred');
  });

  test('with light thrown back has glare; a white label, correction tape and white paper have none', () => {
    const grey = page({ paper: 225, ink: 30, lines: 20 });
    for (const radius of [25, 40, 70, 110]) expect(kinds(withGlare(grey, radius))).toEqual(['glare']);
    expect(kinds(painted(grey, (x, y, value) => (x > 203 && x < 409 && y > 321 && y < 467 ? 255 : value)))).toEqual([]);
    expect(kinds(painted(grey, (x, y, value) => (x > 203 && x < 409 && y > 321 && y < 367 ? 255 : value)))).toEqual([]);
    // An edge that the scanner draws over two pixels.
    expect(kinds(painted(grey, (x, y, value) => (x > 203 && x < 409 && y > 321 && y < 467 ? (x < 206 || x > 406 || y < 324 || y > 464 ? 240 : 255) : value)))).toEqual([]);
    expect(kinds(page({ paper: 255, ink: 30, lines: 20 }))).toEqual([]);
  });

  test('whose print runs out is cut, at the sides where it does', () => {
    const whole = page(CLEAN);
    const moved = (across: number, down: number) => painted(whole, (x, y) => whole.pixels[(y + down) * whole.width + x + across] ?? CLEAN.paper);
    expect(findingsOf(moved(0, 66))).toEqual([{ kind: 'cut-edge', sides: ['top'] }]);
    expect(findingsOf(painted(whole, (x, y) => (x + 54 < whole.width ? (whole.pixels[y * whole.width + x + 54] ?? 0) : CLEAN.paper)))).toEqual([{ kind: 'cut-edge', sides: ['left'] }]);
    expect(kinds(painted(whole, (x, y, value) => (x < 6 || y > whole.height - 5 ? 20 : value)))).toEqual([]);
    expect(kinds(painted(whole, (x, y, value) => (x > 300 && x < 304 ? 40 : value)))).toEqual([]);
  });

  test('that lies askew says by how much, and which way', () => {
    for (const degrees of [3, -3, 1.5, -8, 12]) {
      const [finding, ...others] = findingsOf(turned(page(CLEAN), degrees, CLEAN.paper)).filter(({ kind }) => kind !== 'cut-edge');
      expect(finding).toMatchObject({ kind: 'skewed', degrees: expect.closeTo(degrees, 0) });
      expect(others).toEqual([]);
    }
    expect(kinds(turned(page(CLEAN), 0.5, CLEAN.paper))).toEqual([]);
  });

  test('the angle is right to a tenth for every angle, also where dust draws a straight line', () => {
    fc.assert(
      fc.property(fc.double({ min: -12, max: 12, noNaN: true }), fc.integer({ min: 3, max: 20 }), fc.boolean(), (degrees, lines, isDusty) => {
        const picture = turned(page({ ...CLEAN, lines }), degrees, CLEAN.paper);
        const seen = isDusty ? painted(picture, (x, _, value) => (x >= 500 && x < 502 ? 60 : value)) : picture;
        expect(Math.abs((skewOf(seen, CLEAN.paper - 60) ?? 90) - degrees)).toBeLessThan(0.11);
      }),
      { numRuns: 15 },
    );
  });

  test('without lines has no angle', () => {
    const picture = painted(page({ ...CLEAN, lines: 0 }), (x, y, value) => (Math.hypot(x - 320, y - 448) % 40 < 3 ? 30 : value));
    expect(skewOf(picture, CLEAN.paper - 60)).toBeNull();
    expect(skewOf(page({ ...CLEAN, lines: 0 }), CLEAN.paper - 60)).toBeNull();
  });

  test('its paper is the grey that most of it has', () => {
    expect(Math.abs(paperOf(page({ paper: 180, ink: 30, lines: 20 })) - 180)).toBeLessThanOrEqual(1);
  });
});
