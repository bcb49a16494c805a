import { useSyncExternalStore } from 'react';

/** Words such as 今天 are right to the minute; finer than that nothing on a screen changes. */
const STEP = 60_000;

/** This computer's time, milliseconds since 1970, to the minute. A screen that stays open follows it. */
export function useNow(): number {
  return useSyncExternalStore(watchClock, () => Math.floor(Date.now() / STEP) * STEP);
}

function watchClock(watch: () => void): () => void {
  const timer = setInterval(watch, STEP / 4);
  return () => clearInterval(timer);
}
