import type { BoardEvent } from '../../domain/contracts/board.ts';
import type { Clock } from '../../domain/time.ts';
import type { DevicesRoad } from './devices-road.ts';
import { follow } from './follow.ts';
import { createTold, type Told } from './told.ts';

/** Whether the person who stood before the machine has gone, as its board's sensor sees it. */
export type Presence = {
  /**
   * When the sensor saw somebody go, by the machine's clock; null: somebody is here, or nobody can say. A sensor that has seen nobody yet says nothing:
   * whoever sits low or stands aside is here all the same.
   */
  left: Told<number | null>;
  close(): void;
};

export function followPresence({ devices, clock }: { devices: Pick<DevicesRoad, 'current' | 'onConnected'>; clock: Clock }): Presence {
  const left = createTold<number | null>(null);
  let near = false;

  function hear(event: BoardEvent): void {
    if (event.kind === 'lost') return unknown();
    if (event.kind !== 'presence' || event.near === near) return;
    ({ near } = event);
    left.tell(near ? null : clock.now());
  }

  function unknown(): void {
    near = false;
    if (left.get() !== null) left.tell(null);
  }

  return { left, close: follow(devices, (client, signal) => client.boardEvents(undefined, { signal }), { hear, gone: unknown }) };
}
