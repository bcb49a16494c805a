import type { CardReading } from '../../../domain/contracts/devices.ts';
import type { CardHolder } from '../../../domain/identity/card-holder.ts';
import { drop, never } from '../../../domain/result.ts';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { askUntilDone } from './asking.ts';
import { askReceipt, type ByPaper } from './receipt.ts';
import type { Card, Visit } from './visit.ts';

/**
 * Asks for the card while the visit stands at `identify` or `second-card`, and shows each word of the reader; who comes to look at a case may show its
 * receipt instead. Ends when one of them was read, or when `stop` is called.
 */
export type Identity = { start(): void; stop(): void };

/** @param on told while `signal` says that the visit still wants to know */
export function createIdentity(visit: Visit, on: { /** What speaks against a card, beside its age. */ against(holder: CardHolder): Promise<Card | null>; holder(holder: CardHolder, signal: AbortSignal): Promise<void>; receipt(found: ByPaper, signal: AbortSignal): Promise<void> }): Identity {
  let asking: AbortController | null = null;

  function show(card: Card): void {
    visit.card = card;
    visit.refresh();
  }

  async function askCard(signal: AbortSignal): Promise<void> {
    show({ kind: 'place-card' });
    await askUntilDone(visit, signal, async (client) => {
      for await (const reading of await client.readCard(undefined, { signal })) {
        if (signal.aborted || (await hear(reading, signal))) return true;
      }
      // The reader said `unavailable` or `unrecognised`: it is asked again, so that another card is noticed.
      return false;
    }, () => show({ kind: 'unavailable', reason: 'host-starting' }));
  }

  async function hear(reading: CardReading, signal: AbortSignal): Promise<boolean> {
    switch (reading.kind) {
      case 'place-card':
      case 'reading':
      case 'place-again':
        // A card that was refused stays named until it is lifted and another is read.
        if (reading.kind !== 'place-card' || !REFUSED.has(visit.card.kind)) show({ kind: reading.kind });
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
        const against = await on.against(reading.holder);
        if (signal.aborted) return true;
        if (against !== null) {
          visit.log({ event: 'card-refused', session: visit.state()?.id ?? '', why: against.kind });
          show(against);
          return false;
        }
        visit.log({ event: 'card-read', session: visit.state()?.id ?? '', card: reading.holder.card, samId: reading.samId });
        visit.card = { kind: 'not-asked' };
        await on.holder(reading.holder, signal);
        stop();
        return true;
      }
      default:
        return never(reading);
    }
  }

  function stop(): void {
    asking?.abort();
    asking = null;
    visit.card = { kind: 'not-asked' };
    visit.receipt = { kind: 'not-asked' };
  }

  return {
    start() {
      if (asking !== null) return;
      const { signal } = asking = new AbortController();
      drop(askCard(signal));
      const errand = visit.state()?.errand;
      if (errand === 'progress' || errand === 'talk') {
        drop(askReceipt(visit, signal, async (found) => {
          await on.receipt(found, signal);
          stop();
        }));
      }
    },
    stop,
  };
}

/** Words that stay until the card they are about is lifted and another is read. */
const REFUSED: ReadonlySet<Card['kind']> = new Set(['unrecognised', 'expired', 'minor', 'same-person']);

/** A card is good through the whole of its last day, by China's date; 长期 never ends. */
export function isExpired(holder: CardHolder, now: number): boolean {
  return holder.validTo !== null && holder.validTo < civilDate(now);
}
