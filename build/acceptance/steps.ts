import type { DeviceStatus } from '../../domain/contracts/devices.ts';
import type { Clock } from '../../domain/time.ts';
import { seeStatus, Skipped, words } from './checks.ts';
import type { Deed, Person, Watched } from './types.ts';

/** What the checks of every device are made of. */
export type Steps = {
  online(): Promise<DeviceStatus>;
  gone(): Promise<DeviceStatus>;
  /** The person does it, or the check is skipped. */
  must(deed: Deed): Promise<void>;
  /** Something goes wrong at rest: the device says so, and is back when it is put right. @returns how it said so */
  restored(wrong: Deed, right: Deed): Promise<string>;
};

export function createSteps(device: Watched, { person, clock }: { person: Person; clock: Clock }): Steps {
  const steps: Steps = {
    online: () => seeStatus(device, clock, ({ kind }) => kind === 'online'),
    gone: () => seeStatus(device, clock, ({ kind }) => kind !== 'online'),
    async must(deed) {
      if (!(await person.do(deed))) throw new Skipped('cannot be done on this device');
    },
    async restored(wrong, right) {
      await steps.must(wrong);
      const status = await steps.gone();
      await steps.must(right);
      await steps.online();
      return words(status);
    },
  };
  return steps;
}

/** The next value that is as wanted; null when none came in time. The deed is done once the listening has begun. */
export async function nextOf<Value>(listen: (signal: AbortSignal) => AsyncIterable<Value>, wanted: (value: Value) => boolean, { clock, within, deed }: { clock: Clock; within: number; deed(): Promise<void> }): Promise<Value | null> {
  const limit = new AbortController();
  const heard = (async () => {
    for await (const value of listen(limit.signal)) if (wanted(value)) return value;
    return null;
  })();
  let stopTimer = () => {};
  try {
    await deed();
    stopTimer = clock.after(within, () => limit.abort());
    return await heard;
  } finally {
    stopTimer();
    limit.abort();
  }
}
