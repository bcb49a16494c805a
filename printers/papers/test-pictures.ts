/** Golden pictures of papers: small grey PNGs, compared so that another rasteriser's edges pass and a moved line does not. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { picturesOf } from './test-rig.ts';
import type { Picture } from './test-rig.ts';

/** Enough to see every line and its place; a page has about 13 KB. */
export const DPI = 48;
/** Grey columns between two pages of a row. */
const SEAM = 6;
/** Levels between black and white in a golden picture: 4 bits. */
const LEVELS = 15;
/** Width and height in dots of the strips whose ink is compared: flat, so that a line that moves up or down shows most. */
const STRIP = { width: 24, height: 2 };
/**
 * Difference of the mean grey of such a strip, 0…255. Measured on these papers: strokes a quarter lighter or darker than the golden
 * picture stay below 21, letters half a point aside below 10; a line of text moved by 3 points (1 mm) reaches 28 or more.
 * Sideways moves are for the golden texts.
 */
export const TOLERANCE = 24;

/** All pages in one row. */
export function rowOf(pdf: Uint8Array, dotsPerInch = DPI): Picture {
  const pages = picturesOf(pdf, dotsPerInch);
  const height = Math.max(...pages.map((page) => page.height));
  const width = pages.reduce((sum, page) => sum + page.width + SEAM, -SEAM);
  const dots = new Uint8Array(width * height).fill(128);
  let left = 0;
  for (const page of pages) {
    for (let y = 0; y < page.height; y += 1) dots.set(page.dots.subarray(y * page.width, (y + 1) * page.width), y * width + left);
    left += page.width + SEAM;
  }
  return { width, height, dots, perPoint: dotsPerInch / 72 };
}

/** The largest difference of mean grey between two pictures, over all strips; infinite when they differ in size. */
export function difference(left: Picture, right: Picture): number {
  if (left.width !== right.width || left.height !== right.height) return Number.POSITIVE_INFINITY;
  let most = 0;
  // Strips overlap, so that no edge of one hides a move.
  for (let y = 0; y + STRIP.height <= left.height; y += 1) {
    for (let x = 0; x + STRIP.width <= left.width; x += STRIP.width / 3) most = Math.max(most, Math.abs(mean(left, x, y) - mean(right, x, y)));
  }
  return most;
}

function mean({ dots, width }: Picture, x: number, y: number): number {
  let sum = 0;
  for (let row = y; row < y + STRIP.height; row += 1) for (let column = x; column < x + STRIP.width; column += 1) sum += dots[row * width + column] ?? 0;
  return sum / (STRIP.width * STRIP.height);
}

/**
 * The golden picture at `path`. One that is not there is drawn from `picture` and answered as null: the test must fail then, so that
 * somebody looks at what was drawn.
 */
export function golden(path: string, picture: Picture): Picture | null {
  if (!existsSync(path)) {
    writeFileSync(path, greyPng(picture));
    return null;
  }
  const { width, height, data } = PNG.sync.read(readFileSync(path));
  return { width, height, dots: Uint8Array.from({ length: width * height }, (_, at) => data[at * 4] ?? 0), perPoint: picture.perPoint };
}

/** A greyscale PNG of 4 bits a dot (PNG specification, ISO/IEC 15948 §11.2.2), a third of what pngjs would write. */
export function greyPng({ width, height, dots }: Picture): Uint8Array {
  const stride = Math.ceil(width / 2) + 1;
  const rows = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const level = Math.round(((dots[y * width + x] ?? 0) / 255) * LEVELS);
      const at = y * stride + 1 + (x >> 1);
      rows[at] = (rows[at] ?? 0) | (x % 2 === 0 ? level << 4 : level);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 4;
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}
