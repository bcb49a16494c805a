/** What the counter says about times, refusals and answers: pure functions of facts and of the moment they are read at. */
import { civilDate, civilTime, startOfDay } from '../../domain/calendar/civil-date.ts';
import type { SiteWishFailure } from '../../domain/contracts/site.ts';
import { t, word } from './texts.ts';
import type { WishEnd } from './wishes.ts';

const MINUTE = 60_000;

/** `09:41` of an instant, in China's time. */
export function clockWords(instant: string): string {
  return civilTime(Date.parse(instant)).slice(0, 5);
}

/** How long since an instant. Two clocks that disagree make no time negative. @param now milliseconds since 1970 */
export function spanWords(since: string, now: number): string {
  const minutes = Math.floor(Math.max(0, now - Date.parse(since)) / MINUTE);
  if (minutes === 0) return t('span.instant');
  return minutes < 60 ? t('span.minutes', { count: minutes }) : t('span.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** Why nothing was done, and what to do next. @param inHand the wish was about the ticket in hand: it is still here, and somebody has written to it meanwhile */
export function refusalWords(failure: SiteWishFailure, inHand = false): string {
  if (failure.kind === 'window-in-use') return t('refused.window-in-use', { window: failure.window });
  if (failure.kind !== 'ticket-moved') return word('refused', failure.kind);
  return inHand && (failure.state === 'called' || failure.state === 'serving') ? t('refused.ticket-moved.in-hand') : word('refused.ticket-moved', failure.state);
}

/** Why a wish was not granted. @param inHand it was about the ticket in hand */
export function endWords(end: Exclude<WishEnd, { kind: 'granted' }>, inHand = false): string {
  switch (end.kind) {
    case 'refused':
      return refusalWords(end.failure, inHand);
    case 'signed-out':
      return t(end.unknown ? 'sign-in.unknown' : 'sign-in.expired');
    case 'broken':
      return t(end.unknown ? 'ended.broken.unknown' : 'ended.broken');
    case 'not-allowed':
    case 'given-up':
      return t(`ended.${end.kind}`);
    case 'busy':
      return t('deny.busy');
  }
}

/** The instant of a time of today in China; null: no time, or one that has not come. @param typed `9:05`, `０９：０５`, `0905` @param now milliseconds since 1970 */
export function instantOfToday(typed: string, now: number): string | null {
  const [, hour, minute] = /^([01]?\d|2[0-3]):?([0-5]\d)$/.exec(typed.normalize('NFKC').trim()) ?? [];
  if (hour === undefined || minute === undefined) return null;
  const at = startOfDay(civilDate(now)) + (Number(hour) * 60 + Number(minute)) * MINUTE;
  return at > now ? null : new Date(at).toISOString();
}

/** A whole number that was typed, full-width figures too; null: none, or out of range. */
export function wholeNumber(typed: string, least: number, most: number): number | null {
  const plain = typed.normalize('NFKC').trim();
  const number = Number(plain);
  return /^\d{1,4}$/.test(plain) && number >= least && number <= most ? number : null;
}
