import { sql } from 'kysely';
import type { RatingDuty, RatingDutyRow } from '../../domain/contracts/ratings.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { daysLeft } from '../../domain/calendar/working-days.ts';
import type { CaseState } from '../../domain/case/types.ts';
import { CaseId } from '../../domain/ids.ts';
import { legalName } from '../../domain/item/form.ts';
import { calledBackEnough, type DutyEvent, type DutyFault, type DutyStage, foldDuty } from '../../domain/ratings/closure.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { recordDeed } from '../audit/deeds.ts';
import { countyCalendar, type NamedCalendar } from '../clock/calendar.ts';
import type { Read } from '../db/schema.ts';
import { type Ground, nowOf } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';
import { inReach } from '../identity/reach.ts';
import { openText } from '../identity/sealed-text.ts';
import { addDutyEvent, dutyEvents } from './duty-log.ts';
import { handlersOf } from './keep.ts';

/** What of the table a scope narrows. */
export const RATING_REACH = { departments: 'rating.department', sites: 'rating.site', items: 'rating.item_code' } as const;

export type DutyList = 'open' | 'overdue' | 'appealed' | 'closed';
/** Duties that one list shows; a county has few poor ratings, and more than these are a matter for the figures. */
const LISTED = 300;

/** Soonest due first; closed ones newest first. */
export async function listDuties(ground: Ground, staff: Staff, show: DutyList): Promise<{ rows: RatingDutyRow[]; counts: Record<DutyList, number> }> {
  const rows = await duties(ground.db.read, ground, staff)
    .$if(show === 'open', (select) => select.where('rating_duty.stage', '!=', 'closed'))
    .$if(show === 'overdue', (select) => select.where('rating_duty.stage', '!=', 'closed').where('rating_duty.overdue', '=', true))
    .$if(show === 'appealed', (select) => select.where('rating_duty.stage', '=', 'appealed'))
    .$if(show === 'closed', (select) => select.where('rating_duty.stage', '=', 'closed').orderBy('rating_duty.opened_at', 'desc'))
    .orderBy('rating_duty.due').orderBy('rating_duty.case_id').limit(LISTED).execute();
  const calendar = await countyCalendar(ground.db.read, ground.division);
  const { open, overdue, appealed, closed } = await ground.db.read.selectFrom('rating_duty').innerJoin('rating', (join) => join.onRef('rating.division', '=', 'rating_duty.division').onRef('rating.case_id', '=', 'rating_duty.case_id'))
    .select([
      sql<number>`count(*) filter (where stage <> 'closed')`.as('open'), sql<number>`count(*) filter (where stage <> 'closed' and overdue)`.as('overdue'),
      sql<number>`count(*) filter (where stage = 'appealed')`.as('appealed'), sql<number>`count(*) filter (where stage = 'closed')`.as('closed'),
    ])
    .where('rating_duty.division', '=', ground.division).where(inReach(staff.scope, RATING_REACH)).executeTakeFirstOrThrow();
  return { rows: rows.map((row) => rowOf(ground, row, calendar)), counts: { open, overdue, appealed, closed } };
}

function duties(read: Read, { division }: Pick<Ground, 'division'>, staff: Staff) {
  return read.selectFrom('rating_duty').innerJoin('rating', (join) => join.onRef('rating.division', '=', 'rating_duty.division').onRef('rating.case_id', '=', 'rating_duty.case_id'))
    .selectAll('rating').select(['rating_duty.stage', 'rating_duty.due', 'rating_duty.overdue'])
    .where('rating_duty.division', '=', division).where(inReach(staff.scope, RATING_REACH));
}
type JoinedRow = Awaited<ReturnType<ReturnType<typeof duties>['executeTakeFirstOrThrow']>>;

function rowOf(ground: Ground, row: JoinedRow, calendar: NamedCalendar): RatingDutyRow {
  return {
    id: CaseId.parse(row.case_id), number: row.number, itemName: row.item_name, site: row.site, clerk: row.clerk, level: row.level, tags: JSON.parse(row.tags) as string[], ratedAt: row.rated_at,
    stage: row.stage, due: row.due, daysLeft: row.stage === 'closed' ? null : daysLeft(civilDate(ground.clock.now()), row.due, 'working', calendar), overdue: row.overdue, excluded: row.excluded,
  };
}

/** Everything about one; null for what is not there or out of reach. It shows a person: the caller records the read. */
export async function openDutyPage(ground: Ground, staff: Staff, id: CaseId): Promise<RatingDuty | null> {
  const { db: { read }, division } = ground;
  const row = await duties(read, ground, staff).where('rating_duty.case_id', '=', id).executeTakeFirst();
  if (row === undefined) return null;
  const { state } = await read.selectFrom('case_view').select('state').where('division', '=', division).where('id', '=', id).executeTakeFirstOrThrow();
  const { handedIn, rating } = JSON.parse(state) as CaseState;
  const events = await dutyEvents(ground, read, id);
  const folded = foldDuty(events);
  if (!folded.ok) throw new Error('a kept duty does not fold');
  const handlers = (await handlersOf(read, ground, [id])).get(id) ?? [];
  const named = [...handlers, ...events.flatMap((event) => ('by' in event ? [event.by] : []))];
  const accounts = named.length === 0 ? [] : await read.selectFrom('account').select(['account', 'name']).where('division', '=', division).where('account', 'in', named).execute();
  return {
    row: rowOf(ground, row, await countyCalendar(read, division)), channel: row.channel, paper: row.paper, words: rating?.words ?? '', person: legalName(handedIn.applicant), phone: handedIn.phone,
    handlers, names: Object.fromEntries(accounts.map(({ account, name }) => [account, name])),
    followUp: row.follow_level === null || row.follow_at === null ? null : { level: row.follow_level, words: openText(ground, 'ratings', followUpContext(id), row.follow_words ?? ''), at: row.follow_at },
    events, calledBack: calledBackEnough(folded.value),
  };
}

/** What binds the words of a follow-up to their row. */
export function followUpContext(id: string): string {
  return `rating/${id}/follow-up`;
}

/** What somebody does about a duty, without when and who. */
export type DutyDeed = DutyEvent extends infer Event ? Event extends { by: string } ? Omit<Event, 'at' | 'by'> : never : never;

/** Does it, under the duty's lock. What was said is in the duty's own log; the journal holds that it was done. */
export async function actOnDuty(ground: Ground, staff: Staff, id: CaseId, deed: DutyDeed): Promise<Result<{ stage: DutyStage }, DutyFault | { kind: 'unknown-rating' }>> {
  return ground.db.write(async (write) => {
    const within = await duties(write, ground, staff).where('rating_duty.case_id', '=', id).forUpdate('rating_duty').executeTakeFirst();
    if (within === undefined) return err({ kind: 'unknown-rating' as const });
    const handlers = (await handlersOf(write, ground, [id])).get(id) ?? [];
    const next = await addDutyEvent(ground, write, id, { ...deed, at: nowOf(ground), by: staff.account } as DutyEvent, handlers);
    if (!next.ok) return next;
    await recordDeed(ground, write, staff, { what: `ratings.${deed.kind}`, subject: id, body: { stage: next.value.stage, excluded: next.value.excluded } });
    return ok({ stage: next.value.stage });
  });
}
