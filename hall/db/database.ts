import { mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite, types } from '@electric-sql/pglite';
import { CompiledQuery, Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { ok, type Result } from '../../domain/result.ts';
import { createJournal, type Journal, readJournal, recordStatements, type Statement, syncDirectory } from './journal.ts';
import { joinable } from './joinable.ts';
import { migrate, type MigrationFailure } from './migrate.ts';
import { CONNECT_WITHIN, createPool, type PoolOptions } from './pool.ts';
import type { Read, Tables, Write } from './schema.ts';

export type HallDatabase = {
  /** False on PGlite, which is for development and the demo. */
  production: boolean;
  read: Read;
  /** One transaction; when it resolves, what it wrote survives a power cut. */
  write<Value>(work: (write: Write) => Promise<Value>): Promise<Value>;
  /** One transaction for rows whose loss costs nobody anything: challenges, tokens, sessions, time of last contact. */
  writeBrief<Value>(work: (write: Write) => Promise<Value>): Promise<Value>;
  /** All of what `work` reads and writes through this database, in whatever functions, as one transaction: what they each open becomes a part of it. */
  whole<Value>(work: (write: Write) => Promise<Value>): Promise<Value>;
  /**
   * Hears every word of `tellCommitted`, of this server and of all others on the database, once its transaction is committed.
   * @param ended called once when nothing is heard any more
   * @returns stops it
   */
  listen(tell: (word: string) => void, ended: () => void): Promise<() => Promise<void>>;
  /** Ends open connections. Repeating it does nothing. */
  close(): Promise<void>;
};

/** `folder` null keeps a PGlite database in memory, for tests; it begins as `image` where there is one. */
export type DatabasePlace = { kind: 'postgres'; url: string } | { kind: 'pglite'; folder: string } | { kind: 'pglite'; folder: null; image?: Blob };

/** Opens and migrates. @param division whose journal mark is kept */
export async function openDatabase(place: DatabasePlace, division: string): Promise<Result<HallDatabase, MigrationFailure>> {
  return place.kind === 'postgres' ? openPostgres(place.url) : openPglite(place.folder, division, 'image' in place ? place.image : undefined);
}

/** The channel of PostgreSQL's NOTIFY that halls of one database tell each other on. */
const CHANNEL = 'jinban_hall';

/** Tells every server of the database when the transaction commits. @param word a few dozen bytes without personal data */
export async function tellCommitted(write: Write, word: string): Promise<void> {
  await write.selectNoFrom(sql`pg_notify(${CHANNEL}, ${word})`.as('told')).execute();
}

/** PostgreSQL prints `2026-11-23 01:00:00.12+00`; the session's zone is UTC. */
function instantOf(text: string): string {
  return new Date(`${text.replace(' ', 'T').replace(/\+00$/, '')}Z`).toISOString();
}

/** Connections of one server, for what must last and for what is brief. Two servers and their tools stay well under PostgreSQL's default of 100. */
const CONNECTIONS = 10;
const BRIEF_CONNECTIONS = 4;

async function openPostgres(url: string): Promise<Result<HallDatabase, MigrationFailure>> {
  const parsers: Record<number, (text: string) => unknown> = { [types.INT8]: Number, [types.TIMESTAMPTZ]: instantOf, [types.DATE]: String };
  const parserOf = (oid: number, format?: 'text' | 'binary') => parsers[oid] ?? pg.types.getTypeParser(oid, format ?? 'text');
  const connect = (rest: Omit<PoolOptions, 'url' | 'types'>) => new Kysely<Tables>({ dialect: new PostgresDialect({ pool: createPool({ url, types: { getTypeParser: parserOf }, ...rest }) }) });
  const migrating = connect({ max: 1, hurried: false });
  try {
    const migrated = await migrate(migrating);
    if (!migrated.ok) return migrated;
  } finally {
    await migrating.destroy();
  }
  const kysely = connect({ max: CONNECTIONS });
  // When a county's power is back, two hundred machines prove themselves at once: nobody shall wait for the disk on account of a token.
  const brief = connect({ max: BRIEF_CONNECTIONS, options: '-c synchronous_commit=off' });
  const write: HallDatabase['write'] = (work) => kysely.transaction().execute(work);
  const writeBrief: HallDatabase['write'] = (work) => brief.transaction().execute(work);
  const close = closeOnce(async () => {
    await brief.destroy();
    await kysely.destroy();
  });
  return ok(joinable({ production: true, read: kysely, write, writeBrief, listen: (tell, ended) => listenPostgres(url, tell, ended), close }));
}

/** A connection of its own: one of the pool would be given to the next query. */
async function listenPostgres(url: string, tell: (word: string) => void, ended: () => void): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: CONNECT_WITHIN });
  // `end` follows; a rejected query tells its own caller.
  client.on('error', () => undefined);
  client.on('notification', ({ payload }) => tell(payload ?? ''));
  await client.connect();
  client.once('end', ended);
  await client.query(`listen ${CHANNEL}`);
  return () => client.end();
}

