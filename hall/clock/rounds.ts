import { drop } from '../../domain/result.ts';
import { type Ground } from '../ground.ts';
import { causeOf } from '../log-events.ts';

/** Between two rounds, milliseconds. The limits that rounds watch are in days; a minute keeps lists and alarms fresh. */
const EVERY = 60_000;

/** Something that is to be looked at again and again. `run` is safe on two servers at once and may be ended at any place. */
export type Sweep = { name: string; run(ground: Ground): Promise<unknown> };

export type Rounds = { /** Ends the round under way and begins no other. */ close(): Promise<void> };

/** Runs every sweep once a minute, one after the other. One that fails is told and hinders no other, and is run again with the next round. */
export function startRounds(ground: Ground, sweeps: readonly Sweep[]): Rounds {
  let closed = false;
  let round: Promise<void> = Promise.resolve();
  let cancel = ground.clock.after(EVERY, begin);

  function begin(): void {
    round = goRound();
    drop(round.then(() => {
      if (!closed) cancel = ground.clock.after(EVERY, begin);
    }));
  }

  async function goRound(): Promise<void> {
    for (const { name, run } of sweeps) {
      if (closed) return;
      try {
        await run(ground);
      } catch (cause) {
        ground.log({ event: 'failed', where: `round ${name}`, cause: causeOf(cause) });
      }
    }
  }

  return {
    async close() {
      closed = true;
      cancel();
      await round;
    },
  };
}
