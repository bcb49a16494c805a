import type { Clock } from '../domain/time.ts';

export type TestClock = Clock & {
  /** Moves time forward and runs every call that became due, in order, letting promises settle after each. */
  advance(milliseconds: number): Promise<void>;
  /** Timers not yet run nor cancelled; a suite ends with 0. */
  readonly waiting: number;
};

/** A clock that stands still until it is told to move, for tests. */
export function testClock(start = Date.UTC(2026, 0, 5, 1)): TestClock {
  let elapsed = 0;
  let timers: { due: number; call: () => void }[] = [];
  return {
    now: () => start + elapsed,
    monotonic: () => elapsed,
    after(milliseconds, call) {
      const timer = { due: elapsed + milliseconds, call };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    async advance(milliseconds) {
      const end = elapsed + milliseconds;
      await settle();
      for (;;) {
        const next = timers.toSorted((left, right) => left.due - right.due)[0];
        if (next === undefined || next.due > end) break;
        timers = timers.filter((other) => other !== next);
        elapsed = next.due;
        next.call();
        await settle();
      }
      elapsed = end;
    },
    get waiting() {
      return timers.length;
    },
  };
}

/** For the end of a test: throws when something still waits for this clock. */
export function assertNoTimers(clock: TestClock): void {
  if (clock.waiting > 0) throw new Error(`${clock.waiting} timers are still waiting`);
}

/** A macrotask turn: every promise reaction that is due has run when it resolves. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
