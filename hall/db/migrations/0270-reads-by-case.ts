import { type QueryExecutorProvider, sql } from 'kysely';

/**
 * Reads as an auditor asks for them over a quarter: those that showed a case, and how many cases each account opened in an hour. By case: a look at a list names fifty, which a GIN
 * index packs to some bytes each; what was added last waits in a short list, so that no look at a page pays for a long one. Opened: all that is asked of them stands in the index.
 * Some ten seconds for the million reads of a large county's year; no rows are touched.
 */
export const number = 270;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`create index read_by_case on read_audit using gin ((cases::jsonb)) with (gin_pending_list_limit = 256)`.execute(db);
  await sql`create index read_opened on read_audit (division, at) include (account, cases) where what = 'case'`.execute(db);
}
