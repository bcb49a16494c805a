import type { CaseId } from '../../domain/ids.ts';
import type { Clock } from '../../domain/time.ts';

/** First rest of a case whose action the hall does not take, milliseconds: about the next run. It doubles with each refusal. */
const REST = 60_000;
/** Longest rest: a hall is mended within hours, and an action is some kilobytes. */
export const LONGEST_REST = 3_600_000;

/**
 * Cases that rest because the hall did not take an action of theirs. An action is only ever held up by its own case, or by the hall's
 * copy of the chain, which lacks an earlier action (`gap`).
 */
export type Lanes = {
  rests(id: CaseId): boolean;
  rest(id: CaseId, why: 'refused' | 'gap'): void;
  wake(id: CaseId): void;
  /** Wakes the cases that only waited for an earlier action. @returns whether there were any */
  closeGap(): boolean;
};

export function createLanes(clock: Pick<Clock, 'monotonic'>): Lanes {
  const lanes = new Map<CaseId, { refusals: number; until: number; gap: boolean }>();
  return {
    rests: (id) => clock.monotonic() < (lanes.get(id)?.until ?? 0),
    rest(id, why) {
      const refusals = (lanes.get(id)?.refusals ?? 0) + 1;
      lanes.set(id, { refusals, until: clock.monotonic() + Math.min(LONGEST_REST, REST * 2 ** Math.min(30, refusals - 1)), gap: why === 'gap' });
    },
    wake: (id) => void lanes.delete(id),
    closeGap() {
      const waiting = [...lanes].filter(([, { gap }]) => gap);
      for (const [id] of waiting) lanes.delete(id);
      return waiting.length > 0;
    },
  };
}
