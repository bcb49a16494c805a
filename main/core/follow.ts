import { drop } from '../../domain/result.ts';
import type { DevicesClient, DevicesRoad } from './devices-road.ts';

/**
 * Listens to one stream of the device host for as long as core lives: to that of each host that comes, until it goes. The answer ends it.
 * @param told.gone what was told is of a host that is gone, or nobody tells any more
 */
export function follow<Word>(devices: Pick<DevicesRoad, 'current' | 'onConnected'>, open: (client: DevicesClient, signal: AbortSignal) => Promise<AsyncIterable<Word>>, told: { hear(word: Word): void; gone(): void }): () => void {
  const over = new AbortController();

  async function listen(): Promise<void> {
    const host = devices.current();
    if (host === null) return;
    told.gone();
    const isCurrent = () => devices.current() === host && !over.signal.aborted;
    try {
      for await (const word of await open(host.client, over.signal)) {
        // Another host is here already and is listened to by itself.
        if (!isCurrent()) return;
        told.hear(word);
      }
    } catch {
      // The port closed: the host is gone, and the shell is starting another.
    }
    if (!over.signal.aborted && (devices.current() ?? host) === host) told.gone();
  }

  const stop = devices.onConnected(() => drop(listen()));
  drop(listen());
  return () => {
    stop();
    over.abort();
  };
}
