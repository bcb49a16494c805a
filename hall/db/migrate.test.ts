import { readdir } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { CompiledQuery, Kysely, PGliteDialect, sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { POSTGRES } from '../../test/fixtures/hall.ts';
import { type HallDatabase, openDatabase } from './database.ts';
import { COUNTY } from '../../domain/staff/scope.ts';
import { listStatement, searchStatements } from '../cases/inbox.ts';
import type { Ground } from '../ground.ts';
import { TO_ARCHIVE } from '../archive/make.ts';
import { busyStatement, readsStatement } from '../audit/search.ts';
import { costStatement as costOfSms, countStatement as countSms, listStatement as listSms } from '../messages/sms/road.ts';
import { migrate } from './migrate.ts';
import { type Migration, MIGRATIONS } from './migrations/index.ts';

const SLOW = 60_000;
/** Cases that the plans of lists and searches are made for; 200 000 were tried by hand. Nine of ten are over. */
const PLANNED = Number(process.env['JINBAN_TEST_CASES'] ?? 20_000);
/** Far above what an index needs on any machine, far below reading every case. */
const MILLISECONDS = 50;

/** Cases as a county has them, without actions: only lists and searches look at them. */
async function fill(db: HallDatabase, count: number): Promise<void> {
  await db.write(async (write) => {
    await sql`
      insert into case_view (division, id, machine, number, handed_in_number, item_code, item_version, item_name, person, person_number, stage, handed_in_at, received_at, duty_by, actions, state, phone, to_issue)
      select '330624', lpad(n::text, 26, '0'), 'T330624-0001', '3306242026' || lpad(n::text, 8, '0'), '3306242026' || lpad(n::text, 8, '0'), '11330624002588001N400011900100' || (n % 7), 1, '事项' || (n % 7),
        (array['王', '李', '张', '丁'])[n % 4 + 1] || (array['一', '二', '三', '四', '五'])[n % 5 + 1] || (n % 997), '3306241990' || lpad((n % 100000)::text, 7, '0') || 'X',
        (array['finished', 'finished', 'finished', 'finished', 'finished', 'finished', 'refused', 'withdrawn', 'finished', 'handed-in'])[n % 10 + 1], timestamptz '2026-01-01' + n * interval '1 minute', now(),
        case when n % 10 = 9 then date '2026-11-01' + n % 60 else date '9999-12-31' end, 1, '{}', '138' || lpad((n % 100000000)::text, 8, '0'), n % 500 = 0
      from generate_series(1, ${count}::integer) n`.execute(write);
    // One of two hundred was not delivered, one of five hundred waits.
    await sql`
      insert into sms (division, id, cause_key, template, phone, words, parts, state, attempts, asks, next_at, sending, cause, made_at)
      select '330624', lpad(n::text, 26, '0'), n::text, 'case-accepted', repeat('x', 80), repeat('字', 40), 1, case when n % 200 = 0 then 'dead' when n % 500 = 1 then 'queued' else 'delivered' end, 1, 0, case when n % 500 = 1 then now() end, false, '',
        timestamptz '2026-11-23' - n * interval '25 minutes'
      from generate_series(1, ${count}::integer) n`.execute(write);
    await sql`
      insert into read_audit (division, at, account, what, cases)
      select '330624', timestamptz '2026-11-23' - n * interval '25 minutes', 'wang', (array['case', 'inbox'])[n % 2 + 1], json_build_array(lpad(n::text, 26, '0'))::text
      from generate_series(1, ${count}::integer) n`.execute(write);
  });
  await db.write((write) => sql`analyze case_view, sms, read_audit`.execute(write));
}

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
    await fill(opened.value, PLANNED);
    const ground = { db: opened.value, division: '330624', clock: { now: () => Date.UTC(2026, 10, 23, 1) } } as Ground;
    const staff = { account: 'wang', name: '王', role: 'clerk' as const, scope: COUNTY };
    const planned = (compiled: CompiledQuery) => opened.value.write(async (write) => {
      const { rows } = await write.executeQuery<{ 'QUERY PLAN': string }>(CompiledQuery.raw(`explain (analyze, timing off) ${compiled.sql}`, [...compiled.parameters]));
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    });
    for (const [stage, order, index] of [['open', 'duty', 'case_view_open'], ['overdue', 'duty', 'case_view_open'], ['refused', 'duty', 'case_view_by_stage'], ['all', 'duty', 'case_view_by_duty'], ['all', 'newest', 'case_view_by_hand_in'], ['to-issue', 'duty', 'case_view_to_issue']] as const) {
      const found = await planned(listStatement(ground, { staff, stage, order, limit: 50 }));
      expect(found, stage).toContain(index);
      expect(found, stage).not.toMatch(/Seq Scan|Sort/);
    }
    for (const [query, index] of [['王一99', 'case_view_by_person_key'], ['00001234', 'case_view_by_number_end'], ['13800001234', 'case_view_by_phone_end'], ['330624199001010018', 'case_view_by_person_number'], ['王一99 0123', 'Index']] as const) {
      const plans = (await Promise.all((await searchStatements(ground, { staff, stage: 'all', order: 'duty', query, limit: 50 })).map(planned))).join('\n');
      expect(plans, query).toContain(index);
      expect(plans, query).not.toContain('Seq Scan');
      for (const [, time] of plans.matchAll(/Execution Time: ([\d.]+)/g)) expect(Number(time), query).toBeLessThan(MILLISECONDS);
    }
    for (const [statement, index] of [[listSms(ground, 'trouble'), 'sms_in_trouble'], [listSms(ground, 'all'), 'sms_by_month'], [countSms(ground), 'sms_in_trouble'], [costOfSms(ground, ['2026-11', '2026-10']), 'Index Only Scan using sms_by_month']] as const) {
      expect(await planned(statement.compile()), index).toContain(index);
    }
    const quarter = { from: '2026-09-01', to: '2026-11-23', account: '', before: 0, what: 'all' as const };
    expect(await planned(readsStatement(ground, quarter, ['01JBNB4Y6Z8Q0W2E4R6T8Y0V2A']).compile())).toContain('read_by_case');
    expect(await planned(busyStatement(ground, quarter).compile())).toMatch(/read_hour[\s\S]*read_unsealed|read_unsealed[\s\S]*read_hour/);
    expect(await plan("select body from action where division = '330624' and kind = 'handed-in' and quarantine_reason is not null")).toContain('action_kept_aside');
    expect(await plan("select * from case_task where division = '330624' and kind in ('pre-review', 'open') order by due_by, case_id, step limit 20")).toContain('case_task_waiting');
    expect(await plan("select * from feed where division = '330624' and audience = 'all' and position > 7 order by position limit 20")).toContain('feed_by_audience');
    for (const journal of ['deed', 'read_audit']) expect(await plan(`select at from ${journal} where division = '330624' and position is null and at < now() order by at limit 1`)).toContain('unsealed_by_time');
    expect(await plan("select * from card where division = '330624' and state in ('raised', 'urged') and (raised_as_of, id) < (now(), 'x') order by raised_as_of desc, id desc limit 51")).toContain('card_by_time');
    expect(await plan("select * from case_figure where division = '330624' and finished_on = '2026-11-20'")).toContain('case_figure_finished');
    const closed = await opened.value.write(async (write) => TO_ARCHIVE.compile(write).sql);
    expect(await plan(`select id from case_view where division = '330624' and ${closed} order by id limit 20`)).toContain('case_to_archive');
    await opened.value.close();
    await server.stop();
  }, SLOW);
});
