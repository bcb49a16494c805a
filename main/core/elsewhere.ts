import type { Elsewhere, ElsewhereWish } from '../../domain/contracts/kiosk.ts';
import type { MachineReport } from '../../domain/contracts/fleet.ts';
import { offShelf, type Shelf } from '../../domain/catalogue/shelf.ts';
import type { Neighbour } from '../../domain/fleet/neighbour.ts';
import { nearest } from '../../domain/fleet/nearest.ts';
import { type Capability, needsOf, worksOf } from '../../domain/fleet/works.ts';
import type { MachineId } from '../../domain/ids.ts';
import type { Item } from '../../domain/item/types.ts';
import { never } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import type { TerminalStore } from '../../sync/terminal-store/types.ts';

/**
 * Finds where else something can be begun, from what the hall told last: with the line cut, too. Progress, certificates and ratings are not looked for: a machine
 * knows only the cases that were handed in at it, and whoever went to another would have gone for nothing.
 */
export type ElsewhereFinder = { find(wish: ElsewhereWish): Promise<Elsewhere | null> };

export function createElsewhereFinder(options: {
  store: Pick<TerminalStore, 'neighbours' | 'time'>; clock: Clock; machine: MachineId;
  item(code: string): Promise<Item | null>; report(): Promise<MachineReport>; shelf(): Promise<Shelf>;
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
      default:
        return never(wish);
    }
  }

  return {
    async find(wish) {
      const wanted = await needs(wish);
      const here = new Set<string>(worksOf(await options.report()));
      const { rules } = await options.shelf();
      const neighbours = await store.neighbours.all();
      // The hall's clock says when others reported; this one may be off by what was seen at the last contact.
      const now = options.clock.now() - (store.time.evidence().drift?.offset ?? 0);
      const offered = ({ machine: at, place }: Neighbour) => wish.kind !== 'item' || offShelf(rules, { item: wish.code, site: place?.site ?? '', machine: at, machineType: '', operator: null, at: now }) === null;
      const offeredHere = neighbours.every((one) => one.machine !== machine || offered(one));
      if (offeredHere && wanted.at(-1)?.every((word) => here.has(word)) === true) return null;
      // This machine's own line stays: it says from where the way is measured.
      const list = neighbours.filter((one) => one.machine === machine || offered(one));
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
