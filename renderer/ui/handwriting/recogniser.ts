import { FEATURES, featuresOf } from './features.ts';
import { unlikeness } from './match.ts';
import { fit, type Point, readStrokes, resample, STROKE_POINTS } from './strokes.ts';

export type Recogniser = {
  /**
   * Characters that these strokes may be, best first. Size and place do not matter; slant up to 15° and joined strokes little.
   * @param strokes in the order drawn, in any unit, y downwards; empty ones are left out
   */
  recognise(strokes: readonly (readonly Point[])[], most?: number): string[];
};

/** Characters that are compared stroke by stroke. */
const CLOSELY = 60;
/** What is this much less alike than the best one so far cannot come among the candidates that anyone looks at. */
const HOPELESS = 0.2;
/** People write slanted; the set's characters stand upright. In radians: 10°. */
const SLANTS = [0, -0.175, 0.175];
/** How much the look as a whole counts beside the strokes. */
const LOOK_WEIGHT = 0.25;
/** A character at the end of the set, where the rarest are, must be this much better than one at its beginning. */
const RARE_COST = 0.02;

/** @param bytes what `build/typing/strokes.ts` compiled, commonest characters first */
export function openRecogniser(bytes: Uint8Array): Recogniser {
  const templates = readStrokes(bytes);
  const features = new Float32Array(templates.length * FEATURES);
  const counts = Int32Array.from(templates, ({ points }) => points.length / STROKE_POINTS / 2);
  templates.forEach(({ points }, index) => featuresOf(points, features, index * FEATURES));

  return {
    recognise(strokes, most = 24) {
      const drawn = strokes.filter((stroke) => stroke.length > 0);
      if (drawn.length === 0) return [];
      const slanted = SLANTS.map((slant) => prepared(drawn, slant));
      const looks = new Float32Array(FEATURES * SLANTS.length);
      slanted.forEach((points, index) => featuresOf(points, looks, index * FEATURES));
      const likely: { index: number; slant: number; look: number }[] = [];
      for (let index = 0; index < templates.length; index += 1) {
        const count = counts[index] as number;
        // Strokes get joined, hardly ever split.
        if (count < drawn.length - 2 || count > drawn.length * 1.6 + 2) continue;
        let slant = 0;
        let look = -1;
        for (let one = 0; one < SLANTS.length; one += 1) {
          let product = 0;
          for (let at = 0, a = one * FEATURES, b = index * FEATURES; at < FEATURES; at += 1) product += (looks[a + at] as number) * (features[b + at] as number);
          if (product > look) {
            look = product;
            slant = one;
          }
        }
        likely.push({ index, slant, look });
      }
      let best = Infinity;
      return likely
        .sort((a, b) => b.look - a.look)
        .slice(0, CLOSELY)
        .map(({ index, slant, look }) => {
          const template = templates[index] as (typeof templates)[number];
          const strokesOff = unlikeness(slanted[slant] as Float32Array, template.points, best + HOPELESS);
          best = Math.min(best, strokesOff);
          return { character: template.character, off: strokesOff + LOOK_WEIGHT * (1 - look) + (RARE_COST * index) / templates.length };
        })
        .sort((a, b) => a.off - b.off)
        .slice(0, most)
        .map(({ character }) => character);
    },
  };
}

/** The drawing as the templates are: five points a stroke, turned back, fitted into the unit square. */
function prepared(strokes: readonly (readonly Point[])[], slant: number): Float32Array {
  const cos = Math.cos(slant);
  const sin = Math.sin(slant);
  const points = new Float32Array(strokes.length * STROKE_POINTS * 2);
  strokes.forEach((stroke, index) => {
    resample(stroke.map(({ x, y }) => ({ x: x * cos - y * sin, y: x * sin + y * cos })), points, index * STROKE_POINTS * 2);
  });
  fit(points);
  return points;
}
