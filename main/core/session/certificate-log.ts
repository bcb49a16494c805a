import type { PrintEntry } from '../../../domain/print-ledger/types.ts';
import { isFull } from '../../../sync/store/index.ts';
import { actionsOf } from '../cases.ts';
import type { Printing } from '../printing.ts';
import type { Visit } from './visit.ts';

/** Tells the case log what became of certificates: one that came out, or may have, must be known to the hall as an original that exists. */
export type CertificateLog = {
  /** Says it once, however often it is told; without room on the disk it waits. */
  say(entry: PrintEntry): Promise<void>;
  /** Says what waits, as far as there is room. */
  sayWaiting(): Promise<void>;
  waiting(): number;
};

export function createCertificateLog({ store, nudge }: Pick<Visit, 'store' | 'nudge'>, { numberOf }: Pick<Printing['blanks'], 'numberOf'>): CertificateLog {
  let unsaid: PrintEntry[] = [];

  async function append(entry: PrintEntry): Promise<void> {
    const { state, licence } = entry;
    if (entry.paper !== 'certificate' || (state !== 'printed' && state !== 'unknown' && state !== 'not-printed')) return;
    const actions = await actionsOf(store, entry.case);
    const [first] = actions;
    const said = actions.flatMap(({ payload }) => (payload.kind === 'result-printed' ? [payload.outcome] : [])).at(-1);
    // That nothing came out is news only to a hall that was told that something may have.
    if (first === undefined || said === state || (state === 'not-printed' && said !== 'unknown')) return;
    const blank = entry.blank === null ? null : numberOf(entry.blank);
    await store.log.append({ case: entry.case, item: first.item, actor: { kind: 'machine' }, payload: { kind: 'result-printed', licence, outcome: state, ...(blank === null ? {} : { blank }) } });
    nudge();
  }

  async function say(entry: PrintEntry): Promise<void> {
    try {
      await append(entry);
    } catch (cause) {
      if (!isFull(cause)) throw cause;
      unsaid.push(entry);
    }
  }

  return {
    say,
    async sayWaiting() {
      const waiting = unsaid;
      unsaid = [];
      for (const entry of waiting) await say(entry);
    },
    waiting: () => unsaid.length,
  };
}
