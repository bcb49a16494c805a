import { type QueryExecutorProvider, sql } from 'kysely';

/** Published items, leases of numbers, and the feed that tells terminals. New tables only: no rows are touched. */
export const number = 20;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table item (
      division text not null,
      code text not null,
      version integer not null,
      body text not null,
      body_hash text not null,
      published_at timestamptz not null,
      primary key (division, code, version)
    )`.execute(db);
  // `request` makes a repeated request find its block again.
  await sql`
    create table lease (
      division text not null,
      id text not null,
      machine text not null,
      request text not null,
      kind text not null,
      prefix text not null,
      first bigint not null,
      last bigint not null,
      width integer not null,
      granted_at timestamptz not null,
      primary key (division, id),
      unique (division, machine, request),
      unique (division, kind, prefix, first),
      foreign key (division, machine) references machine (division, machine),
      check (first <= last)
    )`.execute(db);
  await sql`
    create table feed (
      division text not null,
      position bigint not null,
      audience text not null,
      kind text not null,
      subject text not null,
      version integer not null,
      primary key (division, position)
    )`.execute(db);
  await sql`create index feed_by_audience on feed (division, audience, position)`.execute(db);
}
