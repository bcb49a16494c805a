import type { CardReading } from '../../../domain/contracts/devices.ts';
import type { CardHolder } from '../../../domain/identity/card-holder.ts';
import { drop, never } from '../../../domain/result.ts';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import type { Card, Visit } from './visit.ts';

/** Waits this long before asking a device host that is just starting again. */
const HOST_WAIT_MS = 1000;

/**
 * Asks for the card while the visit stands at `identify`, and shows each word of the reader. Ends when the card was read, when it
 * cannot be read here, or when `stop` is called. A device host that dies in the middle is asked again when it is back.
 */
export type Identity = { start(): void; stop(): void };

export function createIdentity(visit: Visit, onHolder: (holder: CardHolder, signal: AbortSignal) => Promise<void>): Identity {
  let asking: AbortController | null = null;

  function show(card: Card): void {
    visit.card = card;
    visit.refresh();
  }

  async function ask(signal: AbortSignal): Promise<void> {
    show({ kind: 'place-card' });
    while (!signal.aborted) {
      const host = visit.devices.current();
      if (host === null) {
        show({ kind: 'unavailable', reason: 'host-starting' });
        await pause(signal);
        continue;
      }
      try {
        for await (const reading of await host.client.readCard(undefined, { signal })) {
          if (signal.aborted) return;
          if (await hear(reading, signal)) return;
        }
        // The reader said `unavailable` or `unrecognised`: it is asked again, so that another card or a re-plugged reader is noticed.
        await pause(signal);
      } catch {
        // The host died, or the visit left the step: the loop's condition tells which.
        if (!signal.aborted) await pause(signal);
      }
    }
  }

  async function hear(reading: CardReading, signal: AbortSignal): Promise<boolean> {
    switch (reading.kind) {
      case 'place-card':
      case 'reading':
      case 'place-again':
        // A card that was refused stays named until it is lifted and another is read.
        if (reading.kind !== 'place-card' || (visit.card.kind !== 'unrecognised' && visit.card.kind !== 'expired')) show({ kind: reading.kind });
        return false;
      case 'unrecognised':
        visit.log({ event: 'card-refused', session: visit.state()?.id ?? '', why: `reader-${reading.status}` });
        show({ kind: 'unrecognised' });
        return false;
      case 'unavailable':
        show({ kind: 'unavailable', reason: reading.status.kind === 'online' ? 'starting' : reading.status.reason });
        return false;
      case 'read': {
        if (isExpired(reading.holder, visit.clock.now())) {
          visit.log({ event: 'card-refused', session: visit.state()?.id ?? '', why: 'expired' });
          show({ kind: 'expired' });
          return false;
        }
        visit.log({ event: 'card-read', session: visit.state()?.id ?? '', card: reading.holder.card, samId: reading.samId });
        visit.card = { kind: 'not-asked' };
        await onHolder(reading.holder, signal);
        return true;
      }
      default:
        return never(reading);
    }
  }

  function pause(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const cancel = visit.clock.after(HOST_WAIT_MS, resolve);
      signal.addEventListener('abort', () => {
        cancel();
        resolve();
      }, { once: true });
    });
  }

  return {
    start() {
      if (asking !== null) return;
      const mine = new AbortController();
      asking = mine;
      drop(ask(mine.signal).finally(() => {
        if (asking === mine) asking = null;
      }));
    },
    stop() {
      asking?.abort();
      asking = null;
      visit.card = { kind: 'not-asked' };
    },
  };
}

/** A card is good through the whole of its last day, by China's date; 长期 never ends. */
export function isExpired(holder: CardHolder, now: number): boolean {
  return holder.validTo !== null && holder.validTo < civilDate(now);
}
