import { sql } from 'kysely';
import { err, ok, type Result } from '../../domain/result.ts';
import { isRefusedRow } from '../db/database.ts';
import type { Write } from '../db/schema.ts';

/**
 * Does work that may fail on what it handles; then everything since is taken back and the transaction goes on.
 * A database that is itself unwell, or gone, throws.
 */
export async function behindSavepoint<Value>(write: Write, work: () => Promise<Value>): Promise<Result<Value, { kind: 'failed'; cause: unknown }>> {
  await sql`savepoint entries`.execute(write);
  try {
    const value = await work();
    await sql`release savepoint entries`.execute(write);
    return ok(value);
  } catch (cause) {
    if (!isOfTheWork(cause)) throw cause;
    await sql`rollback to savepoint entries`.execute(write);
    await sql`release savepoint entries`.execute(write);
    return err({ kind: 'failed', cause });
  }
}

/** A refused row, or an error without a code: our own code's. With any other code the database or the operating system speaks of itself. */
function isOfTheWork(cause: unknown): boolean {
  return isRefusedRow(cause) || !(cause instanceof Error && 'code' in cause);
}
