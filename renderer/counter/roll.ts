/** Entering a roll that was torn off while the machines were dead: number by number, each a wish of its own, and what became of each. */
import type { SiteWishFailure } from '../../domain/contracts/site.ts';
import { rollWishes } from '../../domain/queue/decide.ts';
import type { Wishes } from './wishes.ts';

export type Roll = { business: string; first: number; last: number; takenAt: string };
/** @property done numbers entered @property refused which not, and why @property end why it stopped before its last number; null: it did not, or runs */
export type RollStand = { all: number; done: number; refused: readonly { number: number; failure: SiteWishFailure }[]; at: number; running: boolean; end: 'stopped' | 'given-up' | 'signed-out' | 'not-allowed' | 'broken' | 'busy' | null };

/** @param stopped asked before each number @param told after each */
export async function enterRoll(roll: Roll, wishes: Pick<Wishes, 'bring'>, stopped: () => boolean, told: (stand: RollStand) => void): Promise<RollStand> {
  const list = rollWishes(roll);
  let stand: RollStand = { all: list.length, done: 0, refused: [], at: roll.first, running: true, end: null };
  const tell = (change: Partial<RollStand>) => {
    stand = { ...stand, ...change };
    told(stand);
  };
  for (const [index, wish] of list.entries()) {
    const number = roll.first + index;
    if (stopped()) {
      tell({ running: false, end: 'stopped' });
      return stand;
    }
    tell({ at: number });
    const end = await wishes.bring(wish);
    if (end.kind === 'granted') tell({ done: stand.done + 1 });
    else if (end.kind === 'refused') tell({ refused: [...stand.refused, { number, failure: end.failure }] });
    else {
      tell({ running: false, end: end.kind });
      return stand;
    }
  }
  tell({ running: false });
  return stand;
}
