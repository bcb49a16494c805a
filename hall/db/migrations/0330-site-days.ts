import { type QueryExecutorProvider, sql } from 'kysely';

/**
 * The days of the sites' queues, as their machines bring them. `site_day`: how far one is here, the rules it is added up by, and which machine last brought something that did not agree with it. `site_entry`: its
 * list, each entry at its place; rows are only ever added. `counter_rating`: what was said on the screen before a window, and what became of it. All new, no row is touched.
 */
export const number = 330;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table site_day (
      division text not null,
      day date not null,
      site text not null,
      rules text not null,
      entries integer not null default 0,
      over boolean not null default false,
      begun_at timestamptz not null,
      changed_at timestamptz not null,
      refused_at timestamptz,
      refused_by text,
      refused_why text,
      refused_place integer,
      sums text,
      summed integer not null default 0,
      primary key (division, day, site)
    )`.execute(db);
  await sql`
    create table site_entry (
      division text not null,
      day date not null,
      site text not null,
      place integer not null,
      body text not null,
      machine text not null,
      at timestamptz not null,
      primary key (division, day, site, place)
    )`.execute(db);
  await sql`
    create table counter_rating (
      division text not null,
      day date not null,
      site text not null,
      place integer not null,
      code text not null,
      business text not null,
      window_number integer not null,
      account text not null,
      level integer not null,
      tags text not null,
      rated_at timestamptz not null,
      case_id text,
      issuer text not null,
      state text not null,
      primary key (division, day, site, place)
    )`.execute(db);
  // A case that is on its way still; looked for each minute.
  await sql`create index counter_rating_waits on counter_rating (division, rated_at) where state = 'waits'`.execute(db);
}
