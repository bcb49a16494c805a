import { readReceiptCode } from '../../../domain/case/receipt-code.ts';
import { readCaseToken } from '../../../domain/case/token.ts';
import type { CodeReading } from '../../../domain/contracts/devices.ts';
import type { CaseDetail } from '../../../domain/contracts/kiosk.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { readMessageToken } from '../../../domain/messages/token.ts';
import { never } from '../../../domain/result.ts';
import { knownState } from '../cases.ts';
import { askUntilDone } from './asking.ts';
import type { ReceiptWords, Visit } from './visit.ts';

/** What a paper opens without a card. */
export type ByPaper = { kind: 'case'; id: CaseId } | { kind: 'message'; id: string };

/**
 * Waits for the code of a receipt, slip or legal paper of ours, and shows each word of the scanner. Ends with the case, or the message, it belongs to.
 * A receipt is a bearer's paper: what it opens is `masked`.
 */
export async function askReceipt(visit: Visit, signal: AbortSignal, on: (found: ByPaper) => Promise<void>): Promise<void> {
  if (visit.config.devices.codeScanner === null) return;
  const show = (words: ReceiptWords) => {
    visit.receipt = words;
    visit.refresh();
  };

  /** @returns whether that was all; `again` once a code was read that opens nothing: the next is waited for at once */
  async function hear(reading: CodeReading): Promise<boolean | 'again'> {
    switch (reading.kind) {
      case 'show-code':
        // What was wrong with the last code stays named until another is read.
        if (visit.receipt.kind === 'not-asked') show(reading);
        return false;
      case 'show-again':
        show(reading);
        return false;
      case 'unavailable':
        show({ kind: 'not-asked' });
        return false;
      case 'read': {
        const found = await caseOfCode(visit, reading.code.text);
        if (signal.aborted) return true;
        if (found.kind !== 'case' && found.kind !== 'message') {
          show(found);
          return 'again';
        }
        visit.log({ event: 'receipt-read', session: visit.state()?.id ?? '', case: found.id });
        await on(found);
        return true;
      }
      default:
        return never(reading);
    }
  }

  await askUntilDone(visit, signal, async (client) => {
    let heard: boolean | 'again' = 'again';
    while (heard === 'again') {
      heard = false;
      for await (const reading of await client.scanCode(undefined, { signal })) {
        heard = signal.aborted || (await hear(reading));
        if (heard !== false) break;
      }
    }
    return heard;
  }, () => show({ kind: 'not-asked' }));
}

/** A slip holds the case's token, a paper the hash of an action besides: one of a case that is here must have it. */
async function caseOfCode({ store }: Pick<Visit, 'store'>, text: string): Promise<ByPaper | { kind: 'other-code' } | { kind: 'not-here' }> {
  const message = readMessageToken(text);
  if (message !== null) return (await store.letters.message(message)) === null ? { kind: 'not-here' } : { kind: 'message', id: message };
  const paper = readReceiptCode(text);
  const id = readCaseToken(paper?.token ?? text);
  if (id === null) return { kind: 'other-code' };
  const actions = await store.log.ofCase(id);
  const genuine = paper === null || actions.some(({ action }) => action.hash === paper.actionHash);
  return genuine && (await knownState(store, id)) !== null ? { kind: 'case', id } : { kind: 'not-here' };
}

/** What whoever holds the receipt may see: where the case is and how long it takes. What was asked, decided or certified is for the person's own card. */
export function masked(detail: CaseDetail): CaseDetail {
  return { ...detail, canPrint: false, canRate: false, canSupplement: false, asks: [], reason: '', certificate: null, rating: null };
}
