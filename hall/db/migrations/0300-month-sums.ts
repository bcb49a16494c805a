import { type QueryExecutorProvider, sql } from 'kysely';

/**
 * Sums of whole months beside those of days: a year's figures are added up from twelve of them and the days at either end, a tenth of the rows. They are made from the days' sums, here and whenever
 * a day's are made anew. A second for a large county's year.
 */
export const number = 300;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`create table figure_month (like figure_day including defaults)`.execute(db);
  await sql`alter table figure_month rename column day to month`.execute(db);
  await sql`alter table figure_month add primary key (division, month, item_code, machine)`.execute(db);
  await sql`
    insert into figure_month (division, month, item_code, machine, department, handed_in, at_terminal, late, accepted, accepted_closed, finished, on_time, early, over_promised, over_statutory, statutory, promised, used, own, visits)
    select division, date_trunc('month', day::timestamp)::date, item_code, machine, min(department),
      sum(handed_in), sum(at_terminal), sum(late), sum(accepted), sum(accepted_closed), sum(finished), sum(on_time), sum(early), sum(over_promised), sum(over_statutory), sum(statutory), sum(promised), sum(used), sum(own), sum(visits)
    from figure_day group by division, date_trunc('month', day::timestamp)::date, item_code, machine`.execute(db);
}
