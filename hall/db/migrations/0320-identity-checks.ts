import { type QueryExecutorProvider, sql } from 'kysely';

/**
 * Cases in which a window still has to look at somebody's identity, as a list of their own: a handful among all, found by an index that holds those alone. Cases of before
 * name no such identity, so no rows are touched.
 */
export const number = 320;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`alter table case_view add column identity_open boolean not null default false`.execute(db);
  await sql`create index case_view_identity_open on case_view (division, duty_by, handed_in_at, id) include (department) where identity_open`.execute(db);
}
