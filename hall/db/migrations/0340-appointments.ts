import { type QueryExecutorProvider, sql } from 'kysely';

/**
 * 预约. `booking_calendar`: when a site takes people of a business. `appointment`: who comes when; whose it is stands sealed, and twice as a hash: keyed, to find a person's others, and slow, for the terminals of the site.
 * All new, no row is touched.
 */
export const number = 340;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table booking_calendar (
      division text not null,
      id text not null,
      site text not null,
      business text not null,
      body text not null,
      changed_by text not null,
      changed_at timestamptz not null,
      primary key (division, id)
    )`.execute(db);
  await sql`
    create table appointment (
      division text not null,
      id text not null,
      number text not null,
      calendar text not null,
      site text not null,
      business text not null,
      name text not null,
      day date not null,
      from_at timestamptz not null,
      until_at timestamptz not null,
      person_key text not null,
      holder text not null,
      checks text not null,
      way text not null,
      booked_by text not null,
      booked_at timestamptz not null,
      state text not null,
      state_at timestamptz not null,
      reminded boolean not null default false,
      ticket text,
      primary key (division, id)
    )`.execute(db);
  // One person, one business, one day: whoever books, however often.
  await sql`create unique index appointment_once on appointment (division, person_key, business, day) where state = 'booked'`.execute(db);
  await sql`create index appointment_person on appointment (division, person_key, from_at)`.execute(db);
  await sql`create index appointment_slot on appointment (division, calendar, from_at)`.execute(db);
  await sql`create index appointment_day on appointment (division, day, site)`.execute(db);
  // What is still to come or to be settled: a few weeks among years.
  await sql`create index appointment_open on appointment (division, from_at) where state = 'booked'`.execute(db);
}
