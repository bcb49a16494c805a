/**
 * When a host process that died is started again. Pure: time comes in, a decision goes out.
 *
 * | event | decision |
 * |---|---|
 * | died, few recent deaths | start again after 0.2, 0.4, 0.8 … s, at most 10 s |
 * | died more than `MOST_DEATHS` times without a quiet period | start again after the longest wait, and say "out of service" |
 * | lived for `QUIET_MS` | deaths are forgotten |
 */
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;
/** Deaths in a row after which a person must look; the host is still started again, for the fault may have been a cable. */
export const MOST_DEATHS = 6;
/** A host that lived this long was well: a driver fault shows within seconds of the device's first use. */
const QUIET_MS = 60_000;

export type SupervisorState = { deaths: number; startedAt: number };
export type Restart = { state: SupervisorState; waitMs: number; outOfService: boolean };

export function started(state: SupervisorState | null, now: number): SupervisorState {
  return { deaths: state?.deaths ?? 0, startedAt: now };
}

export function died(state: SupervisorState, now: number): Restart {
  const before = now - state.startedAt >= QUIET_MS ? 0 : state.deaths;
  const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(before, 10));
  const deaths = before + 1;
  return { state: { deaths, startedAt: state.startedAt }, waitMs, outOfService: deaths > MOST_DEATHS };
}
