import type { PowerState } from '../../domain/contracts/ups.ts';
import type { Clock } from '../../domain/time.ts';
import type { DevicesRoad } from './devices-road.ts';
import { follow } from './follow.ts';
import { createTold, type Told } from './told.ts';

/** What the machine lives on, as far as somebody says so: without a UPS, and until one has spoken, on the mains. What a UPS that went silent said last stays. */
export type Power = {
  kinds: Told<PowerState['kind']>;
  /** Since when the battery is nearly empty, by the machine's clock; null: it is not. */
  endsSince(): number | null;
  /** When it last ceased to be; 0: it never was. */
  backAt(): number;
  close(): void;
};

export function followPower({ devices, clock }: { devices: Pick<DevicesRoad, 'current' | 'onConnected'>; clock: Clock }): Power {
  const kinds = createTold<PowerState['kind']>('mains');
  let endsSince: number | null = null;
  let backAt = 0;

  function hear({ kind }: PowerState): void {
    if (kind === kinds.get()) return;
    if (kinds.get() === 'critical') backAt = clock.now();
    endsSince = kind === 'critical' ? clock.now() : null;
    kinds.tell(kind);
  }

  return {
    kinds,
    endsSince: () => endsSince,
    backAt: () => backAt,
    // A device host that died is no power cut, and no end of one.
    close: follow(devices, (client, signal) => client.power(undefined, { signal }), { hear, gone: () => {} }),
  };
}
