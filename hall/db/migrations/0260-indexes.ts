import { type QueryExecutorProvider, sql } from 'kysely';

/**
 * Indexes as a year of a large county asks for them. Texts: those in trouble, and what a month cost, each by an index that has all that is asked of it. Supervision's rows begin empty, with a
 * hand-in that waits: an empty day is nothing to find a case by, so it takes no place in an index either. What waits to be sealed is found by its time: by the index over all rows
 * PostgreSQL may walk past every sealed one to the first that is not. Cards are counted, and a department's results to hand out found, without a look at the rows. Some seconds for 200 000 cases; no rows are touched.
 */
export const number = 260;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`create index sms_in_trouble on sms (division, made_at, id) where state in ('dead', 'unsettled', 'unknown')`.execute(db);
  await sql`create index sms_by_month on sms (division, made_at, id) include (state, parts)`.execute(db);
  await sql`drop index sms_by_time, case_figure_handed_in, case_figure_accepted, case_figure_finished, case_figure_finisher`.execute(db);
  await sql`create index case_figure_handed_in on case_figure (division, handed_in_on) where handed_in_on is not null`.execute(db);
  await sql`create index case_figure_accepted on case_figure (division, accepted_on) where accepted_on is not null`.execute(db);
  await sql`create index case_figure_finished on case_figure (division, finished_on) where finished_on is not null`.execute(db);
  await sql`create index case_figure_finisher on case_figure (division, finished_by, finished_on) where finished_by is not null`.execute(db);
  await sql`create index deed_unsealed_by_time on deed (division, at) where position is null`.execute(db);
  await sql`create index read_unsealed_by_time on read_audit (division, at) where position is null`.execute(db);
  await sql`create index card_by_state on card (division, state, level)`.execute(db);
  await sql`drop index case_view_to_issue`.execute(db);
  await sql`create index case_view_to_issue on case_view (division, duty_by, handed_in_at, id) include (department) where to_issue`.execute(db);
}
