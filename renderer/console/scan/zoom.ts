/** How big a page stands on the desk. `fit` and `width` follow the window; a number is the share of the scan's own size. */
export type Zoom = 'fit' | 'width' | number;
export type Size = { width: number; height: number };

/** Each step is a quarter: three of them double a page's width, about what it takes to read small print. */
const STEP = 1.25;
const SMALLEST = 0.05;
const LARGEST = 8;
/** Room that stays free around a page, in pixels. */
export const MARGIN = 16;

/** A page's size once it is turned. @param turn quarters clockwise */
export function turned(size: Size, turn: number): Size {
  return turn % 2 === 0 ? size : { width: size.height, height: size.width };
}

/** The factor from the scan's own pixels to the screen's. */
export function scaleOf(zoom: Zoom, page: Size, window: Size): number {
  if (page.width === 0 || page.height === 0) return 1;
  const across = Math.max(window.width - 2 * MARGIN, 1) / page.width;
  if (typeof zoom === 'number') return zoom;
  return zoom === 'width' ? across : Math.min(across, Math.max(window.height - 2 * MARGIN, 1) / page.height);
}

/** One step larger or smaller than what is seen now. */
export function stepped(scale: number, direction: 1 | -1): number {
  return Math.min(Math.max(scale * STEP ** direction, SMALLEST), LARGEST);
}
