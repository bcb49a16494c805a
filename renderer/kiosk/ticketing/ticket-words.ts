import type { Wait } from '../../../domain/contracts/site.ts';
import type { Speech } from '../text.ts';

/** How many wait before, and how long that takes, as the queue estimates it; no time where no counter serves it. */
export function waitWords({ ahead, least, most }: Wait, t: Speech['t']): string {
  const before = ahead === 0 ? t('queue.ahead.none') : t('queue.ahead', { count: ahead });
  const minutes = minutesWords({ least, most }, t);
  return minutes === null ? before : `${before} · ${minutes}`;
}

function minutesWords({ least, most }: Pick<Wait, 'least' | 'most'>, t: Speech['t']): string | null {
  if (least === null || most === null) return null;
  if (most === 0) return t('queue.minutes.now');
  return least === most ? t('queue.minutes.one', { most }) : t('queue.minutes', { least, most });
}

/** `3、12` or `3, 12`. */
export function windowsWords(windows: readonly number[], language: Speech['language']): string {
  return windows.join(language === 'en' ? ', ' : '、');
}
