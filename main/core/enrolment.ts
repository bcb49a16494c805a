import { drop } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import type { Sync } from '../../sync/types.ts';
import type { CoreLog } from './log.ts';

/** A machine that waits to be enrolled is being installed: the technician stands beside it. */
const TRY_AGAIN_MS = 5000;

/** Enrols a machine that is bound to no hall yet, again and again until the hall answers; then the sync may start. */
export function enrol(options: { sync: Sync; code: string; publicKey: string; machine: string; clock: Clock; log: CoreLog; done(): void }): () => void {
  const { sync, log } = options;
  let cancel = () => {};
  let stopped = false;

  async function attempt(): Promise<void> {
    const isEnrolled = (await sync.hallKeys()) !== null;
    if (stopped) return;
    if (isEnrolled) return options.done();
    const answer = await sync.enrol({ code: options.code, publicKey: options.publicKey });
    if (stopped) return;
    if (answer.ok) {
      log({ event: 'enrolled', machine: options.machine });
      return options.done();
    }
    log({ event: 'enrolment-failed', why: answer.error.kind });
    // A wrong code stays wrong, but county IT may make the machine a new one at any moment, so it keeps asking.
    cancel = options.clock.after(TRY_AGAIN_MS, () => drop(attempt()));
  }

  drop(attempt());
  return () => {
    stopped = true;
    cancel();
  };
}
