import { useState } from 'react';
import type { BoardView, RatingView } from '../../domain/contracts/site.ts';
import { after } from '../site/after.ts';
import type { LineStand, Word } from '../site/line.ts';
import type { About, Site } from '../site/machines.ts';
import type { Ring } from '../site/ring.ts';
import { useLine } from '../site/use-line.ts';

/** The road to the site's machines. Any of them answers everything; which one does not matter. */
export type BoardRoad = { ring: Ring; site(origin: string): Site };

/** @property about null before the first machine answered @property stand `heard` is by the page's own counter; null: nothing was heard, and nobody was missed yet */
export type BoardLine<View> = { stand: LineStand<View> | null; about: About | null };

/** A screen that nobody may touch goes on looking, whatever it is answered. */
function useScreenLine<View>({ ring, site }: BoardRoad, key: string, listen: (machine: Site, signal: AbortSignal) => Promise<AsyncIterable<Word<View>>>): BoardLine<View> {
  const [about, setAbout] = useState<About | null>(null);
  const stand = useLine<View>({ ring, after, now: counterOfPage }, key, async (origin, signal) => {
    const told = await site(origin).about(undefined, { signal });
    ring.learn(told.machines.map(({ page }) => page));
    setAbout(told);
    return listen(site(origin), signal);
  }, null);
  return { stand, about };
}

export function useBoardLine(road: BoardRoad): BoardLine<BoardView> {
  return useScreenLine(road, 'board', (machine, signal) => machine.board(undefined, { signal }));
}

export function useRatingLine(road: BoardRoad, window: number): BoardLine<RatingView> {
  return useScreenLine(road, `rating ${window}`, (machine, signal) => machine.rating({ window }, { signal }));
}

/** Milliseconds; a clock that is set does not move it. */
function counterOfPage(): number {
  return performance.now();
}
