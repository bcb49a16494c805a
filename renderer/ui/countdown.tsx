import type { ReactNode } from 'react';
import './countdown.css';

/** Circumference of the ring in its own units: 2 π × 54. */
const AROUND = 339.3;

/** Seconds left as a ring that empties. Assistive technology hears the sentence beside it, not every tick. */
export function Countdown({ seconds, of }: { seconds: number; of: number }): ReactNode {
  const share = Math.max(0, Math.min(1, of === 0 ? 0 : seconds / of));
  return (
    <div className="countdown" aria-hidden="true">
      <svg viewBox="0 0 120 120">
        <circle className="countdown-track" cx="60" cy="60" r="54" />
        <circle className="countdown-left" cx="60" cy="60" r="54" strokeDasharray={AROUND} strokeDashoffset={AROUND * (1 - share)} />
      </svg>
      <span className="number">{seconds}</span>
    </div>
  );
}
