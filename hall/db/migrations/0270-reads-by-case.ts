import { type QueryExecutorProvider, sql } from 'kysely';

/**
 * Reads as an auditor asks for them over a quarter: those that showed a case, and who opened many in an hour. By case: a look at a list names fifty, which a GIN index packs to some bytes
 * each; what was added last waits in a short list, so that no look at a page pays for a long one. Opened: counted by account and hour as reads are sealed, by one writer at a time, since adding up a
 * quarter's rows takes half a second. What was sealed before is counted here. Some ten seconds for the million reads of a large county's year; no rows are touched.
 */
export const number = 270;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`create index read_by_case on read_audit using gin ((cases::jsonb)) with (gin_pending_list_limit = 256)`.execute(db);
  await sql`
    create table read_hour (
      division text not null,
      account text not null,
      hour timestamptz not null,
      opened bigint not null,
      primary key (division, account, hour)
    )`.execute(db);
  await sql`create index read_hour_by_time on read_hour (division, hour) include (account, opened)`.execute(db);
  await sql`
    insert into read_hour (division, account, hour, opened)
    select division, account, date_trunc('hour', at), sum(json_array_length(cases::json)) from read_audit
    where what = 'case' and position is not null group by division, account, date_trunc('hour', at)`.execute(db);
}
