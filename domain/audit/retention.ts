import { addNaturalDays, dateOfDay, dayNumber, isRealDate } from '../calendar/civil-date.ts';

/** How long something is kept. Counted in civil days of China; `years` as a birthday counts them. */
export type Keep = { years: number } | { days: number };

/**
 * What the hall forgets, and when. `by`: who removes it. `sweep`: the hall by itself, each minute. `people`: the hall once two people agreed, because what is
 * removed cannot be asked about any more. `operator`: it lies outside of the hall, and its keeper sees to it.
 */
export type RetentionRule = { what: 'session' | 'challenge' | 'token' | 'deed-answer' | 'read' | 'deed' | 'network-log'; keep: Keep | 'for-good'; by: 'sweep' | 'people' | 'operator'; because: string };

/** Terms that the law sets are least terms; none of these is shorter. */
export const RETENTION: readonly RetentionRule[] = [
  { what: 'session', keep: { days: 1 }, by: 'sweep', because: 'A session that is over proves nothing; the journal has the signing in.' },
  { what: 'challenge', keep: { days: 0 }, by: 'sweep', because: 'Answered within two minutes or never.' },
  { what: 'token', keep: { days: 0 }, by: 'sweep', because: 'Good for fifteen minutes.' },
  { what: 'deed-answer', keep: { days: 2 }, by: 'sweep', because: 'A console sends a deed again until it has the answer, and forgets it with its page.' },
  { what: 'read', keep: { years: 3 }, by: 'people', because: '个人信息保护法 Art 56: records of processing are kept for three years at least.' },
  { what: 'deed', keep: 'for-good', by: 'people', because: 'What staff did to accounts, catalogue and rules explains every decision of its time; the rows are small and name no citizen.' },
  { what: 'network-log', keep: { days: 183 }, by: 'operator', because: '网络安全法 (2016) Art 21 (3): network logs are kept for six months at least. The hall writes its log to standard output; whoever runs it keeps that.' },
];

/** The first civil day that is still kept: what is older may go. @param today civil day */
export function keptSince(keep: Keep, today: string): string {
  if ('days' in keep) return addNaturalDays(today, -keep.days);
  const [year = 0, month = 0, day = 0] = today.split('-').map(Number);
  const then = year - keep.years;
  // A year without a 29 February: a day longer, never shorter.
  return isRealDate(then, month, day) ? `${String(then).padStart(4, '0')}-${today.slice(5)}` : dateOfDay(dayNumber(`${String(then).padStart(4, '0')}-02-28`));
}

/** The rule of something. */
export function retentionOf(what: RetentionRule['what']): RetentionRule {
  const rule = RETENTION.find((each) => each.what === what);
  if (rule === undefined) throw new Error(`no rule keeps ${what}`);
  return rule;
}
