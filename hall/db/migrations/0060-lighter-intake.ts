import { type QueryExecutorProvider, sql } from 'kysely';

/**
 * A hand-in names a dozen pages, and checking the foreign key of each was most of what its intake cost the database. The rows are written in
 * the transaction that writes their case and are removed with nothing but it, so the key guarded against no mistake that can happen.
 * No rows are touched; the lock is held for a moment.
 */
export const number = 60;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`alter table case_blob drop constraint case_blob_division_case_id_fkey`.execute(db);
}
