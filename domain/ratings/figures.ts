/** What ratings add up to. Nothing is ever counted that nobody gave: a service without a rating is not 基本满意 by default. */

/** How many counted ratings stand at each level, 5 … 1, and how many were left out after an upheld appeal. */
export type LevelCounts = { 5: number; 4: number; 3: number; 2: number; 1: number; excluded: number };

/**
 * @property satisfied 满意率: levels 5, 4 and 3 ÷ counted, 0 … 1; null when nothing is counted
 * @property stars half stars from 1 to 5; null under `FEWEST_FOR_STARS`
 */
export type Figures = { counts: LevelCounts; counted: number; poor: number; satisfied: number | null; mean: number | null; stars: number | null };

/** Of fewer ratings a star would say more of chance than of the service. Our own number. */
export const FEWEST_FOR_STARS = 10;

/** How stars come about, as it is shown beside them. */
export const STAR_FORMULA = `星级 = Σ(等级分 × 条数) ÷ 计入条数，四舍五入到半星；计入不足 ${FEWEST_FOR_STARS} 条不评星；申诉成立的不计入，未评价的不折算。`;

export const NO_RATINGS: LevelCounts = { 5: 0, 4: 0, 3: 0, 2: 0, 1: 0, excluded: 0 };

export function figuresOf(counts: LevelCounts): Figures {
  const counted = counts[5] + counts[4] + counts[3] + counts[2] + counts[1];
  const poor = counts[2] + counts[1];
  if (counted === 0) return { counts, counted, poor, satisfied: null, mean: null, stars: null };
  const sum = counts[5] * 5 + counts[4] * 4 + counts[3] * 3 + counts[2] * 2 + counts[1];
  const mean = sum / counted;
  // In whole numbers, so that 3.25 is a half star up on every machine.
  const stars = counted < FEWEST_FOR_STARS ? null : Math.floor((4 * sum + counted) / (2 * counted)) / 2;
  return { counts, counted, poor, satisfied: (counted - poor) / counted, mean, stars };
}

/** Several counts as one: the figures of a whole county are those of its parts. */
export function addCounts(all: readonly LevelCounts[]): LevelCounts {
  return all.reduce<LevelCounts>((sum, one) => ({ 5: sum[5] + one[5], 4: sum[4] + one[4], 3: sum[3] + one[3], 2: sum[2] + one[2], 1: sum[1] + one[1], excluded: sum.excluded + one.excluded }), NO_RATINGS);
}
