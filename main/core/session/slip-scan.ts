import { drop } from '../../../domain/result.ts';
import { askUntilDone } from './asking.ts';
import type { Visit } from './visit.ts';

/** Waits for a slip to go on with while the visit stands at `resume`, and shows each word of the scanner. */
export type SlipScan = { start(): void; stop(): void };

/** @param take what was read; answers whether it was a slip of ours. Asked while `signal` says that the visit still wants to know */
export function createSlipScan(visit: Visit, take: (text: string, signal: AbortSignal) => Promise<boolean>): SlipScan {
  let asking: AbortController | null = null;
  const show = (word: Visit['slip']) => {
    visit.slip = word;
    visit.refresh();
  };

  async function ask(signal: AbortSignal): Promise<void> {
    show('show-code');
    await askUntilDone(visit, signal, async (client) => {
      let again = true;
      while (again && !signal.aborted) {
        again = false;
        for await (const reading of await client.scanCode(undefined, { signal })) {
          if (signal.aborted) return true;
          if (reading.kind === 'show-again') show('show-again');
          if (reading.kind !== 'read') continue;
          if (await take(reading.code.text, signal)) return true;
          show('other-code');
          // The next is waited for at once: a person turns the paper over.
          again = true;
        }
      }
      return signal.aborted;
    }, () => {});
  }

  return {
    start() {
      if (asking !== null || visit.config.devices.codeScanner === null) return;
      asking = new AbortController();
      drop(ask(asking.signal));
    },
    stop() {
      asking?.abort();
      asking = null;
      visit.slip = 'not-asked';
    },
  };
}
