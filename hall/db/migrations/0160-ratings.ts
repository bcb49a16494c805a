import { type QueryExecutorProvider, sql } from 'kysely';

/** Ratings for their figures, the duties of poor ones, and numbers that the county sets. New tables only: no rows are touched. */
export const number = 160;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table rating (
      division text not null,
      case_id text not null,
      action_id text not null,
      number text not null,
      level integer not null check (level between 1 and 5),
      tags text not null,
      indicators integer not null,
      channel text not null,
      paper text,
      registered_by text,
      item_code text not null,
      item_name text not null,
      department text not null,
      site text not null,
      clerk text not null,
      rated_on date not null,
      rated_at timestamptz not null,
      excluded boolean not null,
      follow_level integer check (follow_level between 1 and 5),
      follow_words text,
      follow_paper text,
      follow_at timestamptz,
      primary key (division, case_id)
    )`.execute(db);
  // A paper is counted once.
  await sql`create unique index rating_by_paper on rating (division, paper)`.execute(db);
  await sql`create index rating_by_day on rating (division, rated_on)`.execute(db);
  await sql`
    create table rating_duty (
      division text not null,
      case_id text not null,
      stage text not null,
      due date not null,
      overdue boolean not null,
      opened_at timestamptz not null,
      events integer not null,
      primary key (division, case_id),
      foreign key (division, case_id) references rating (division, case_id)
    )`.execute(db);
  await sql`create index rating_duty_by_due on rating_duty (division, due) where stage <> 'closed'`.execute(db);
  await sql`
    create table rating_duty_event (
      division text not null,
      case_id text not null,
      position integer not null,
      at timestamptz not null,
      body text not null,
      primary key (division, case_id, position),
      foreign key (division, case_id) references rating_duty (division, case_id)
    )`.execute(db);
  await sql`
    create table hall_setting (
      division text not null,
      name text not null,
      value integer not null,
      primary key (division, name)
    )`.execute(db);
}
