import type { CaseVisit } from '../../domain/contracts/cases.ts';

type Key = { division: string };

/**
 * A day of a site's queue. `rules`: `QueueRules` as JSON. `entries`: how many are here. `over`: a machine said that no more will come. `refused_…`: the last that did not agree, and at which place of the list.
 * `sums`: `DaySums` as JSON, made of the first `summed` entries; null before.
 */
export type SiteDayRow = Key & {
  day: string; site: string; rules: string; entries: number; over: boolean; begun_at: string; changed_at: string;
  refused_at: string | null; refused_by: string | null; refused_why: string | null; refused_place: number | null; sums: string | null; summed: number;
};
/** `body`: `QueueEntry` as canonical JSON; `machine` brought it. */
export type SiteEntryRow = Key & { day: string; site: string; place: number; body: string; machine: string; at: string };
/**
 * A rating that was given before a window; `place` of its entry. `account`: who was at the window. `issuer`: the machine that gave the ticket. `state`: `waits` for its case to come or to get so far; `kept` as the case's rating; `passed`: the case was rated before, or never came;
 * `none`: there is no case.
 */
export type CounterRatingRow = Key & {
  day: string; site: string; place: number; code: string; business: string; window_number: number; account: string; level: number; tags: string; rated_at: string; case_id: string | null; issuer: string; state: 'waits' | 'kept' | 'passed' | 'none';
};

/** What became of a ticket that was taken for a case; `place` of its entry. `issuer`: the machine that gave it. */
export type CaseVisitRow = Key & { day: string; site: string; place: number; case_id: string; ticket: string; code: string; kind: CaseVisit['steps'][number]['kind']; at: string; window_number: number | null; issuer: string };

export type QueueTables = { site_day: SiteDayRow; site_entry: SiteEntryRow; counter_rating: CounterRatingRow; case_visit: CaseVisitRow };
