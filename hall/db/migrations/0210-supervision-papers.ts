import { type QueryExecutorProvider, sql } from 'kysely';

/** What people put into supervision: versions of rules, outages of the hall and of machines, and the bulletins that it publishes. New tables only: no rows are touched. */
export const number = 210;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table supervision_rule (
      division text not null,
      rule text not null,
      version integer not null,
      body text not null,
      why text not null,
      proposed_by text not null,
      proposed_at timestamptz not null,
      decision text,
      decided_by text,
      decided_at timestamptz,
      primary key (division, rule, version)
    )`.execute(db);
  await sql`
    create table outage (
      division text not null,
      id bigint generated always as identity,
      from_at timestamptz not null,
      to_at timestamptz,
      scope text not null,
      reason text not null,
      registered_by text not null,
      registered_at timestamptz not null,
      ended_by text,
      primary key (division, id)
    )`.execute(db);
  await sql`
    create table bulletin (
      division text not null,
      year text not null,
      serial integer not null,
      title text not null,
      from_on date not null,
      to_on date not null,
      corrects text,
      body text not null,
      hash text not null,
      published_by text not null,
      published_at timestamptz not null,
      primary key (division, year, serial)
    )`.execute(db);
}
