import type { DeviceStates } from '../../domain/contracts/devices.ts';
import { SelfTest } from '../../domain/contracts/fleet.ts';
import { findingsOf, type SelfTestFacts } from '../../domain/fleet/self-test.ts';
import { drop } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { isFull } from '../../sync/store/index.ts';
import type { TerminalStore } from '../../sync/terminal-store/types.ts';
import { dailyAt } from './daily.ts';
import type { DevicesRoad } from './devices-road.ts';
import type { CoreLog } from './log.ts';

const CURSOR = 'self-test';
/** A line that is slow tells nothing more after so long: the rest of the outcome is worth more than its word. */
const LINE_MS = 60_000;

export type SelfTests = {
  /** The last outcome, over restarts; null before the first. */
  last(): SelfTest | null;
  running(): boolean;
  /** Begins one, unless one is running. @returns whether it began */
  start(): boolean;
  stop(): void;
};

/**
 * Looks at everything that a citizen will need, once a day and when the caretaker asks. It prints nothing and moves nothing.
 * @param parts.at time of day `HH:MM` in China; null: only when asked
 */
export async function createSelfTests(parts: {
  at: string | null; store: Pick<TerminalStore, 'cursors'>; devices: Pick<DevicesRoad, 'current'>; clock: Clock; log: CoreLog; busy(): boolean;
  /** Speaks to the hall once, as far as the line allows. */
  contact(): Promise<unknown>;
  facts(): Promise<SelfTestFacts>;
  /** Told when one begins, and when its outcome is there. */
  changed(): void;
}): Promise<SelfTests> {
  const { store: { cursors }, devices, clock, log } = parts;
  const kept = SelfTest.safeParse(await cursors.get(CURSOR));
  let last = kept.success ? kept.data : null;
  let running: Promise<void> | null = null;

  async function lookAtDevices(): Promise<DeviceStates | null> {
    try {
      return (await devices.current()?.client.lookAtDevices()) ?? null;
    } catch {
      // The host went away: that its devices are off-line says the report.
      return null;
    }
  }

  /** The hall, for as long as it is worth waiting for. */
  function contact(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const cancel = clock.after(LINE_MS, () => resolve(null));
      parts.contact().then(resolve, reject).finally(cancel);
    });
  }

  async function run(): Promise<void> {
    await Promise.all([lookAtDevices(), contact()]);
    const findings = findingsOf(await parts.facts());
    last = { at: new Date(clock.now()).toISOString(), findings };
    const faults = findings.filter(({ result }) => result === 'fault').map(({ check, reasons }) => `${check} ${reasons.join(' ')}`);
    log({ event: 'self-test', checks: findings.length, faults });
    try {
      await cursors.set(CURSOR, last);
    } catch (cause) {
      // A full disk is one of its findings; until a restart core knows the outcome without it.
      if (!isFull(cause)) throw cause;
    }
  }

  function begin(): Promise<void> {
    running ??= run().finally(() => {
      running = null;
      parts.changed();
    });
    parts.changed();
    return running;
  }

  const stop = parts.at === null ? () => {} : dailyAt({ clock, busy: parts.busy }, parts.at, () => last?.at ?? null, begin);
  return {
    last: () => last,
    running: () => running !== null,
    start() {
      if (running !== null) return false;
      drop(begin());
      return true;
    },
    stop,
  };
}
