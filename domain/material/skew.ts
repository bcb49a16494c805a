/**
 * How far a page is turned: the upper edges of print lie on lines, and so do the left edges of rules and of columns. Projected along the right
 * angle they pile up (projection profiles: Postl 1986; Bloomberg, Kopec and Dasari 1995). Pure.
 */
import type { GreyPicture } from './quality.ts';

/** The largest angle looked for, degrees either way: a sheet that lies further askew was put there so. */
const WIDEST = 15;
const COARSE = 0.5;
const FINE = 0.05;
/** Edges that are enough to tell, and more than which are not looked at. */
const LEAST_EDGES = 300;
const MOST_EDGES = 20_000;
/** How much higher the edges must pile up at the best angle than at most others. Print gives 1.5 and more, a photograph under 1.1. */
const LEAST_PILE = 1.25;
/** A column that is an edge over this share of its height is dust before a feeder's sensor, which draws a line down the sheet, straight however the sheet lies. */
const STREAK = 0.4;

type Edges = { x: Float32Array; y: Float32Array; count: number };

/**
 * @param ink the grey value below which there is print
 * @returns degrees clockwise, to a twentieth; null when the page has no lines to tell by
 */
export function skewOf(picture: GreyPicture, ink: number): number | null {
  const upper = edgesOf(placesOf(picture, ink, picture.width), picture.width);
  const left = edgesOf(withoutStreaks(placesOf(picture, ink, 1), picture), picture.width);
  if (upper.count + left.count < LEAST_EDGES) return null;
  const size = Math.ceil(Math.hypot(picture.width, picture.height)) + 2;
  const bins = new Uint32Array(2 * size);
  const pile = (degrees: number): number => {
    const [sine, cosine] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
    return pileOf(upper, -sine, cosine, bins) + pileOf(left, cosine, sine, bins);
  };
  const coarse = range(-WIDEST, WIDEST, COARSE).map((degrees) => ({ degrees, height: pile(degrees) }));
  const best = highest(coarse);
  const usual = coarse.map(({ height }) => height).sort((one, other) => one - other)[Math.floor(coarse.length / 2)] ?? 0;
  if (best.height < usual * LEAST_PILE) return null;
  const { degrees } = highest(range(best.degrees - COARSE, best.degrees + COARSE, FINE).map((angle) => ({ degrees: angle, height: pile(angle) })));
  return Math.round(degrees / FINE) / Math.round(1 / FINE);
}

/** Pixels with ink whose neighbour before them has none. @param before how far back in the pixels that neighbour is */
function placesOf({ pixels, width, height }: GreyPicture, ink: number, before: number): number[] {
  const places: number[] = [];
  for (let y = 1; y < height; y += 1) {
    for (let x = 1; x < width; x += 1) {
      const at = y * width + x;
      if ((pixels[at] ?? 255) < ink && (pixels[at - before] ?? 0) >= ink) places.push(at);
    }
  }
  return places;
}

function withoutStreaks(places: readonly number[], { width, height }: GreyPicture): number[] {
  const columns = new Uint32Array(width);
  for (const at of places) columns[at % width] = (columns[at % width] ?? 0) + 1;
  return places.filter((at) => (columns[at % width] ?? 0) < height * STREAK);
}

function edgesOf(places: readonly number[], width: number): Edges {
  const stride = Math.max(1, places.length / MOST_EDGES);
  const count = Math.floor(places.length / stride);
  const edges: Edges = { x: new Float32Array(count), y: new Float32Array(count), count };
  for (let index = 0; index < count; index += 1) {
    const at = places[Math.floor(index * stride)] ?? 0;
    edges.x[index] = at % width;
    edges.y[index] = Math.floor(at / width);
  }
  return edges;
}

/** Sum of the squares of how many edges share a line. */
function pileOf({ x, y, count }: Edges, across: number, down: number, bins: Uint32Array): number {
  bins.fill(0);
  const middle = bins.length / 2;
  for (let index = 0; index < count; index += 1) {
    const bin = Math.floor(middle + (x[index] ?? 0) * across + (y[index] ?? 0) * down);
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  let sum = 0;
  for (let bin = 0; bin < bins.length; bin += 1) sum += (bins[bin] ?? 0) ** 2;
  return sum;
}

function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.round((to - from) / step) + 1 }, (_, index) => from + index * step);
}

function highest(tried: readonly { degrees: number; height: number }[]): { degrees: number; height: number } {
  return tried.reduce((best, one) => (one.height > best.height ? one : best), { degrees: 0, height: -1 });
}
