import { type QueryExecutorProvider, sql } from 'kysely';

/**
 * Machines, how they prove themselves, counters, and the mark of the PGlite journal. First step: there are no rows before it.
 */
export const number = 10;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table machine (
      division text not null,
      machine text not null,
      public_key text,
      enrolled_at timestamptz,
      retired_at timestamptz,
      last_contact timestamptz,
      head_sequence bigint not null,
      head_hash text not null,
      primary key (division, machine)
    )`.execute(db);
  await sql`
    create table enrolment_code (
      division text not null,
      code_hash text not null,
      machine text not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      used_at timestamptz,
      primary key (division, code_hash),
      foreign key (division, machine) references machine (division, machine)
    )`.execute(db);
  await sql`
    create table challenge (
      division text not null,
      challenge_hash text not null,
      machine text not null,
      expires_at timestamptz not null,
      primary key (division, challenge_hash),
      foreign key (division, machine) references machine (division, machine)
    )`.execute(db);
  await sql`create index challenge_by_expiry on challenge (division, expires_at)`.execute(db);
  await sql`
    create table token (
      division text not null,
      token_hash text not null,
      machine text not null,
      expires_at timestamptz not null,
      primary key (division, token_hash),
      foreign key (division, machine) references machine (division, machine)
    )`.execute(db);
  await sql`create index token_by_expiry on token (division, expires_at)`.execute(db);
  await sql`
    create table counter (
      division text not null,
      name text not null,
      value bigint not null,
      primary key (division, name)
    )`.execute(db);
  await sql`
    create table journal (
      division text not null,
      position bigint not null,
      primary key (division)
    )`.execute(db);
}
