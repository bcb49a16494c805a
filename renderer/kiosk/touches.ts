import { useEffect } from 'react';
import { drop } from '../../domain/result.ts';

/** Core counts in seconds, so telling it of more than one touch a second only costs messages. */
const LEAST_GAP_MS = 1000;

/** Every touch or key puts the idle limit back, wherever it lands. @param touch tells core; null while nobody counts */
export function useTouches(touch: (() => Promise<unknown>) | null): void {
  useEffect(() => {
    if (touch === null) return;
    let last = -LEAST_GAP_MS;
    const touched = (event: Event) => {
      if (!event.isTrusted || event.timeStamp - last < LEAST_GAP_MS) return;
      last = event.timeStamp;
      // Core may be gone by now; the waiting screen says so.
      drop(touch().then(() => undefined, () => undefined));
    };
    const kinds = ['pointerdown', 'keydown', 'wheel'] as const;
    for (const kind of kinds) window.addEventListener(kind, touched, { capture: true, passive: true });
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, touched, { capture: true });
    };
  }, [touch]);
}
