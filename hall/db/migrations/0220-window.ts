import { type QueryExecutorProvider, sql } from 'kysely';

/** Scans that a window took for a case that is not handed in yet, and the key they are sealed with, wrapped for the hall. New tables only: no rows are touched. */
export const number = 220;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table window_draft (
      division text not null,
      case_id text not null,
      account text not null,
      case_key text not null,
      begun_at timestamptz not null,
      primary key (division, case_id)
    )`.execute(db);
  await sql`
    create table window_scan (
      division text not null,
      case_id text not null,
      hash text not null,
      size bigint not null,
      media_type text not null,
      primary key (division, case_id, hash),
      foreign key (division, case_id) references window_draft (division, case_id) on delete cascade
    )`.execute(db);
}
