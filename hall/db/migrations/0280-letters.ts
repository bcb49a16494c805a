import { type QueryExecutorProvider, sql } from 'kysely';

/**
 * What terminals bring beside cases. `letter`: each by its id, so that one that comes again is answered and not taken again; what was in it stands where it belongs. A message knows the
 * machine it came from, which is told how it stands, and the sealed key of its recording. `help_call`: somebody at a terminal wants a person. No row is rewritten.
 */
export const number = 280;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`alter table message add column machine text, add column audio_key text`.execute(db);
  // Asked for every recording that comes.
  await sql`create index message_spoken on message (division, machine, id) where audio is not null`.execute(db);
  await sql`
    create table letter (
      division text not null,
      id text not null,
      machine text not null,
      hash text not null,
      kind text not null,
      received_at timestamptz not null,
      outcome text not null,
      primary key (division, id)
    )`.execute(db);
  await sql`
    create table help_call (
      division text not null,
      id text not null,
      machine text not null,
      step text not null,
      item text,
      since timestamptz not null,
      heard_at timestamptz not null,
      over_at timestamptz,
      answer text,
      answered_at timestamptz,
      account text,
      primary key (division, id)
    )`.execute(db);
  await sql`create index help_call_open on help_call (division, machine) where over_at is null`.execute(db);
}
