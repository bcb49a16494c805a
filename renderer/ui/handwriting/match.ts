import { STROKE_POINTS } from './strokes.ts';

/** What a stroke costs that has no partner: about as much as one that lies a third of the square away. */
const LOST_COST = 0.45;
/** How much the direction of a stroke's pieces counts beside their places. */
const DIRECTION_WEIGHT = 0.16;
/** Joined strokes are matched less surely than single ones. */
const JOIN_COST = 0.06;
/** An order of strokes that is not the written one. */
const ORDER_COST = 0.02;
/** Strokes that one drawn line may stand for: in a running hand 口 or 辶 is one. */
const MOST_JOINED = 3;

const SIZE = STROKE_POINTS * 2;

/** `Math.hypot` guards against overflow, which costs ten times as long. */
function length(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}

/** Distance of two strokes of five points: mean distance of the points, and how differently their pieces point. 0 is equal. */
function distance(a: Float32Array, atA: number, b: Float32Array, atB: number): number {
  let places = 0;
  let directions = 0;
  for (let step = 0; step < SIZE; step += 2) {
    const ax = a[atA + step] as number, ay = a[atA + step + 1] as number, bx = b[atB + step] as number, by = b[atB + step + 1] as number;
    places += length(ax - bx, ay - by);
    if (step === SIZE - 2) break;
    const adx = (a[atA + step + 2] as number) - ax, ady = (a[atA + step + 3] as number) - ay;
    const bdx = (b[atB + step + 2] as number) - bx, bdy = (b[atB + step + 3] as number) - by;
    const lengths = length(adx, ady) * length(bdx, bdy);
    // Dots have no direction to speak of.
    if (lengths > 1e-5) directions += 1 - (adx * bdx + ady * bdy) / lengths;
  }
  return places / STROKE_POINTS + (DIRECTION_WEIGHT * directions) / (STROKE_POINTS - 1);
}

/** Strokes `from` … `to` of a template, drawn without lifting the pen, as five points. */
function joined(template: Float32Array, from: number, to: number, into: Float32Array): void {
  const points = (to - from + 1) * STROKE_POINTS;
  const base = from * SIZE;
  let whole = 0;
  for (let at = 1; at < points; at += 1) whole += length((template[base + at * 2] as number) - (template[base + at * 2 - 2] as number), (template[base + at * 2 + 1] as number) - (template[base + at * 2 - 1] as number));
  let index = 1;
  let before = 0;
  for (let step = 0; step < STROKE_POINTS; step += 1) {
    const goal = (whole * step) / (STROKE_POINTS - 1);
    let piece = 0;
    for (; index < points; index += 1) {
      piece = length((template[base + index * 2] as number) - (template[base + index * 2 - 2] as number), (template[base + index * 2 + 1] as number) - (template[base + index * 2 - 1] as number));
      if (before + piece >= goal || index === points - 1) break;
      before += piece;
    }
    const share = piece === 0 ? 0 : Math.max(0, Math.min(1, (goal - before) / piece));
    const fromX = template[base + index * 2 - 2] as number, fromY = template[base + index * 2 - 1] as number;
    into[step * 2] = fromX + ((template[base + index * 2] as number) - fromX) * share;
    into[step * 2 + 1] = fromY + ((template[base + index * 2 + 1] as number) - fromY) * share;
  }
}

/**
 * How unlike drawn strokes and a template are, a stroke: the better of two readings. In writing order, where a drawn line may stand for up to
 * three strokes and strokes may be missing; or in any order, one for one.
 * @param drawn five points for each stroke, fitted like the template's
 * @param enough what is less alike than this need not be known exactly
 */
export function unlikeness(drawn: Float32Array, template: Float32Array, enough = Infinity): number {
  const n = drawn.length / SIZE;
  const m = template.length / SIZE;
  const most = Math.max(n, m);
  const pairs: Float32Array[] = [];
  let least = (most - n) * LOST_COST;
  for (let i = 0; i < n; i += 1) {
    const row = new Float32Array(m);
    let nearest = LOST_COST;
    for (let j = 0; j < m; j += 1) {
      row[j] = distance(drawn, i * SIZE, template, j * SIZE);
      nearest = Math.min(nearest, row[j] as number);
    }
    least += nearest;
    pairs.push(row);
  }
  const ordered = inOrder(drawn, template, pairs, n, m);
  // Partners in any order cost at least the nearest of each: often that settles it.
  if (least + ORDER_COST * most >= Math.min(ordered, enough * most)) return ordered / most;
  return Math.min(ordered, assign(pairs, n, m) + ORDER_COST * most) / most;
}

function inOrder(drawn: Float32Array, template: Float32Array, pairs: readonly Float32Array[], n: number, m: number): number {
  const line = new Float32Array(SIZE);
  let row = Float32Array.from({ length: m + 1 }, (_, j) => j * LOST_COST);
  for (let i = 1; i <= n; i += 1) {
    const next = new Float32Array(m + 1);
    next[0] = i * LOST_COST;
    for (let j = 1; j <= m; j += 1) {
      let best = Math.min((row[j - 1] as number) + (pairs[i - 1]?.[j - 1] as number), (row[j] as number) + LOST_COST, (next[j - 1] as number) + LOST_COST);
      // Joining takes away strokes: nobody joins when as many are drawn as there are.
      for (let count = 2; n < m && count <= MOST_JOINED && count <= j; count += 1) {
        const before = row[j - count] as number;
        if (before + JOIN_COST >= best) continue;
        joined(template, j - count, j - 1, line);
        best = Math.min(best, before + JOIN_COST + count * distance(drawn, (i - 1) * SIZE, line, 0));
      }
      next[j] = best;
    }
    row = next;
  }
  return row[m] as number;
}

/** Least total cost of partners one for one (the Hungarian method with potentials, O(n³)); who finds none costs `LOST_COST`. */
function assign(pairs: readonly Float32Array[], n: number, m: number): number {
  const size = Math.max(n, m);
  const cost = (i: number, j: number) => (i < n && j < m ? (pairs[i]?.[j] as number) : LOST_COST);
  const rows = new Float64Array(size + 1);
  const columns = new Float64Array(size + 1);
  const partner = new Int32Array(size + 1);
  const way = new Int32Array(size + 1);
  for (let i = 1; i <= size; i += 1) {
    partner[0] = i;
    let column = 0;
    const least = new Float64Array(size + 1).fill(Infinity);
    const used = new Uint8Array(size + 1);
    do {
      used[column] = 1;
      const at = partner[column] as number;
      let delta = Infinity;
      let nextColumn = 0;
      for (let j = 1; j <= size; j += 1) {
        if (used[j] === 1) continue;
        const reduced = cost(at - 1, j - 1) - (rows[at] as number) - (columns[j] as number);
        if (reduced < (least[j] as number)) {
          least[j] = reduced;
          way[j] = column;
        }
        if ((least[j] as number) < delta) {
          delta = least[j] as number;
          nextColumn = j;
        }
      }
      for (let j = 0; j <= size; j += 1) {
        if (used[j] === 1) {
          rows[partner[j] as number] = (rows[partner[j] as number] as number) + delta;
          columns[j] = (columns[j] as number) - delta;
        } else least[j] = (least[j] as number) - delta;
      }
      column = nextColumn;
    } while (partner[column] !== 0);
    for (; column !== 0; column = way[column] as number) partner[column] = partner[way[column] as number] as number;
  }
  return -(columns[0] as number);
}
