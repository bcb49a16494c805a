import type { MachineReport } from '../../domain/contracts/fleet.ts';
import type { Clock } from '../../domain/time.ts';
import type { Run, RunFailure } from '../types.ts';

/** A report that has not changed is said again after this time, milliseconds: the hall sees that it still holds. */
const SAY_AGAIN = 3_600_000;

export type Reporter = { send(run: Run): Promise<RunFailure | null> };

/** Tells the hall how this machine is, when that has changed. @param make the report of now */
export function createReporter(clock: Clock, make: () => Promise<MachineReport>): Reporter {
  let said: { what: string; at: number } | null = null;
  return {
    async send({ transport, signal }) {
      const report = await make();
      const what = JSON.stringify({ ...report, at: null });
      if (said?.what === what && clock.monotonic() - said.at < SAY_AGAIN) return null;
      const answer = await transport.report(report, { signal });
      // Only a line that is gone ends the run: what a hall cannot take of this must not keep it from the rest.
      if (!answer.ok) return answer.error.kind === 'unreachable' ? answer.error : null;
      said = { what, at: clock.monotonic() };
      return null;
    },
  };
}
