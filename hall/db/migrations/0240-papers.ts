import { type QueryExecutorProvider, sql } from 'kysely';

/** The legal papers that were made, each once, with its number and its facts; and the closed cases that wait for the archive. No rows are touched; the index is over few rows. */
export const number = 240;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table paper (
      division text not null,
      action text not null,
      kind text not null,
      case_id text not null,
      number text not null,
      made_at timestamptz not null,
      facts text not null,
      primary key (division, action, kind),
      unique (division, number)
    )`.execute(db);
  await sql`create index paper_by_case on paper (division, case_id)`.execute(db);
  // A quote within a text is escaped in JSON, so nobody's words can look like an archived state.
  await sql`create index case_to_archive on case_view (division, id) where stage in ('finished', 'refused', 'withdrawn') and state not like '%"archive":{%'`.execute(db);
}
