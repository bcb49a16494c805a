import { readdir } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { POSTGRES } from '../../test/fixtures/hall.ts';
import { TO_ARCHIVE } from '../archive/make.ts';
import { openDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { type Migration, MIGRATIONS } from './migrations/index.ts';

const SLOW = 60_000;

async function emptyDatabase(): Promise<Kysely<unknown>> {
  return new Kysely<unknown>({ dialect: new PGliteDialect({ pglite: await PGlite.create() }) });
}

/** Every column of every table of ours, as PostgreSQL describes it. */
async function schemaOf(db: Kysely<unknown>): Promise<{ table_name: string; column_name: string; data_type: string }[]> {
  const { rows } = await sql<{ table_name: string; column_name: string; data_type: string }>`
    select table_name, column_name, data_type from information_schema.columns where table_schema = 'public' and table_name <> 'schema_version' order by table_name, ordinal_position`.execute(db);
  return rows;
}

describe('migrations', () => {
  test('are listed as the folder has them: strictly increasing, in tens', async () => {
    const files = (await readdir(new URL('./migrations', import.meta.url))).filter((name) => /^\d/.test(name)).sort();
    expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(MIGRATIONS.map(({ number }) => number));
    MIGRATIONS.forEach(({ number }, index) => {
      expect(number % 10).toBe(0);
      expect(number).toBeGreaterThan(MIGRATIONS[index - 1]?.number ?? 0);
    });
  });

  test('one after the other end where all at once end, and a second run changes nothing', async () => {
    const [stepwise, atOnce] = [await emptyDatabase(), await emptyDatabase()];
    for (let count = 1; count <= MIGRATIONS.length; count += 1) {
      expect(await migrate(stepwise, MIGRATIONS.slice(0, count))).toEqual({ ok: true, value: MIGRATIONS[count - 1]?.number });
    }
    await migrate(atOnce);
    expect(await migrate(atOnce)).toEqual({ ok: true, value: MIGRATIONS.at(-1)?.number });
    expect(await schemaOf(stepwise)).toEqual(await schemaOf(atOnce));
    await stepwise.destroy();
    await atOnce.destroy();
  }, SLOW);

  test('every table carries the division first in its key', async () => {
    const db = await emptyDatabase();
    await migrate(db);
    const { rows } = await sql<{ table_name: string; first: string }>`
      select c.relname as table_name, a.attname as first from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
      join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0] where c.relname <> 'schema_version'`.execute(db);
    expect(rows.length).toBeGreaterThan(15);
    expect(rows.filter(({ first }) => first !== 'division')).toEqual([]);
    await db.destroy();
  }, SLOW);

  test('a step that fails leaves the last whole one, and goes through when it is mended', async () => {
    const db = await emptyDatabase();
    const known = MIGRATIONS.at(-1)?.number ?? 0;
    const next = known + 10;
    const broken: Migration = {
      number: next,
      async up(trx) {
        await sql`create table half (id integer)`.execute(trx);
        await sql`select no_such_function()`.execute(trx);
      },
    };
    await expect(migrate(db, [...MIGRATIONS, broken])).rejects.toThrow('no_such_function');
    expect((await schemaOf(db)).filter(({ table_name }) => table_name === 'half')).toEqual([]);
    expect(await migrate(db)).toEqual({ ok: true, value: known });
    const mended: Migration = { number: next, up: async (trx) => void await sql`create table half (id integer)`.execute(trx) };
    expect(await migrate(db, [...MIGRATIONS, mended])).toEqual({ ok: true, value: next });
    // The hall of yesterday on the database of today.
    expect(await migrate(db)).toEqual({ ok: false, error: { kind: 'newer-database', found: next, known } });
    await db.destroy();
  }, SLOW);

  test('the inbox and the feed are read by their indexes on PostgreSQL', async () => {
    const server = await POSTGRES.start();
    const opened = await openDatabase(await server.place(), '330624');
    if (!opened.ok) throw new Error(opened.error.kind);
    const plan = (query: string) => opened.value.write(async (write) => {
      await sql`set local enable_seqscan = off`.execute(write);
      const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${sql.raw(query)}`.execute(write);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    });
    const order = 'order by duty_by, handed_in_at, id limit 20';
    const all = await plan(`select * from case_view where division = '330624' and (duty_by, handed_in_at, id) > ('2026-01-01'::date, '2026-01-01'::timestamptz, 'X') ${order}`);
    expect(all).toContain('case_view_by_duty');
    expect(all).not.toContain('Sort');
    const staged = await plan(`select * from case_view where division = '330624' and stage in ('accepted') ${order}`);
    expect(staged).toContain('case_view_by_stage');
    expect(staged).not.toContain('Sort');
    expect(await plan("select * from feed where division = '330624' and audience = 'all' and position > 7 order by position limit 20")).toContain('feed_by_audience');
    const closed = await opened.value.write(async (write) => TO_ARCHIVE.compile(write).sql);
    expect(await plan(`select id from case_view where division = '330624' and ${closed} order by id limit 20`)).toContain('case_to_archive');
    await opened.value.close();
    await server.stop();
  }, SLOW);
});
