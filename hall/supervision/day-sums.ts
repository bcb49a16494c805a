import { sql } from 'kysely';
import type { Write } from '../db/schema.ts';
import type { Ground } from '../ground.ts';

/**
 * Makes the sums of changed days, and of their months, anew from the cases: a day is a few hundred of them. Whoever takes a day's mark holds it until its sums are there; a case that changes meanwhile marks it again.
 * @returns how many days
 */
export async function sumDays(ground: Ground): Promise<number> {
  const { division } = ground;
  for (let done = 0; ; done += 1) {
    const day = await ground.db.write(async (write) => {
      const next = await write.selectFrom('figure_dirty').select('day').where('division', '=', division).orderBy('day').limit(1).forUpdate().skipLocked().executeTakeFirst();
      if (next === undefined) return null;
      await write.deleteFrom('figure_dirty').where('division', '=', division).where('day', '=', next.day).execute();
      await sumDay(write, division, next.day);
      await sumMonth(write, division, next.day.slice(0, 7));
      return next.day;
    });
    if (day === null) return done;
  }
}

/** A case counts on its three days: what the day of each says of it, added up by item and machine. */
async function sumDay(write: Write, division: string, day: string): Promise<void> {
  await write.deleteFrom('figure_day').where('division', '=', division).where('day', '=', day).execute();
  await sql`
    insert into figure_day (division, day, item_code, machine, department, handed_in, at_terminal, late, accepted, accepted_closed, finished, on_time, early, over_promised, over_statutory, statutory, promised, used, own, visits)
    select ${division}, ${day}::date, item_code, machine, min(department),
      sum(handed_in), sum(at_terminal), sum(late), sum(accepted), sum(accepted_closed), sum(finished), sum(on_time), sum(early), sum(over_promised), sum(over_statutory), sum(statutory), sum(promised), sum(used), sum(own), sum(visits)
    from (
      select item_code, machine, department, 1 as handed_in, at_terminal::int as at_terminal, late::int as late, 0 as accepted, 0 as accepted_closed, 0 as finished, 0 as on_time, 0 as early, 0 as over_promised, 0 as over_statutory, 0 as statutory, 0 as promised, 0 as used, 0::bigint as own, 0 as visits
      from case_figure where division = ${division} and handed_in_on = ${day}::date
      union all
      select item_code, machine, department, 0, 0, 0, 1, (ended_at is not null)::int, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      from case_figure where division = ${division} and accepted_on = ${day}::date
      union all
      select item_code, machine, department, 0, 0, 0, 0, 0, 1, (not over_promised)::int, early::int, over_promised::int, over_statutory::int, statutory, promised, used, own, visits
      from case_figure where division = ${division} and finished_on = ${day}::date
    ) parts group by item_code, machine`.execute(write);
}

/** Names the lock of months' sums among advisory locks. */
const MONTH_LOCK = 4301;

/** From its days, which is what makes it the same as they are. Two servers may have made two days of one month: one after the other they see both. @param month `YYYY-MM` */
async function sumMonth(write: Write, division: string, month: string): Promise<void> {
  const first = `${month}-01`;
  await sql`select pg_advisory_xact_lock(${MONTH_LOCK}, hashtext(${division + month}))`.execute(write);
  await write.deleteFrom('figure_month').where('division', '=', division).where('month', '=', first).execute();
  await sql`
    insert into figure_month (division, month, item_code, machine, department, handed_in, at_terminal, late, accepted, accepted_closed, finished, on_time, early, over_promised, over_statutory, statutory, promised, used, own, visits)
    select ${division}, ${first}::date, item_code, machine, min(department),
      sum(handed_in), sum(at_terminal), sum(late), sum(accepted), sum(accepted_closed), sum(finished), sum(on_time), sum(early), sum(over_promised), sum(over_statutory), sum(statutory), sum(promised), sum(used), sum(own), sum(visits)
    from figure_day where division = ${division} and day >= ${first}::date and day < ${first}::date + interval '1 month' group by item_code, machine`.execute(write);
}
