import { type QueryExecutorProvider, sql } from 'kysely';

/** The last that each machine reported of its devices and papers. Nothing is known of those that are there, so no row is rewritten. */
export const number = 120;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`alter table machine add column report text, add column reported_at timestamptz`.execute(db);
}
