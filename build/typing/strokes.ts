/** Points a stroke is kept with: its ends, and enough between them for a corner and a hook. */
const POINTS = 5;
/** The grid of the medians (1024 units, y upwards from -124) as bytes, y downwards. */
const GRID = 1024;
const TOP = 900;

/** A character and the middle lines of its strokes, in writing order. */
export type Medians = { character: string; strokes: readonly (readonly (readonly [number, number])[])[] };

/**
 * The stroke set as bytes; `renderer/ui/handwriting/strokes.ts` reads it: length of the characters' text (4 bytes, little end first), the text
 * (UTF-8), strokes of each character (1 byte each), then for each stroke five points of x and y (1 byte each, 0 … 255).
 */
export function compileStrokes(set: readonly Medians[]): Uint8Array {
  const text = new TextEncoder().encode(set.map(({ character }) => character).join(''));
  const strokes = set.flatMap((one) => one.strokes);
  const out = new Uint8Array(4 + text.length + set.length + strokes.length * POINTS * 2);
  new DataView(out.buffer).setUint32(0, text.length, true);
  out.set(text, 4);
  out.set(set.map((one) => one.strokes.length), 4 + text.length);
  let at = 4 + text.length + set.length;
  for (const stroke of strokes) {
    for (const [x, y] of evenly(stroke)) {
      out[at] = byte(x / GRID);
      out[at + 1] = byte((TOP - y) / GRID);
      at += 2;
    }
  }
  return out;
}

function byte(share: number): number {
  return Math.max(0, Math.min(255, Math.round(share * 255)));
}

/** Points at equal distances along the line. */
function evenly(line: Medians['strokes'][number]): [number, number][] {
  const lengths = line.slice(1).map((point, index) => Math.hypot(point[0] - (line[index]?.[0] ?? 0), point[1] - (line[index]?.[1] ?? 0)));
  const whole = lengths.reduce((sum, length) => sum + length, 0);
  return Array.from({ length: POINTS }, (_, step) => {
    let left = (whole * step) / (POINTS - 1);
    let index = 0;
    while (index < lengths.length - 1 && left > (lengths[index] ?? 0)) left -= lengths[index++] ?? 0;
    const [fromX, fromY] = line[index] ?? [0, 0];
    const [toX, toY] = line[index + 1] ?? [fromX, fromY];
    const share = (lengths[index] ?? 0) === 0 ? 0 : Math.min(1, left / (lengths[index] as number));
    return [fromX + (toX - fromX) * share, fromY + (toY - fromY) * share];
  });
}
