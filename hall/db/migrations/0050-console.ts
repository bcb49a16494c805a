import { type QueryExecutorProvider, sql } from 'kysely';

/** Staff accounts, their sessions, and the record of who read whose data. New tables only: no rows are touched. */
export const number = 50;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table account (
      division text not null,
      account text not null,
      name text not null,
      role text not null,
      password text not null,
      failures integer not null,
      locked_until timestamptz,
      disabled_at timestamptz,
      primary key (division, account)
    )`.execute(db);
  await sql`
    create table session (
      division text not null,
      token_hash text not null,
      account text not null,
      created_at timestamptz not null,
      seen_at timestamptz not null,
      primary key (division, token_hash),
      foreign key (division, account) references account (division, account)
    )`.execute(db);
  await sql`
    create table read_audit (
      division text not null,
      id bigint generated always as identity,
      at timestamptz not null,
      account text not null,
      what text not null,
      cases text not null,
      blob text,
      primary key (division, id)
    )`.execute(db);
}
