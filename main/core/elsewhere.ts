import type { Elsewhere, ElsewhereWish } from '../../domain/contracts/kiosk.ts';
import type { MachineReport } from '../../domain/contracts/fleet.ts';
import { nearest } from '../../domain/fleet/nearest.ts';
import { type Capability, needsOf, worksOf } from '../../domain/fleet/works.ts';
import type { MachineId, PrintId } from '../../domain/ids.ts';
import type { Item } from '../../domain/item/types.ts';
import type { PrintEntry } from '../../domain/print-ledger/types.ts';
import { never } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import type { TerminalStore } from '../../sync/terminal-store/types.ts';
import { knownState } from './cases.ts';

/** Finds where else something can be done, from what the hall told last: with the line cut, too. */
export type ElsewhereFinder = { find(wish: ElsewhereWish): Promise<Elsewhere | null> };

/** No other machine prints these either: its fonts are the same, and what was given up stays so. */
const SAME_EVERYWHERE = new Set(['missing-glyph', 'cancelled', 'cancelled-at-printer']);

/** @param options.entry a paper of this visit; null: it is none */
export function createElsewhereFinder(options: {
  store: Pick<TerminalStore, 'neighbours' | 'time' | 'log'>; clock: Clock; machine: MachineId;
  item(code: string): Promise<Item | null>; entry(print: PrintId): Promise<PrintEntry | null>; report(): Promise<MachineReport>;
}): ElsewhereFinder {
  const { store, machine } = options;

  /** What is needed, the best first: a machine that can do the last of it is better than none. Empty: no machine helps. */
  async function needs(wish: ElsewhereWish): Promise<Capability[][]> {
    switch (wish.kind) {
      case 'item': {
        const item = await options.item(wish.code);
        if (item === null || item.state !== 'active') return [];
        const { toFinish, toHandIn } = needsOf(item);
        return [toFinish, toHandIn];
      }
      case 'identify':
        return [['read-cards']];
      case 'print-results':
        return [['read-cards', 'print-papers']];
      case 'paper': {
        const entry = await options.entry(wish.print);
        // Slips and receipts are only printed where the case was handed in.
        if (entry === null || entry.paper !== 'certificate' || entry.state !== 'not-printed' || SAME_EVERYWHERE.has(entry.reason)) return [];
        const template = (await knownState(store, entry.case))?.certificate?.template;
        return template === undefined ? [] : [['read-cards', `print-${template}`]];
      }
      default:
        return never(wish);
    }
  }

  return {
    async find(wish) {
      const wanted = await needs(wish);
      const here = new Set<string>(worksOf(await options.report()));
      if (wanted.at(-1)?.every((word) => here.has(word)) === true) return null;
      const list = await store.neighbours.all();
      // The hall's clock says when others reported; this one may be off by what was seen at the last contact.
      const now = options.clock.now() - (store.time.evidence().drift?.offset ?? 0);
      for (const need of wanted) {
        const found = nearest({ need, own: machine, list, now });
        if (found === null) continue;
        const { site, address, metres, opening, asOf } = found;
        return { site, address, metres, opening, asOf, now: new Date(now).toISOString() };
      }
      return null;
    },
  };
}
