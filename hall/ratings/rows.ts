import type { DutyStage } from '../../domain/ratings/closure.ts';
import type { RatingChannel } from '../../domain/contracts/ratings.ts';

type Key = { division: string };

/**
 * A rating as figures need it. `department`: the credit code of the item's body. `clerk`: who decided last on the case, empty when nobody did.
 * `tags`: codes, JSON. `paper`: the number of the paper it was given on. `follow_words` are sealed.
 */
export type RatingRow = Key & {
  case_id: string; action_id: string; number: string; level: number; tags: string; indicators: number; channel: RatingChannel; paper: string | null; registered_by: string | null;
  item_code: string; item_name: string; department: string; site: string; clerk: string; rated_on: string; rated_at: string; excluded: boolean;
  follow_level: number | null; follow_words: string | null; follow_paper: string | null; follow_at: string | null;
};
/** How a duty stands, folded from its `events`; for lists. */
export type RatingDutyRow = Key & { case_id: string; stage: DutyStage; due: string; overdue: boolean; opened_at: string; events: number };
/** Rows are only ever added. `body`: `DutyEvent` as JSON, sealed: it quotes what the citizen said. */
export type RatingDutyEventRow = Key & { case_id: string; position: number; at: string; body: string };
export type SettingRow = Key & { name: string; value: number };

export type RatingTables = { rating: RatingRow; rating_duty: RatingDutyRow; rating_duty_event: RatingDutyEventRow; hall_setting: SettingRow };
