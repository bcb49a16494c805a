import { type QueryExecutorProvider, sql } from 'kysely';

/**
 * What a clerk's day needs: lists by what is to be done, each by an index of its own; saved filters; ready sentences. `papers_to`: whom a case's papers are on their way
 * to; `to_issue`: a result that nobody collected yet. Reads the state of every case once, and writes those few that have either: some seconds for 200 000.
 */
export const number = 230;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`alter table case_view add column papers_to text, add column to_issue boolean not null default false`.execute(db);
  await sql`
    update case_view set papers_to = state::jsonb #>> '{papers,to}'
    where state like '%"papers":{%' and state::jsonb #>> '{papers,taken}' = 'false'`.execute(db);
  await sql`
    update case_view set to_issue = true
    where stage = 'finished' and jsonb_typeof(state::jsonb -> 'delivery') = 'null' and state::jsonb #>> '{finish,result}' in ('granted', 'denied')`.execute(db);
  // The end of a list of what is open is found without walking over everything that is over.
  await sql`
    create index case_view_open on case_view (division, duty_by, handed_in_at, id)
    where stage in ('handed-in', 'correction-asked', 'supplemented', 'accepted', 'decided')`.execute(db);
  await sql`create index case_view_claimed on case_view (division, claimed_by) where claimed_by is not null`.execute(db);
  await sql`create index case_view_papers on case_view (division, papers_to) where papers_to is not null`.execute(db);
  await sql`create index case_view_to_issue on case_view (division, duty_by, handed_in_at, id) where to_issue`.execute(db);
  await sql`create index case_view_by_hand_in on case_view (division, handed_in_at, id)`.execute(db);
  await sql`create index case_view_by_handed_in_number_end on case_view (division, reverse(handed_in_number) collate "C")`.execute(db);
  await sql`create index case_task_waiting on case_task (division, due_by, case_id, step) where kind in ('pre-review', 'open')`.execute(db);
  await sql`
    create table saved_filter (
      division text not null,
      account text not null,
      key integer not null,
      name text not null,
      list text not null,
      query text not null,
      list_order text not null,
      primary key (division, account, key)
    )`.execute(db);
  await sql`
    create table sentence (
      division text not null,
      id text not null,
      item_code text not null,
      use text not null,
      letters text not null,
      words text not null,
      account text not null,
      changed_at timestamptz not null,
      primary key (division, id)
    )`.execute(db);
  await sql`create unique index sentence_letters on sentence (division, use, item_code, letters)`.execute(db);
}
