import { civilDate } from '../calendar/civil-date.ts';
import { type Rating, RATINGS } from './ratings.ts';

/** A set of levels and reason tags as it was in force from a day on. A rating keeps the version it was given under. */
export type Indicators = { version: number; from: string; source: string; levels: readonly Rating[] };

/** Oldest first. A new national notice is one more entry here; entries are never changed. */
export const INDICATORS: readonly Indicators[] = [
  { version: 1, from: '2021-01-01', source: '国办发〔2019〕51号; GB/T 39734-2020, GB/T 39735-2020', levels: RATINGS },
];

/** The set in force at an instant. Before the first there was none, and the first is answered. @param at milliseconds since 1970 */
export function indicatorsAt(at: number, sets: readonly Indicators[] = INDICATORS): Indicators {
  const day = civilDate(at);
  const [first] = sets;
  const found = sets.findLast(({ from }) => from <= day) ?? first;
  if (found === undefined) throw new RangeError('there is no set of indicators');
  return found;
}
