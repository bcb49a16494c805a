import { type QueryExecutorProvider, sql } from 'kysely';

/**
 * Tries to open a slip of a terminal at a window, by account and by slip: a few wrong ones and both wait. `what`: `account/<name>`, or `slip/<hash of its salt>`; no number of a card and no digits. Rows live
 * for a quarter of an hour.
 */
export const number = 360;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table slip_try (
      division text not null,
      what text not null,
      tries integer not null,
      at timestamptz not null,
      primary key (division, what)
    )`.execute(db);
}
