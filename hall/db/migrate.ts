import { type Kysely, sql } from 'kysely';
import { err, ok, type Result } from '../../domain/result.ts';
import { type Migration, MIGRATIONS } from './migrations/index.ts';

/** `newer-database`: a newer hall made it; this program must not touch it. */
export type MigrationFailure = { kind: 'newer-database'; found: number; known: number };

/** Key of PostgreSQL's advisory lock: any fixed number that no other program on the database uses. */
const LOCK = 330_624_001;

/**
 * Brings a database up to date, one transaction a step, under an advisory lock so that two halls starting at once do it once.
 * A failed step leaves the last completed one in place and throws.
 * @returns the version it stands at
 */
export async function migrate<Schema>(db: Kysely<Schema>, migrations: readonly Migration[] = MIGRATIONS): Promise<Result<number, MigrationFailure>> {
  const known = migrations.at(-1)?.number ?? 0;
  for (;;) {
    const step = await db.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(${LOCK})`.execute(trx);
      await sql`create table if not exists schema_version (number integer primary key, applied_at timestamptz not null default now())`.execute(trx);
      const { rows } = await sql<{ version: number }>`select coalesce(max(number), 0) as version from schema_version`.execute(trx);
      const version = rows[0]?.version ?? 0;
      if (version > known) return { done: err({ kind: 'newer-database' as const, found: version, known }) };
      const next = migrations.find(({ number }) => number > version);
      if (next === undefined) return { done: ok(version) };
      await next.up(trx);
      await sql`insert into schema_version (number) values (${next.number})`.execute(trx);
      return { done: null };
    });
    if (step.done !== null) return step.done;
  }
}
