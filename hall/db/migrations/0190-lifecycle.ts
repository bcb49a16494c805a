import { type QueryExecutorProvider, sql } from 'kysely';

/**
 * The whole lifecycle of a case. `case_view` learns what lists and searches need; cases that are here get the members that their folded state has from
 * now on, as nothing of it has happened to them yet. `case_task`: one row a department's step of a case, for that department's list.
 * `calendar_notice` and `local_day`: the county's calendar beside the notices that the program brings. Rewrites every case once: a minute for 200 000.
 */
export const number = 190;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    alter table case_view
      add column department text generated always as (left(item_code, 18)) stored,
      add column phone text not null default '',
      add column statutory_by date,
      add column paused boolean not null default false,
      add column late_paper text`.execute(db);
  await sql`
    update case_view set
      phone = coalesce(state::jsonb #>> '{handedIn,phone}', ''),
      statutory_by = (state::jsonb #>> '{accepted,statutoryBy}')::date,
      state = (state::jsonb || jsonb_build_object(
        'limits', case when jsonb_typeof(state::jsonb -> 'accepted') = 'object' then jsonb_build_object(
          'promisedBy', state::jsonb #> '{accepted,promisedBy}', 'statutoryBy', state::jsonb #> '{accepted,statutoryBy}',
          'provisional', state::jsonb #> '{accepted,provisional}', 'calendar', '') else 'null'::jsonb end,
        'pauses', '[]'::jsonb, 'extension', null, 'preReviews', '[]'::jsonb, 'reviews', '[]'::jsonb, 'survey', null, 'papers', null, 'delivery', null, 'archive', null))::text`.execute(db);
  // A paper form is entered once, whoever tries.
  await sql`create unique index case_view_late_paper on case_view (division, late_paper) where late_paper is not null`.execute(db);
  // Beginnings of names and numbers in byte order, and their ends: the last digits of a number are what people remember.
  await sql`create index case_view_by_person on case_view (division, person collate "C")`.execute(db);
  await sql`create index case_view_by_person_number on case_view (division, person_number)`.execute(db);
  await sql`create index case_view_by_number_end on case_view (division, reverse(number) collate "C")`.execute(db);
  await sql`create index case_view_by_phone_end on case_view (division, reverse(phone) collate "C")`.execute(db);
  await sql`create index case_view_by_item on case_view (division, item_code, duty_by, handed_in_at, id)`.execute(db);
  await sql`create index case_view_by_department on case_view (division, department, stage, duty_by, handed_in_at, id)`.execute(db);
  await sql`
    create table case_task (
      division text not null,
      case_id text not null,
      step text not null,
      department text not null,
      kind text not null,
      since date not null,
      due_by date not null,
      primary key (division, case_id, step),
      foreign key (division, case_id) references case_view (division, id)
    )`.execute(db);
  await sql`create index case_task_by_department on case_task (division, department, due_by, case_id)`.execute(db);
  await sql`
    create table calendar_notice (
      division text not null,
      year integer not null,
      source text not null,
      days text not null,
      imported_at timestamptz not null,
      account text not null,
      primary key (division, year)
    )`.execute(db);
  await sql`
    create table local_day (
      division text not null,
      date date not null,
      working boolean not null,
      reason text not null,
      running boolean not null,
      entered_at timestamptz not null,
      account text not null,
      primary key (division, date)
    )`.execute(db);
}
