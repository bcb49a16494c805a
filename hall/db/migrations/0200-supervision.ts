import { type QueryExecutorProvider, sql } from 'kysely';

/**
 * What supervision keeps of cases: one row a case with what figures are made of and when the case is to be looked at next, sums a day of them, and cards with their events.
 * No person is in them, so they outlive a case that is purged: no foreign key leads to it. Cases that are here are put down for a first look: a few seconds for 200 000.
 */
export const number = 200;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table case_figure (
      division text not null,
      case_id text not null,
      next_look_at timestamptz,
      item_code text,
      department text,
      machine text,
      handed_in_on date,
      at_terminal boolean,
      late boolean,
      accepted_on date,
      finished_on date,
      finished_at timestamptz,
      finished_by text,
      ended_at timestamptz,
      granted boolean,
      over_promised boolean,
      over_statutory boolean,
      early boolean,
      promised integer,
      statutory integer,
      used integer,
      own bigint,
      visits integer,
      primary key (division, case_id)
    )`.execute(db);
  await sql`create index case_figure_due on case_figure (division, next_look_at) where next_look_at is not null`.execute(db);
  await sql`create index case_figure_handed_in on case_figure (division, handed_in_on)`.execute(db);
  await sql`create index case_figure_accepted on case_figure (division, accepted_on)`.execute(db);
  await sql`create index case_figure_finished on case_figure (division, finished_on)`.execute(db);
  await sql`create index case_figure_finisher on case_figure (division, finished_by, finished_on)`.execute(db);
  await sql`insert into case_figure (division, case_id, next_look_at) select division, id, received_at from case_view`.execute(db);
  await sql`
    create table figure_day (
      division text not null,
      day date not null,
      item_code text not null,
      machine text not null,
      department text not null,
      handed_in bigint not null,
      at_terminal bigint not null,
      late bigint not null,
      accepted bigint not null,
      accepted_closed bigint not null,
      finished bigint not null,
      on_time bigint not null,
      early bigint not null,
      over_promised bigint not null,
      over_statutory bigint not null,
      statutory bigint not null,
      promised bigint not null,
      used bigint not null,
      own bigint not null,
      visits bigint not null,
      primary key (division, day, item_code, machine)
    )`.execute(db);
  await sql`create table figure_dirty (division text not null, day date not null, primary key (division, day))`.execute(db);
  await sql`create table account_look (division text not null, account text not null, day date not null, primary key (division, account, day))`.execute(db);
  await sql`
    create table card (
      division text not null,
      id text not null,
      rule text not null,
      version integer not null,
      level text not null,
      state text not null,
      case_id text,
      number text not null,
      item_name text not null,
      raised_as_of timestamptz not null,
      raised_at timestamptz not null,
      owner text not null,
      department text not null,
      department_name text not null,
      account text not null,
      reply_by date,
      grows_at timestamptz,
      events integer not null,
      actions text not null,
      primary key (division, id)
    )`.execute(db);
  await sql`create index card_by_time on card (division, raised_as_of desc, id desc)`.execute(db);
  await sql`create index card_by_case on card (division, case_id)`.execute(db);
  await sql`create index card_growing on card (division, grows_at) where grows_at is not null`.execute(db);
  await sql`
    create table card_event (
      division text not null,
      card text not null,
      position integer not null,
      at timestamptz not null,
      account text not null,
      kind text not null,
      body text not null,
      primary key (division, card, position),
      foreign key (division, card) references card (division, id)
    )`.execute(db);
}
