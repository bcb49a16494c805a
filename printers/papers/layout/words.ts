/** How dates, times and counts are written on Chinese official paper. */

const DIGITS = '〇一二三四五六七八九';

/** China has one time zone without summer time: UTC+8 the whole year. */
const CHINA = 8 * 3_600_000;

/** `2026-11-23` → `二〇二六年十一月二十三日`, as decisions and certificates are dated. */
export function chineseDate(date: string): string {
  const { year, month, day } = civil(date);
  const years = [...year].map((digit) => DIGITS.charAt(Number(digit))).join('');
  return `${years}年${small(month)}月${small(day)}日`;
}

/** `2026-11-23` → `2026年11月23日`. */
export function plainDate(date: string): string {
  const { year, month, day } = civil(date);
  return `${year}年${month}月${day}日`;
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** `2026-11-23` → `23 November 2026`. */
export function englishDate(date: string): string {
  const { year, month, day } = civil(date);
  return `${day} ${MONTHS[month - 1] ?? ''} ${year}`;
}

/** An instant in UTC as China reads it: `2026年11月23日 15:33`. */
export function chinaTime(instant: string): string {
  const local = new Date(Date.parse(instant) + CHINA).toISOString();
  return `${plainDate(local.slice(0, 10))} ${local.slice(11, 16)}`;
}

/** 1 … 99 in words. */
function small(number: number): string {
  const tens = Math.floor(number / 10);
  const ones = number % 10;
  return `${tens > 1 ? DIGITS.charAt(tens) : ''}${tens > 0 ? '十' : ''}${ones > 0 ? DIGITS.charAt(ones) : ''}`;
}

function civil(date: string): { year: string; month: number; day: number } {
  const [year, month, day] = date.split('-');
  if (year === undefined || month === undefined || day === undefined) throw new Error('not a civil date');
  return { year, month: Number(month), day: Number(day) };
}
