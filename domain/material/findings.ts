/**
 * What looks wrong with a scanned page, judged from its pixels alone. Blank, dark and blurred are the camera's rules (`quality.ts`); the others need a
 * scanner's even light and flat sheet. Pure: grey values in, findings out.
 */
import type { PageFinding } from '../contracts/document-scanner.ts';
import { type GreyPicture, judgePicture } from './quality.ts';
import { skewOf } from './skew.ts';

/** Ink is darker than its paper by at least this: the faintest pencil that is still read, and far from noise (σ 5). */
const INK_CONTRAST = 60;

/** A page turned by less looks straight to a reader, and feeders turn every sheet a little. */
const LEAST_SKEW = 1;

/** A paper's grey is spread by noise and texture; narrower, a spot of light would weigh more than the sheet. */
const PAPER_NOISE = 4;

/** Nothing printed is brighter than its paper, so what fills the scale there is light. Paper this bright fills it by itself and hides a glare. */
const BRIGHTEST_PAPER = 243;
const SATURATED = 252;
/** Side of the squares in which glare is looked for: 4 mm of A4. */
const SPOT = 16;
/** Share of saturated pixels from which a square belongs to a spot: print in it may shine through. */
const FILLED = 0.5;
/** Squares of the smallest spot told, about 1 cm²: less hides a character or two. */
const LEAST_SPOT = 6;
/** Light fades into the paper around it over this many pixels or more (7 and more measured), a white label or correction tape ends within two. */
const LEAST_HALO = 4;
/** Squares around a spot that belong to its fading. */
const HALO = 2;
const HALO_FROM = 8;

/** Where print at an edge is looked for and where it must go on, pixels from the side: 0.5 mm and 1.4 mm of A4. */
const OUTER = 2;
const INNER = 6;
/** The longest run of ink at an edge that is print, as a share of the side; a longer one is the shadow of the paper or the lid. */
const LONGEST_RUN = 0.03;
/** Fewer strokes at a side are dust, a rule of a table, a page number in a corner. */
const LEAST_STROKES = 5;

/** @param picture its long side scaled down to `QUALITY_SIDE`, as for `judgePicture` */
export function findingsOf(picture: GreyPicture): PageFinding[] {
  const quality = judgePicture(picture);
  // Nothing more can be said of a page without content or without light.
  if (quality === 'dark' || quality === 'blank') return [{ kind: quality }];
  const paper = paperOf(picture);
  const findings: PageFinding[] = quality === 'blurred' ? [{ kind: 'blurred' }] : [];
  if (hasGlare(picture, paper)) findings.push({ kind: 'glare' });
  const sides = (['top', 'right', 'bottom', 'left'] as const).filter((side) => isCut(picture, paper, side));
  if (sides.length > 0) findings.push({ kind: 'cut-edge', sides });
  const degrees = skewOf(picture, paper - INK_CONTRAST);
  if (degrees !== null && Math.abs(degrees) >= LEAST_SKEW) findings.push({ kind: 'skewed', degrees });
  return findings;
}

/** The grey about which most of the brighter half lies: sheets are mostly paper. */
export function paperOf({ pixels }: GreyPicture): number {
  const counts = new Uint32Array(256);
  for (let index = 0; index < pixels.length; index += 1) counts[pixels[index] ?? 0] = (counts[pixels[index] ?? 0] ?? 0) + 1;
  let paper = 255;
  let most = -1;
  for (let grey = 255; grey >= 128; grey -= 1) {
    const count = sumOf([...counts.subarray(grey - PAPER_NOISE, grey + PAPER_NOISE + 1)]);
    if (count > most) [paper, most] = [grey, count];
  }
  return paper;
}

