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

/** Ends after `milliseconds`, or at once when the signal stops. */
export function pause(clock: Clock, milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve();
      return;
    }
    const end = () => {
      stopTimer();
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const stopTimer = clock.after(milliseconds, end);
    signal?.addEventListener('abort', end, { once: true });
  });
}
