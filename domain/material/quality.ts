/**
 * Whether a picture of a document can be read by a clerk, judged from its pixels alone. The window asks before it offers to keep a
 * page, core asks again before it stores one, so both use this. Pure: grey values in, a word out.
 */

/** Grey values 0 … 255 in rows, `width * height` long. */
export type GreyPicture = { pixels: Uint8Array | Uint8ClampedArray; width: number; height: number };
export type PictureQuality = 'ok' | 'blank' | 'blurred' | 'dark';

/**
 * Callers scale the long side down to this before they ask: document cameras give 1600 … 4000 px, and the thresholds below compare
 * only at one scale. A 4 mm character on an A4 page is then about 18 px high, which still shows whether its strokes are sharp.
 */
export const QUALITY_SIDE = 1280;

/** Side of the squares that are judged one by one: about two characters wide at `QUALITY_SIDE`. */
const TILE = 32;

/**
 * Paper that a clerk can read is brighter than this somewhere. Paper under a document camera's lamp measures 180 … 250 and in a dim
 * room about 110; below 80 print and shadow run together. Judged at the 95th percentile so that a dark table around the paper does not count.
 */
const DARK_PAPER = 80;

/** Grey variance from which a square holds something: sensor noise stays under 25 (σ 5), one thin stroke on paper gives 150 and more. */
const CONTENT_VARIANCE = 100;

/**
 * A page with less than this share of squares that hold something is blank. One typed line on A4 fills about 1 %; a paper edge cut
 * off by the crop fills at most one row of squares on one side, and a bare table none.
 */
const LEAST_CONTENT = 0.004;

/**
 * Variance of the 4-neighbour Laplacian over the variance of the square: independent of how strong the contrast or how full the page is.
 * Sharp print gives 0.5 … 3, the same print blurred with a Gaussian of σ 2 px (unreadable small print) about 0.02.
 */
const LEAST_SHARPNESS = 0.09;

/** The sharpest tenth of the squares decides: folds, photographs and soft seals may be soft on a good picture. */
const SHARPEST = 0.9;

/** @returns `ok`, or the first fault in the order dark, blank, blurred: a dark picture cannot be judged further */
export function judgePicture(picture: GreyPicture): PictureQuality {
  const { pixels, width, height } = picture;
  if (pixels.length !== width * height) throw new RangeError('a grey picture has one value a pixel');
  if (percentile(pixels, 0.95) < DARK_PAPER) return 'dark';

  const sharpness: number[] = [];
  let tiles = 0;
  for (let top = 0; top + TILE <= height; top += TILE) {
    for (let left = 0; left + TILE <= width; left += TILE) {
      tiles += 1;
      const measured = measureTile(picture, left, top);
      if (measured.variance >= CONTENT_VARIANCE) sharpness.push(measured.laplacian / measured.variance);
    }
  }
  if (sharpness.length < Math.max(2, tiles * LEAST_CONTENT)) return 'blank';
  sharpness.sort((a, b) => a - b);
  const decisive = sharpness[Math.floor((sharpness.length - 1) * SHARPEST)] ?? 0;
  return decisive < LEAST_SHARPNESS ? 'blurred' : 'ok';
}

/**
 * Grey by the luma weights of ITU-R BT.601, which cameras' JPEG uses too.
 * @param rgba four bytes a pixel, as a canvas gives them
 */
export function greyOf(rgba: Uint8ClampedArray | Uint8Array, width: number, height: number): GreyPicture {
  const pixels = new Uint8Array(width * height);
  for (let index = 0, at = 0; index < pixels.length; index += 1, at += 4) {
    pixels[index] = (299 * (rgba[at] ?? 0) + 587 * (rgba[at + 1] ?? 0) + 114 * (rgba[at + 2] ?? 0)) / 1000;
  }
  return { pixels, width, height };
}

function measureTile({ pixels, width }: GreyPicture, left: number, top: number): { variance: number; laplacian: number } {
  let sum = 0;
  let squares = 0;
  let edgeSum = 0;
  let edgeSquares = 0;
  let edges = 0;
  for (let y = top; y < top + TILE; y += 1) {
    for (let x = left; x < left + TILE; x += 1) {
      const at = y * width + x;
      const value = pixels[at] ?? 0;
      sum += value;
      squares += value * value;
      // The Laplacian looks one pixel around; the square's rim would need its neighbours.
      if (y === top || x === left || y === top + TILE - 1 || x === left + TILE - 1) continue;
      const edge = (pixels[at - 1] ?? 0) + (pixels[at + 1] ?? 0) + (pixels[at - width] ?? 0) + (pixels[at + width] ?? 0) - 4 * value;
      edgeSum += edge;
      edgeSquares += edge * edge;
      edges += 1;
    }
  }
  const count = TILE * TILE;
  return { variance: squares / count - (sum / count) ** 2, laplacian: edgeSquares / edges - (edgeSum / edges) ** 2 };
}

function percentile(pixels: ArrayLike<number>, share: number): number {
  const counts = new Uint32Array(256);
  for (let index = 0; index < pixels.length; index += 1) counts[pixels[index] ?? 0] = (counts[pixels[index] ?? 0] ?? 0) + 1;
  let left = pixels.length * share;
  for (let value = 0; value < 256; value += 1) {
    left -= counts[value] ?? 0;
    if (left < 0) return value;
  }
  return 255;
}
