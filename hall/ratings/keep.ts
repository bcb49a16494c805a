import type { Payload } from '../../domain/action/payload.ts';
import type { Action } from '../../domain/action/types.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { addDays } from '../../domain/calendar/working-days.ts';
import type { CaseState } from '../../domain/case/types.ts';
import { indicatorsAt } from '../../domain/ratings/indicators.ts';
import { ratingOf } from '../../domain/ratings/ratings.ts';
import { countyCalendar } from '../clock/calendar.ts';
import { happenedAt } from '../clock/evidence.ts';
import type { Read, Write } from '../db/schema.ts';
import { type Ground, nowOf } from '../ground.ts';
import { readSettings } from '../settings/settings.ts';
import { addDutyEvent } from './duty-log.ts';

/** Keeps what ratings among applied actions say, for the figures, and opens the duty of each poor one. A rating that is kept already changes nothing. */
export async function keepRatings(ground: Ground, write: Write, actions: readonly Action[]): Promise<void> {
  const rated = actions.filter(({ payload }) => payload.kind === 'rated');
  if (rated.length === 0) return;
  const { division } = ground;
  const about = await aboutCases(write, division, rated.map((action) => action.case));
  const clerks = await clerksOf(write, ground, rated.map((action) => action.case));
  for (const action of rated) {
    const { payload } = action;
    const known = about.get(action.case);
    if (payload.kind !== 'rated' || known === undefined) continue;
    const at = happenedAt(action.time, ground.clock.now());
    const kept = await write.insertInto('rating').values({
      division, case_id: action.case, action_id: action.id, level: payload.level, tags: JSON.stringify(payload.tags), indicators: indicatorsAt(Date.parse(at)).version,
      channel: action.actor.kind === 'staff' ? 'counter' : 'terminal', paper: null, registered_by: action.actor.kind === 'staff' ? action.actor.account : null,
      number: known.number, item_code: known.item_code, item_name: known.item_name, department: known.department, site: known.site, clerk: clerks.get(action.case) ?? '',
      rated_on: civilDate(Date.parse(at)), rated_at: at, excluded: false, follow_level: null, follow_words: null, follow_paper: null, follow_at: null,
    }).onConflict((conflict) => conflict.columns(['division', 'case_id']).doNothing()).returning('case_id').executeTakeFirst();
    if (kept !== undefined && ratingOf(payload.level)?.poor === true) await openDuty(ground, write, action.case, payload.level, known.realName);
  }
}

/** The duty of a poor rating, once a case. The limit counts from the day on which the hall learns of it: before that nobody could act. */
export async function openDuty(ground: Ground, write: Write, id: string, level: number, realName: boolean): Promise<void> {
  const { division } = ground;
  const settings = await readSettings(write, division);
  const at = nowOf(ground);
  const { date: due } = addDays(civilDate(ground.clock.now()), settings['rating.correct'], 'working', await countyCalendar(write, division));
  const opened = await write.insertInto('rating_duty').values({ division, case_id: id, stage: 'alert', due, overdue: false, opened_at: at, events: 0 })
    .onConflict((conflict) => conflict.columns(['division', 'case_id']).doNothing()).returning('case_id').executeTakeFirst();
  if (opened === undefined) return;
  await addDutyEvent(ground, write, id, { kind: 'opened', at, level, due, realName });
}

type About = { number: string; item_code: string; item_name: string; department: string; site: string; realName: boolean };

/** What figures sort ratings by. A machine that stands nowhere by name is its own site. */
async function aboutCases(read: Read, division: string, ids: readonly string[]): Promise<Map<string, About>> {
  const rows = await read.selectFrom('case_view')
    .leftJoin('place', (join) => join.onRef('place.division', '=', 'case_view.division').onRef('place.machine', '=', 'case_view.machine'))
    .select(['case_view.id', 'case_view.number', 'case_view.item_code', 'case_view.item_name', 'case_view.department', 'case_view.machine', 'case_view.state', 'place.site'])
    .where('case_view.division', '=', division).where('case_view.id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, {
    number: row.number, item_code: row.item_code, item_name: row.item_name, department: row.department, site: row.site ?? row.machine,
    realName: (JSON.parse(row.state) as CaseState).handedIn.applicant.number !== '',
  }]));
}

/** Deeds that a citizen rates a clerk for; handing a paper over or filing a case away is not among them. */
const SERVICE = ['accepted', 'refused', 'correction-asked', 'reviewed', 'decided', 'finished'] as const satisfies readonly Payload['kind'][];

/** Who served last on each case. */
async function clerksOf(read: Read, ground: Pick<Ground, 'division' | 'hall'>, ids: readonly string[]): Promise<Map<string, string>> {
  const deeds = await staffDeeds(read, ground, ids, SERVICE);
  return new Map(deeds.map(({ id, account }) => [id, account]));
}

/** The accounts that acted on cases in whatever way. Who only wrote a rating down handled nothing. */
export async function handlersOf(read: Read, ground: Pick<Ground, 'division' | 'hall'>, ids: readonly string[]): Promise<Map<string, string[]>> {
  const deeds = await staffDeeds(read, ground, ids, null);
  return new Map(ids.map((id) => [id, [...new Set(deeds.filter((deed) => deed.id === id).map(({ account }) => account))]]));
}

/** What staff did on cases, in order. @param kinds null: everything but writing a rating down */
async function staffDeeds(read: Read, { division, hall }: Pick<Ground, 'division' | 'hall'>, ids: readonly string[], kinds: readonly Payload['kind'][] | null): Promise<{ id: string; account: string }[]> {
  const rows = await read.selectFrom('action').select(['case_id', 'body']).where('division', '=', division).where('machine', '=', hall).where('case_id', 'in', ids)
    .where('case_position', 'is not', null).where('kind', '!=', 'rated').$if(kinds !== null, (select) => select.where('kind', 'in', kinds ?? [])).orderBy('case_position').execute();
  return rows.flatMap(({ case_id: id, body }) => {
    const { actor } = JSON.parse(body) as Action;
    return id === null || actor.kind !== 'staff' ? [] : [{ id, account: actor.account }];
  });
}
