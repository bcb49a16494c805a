import type { Clock } from '../../domain/time.ts';
import { systemClock } from '../../main/core/system.ts';

/** The machine's clock, with a wall clock that can be put forward. Timers run as always. */
export type ShiftClock = Clock & {
  forward(milliseconds: number): void;
  /** Timers of a second that have run: core's own tick. */
  readonly ticks: number;
};

export function shiftClock(): ShiftClock {
  let ahead = 0;
  let ticks = 0;
  return {
    now: () => systemClock.now() + ahead,
    monotonic: () => systemClock.monotonic(),
    after: (milliseconds, call) => systemClock.after(milliseconds, () => {
      if (milliseconds === 1000) ticks += 1;
      call();
    }),
    forward(milliseconds) {
      ahead += milliseconds;
    },
    get ticks() {
      return ticks;
    },
  };
}
