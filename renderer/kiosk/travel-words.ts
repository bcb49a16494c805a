import type { CaseSummary } from '../../domain/contracts/kiosk.ts';
import type { Speech } from './text.ts';

/** Where a hand-in is, and since when: what a citizen reads must still be true when it is read an hour later. */
export function travelWords({ travel, travelSince }: Pick<CaseSummary, 'travel' | 'travelSince'>, { t, moment }: Pick<Speech, 't' | 'moment'>): string {
  const state = t(`travel.${travel}`);
  return travelSince === null ? state : t('travel.since', { state, time: moment(travelSince) });
}
