import { useEffect, useEffectEvent, useState } from 'react';
import { holdLine, type LineRoad, type LineStand } from './line.ts';
import type { CallFailure } from './machines.ts';

/**
 * What a live line tells while the page is there.
 * @param key of the line: another key is another line
 * @param ended hears that it was refused for good; null: the page has nothing to do without it, and goes on looking
 */
export function useLine<View>({ ring, after, now }: Pick<LineRoad<View>, 'ring' | 'after' | 'now'>, key: string, open: LineRoad<View>['open'], ended: ((failure: CallFailure) => void) | null): LineStand<View> | null {
  const [stand, setStand] = useState<{ key: string; stand: LineStand<View> } | null>(null);
  const opened = useEffectEvent(open);
  const end = useEffectEvent((failure: CallFailure) => ended?.(failure));
  const canEnd = ended !== null;
  useEffect(() => holdLine<View>({
    ring, after, now,
    open: (origin, signal) => opened(origin, signal),
    told: (next) => setStand({ key, stand: next }),
    ended: canEnd ? (failure) => end(failure) : null,
  }), [ring, after, now, key, canEnd]);
  return stand?.key === key ? stand.stand : null;
}
