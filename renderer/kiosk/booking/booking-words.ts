import { addNaturalDays, civilDate } from '../../../domain/calendar/civil-date.ts';
import type { Speech } from '../text.ts';

type Words = Pick<Speech, 't' | 'date' | 'weekday' | 'clock'>;

/** `今天`, `明天`, or `周一`. @param now an instant */
export function nearWords(instant: string, now: string, { t, weekday }: Words): string {
  const [day, today] = [civilDate(Date.parse(instant)), civilDate(Date.parse(now))];
  if (day === today) return t('booking-slot.today');
  return day === addNaturalDays(today, 1) ? t('booking-slot.tomorrow') : weekday(instant);
}

/** `6月8日 周一`. */
export function dayWords(instant: string, { t, date, weekday }: Words): string {
  return t('booking.day', { date: date(instant), weekday: weekday(instant) });
}

/** `6月8日 周一 09:00–09:30`. */
export function slotWords({ from, until }: { from: string; until: string }, words: Words): string {
  return `${dayWords(from, words)} ${words.clock(from)}–${words.clock(until)}`;
}
