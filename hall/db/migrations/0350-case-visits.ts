import { type QueryExecutorProvider, sql } from 'kysely';

/** 排队 in a case's time line: what became of the tickets that were taken for it. New, no row is touched; days that came before are not gone through again. */
export const number = 350;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table case_visit (
      division text not null,
      day date not null,
      site text not null,
      place integer not null,
      case_id text not null,
      ticket text not null,
      code text not null,
      kind text not null,
      at timestamptz not null,
      window_number integer,
      issuer text not null,
      primary key (division, day, site, place)
    )`.execute(db);
  await sql`create index case_visit_case on case_visit (division, case_id)`.execute(db);
}
