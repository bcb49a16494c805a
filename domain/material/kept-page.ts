/** What a page that is kept may weigh, the same for every way it comes in. */

/** The road takes at most 6 MB; a little less leaves room for the message around it. */
export const MOST_PAGE_BYTES = 5.5 * 1024 * 1024;
/** Qualities of a JPEG, 0 … 1, tried in turn until a page is small enough. 0.86 keeps 2 mm print sharp at 200 dpi. */
export const JPEG_QUALITIES = [0.86, 0.72, 0.58] as const;
