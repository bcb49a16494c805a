import { type QueryExecutorProvider, sql } from 'kysely';

/** What machines say of themselves when they take a token, and how far their clocks are off. Nothing is known of those that are there, so no row is rewritten. */
export const number = 100;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`alter table machine add column clock_offset bigint, add column protocol integer, add column program text`.execute(db);
}
