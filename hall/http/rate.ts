import type { Clock } from '../../domain/time.ts';

/** A bucket that fills at `perSecond` up to `burst`; each call takes one. */
export type RateRule = { perSecond: number; burst: number };
export type RateLimiter = { take(key: string): boolean };

/** Most keys remembered: beyond it the fullest memory is dropped, which only ever lets more through. */
const MOST_KEYS = 20_000;

/** Per server, in memory: two servers let twice as much through, which is what two servers are for. */
export function createRateLimiter(rule: RateRule, clock: Pick<Clock, 'monotonic'>): RateLimiter {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take(key) {
      const now = clock.monotonic();
      const bucket = buckets.get(key) ?? { left: rule.burst, at: now };
      const left = Math.min(rule.burst, bucket.left + ((now - bucket.at) / 1000) * rule.perSecond);
      if (buckets.size >= MOST_KEYS) buckets.clear();
      buckets.set(key, { left: left >= 1 ? left - 1 : left, at: now });
      return left >= 1;
    },
  };
}
