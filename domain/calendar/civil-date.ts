/**
 * Civil dates `YYYY-MM-DD` as plain text, reckoned without any time zone of the machine. China has one zone, UTC+8, and no summer time
 * for any instant this product meets.
 */
const DAY = 86_400_000;
const UTC_PLUS_8 = 8 * 3_600_000;

/** Days that were reckoned, both ways: counting a limit asks for the same few hundred again and again. As many as fifty years have. */
const MOST_KEPT = 20_000;
const numbers = new Map<string, number>();
const dates = new Map<number, string>();

function keep<Key, Value>(kept: Map<Key, Value>, key: Key, value: Value): Value {
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(key, value);
  return value;
}

/** Whether the three numbers name a day of the Gregorian calendar. */
export function isRealDate(year: number, month: number, day: number): boolean {
  if (![year, month, day].every(Number.isInteger) || year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const length = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day <= length;
}

/** `20260930` → `2026-09-30`, the eight digits of identity numbers and card chips; null when they name no day. */
export function dateOfDigits(digits: string): string | null {
  if (!/^\d{8}$/.test(digits)) return null;
  const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)];
  return isRealDate(Number(year), Number(month), Number(day)) ? `${year}-${month}-${day}` : null;
}

/** Whether the text is a civil date. */
export function isCivilDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && dateOfDigits(text.replaceAll('-', '')) !== null;
}

/** Days since 1970-01-01. A text that is no civil date is a bug. */
export function dayNumber(date: string): number {
  const known = numbers.get(date);
  if (known !== undefined) return known;
  if (!isCivilDate(date)) throw new RangeError('not a civil date');
  // Date reads a bare date as UTC midnight, whatever the machine's zone.
  return keep(numbers, date, Date.parse(date) / DAY);
}

/** The civil date so many days after 1970-01-01. */
export function dateOfDay(number: number): string {
  return dates.get(number) ?? keep(dates, number, new Date(number * DAY).toISOString().slice(0, 10));
}

/** The civil date `days` later, or earlier when negative. */
export function addNaturalDays(date: string, days: number): string {
  return dateOfDay(dayNumber(date) + days);
}

/** 1 Monday … 7 Sunday (ISO 8601). */
export function weekday(date: string): number {
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1;
}

/** The civil date in China at an instant given in milliseconds since 1970. */
export function civilDate(instant: number): string {
  return dateOfDay(Math.floor((instant + UTC_PLUS_8) / DAY));
}

/** `09:32:15`, the time of day in China at an instant given in milliseconds since 1970. */
export function civilTime(instant: number): string {
  return new Date(instant + UTC_PLUS_8).toISOString().slice(11, 19);
}

/** The instant in milliseconds since 1970 that a civil date begins at in China. */
export function startOfDay(date: string): number {
  return dayNumber(date) * DAY - UTC_PLUS_8;
}

/** Whole years between two civil dates: an age. A birthday on 29 February falls on 1 March in other years. */
export function yearsBetween(from: string, to: string): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return to.slice(5) < from.slice(5) ? years - 1 : years;
}
