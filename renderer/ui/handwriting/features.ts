import { STROKE_POINTS } from './strokes.ts';

/** The square in 4 × 4 fields, each with the lengths of ink in eight directions. */
const FIELDS = 4;
const DIRECTIONS = 8;
export const FEATURES = FIELDS * FIELDS * DIRECTIONS;

/**
 * Where how much ink runs in which direction: knows nothing of the strokes' order or number, so it finds what might be meant before strokes are
 * compared one by one. A piece is shared between the fields and directions next to it, so that a little shift changes little.
 * The vector has length 1; the product of two says how alike they are.
 * @param points five points for each stroke, in the unit square
 */
export function featuresOf(points: Float32Array, into: Float32Array, base: number): void {
  for (let at = 0; at + 3 < points.length; at += 2) {
    // The last point of a stroke begins no piece.
    if ((at / 2 + 1) % STROKE_POINTS === 0) continue;
    const x = points[at] as number, y = points[at + 1] as number, dx = (points[at + 2] as number) - x, dy = (points[at + 3] as number) - y;
    const length = Math.sqrt(dx * dx + dy * dy);
    if (length === 0) continue;
    const angle = ((Math.atan2(dy, dx) / (2 * Math.PI)) * DIRECTIONS + DIRECTIONS) % DIRECTIONS;
    const direction = Math.floor(angle) % DIRECTIONS;
    const turn = angle - Math.floor(angle);
    const u = Math.max(0, Math.min(FIELDS - 1, (x + dx / 2) * FIELDS - 0.5));
    const v = Math.max(0, Math.min(FIELDS - 1, (y + dy / 2) * FIELDS - 0.5));
    const column = Math.min(FIELDS - 2, Math.floor(u));
    const row = Math.min(FIELDS - 2, Math.floor(v));
    for (const [c, r, share] of [[column, row, (1 - u + column) * (1 - v + row)], [column + 1, row, (u - column) * (1 - v + row)], [column, row + 1, (1 - u + column) * (v - row)], [column + 1, row + 1, (u - column) * (v - row)]] as const) {
      const field = base + (r * FIELDS + c) * DIRECTIONS;
      into[field + direction] = (into[field + direction] as number) + length * share * (1 - turn);
      const beside = field + ((direction + 1) % DIRECTIONS);
      into[beside] = (into[beside] as number) + length * share * turn;
    }
  }
  let sum = 0;
  for (let at = base; at < base + FEATURES; at += 1) {
    // Roots keep a few long strokes from drowning the rest.
    into[at] = Math.sqrt(into[at] as number);
    sum += (into[at] as number) ** 2;
  }
  const scale = sum === 0 ? 0 : 1 / Math.sqrt(sum);
  for (let at = base; at < base + FEATURES; at += 1) into[at] = (into[at] as number) * scale;
}
