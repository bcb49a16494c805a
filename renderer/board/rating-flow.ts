/** The screen before a window, from one ticket to the next. Pure: who is asked, and until when. Nobody has to answer. */
import type { RatingView } from '../../domain/contracts/site.ts';
import type { RatingLevel } from '../../domain/ratings/ratings.ts';

type Asked = NonNullable<RatingView['rate']>;

/**
 * @property touched when the citizen last did something; when it was asked, before
 * @property id of the rating: sent again after a failure it is the same one; null: not sent yet
 */
export type RatingStep =
  | { kind: 'idle' }
  | { kind: 'asking'; asked: Asked; level: RatingLevel | null; tags: readonly string[]; touched: number; state: 'open' | 'sending' | 'failed'; id: string | null }
  | { kind: 'thanks'; since: number };
/** @property settled tickets that nobody is asked about any more on this screen */
export type RatingFlow = { step: RatingStep; settled: readonly string[] };

/** Nobody who walks away is waited for longer, milliseconds; who has begun gets more. */
export const ASKS_FOR = 45_000;
export const BEGUN_FOR = 90_000;
export const THANKS_FOR = 5000;
/** The contract's limit. */
const MOST_TAGS = 8;

export const IDLE: RatingFlow = { step: { kind: 'idle' }, settled: [] };

/** Time goes by, and the machine says who is to be asked. @param rate null: nobody @returns the same when nothing changes */
export function follow(flow: RatingFlow, rate: Asked | null, now: number): RatingFlow {
  const { step, settled } = flow;
  if (step.kind === 'asking') {
    const begun = step.level !== null;
    if (step.state !== 'sending' && now - step.touched >= (begun ? BEGUN_FOR : ASKS_FOR)) return { step: { kind: 'idle' }, settled: [...settled, step.asked.ticket] };
    // Whoever is rating goes on, even when the next one is served already.
    if (begun || rate?.ticket === step.asked.ticket) return flow;
    return follow({ step: { kind: 'idle' }, settled }, rate, now);
  }
  if (step.kind === 'thanks' && now - step.since < THANKS_FOR) return flow;
  if (rate !== null && !settled.includes(rate.ticket)) return { step: { kind: 'asking', asked: rate, level: null, tags: [], touched: now, state: 'open', id: null }, settled };
  return step.kind === 'idle' ? flow : { step: { kind: 'idle' }, settled };
}

/** Another level has other reasons. */
export function choose(flow: RatingFlow, level: RatingLevel, now: number): RatingFlow {
  return changed(flow, (asking) => ({ ...asking, level, tags: asking.level === level ? asking.tags : [], touched: now, state: 'open' }));
}

export function toggle(flow: RatingFlow, tag: string, now: number): RatingFlow {
  return changed(flow, (asking) => ({ ...asking, tags: asking.tags.includes(tag) ? asking.tags.filter((other) => other !== tag) : [...asking.tags, tag].slice(0, MOST_TAGS), touched: now }));
}

/** @param id of the rating, should it have none yet */
export function send(flow: RatingFlow, id: string): RatingFlow {
  return changed(flow, (asking) => (asking.level === null ? asking : { ...asking, state: 'sending', id: asking.id ?? id }));
}

/** @param how `done` also when it was rated before: the citizen has nothing more to do */
export function sent(flow: RatingFlow, how: 'done' | 'failed', now: number): RatingFlow {
  const { step, settled } = flow;
  if (step.kind !== 'asking') return flow;
  return how === 'done' ? { step: { kind: 'thanks', since: now }, settled: [...settled, step.asked.ticket] } : { step: { ...step, state: 'failed', touched: now }, settled };
}

type Asking = RatingStep & { kind: 'asking' };

/** While it is on its way nothing changes. */
function changed(flow: RatingFlow, change: (asking: Asking) => Asking): RatingFlow {
  return flow.step.kind === 'asking' && flow.step.state !== 'sending' ? { ...flow, step: change(flow.step) } : flow;
}
