import { addNaturalDays } from './civil-date.ts';

/** A stretch of civil days, both ends in it. */
export type Stretch = { from: string; to: string };

/**
 * A stretch as the whole months in it and what is left of days before and after.
 * @returns `months`: first days of the first and the last whole month, null without any; `days`: at most two stretches, none of them empty
 */
export function inMonths({ from, to }: Stretch): { days: Stretch[]; months: Stretch | null } {
  const first = from.endsWith('-01') ? from : nextMonth(from);
  // The day after the stretch begins the first month that is not whole.
  const end = `${addNaturalDays(to, 1).slice(0, 7)}-01`;
  if (first >= end) return { days: from <= to ? [{ from, to }] : [], months: null };
  const days = [{ from, to: addNaturalDays(first, -1) }, { from: end, to }].filter((stretch) => stretch.from <= stretch.to);
  return { days, months: { from: first, to: `${addNaturalDays(end, -1).slice(0, 7)}-01` } };
}

/** First day of the month after a day's. */
function nextMonth(date: string): string {
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))];
  return month === 12 ? `${year + 1}-01-01` : `${date.slice(0, 5)}${String(month + 1).padStart(2, '0')}-01`;
}
