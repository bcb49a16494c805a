import { ticketCode } from '../../domain/queue/numbers.ts';
import { ticketOf, windowOf } from '../../domain/queue/state.ts';
import { CaseId } from '../../domain/ids.ts';
import type { Write } from '../db/schema.ts';
import { type Ground, instant } from '../ground.ts';
import { rateAtCounter } from '../ratings/register.ts';
import { storedEntries } from './entries.ts';
import { heldEntries } from './held.ts';
import type { CounterRatingRow, SiteDayRow } from './rows.ts';

/** How long a rating waits for its case: one that was handed in with the line cut comes within days, and a decision within weeks. */
const WAIT_DAYS = 90;
/** Ratings looked at in one round; the next takes the rest. */
const ROUND = 200;

/** Writes down the ratings of a day that stand in its list, and gives those their case that can have it now. Called under the day's lock; what was written down before stays. */
export async function keepCounterRatings(ground: Ground, write: Write, day: SiteDayRow): Promise<void> {
  const given = await ratingsOf(write, day);
  if (given.length === 0) return;
  const fresh = await write.insertInto('counter_rating').values(given).onConflict((conflict) => conflict.columns(['division', 'day', 'site', 'place']).doNothing()).returning('place').execute();
  const places = new Set(fresh.map(({ place }) => place));
  for (const row of given) if (places.has(row.place)) await settle(ground, write, row);
}

/** Ratings whose case was not there, or not so far. Safe on two servers: a row that the other has in hand is passed by. @returns how many got their case */
export async function sweepCounterRatings(ground: Ground): Promise<number> {
  const since = instant(ground.clock.now() - WAIT_DAYS * 86_400_000);
  return ground.db.write(async (write) => {
    const waiting = () => write.selectFrom('counter_rating').selectAll().where('division', '=', ground.division).where('state', '=', 'waits');
    let kept = 0;
    // Only those whose case has come: the others cost nothing.
    const ready = await waiting().where(({ exists, selectFrom }) => exists(selectFrom('case_view').select('case_view.id').whereRef('case_view.division', '=', 'counter_rating.division').whereRef('case_view.id', '=', 'counter_rating.case_id')))
      .where('rated_at', '>=', since).orderBy('rated_at').limit(ROUND).forUpdate().skipLocked().execute();
    for (const row of ready) kept += Number((await settle(ground, write, row)) === 'kept');
    await write.updateTable('counter_rating').set({ state: 'passed' }).where('division', '=', ground.division).where('state', '=', 'waits').where('rated_at', '<', since).execute();
    return kept;
  });
}

async function settle(ground: Ground, write: Write, row: CounterRatingRow): Promise<CounterRatingRow['state']> {
  if (row.case_id === null) return row.state;
  const done = await rateAtCounter(ground, write, { id: CaseId.parse(row.case_id), from: row.issuer, level: row.level, tags: JSON.parse(row.tags) as string[], at: row.rated_at, account: row.account });
  const state = done === 'later' ? 'waits' : done;
  if (state !== row.state) await write.updateTable('counter_rating').set({ state }).where('division', '=', row.division).where('day', '=', row.day).where('site', '=', row.site).where('place', '=', row.place).execute();
  return state;
}

/** The ratings that hold: of a ticket that was served at that window, once. */
async function ratingsOf(write: Write, day: SiteDayRow): Promise<CounterRatingRow[]> {
  const given: CounterRatingRow[] = [];
  const issuers = new Map<string, string>();
  for (const { place, entry, queue } of heldEntries(day.rules, await storedEntries(write, day))) {
    const { deed } = entry;
    if (deed.kind === 'issued') issuers.set(deed.issue.ticket, entry.machine ?? '');
    const ticket = deed.kind === 'rated' ? ticketOf(queue, deed.ticket) : undefined;
    if (deed.kind !== 'rated' || ticket === undefined) continue;
    given.push({
      division: day.division, day: day.day, site: day.site, place, code: ticketCode(queue.rules.businesses.find(({ key }) => key === ticket.issued)?.prefix ?? '', ticket.number), business: ticket.business,
      window_number: deed.window, account: windowOf(queue, deed.window)?.account ?? '', level: deed.level, tags: JSON.stringify(deed.tags), rated_at: entry.at,
      case_id: ticket.case, issuer: issuers.get(ticket.ticket) ?? '', state: ticket.case === null ? 'none' : 'waits',
    });
  }
  return given;
}
