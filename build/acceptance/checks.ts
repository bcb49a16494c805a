import type { DeviceStatus } from '../../domain/contracts/devices.ts';
import type { Clock } from '../../domain/time.ts';
import type { Finding, Watched } from './types.ts';

/** A device that was switched on takes up to a minute to be ready; one that was pulled out is missed within seconds. */
const PATIENCE = 90_000;

/** A check that did not hold, with what was seen instead. */
export class Failed extends Error {}
/** A check that cannot be made on this device. */
export class Skipped extends Error {}

export type Checks = {
  /** Makes one check. A failed one is noted, and the next goes on. @param body says what was seen; throws `Failed` or `Skipped` */
  check(name: string, body: () => Promise<string>): Promise<void>;
  findings: readonly Finding[];
};

export function createChecks(clock: Clock, tell: (finding: Finding) => void): Checks {
  const findings: Finding[] = [];
  return {
    findings,
    async check(name, body) {
      const begun = clock.monotonic();
      const note = (result: Finding['result'], seen: string) => {
        const finding = { check: name, result, seen, seconds: Math.round((clock.monotonic() - begun) / 100) / 10 };
        findings.push(finding);
        tell(finding);
      };
      try {
        note('passed', await body());
      } catch (cause) {
        if (cause instanceof Skipped) note('skipped', cause.message);
        else if (cause instanceof Failed) note('failed', cause.message);
        else throw cause;
      }
    },
  };
}

export function words(status: DeviceStatus): string {
  return status.kind === 'online' ? ['online', ...status.warnings].join(' ') : `${status.kind} ${status.reason}`;
}

/** Resolves with the first status that is as wanted; throws `Failed` with the last one when it does not come in time. */
export function seeStatus(device: Watched, clock: Clock, wanted: (status: DeviceStatus) => boolean): Promise<DeviceStatus> {
  return new Promise((resolve, reject) => {
    let last: DeviceStatus | null = null;
    const end = (settle: () => void) => {
      stopTimer();
      queueMicrotask(() => stop());
      settle();
    };
    const stopTimer = clock.after(PATIENCE, () => end(() => reject(new Failed(`it says ${last === null ? 'nothing' : words(last)}`))));
    const stop = device.watch((status) => {
      last = status;
      if (wanted(status)) end(() => resolve(status));
    });
  });
}
