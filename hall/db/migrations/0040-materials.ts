import { type QueryExecutorProvider, sql } from 'kysely';

/** Sealed files: which a case names, and which are here. New tables only: no rows are touched. */
export const number = 40;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table case_blob (
      division text not null,
      case_id text not null,
      hash text not null,
      size bigint not null,
      media_type text not null,
      material text not null,
      current boolean not null,
      primary key (division, case_id, hash),
      foreign key (division, case_id) references case_view (division, id)
    )`.execute(db);
  await sql`
    create table blob (
      division text not null,
      hash text not null,
      size bigint not null,
      received_at timestamptz not null,
      primary key (division, hash)
    )`.execute(db);
}