function hasGlare(picture: GreyPicture, paper: number): boolean {
  if (paper > BRIGHTEST_PAPER) return false;
  const across = Math.floor(picture.width / SPOT);
  const down = Math.floor(picture.height / SPOT);
  const squares = Array.from({ length: across * down }, (_, square) => measureSpot(picture, paper, (square % across) * SPOT, Math.floor(square / across) * SPOT));
  const filled = Uint8Array.from(squares, ({ saturated }) => (saturated >= FILLED ? 1 : 0));
  for (let square = 0; square < filled.length; square += 1) {
    if (filled[square] !== 1) continue;
    const spot = takeSpot(filled, across, square);
    if (spot.size < LEAST_SPOT) continue;
    const soft = sumOf([...aroundOf(spot, across, down)].map((neighbour) => squares[neighbour]?.soft ?? 0));
    const edge = [...spot].flatMap((within) => [within - 1, within + 1, within - across, within + across].filter((beside) => !spot.has(beside))).length * SPOT;
    if (soft >= LEAST_HALO * edge) return true;
  }
  return false;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}

/** @returns the share that is saturated, and how many pixels are brighter than paper but not that */
function measureSpot({ pixels, width }: GreyPicture, paper: number, left: number, top: number): { saturated: number; soft: number } {
  let saturated = 0;
  let soft = 0;
  for (let y = top; y < top + SPOT; y += 1) {
    for (let x = left; x < left + SPOT; x += 1) {
      const value = pixels[y * width + x] ?? 0;
      if (value >= SATURATED) saturated += 1;
      else if (value > paper + HALO_FROM) soft += 1;
    }
  }
  return { saturated: saturated / SPOT ** 2, soft };
}

/** Takes the spot that a square belongs to out of those still to be looked at (2 marks what was taken). @returns its squares */
function takeSpot(filled: Uint8Array, across: number, first: number): Set<number> {
  const spot = new Set([first]);
  // A set is walked with what is added to it on the way.
  for (const square of spot) {
    filled[square] = 2;
    for (const neighbour of neighboursOf(square, across, filled.length / across, 1)) if (filled[neighbour] === 1) spot.add(neighbour);
  }
  return spot;
}

function aroundOf(spot: ReadonlySet<number>, across: number, down: number): Set<number> {
  return new Set([...spot].flatMap((square) => neighboursOf(square, across, down, HALO)).filter((square) => !spot.has(square)));
}

function neighboursOf(square: number, across: number, down: number, reach: number): number[] {
  const [x, y] = [square % across, Math.floor(square / across)];
  const found: number[] = [];
  for (let row = Math.max(0, y - reach); row <= Math.min(down - 1, y + reach); row += 1) {
    for (let column = Math.max(0, x - reach); column <= Math.min(across - 1, x + reach); column += 1) found.push(row * across + column);
  }
  return found;
}

/** Whether strokes run out of the picture at a side. */
function isCut({ pixels, width, height }: GreyPicture, paper: number, side: 'top' | 'right' | 'bottom' | 'left'): boolean {
  const lying = side === 'top' || side === 'bottom';
  const length = lying ? width : height;
  const isInk = (along: number, depth: number): boolean => {
    const [x, y] = lying ? [along, side === 'top' ? depth : height - 1 - depth] : [side === 'left' ? depth : width - 1 - depth, along];
    return x >= 0 && x < width && y >= 0 && y < height && (pixels[y * width + x] ?? 255) < paper - INK_CONTRAST;
  };
  /** A slanted stroke is a little aside where it goes on. */
  const goesOn = (from: number, to: number): boolean => {
    for (let along = from - (INNER - OUTER); along < to + (INNER - OUTER); along += 1) if (isInk(along, INNER)) return true;
    return false;
  };
  let strokes = 0;
  for (let from = 0; from < length; from += 1) {
    if (!isInk(from, OUTER)) continue;
    let to = from + 1;
    while (to < length && isInk(to, OUTER)) to += 1;
    if (to - from <= length * LONGEST_RUN && goesOn(from, to)) strokes += 1;
    from = to;
  }
  return strokes >= LEAST_STROKES;
}
