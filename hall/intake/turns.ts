import type { MachineId } from '../../domain/ids.ts';
import type { Clock } from '../../domain/time.ts';

/** Milliseconds until an early batch looks again by itself, for another server may take the one before it; each look doubles them. */
const LOOK_AGAIN = 20;
/** Longest that an early batch waits, milliseconds: well within what a terminal waits for an answer. */
const LONGEST = 10_000;

/**
 * Lets a batch wait for the one before it. A terminal on a good line has two on the way, so that the second is checked while the first is written;
 * on two connections nothing says that they arrive in their order.
 */
export type Turns = {
  /** Does `work` again until it is no longer `early`. What it says after `LONGEST` is the answer, whatever it is. */
  run<Value>(machine: MachineId, work: () => Promise<Value | 'early'>): Promise<Value | 'early'>;
};

export function createTurns(clock: Clock): Turns {
  /** By machine, what opens when its next batch is taken here. */
  const gates = new Map<MachineId, Gate>();

  function gateOf(machine: MachineId): Gate {
    const gate = gates.get(machine) ?? createGate();
    gates.set(machine, gate);
    return gate;
  }

  return {
    async run(machine, work) {
      const until = clock.monotonic() + LONGEST;
      for (let wait = LOOK_AGAIN; ; wait *= 2) {
        // Before the work, so that a batch which is taken during it is not missed.
        const { opened } = gateOf(machine);
        const done = await work();
        if (done !== 'early') {
          gates.get(machine)?.open();
          gates.delete(machine);
          return done;
        }
        if (clock.monotonic() >= until) return done;
        await new Promise<void>((resolve) => {
          const cancel = clock.after(wait, resolve);
          void opened.then(() => {
            cancel();
            resolve();
          });
        });
      }
    },
  };
}

type Gate = { opened: Promise<void>; open(): void };

function createGate(): Gate {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}
