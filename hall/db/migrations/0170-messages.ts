import { type QueryExecutorProvider, sql } from 'kysely';

/** What citizens tell the hall, texts to them, and surveys. New tables only: no rows are touched. */
export const number = 170;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table message (
      division text not null,
      id text not null,
      number text not null,
      kind text not null,
      channel text not null,
      site text not null,
      subject text not null,
      person text,
      words text not null,
      audio text,
      stage text not null,
      department text,
      account text,
      registered_at timestamptz not null,
      registered_by text,
      due date not null,
      decide_by date,
      overdue boolean not null,
      next_limit date,
      settled_at timestamptz,
      package text,
      events integer not null,
      primary key (division, id)
    )`.execute(db);
  await sql`create unique index message_by_number on message (division, number)`.execute(db);
  await sql`create index message_by_limit on message (division, next_limit) where next_limit is not null`.execute(db);
  await sql`create index message_by_due on message (division, due, registered_at, id)`.execute(db);
  await sql`
    create table message_event (
      division text not null,
      message text not null,
      position integer not null,
      at timestamptz not null,
      kind text not null,
      body text not null,
      primary key (division, message, position),
      foreign key (division, message) references message (division, id)
    )`.execute(db);
  await sql`
    create table sms (
      division text not null,
      id text not null,
      cause_key text not null,
      template text not null,
      phone text not null,
      words text not null,
      parts integer not null,
      state text not null,
      attempts integer not null,
      asks integer not null,
      next_at timestamptz,
      leased_until timestamptz,
      sending boolean not null,
      cause text not null,
      made_at timestamptz not null,
      settled_at timestamptz,
      primary key (division, id)
    )`.execute(db);
  // One happening, one text.
  await sql`create unique index sms_by_cause on sms (division, cause_key)`.execute(db);
  await sql`create index sms_waiting on sms (division, next_at) where next_at is not null`.execute(db);
  await sql`create index sms_by_time on sms (division, made_at)`.execute(db);
  await sql`
    create table sms_template (
      division text not null,
      name text not null,
      words text not null,
      changed_by text not null,
      changed_at timestamptz not null,
      primary key (division, name)
    )`.execute(db);
  await sql`
    create table survey (
      division text not null,
      id text not null,
      body text not null,
      starts_on date not null,
      ends_on date not null,
      state text not null,
      made_by text not null,
      made_at timestamptz not null,
      primary key (division, id)
    )`.execute(db);
  await sql`
    create table survey_sheet (
      division text not null,
      survey text not null,
      id text not null,
      day date not null,
      site text not null,
      answers text not null,
      once text,
      primary key (division, survey, id),
      foreign key (division, survey) references survey (division, id)
    )`.execute(db);
  await sql`create unique index survey_sheet_once on survey_sheet (division, survey, day, once)`.execute(db);
}
