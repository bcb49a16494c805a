import { appendFile, cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase } from '../../test/fixtures/hall.ts';
import { takeNumbers } from './counter.ts';
import { isRefusedRow, type HallDatabase } from './database.ts';
import { holdFolder } from './folder-lock.ts';

const SLOW = 60_000;

describe('the journal of a PGlite hall', () => {
  let folder: string;
  const open = () => openTestDatabase({ kind: 'pglite', folder });
  const count = (db: HallDatabase, name: string) => db.write((write) => takeNumbers(write, '330624', name, 1));
  const counters = async (db: HallDatabase) => Object.fromEntries((await db.read.selectFrom('counter').selectAll().execute()).map(({ name, value }) => [name, value]));
  /** The database falls back to an earlier copy, as after a power cut; only the journal was synced. */
  async function loseEverythingSince(copy: string) {
    await rm(join(folder, 'pglite'), { recursive: true });
    await cp(copy, join(folder, 'pglite'), { recursive: true });
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jinban-journal-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('brings back what the database lost, once and in order', async () => {
    const first = await open();
    await count(first, 'a');
    await first.close();
    const copy = join(folder, 'copy');
    await cp(join(folder, 'pglite'), copy, { recursive: true });
    const second = await open();
    await count(second, 'a');
    await count(second, 'b');
    // A row that PostgreSQL refuses, taken back to a savepoint: the same happens the second time.
    await second.write(async (write) => {
      await sql`savepoint entries`.execute(write);
      const refused = await write.insertInto('counter').values({ division: '330624', name: 'a', value: 9 }).execute().catch((cause: unknown) => isRefusedRow(cause));
      expect(refused).toBe(true);
      await sql`rollback to savepoint entries`.execute(write);
      await write.insertInto('counter').values({ division: '330624', name: '漹\u{20BB7}', value: 3 }).execute();
    });
    // What was rolled back whole is not in the journal either.
    await expect(second.write(async (write) => {
      await takeNumbers(write, '330624', 'c', 1);
      throw new Error('the process had other plans');
    })).rejects.toThrow('other plans');
    await second.close();

    await loseEverythingSince(copy);
    const third = await open();
    expect(await counters(third)).toEqual({ a: 2, b: 1, '漹\u{20BB7}': 3 });
    await third.close();
    const fourth = await open();
    expect(await counters(fourth)).toEqual({ a: 2, b: 1, '漹\u{20BB7}': 3 });
    await fourth.close();
    expect(await readdir(join(folder, 'journal'))).toHaveLength(1);
  }, SLOW);

  test('ends at a torn line, which was never answered', async () => {
    const first = await open();
    await first.close();
    const copy = join(folder, 'copy');
    await cp(join(folder, 'pglite'), copy, { recursive: true });
    const second = await open();
    await count(second, 'a');
    await second.close();
    const [name = ''] = await readdir(join(folder, 'journal'));
    await appendFile(join(folder, 'journal', name), '{"position":2,"statements":[{"sql":"insert into coun');
    await loseEverythingSince(copy);
    const third = await open();
    expect(await counters(third)).toEqual({ a: 1 });
    expect(await count(third, 'a')).toBe(2);
    await third.close();
  }, SLOW);

  test('a folder is held by one process at a time, and a dead one lets go', async () => {
    const held = await holdFolder(folder);
    if (!held.ok) throw new Error('held');
    await held.value();
    await writeFile(join(folder, 'hall.pid'), '1');
    expect(await holdFolder(folder)).toEqual({ ok: false, error: { kind: 'held', process: 1 } });
    await writeFile(join(folder, 'hall.pid'), '999999999');
    expect((await holdFolder(folder)).ok).toBe(true);
  });
});
