import type { Clock } from '../domain/time.ts';

/** The machine's own clock: wall time for stamps, a monotonic counter and timers for waiting. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(milliseconds, call) {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};
