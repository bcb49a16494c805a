import { useCallback, useEffect, useState } from 'react';
import type { BoardView, RatingView } from '../../domain/contracts/site.ts';
import { windowClock } from './clock.ts';
import { followLine, type Heard, type LineState } from './line.ts';
import type { About, Site } from './site.ts';

/** @property about null before the first machine answered @property heardAt of `last`, by the page's own counter */
export type Line<View> = LineState<View> & { about: About | null; heardAt: number };

const NOTHING = { last: null, silent: false, about: null, heardAt: 0 } as const;

type Open<View> = (origin: string, signal: AbortSignal) => Promise<AsyncIterable<Heard<View>>>;

function useLine<View>(site: Site, open: Open<View>): Line<View> {
  const [line, setLine] = useState<Line<View>>(NOTHING);
  useEffect(() => followLine<View>({
    machines: site.machines, clock: windowClock,
    async open(origin, signal) {
      const about = await site.about(origin, signal);
      setLine((now) => ({ ...now, about }));
      return open(origin, signal);
    },
    tell: (state) => setLine((now) => ({ ...now, ...state, heardAt: state.silent ? now.heardAt : performance.now() })),
  }), [site, open]);
  return line;
}

export function useBoardLine(site: Site): Line<BoardView> {
  return useLine(site, useCallback<Open<BoardView>>((origin, signal) => site.client(origin).board(undefined, { signal }), [site]));
}

export function useRatingLine(site: Site, window: number): Line<RatingView> {
  return useLine(site, useCallback<Open<RatingView>>((origin, signal) => site.client(origin).rating({ window }, { signal }), [site, window]));
}
