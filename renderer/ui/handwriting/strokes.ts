/**
 * The stroke set, as `build/typing/strokes.ts` compiles it: a character, and for each of its strokes, in writing order, five points along its
 * middle line. Coordinates are 0 … 1, y downwards, in a square that the character's ink just fits into (see `fit`).
 */
export type Point = { x: number; y: number };

/** Points of one stroke. */
export const STROKE_POINTS = 5;

export type Template = {
  character: string;
  /** x, y of the five points of the first stroke, then of the second, … */
  points: Float32Array;
};

/** @param bytes the compiled file */
export function readStrokes(bytes: Uint8Array): Template[] {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const characters = [...new TextDecoder().decode(bytes.subarray(4, 4 + length))];
  let at = 4 + length + characters.length;
  return characters.map((character, index) => {
    const size = (bytes[4 + length + index] as number) * STROKE_POINTS * 2;
    const points = Float32Array.from(bytes.subarray(at, at + size), (value) => value / 255);
    at += size;
    fit(points);
    return { character, points };
  });
}

/**
 * Moves and stretches x, y pairs into the unit square, in place. Written characters are taller or wider than printed ones, so both sides are
 * stretched, but a flat one stays flat: the shorter side becomes the square root of a sine of its share of the longer (aspect-ratio-adaptive
 * normalisation: Cheng-Lin Liu and others, Pattern Recognition 37 (2004) 265–279).
 */
export function fit(points: Float32Array): void {
  let left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
  for (let at = 0; at < points.length; at += 2) {
    left = Math.min(left, points[at] as number);
    right = Math.max(right, points[at] as number);
    top = Math.min(top, points[at + 1] as number);
    bottom = Math.max(bottom, points[at + 1] as number);
  }
  const longer = Math.max(right - left, bottom - top, 1e-6);
  const stretched = (side: number) => Math.sqrt(Math.sin((Math.PI / 2) * Math.min(1, side / longer)));
  const width = stretched(right - left);
  const height = stretched(bottom - top);
  const scaleX = right - left < 1e-6 ? 0 : width / (right - left);
  const scaleY = bottom - top < 1e-6 ? 0 : height / (bottom - top);
  for (let at = 0; at < points.length; at += 2) {
    points[at] = ((points[at] as number) - (left + right) / 2) * scaleX + 0.5;
    points[at + 1] = ((points[at + 1] as number) - (top + bottom) / 2) * scaleY + 0.5;
  }
}

/** A drawn line as five points at equal distances along it. A dot is five times itself. */
export function resample(line: readonly Point[], into: Float32Array, at: number, points = STROKE_POINTS): void {
  const lengths = line.slice(1).map((point, index) => Math.hypot(point.x - (line[index] as Point).x, point.y - (line[index] as Point).y));
  const whole = lengths.reduce((sum, length) => sum + length, 0);
  let index = 0;
  let before = 0;
  for (let step = 0; step < points; step += 1) {
    const goal = (whole * step) / (points - 1);
    while (index < lengths.length - 1 && before + (lengths[index] as number) < goal) before += lengths[index++] as number;
    const from = line[index] as Point;
    const to = line[index + 1] ?? from;
    const length = lengths[index] ?? 0;
    const share = length === 0 ? 0 : Math.max(0, Math.min(1, (goal - before) / length));
    into[at + step * 2] = from.x + (to.x - from.x) * share;
    into[at + step * 2 + 1] = from.y + (to.y - from.y) * share;
  }
}
