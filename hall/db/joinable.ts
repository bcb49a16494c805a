import { AsyncLocalStorage } from 'node:async_hooks';
import { sql } from 'kysely';
import type { HallDatabase } from './database.ts';
import type { Write } from './schema.ts';

/**
 * Lets work that opens transactions of its own be one transaction. Inside of `whole` reads see what it wrote so far, and a `write` that fails takes back what it wrote itself and nothing else,
 * as it would have alone. Writes of one `whole` come one after the other.
 */
export function joinable(db: Omit<HallDatabase, 'whole'>): HallDatabase {
  const joined = new AsyncLocalStorage<Write>();
  const join = (alone: HallDatabase['write']): HallDatabase['write'] => (work) => {
    const whole = joined.getStore();
    return whole === undefined ? alone(work) : asPart(whole, work);
  };
  return {
    ...db,
    get read() {
      return joined.getStore() ?? db.read;
    },
    write: join(db.write),
    writeBrief: join(db.writeBrief),
    whole: (work) => db.write((write) => joined.run(write, () => work(write))),
  };
}

async function asPart<Value>(whole: Write, work: (write: Write) => Promise<Value>): Promise<Value> {
  await sql`savepoint part`.execute(whole);
  try {
    return await work(whole);
  } catch (cause) {
    await sql`rollback to savepoint part`.execute(whole);
    throw cause;
  } finally {
    await sql`release savepoint part`.execute(whole);
  }
}
