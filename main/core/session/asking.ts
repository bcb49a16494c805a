import type { DevicesClient } from '../devices-road.ts';
import type { Visit } from './visit.ts';

/** Waits this long before asking a device host that is just starting again. */
const HOST_WAIT_MS = 1000;

/**
 * Asks a device of the visit's machine again and again: a host that dies in the middle is asked anew when it is back, and a device that
 * gave up is tried once more, so that a re-plugged one is noticed.
 * @param ask answers whether that was all
 * @param noHost tells that there is nobody to ask
 */
export async function askUntilDone(visit: Pick<Visit, 'devices' | 'clock'>, signal: AbortSignal, ask: (client: DevicesClient) => Promise<boolean>, noHost: () => void): Promise<void> {
  while (!signal.aborted) {
    const host = visit.devices.current();
    if (host === null) {
      noHost();
    } else {
      try {
        if (await ask(host.client)) return;
      } catch {
        // The host died, or the visit left the step: the loop's condition tells which.
      }
    }
    if (!signal.aborted) await pause(visit, signal);
  }
}

function pause(visit: Pick<Visit, 'clock'>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const cancel = visit.clock.after(HOST_WAIT_MS, resolve);
    signal.addEventListener('abort', () => {
      cancel();
      resolve();
    }, { once: true });
  });
}
