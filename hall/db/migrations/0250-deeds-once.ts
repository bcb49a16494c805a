import { type QueryExecutorProvider, sql } from 'kysely';

/**
 * Deeds of staff by the id that their console gave them, with what the hall answered: one that comes again is answered and not done again. Written in the deed's own transaction; rows live for some
 * days. `said` is the hash of what was asked: one id never stands for two deeds.
 */
export const number = 250;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table deed_answer (
      division text not null,
      account text not null,
      id text not null,
      call text not null,
      said text not null,
      at timestamptz not null,
      answer text,
      primary key (division, account, id)
    )`.execute(db);
  await sql`create index deed_answer_at on deed_answer (division, at)`.execute(db);
}
