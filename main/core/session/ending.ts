import type { Step } from '../../../domain/contracts/kiosk.ts';
import type { Clock } from '../../../domain/time.ts';
import type { Power } from '../power.ts';
import type { Presence } from '../presence.ts';
import type { SessionState } from './state.ts';
import { idleAt, secondsUntil, WARNING_SECONDS } from './steps.ts';

/** From the battery's last word to the end of the visit: time to read two sentences, to sign, and to take card and papers. */
export const POWER_SECONDS = 60;

/** Steps on which a passer-by could read about the person who has just gone. */
const SHOWS_PERSON: ReadonlySet<Step> = new Set(['form', 'materials', 'check', 'handed-in', 'progress', 'case', 'result', 'rate', 'message', 'message-sent', 'reply', 'booking-phone', 'booking-confirm', 'booked', 'my-bookings']);

/** How near its end a visit is that nobody ends: untouched, left, or because the power goes. */
export type Standing = {
  idle: { warning: boolean; secondsLeft: number };
  /** Set while the battery is nearly empty. The idle limit waits meanwhile, and begins anew when the power is back. */
  powerCut: { secondsLeft: number } | null;
  over: 'idle' | 'power' | null;
};

export type Ending = {
  at(visit: Pick<SessionState, 'step' | 'touchedAt'>): Standing;
  /** No visit begins any more. */
  closed(): boolean;
};

/** @param options.leaveSeconds after somebody was seen to go, until their visit is warned of its end; Infinity: never */
export function createEnding(options: { power: Pick<Power, 'endsSince' | 'backAt'>; presence: Pick<Presence, 'left'>; leaveSeconds: number; clock: Pick<Clock, 'now'> }): Ending {
  const { power, presence, leaveSeconds, clock } = options;

  function idle(step: Step, touchedAt: number): { warning: boolean; secondsLeft: number } {
    const untouched = idleAt(step, touchedAt, clock.now());
    const left = presence.left.get();
    // A touch after that proves the sensor wrong, until it sees somebody again.
    if (left === null || left <= touchedAt || !SHOWS_PERSON.has(step)) return untouched;
    const secondsLeft = Math.min(untouched.secondsLeft, secondsUntil(left + (leaveSeconds + WARNING_SECONDS) * 1000, clock.now()));
    return { warning: secondsLeft <= WARNING_SECONDS, secondsLeft };
  }

  return {
    at({ step, touchedAt }) {
      const since = power.endsSince();
      if (since !== null) {
        const secondsLeft = secondsUntil(since + POWER_SECONDS * 1000, clock.now());
        return { idle: { warning: false, secondsLeft }, powerCut: { secondsLeft }, over: secondsLeft === 0 ? 'power' : null };
      }
      const { warning, secondsLeft } = idle(step, Math.max(touchedAt, power.backAt()));
      return { idle: { warning, secondsLeft }, powerCut: null, over: secondsLeft === 0 ? 'idle' : null };
    },
    closed: () => power.endsSince() !== null,
  };
}
