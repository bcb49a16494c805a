import { performance } from 'node:perf_hooks';
import type { Clock } from '../../domain/time.ts';

/** The server's own clock. A county keeps it right by NTP; everything legal is reckoned from it. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => Math.floor(performance.now()),
  after(milliseconds, call) {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};
