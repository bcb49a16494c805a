/** A cut-out of a picture, as shares 0 … 1 of its sides. */
export type Crop = { left: number; top: number; right: number; bottom: number };
export type Corner = 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right';
export const CORNERS: readonly Corner[] = ['top-left', 'top-right', 'bottom-left', 'bottom-right'];

export const WHOLE: Crop = { left: 0, top: 0, right: 1, bottom: 1 };
/** What the camera screen begins with: document cameras lay the sheet in the middle with a margin of table. */
export const USUAL: Crop = { left: 0.04, top: 0.04, right: 0.96, bottom: 0.96 };
/** Less than a tenth of the picture is a slip of the finger, not a document. */
const LEAST = 0.1;

const within = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** Moves one corner to a place; the opposite corner stays, and the cut-out keeps its least size. */
export function moveCorner(crop: Crop, corner: Corner, x: number, y: number): Crop {
  const next = { ...crop };
  if (corner.endsWith('left')) next.left = within(x, 0, crop.right - LEAST);
  else next.right = within(x, crop.left + LEAST, 1);
  if (corner.startsWith('top')) next.top = within(y, 0, crop.bottom - LEAST);
  else next.bottom = within(y, crop.top + LEAST, 1);
  return next;
}

/** Every side in (`by` > 0) or out: the way to crop without dragging. */
export function shrink(crop: Crop, by: number): Crop {
  const next = { left: within(crop.left + by, 0, 1), top: within(crop.top + by, 0, 1), right: within(crop.right - by, 0, 1), bottom: within(crop.bottom - by, 0, 1) };
  return next.right - next.left < LEAST || next.bottom - next.top < LEAST ? crop : next;
}

export function cornerPlace(crop: Crop, corner: Corner): { x: number; y: number } {
  return { x: corner.endsWith('left') ? crop.left : crop.right, y: corner.startsWith('top') ? crop.top : crop.bottom };
}