async function openPglite(folder: string | null, division: string, image: Blob | undefined): Promise<Result<HallDatabase, MigrationFailure>> {
  const store = folder === null ? null : join(folder, 'pglite');
  if (store !== null) await mkdir(store, { recursive: true, mode: 0o700 });
  const pglite = await PGlite.create({
    ...(store === null ? {} : { dataDir: store }),
    ...(image === undefined ? {} : { loadDataDir: image }),
    parsers: { [types.INT8]: Number, [types.TIMESTAMPTZ]: instantOf, [types.DATE]: String },
  });
  await pglite.exec("set timezone to 'UTC'");
  const kysely = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
  const listen: HallDatabase['listen'] = async (tell) => {
    const stop = await pglite.listen(CHANNEL, tell);
    return () => stop();
  };
  return afterMigration(kysely, async () => {
    if (folder === null || store === null) {
      const write: HallDatabase['write'] = (work) => kysely.transaction().execute(work);
      return joinable({ production: false, read: kysely, write, writeBrief: write, listen, close: closeOnce(() => kysely.destroy()) });
    }
    const journalFolder = join(folder, 'journal');
    const position = await replay(kysely, journalFolder, division);
    await pglite.query('checkpoint');
    await syncTree(store);
    const journal = await createJournal(journalFolder, position);
    // What was synced inside of the two folders is lost with their names.
    await syncDirectory(folder);
    return joinable({
      production: false,
      read: kysely,
      write: (work) => writeWithJournal(kysely, journal, division, work),
      writeBrief: (work) => kysely.transaction().execute(work),
      listen,
      close: closeOnce(async () => {
        await journal.close();
        await kysely.destroy();
      }),
    });
  });
}

async function afterMigration(kysely: Kysely<Tables>, then: () => Promise<HallDatabase>): Promise<Result<HallDatabase, MigrationFailure>> {
  try {
    const migrated = await migrate(kysely);
    if (migrated.ok) return ok(await then());
    await kysely.destroy();
    return migrated;
  } catch (cause) {
    await kysely.destroy();
    throw cause;
  }
}

async function writeWithJournal<Value>(kysely: Kysely<Tables>, journal: Journal, division: string, work: (write: Write) => Promise<Value>): Promise<Value> {
  const statements: Statement[] = [];
  const { value, position } = await kysely.transaction().execute(async (trx) => {
    const done = await work(trx.withPlugin(recordStatements(statements)));
    return { value: done, position: statements.length === 0 ? 0 : await movePosition(trx, division) };
  });
  if (position > 0) await journal.append({ position, statements });
  return value;
}

async function movePosition(trx: Write, division: string): Promise<number> {
  const row = await trx.insertInto('journal').values({ division, position: 1 })
    .onConflict((conflict) => conflict.column('division').doUpdateSet(({ eb, ref }) => ({ position: eb(ref('journal.position'), '+', 1) })))
    .returning('position').executeTakeFirstOrThrow();
  return row.position;
}

/** Runs what the database lost. @returns the position it stands at */
async function replay(kysely: Kysely<Tables>, journalFolder: string, division: string): Promise<number> {
  const row = await kysely.selectFrom('journal').select('position').where('division', '=', division).executeTakeFirst();
  let position = row?.position ?? 0;
  for await (const entry of readJournal(journalFolder)) {
    if (entry.position <= position) continue;
    if (entry.position !== position + 1) throw new Error(`the journal has no transaction ${position + 1}`);
    await kysely.transaction().execute(async (trx) => {
      for (const { sql, parameters } of entry.statements) await runAgain(trx, sql, parameters);
      await movePosition(trx, division);
    });
    position = entry.position;
  }
  return position;
}

/** A statement that failed the first time fails again, and the next one is the same return to a savepoint. */
async function runAgain(trx: Write, sql: string, parameters: readonly unknown[]): Promise<void> {
  try {
    await trx.executeQuery(CompiledQuery.raw(sql, [...parameters]));
  } catch (cause) {
    if (!isRefusedRow(cause)) throw cause;
  }
}

/** Whether PostgreSQL refused the row itself: SQLSTATE class 22, data, or 23, integrity. */
export function isRefusedRow(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' && /^2[23]/.test(cause.code);
}

async function syncTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await syncTree(path);
    else if (entry.isFile()) await syncPath(path);
  }
  await syncPath(folder);
}

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function closeOnce(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | null = null;
  return () => (closing ??= close());
}
