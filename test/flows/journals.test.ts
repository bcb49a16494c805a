import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { main as verify } from '../../build/verify/main.ts';
import { COUNTY } from '../../domain/staff/scope.ts';
import { caseId } from '../fixtures/actions.ts';
import { elderCardHandIn, enrolTerminal, ELDER_CARD, openTestDatabase, POSTGRES, signInAt, startHall, type TestConsole, type TestHall } from '../fixtures/hall.ts';
import type { HallDatabase } from '../../hall/db/database.ts';
import type { Staff } from '../../hall/identity/accounts.ts';
import { decide } from '../../hall/identity/proposals.ts';
import { sweepAudit } from '../../hall/audit/chain.ts';
import { recordDeed } from '../../hall/audit/deeds.ts';
import { exportJournal } from '../../hall/audit/export-journal.ts';
import { recordRead } from '../../hall/audit/reads.ts';
import { proposeRetention } from '../../hall/audit/retention.ts';

const SLOW = 180_000;
const DAY = 86_400_000;
const clerk: Staff = { account: 'wang', name: '王窗口', role: 'clerk', scope: COUNTY };

/** Where servers really meet; the auditor below works on PGlite. */
describe('the journals on PostgreSQL', () => {
  let server: Awaited<ReturnType<typeof POSTGRES.start>>;
  let db: HallDatabase;
  let hall: TestHall;
  let folder: string;
  let said: string;
  beforeAll(async () => {
    server = await POSTGRES.start();
    db = await openTestDatabase(await server.place());
    hall = await startHall(db);
    folder = await mkdtemp(join(tmpdir(), 'jinban-journal-'));
  }, SLOW);
  afterAll(async () => {
    await hall.close();
    await db.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }, SLOW);
  beforeEach(() => {
    said = '';
    const hear = vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((said += String(text)), true));
    return () => hear.mockRestore();
  });

  const deed = (subject: string) => db.write((write) => recordDeed(hall.hall.ground, write, clerk, { what: 'test.done', subject, body: { subject } }));
  const read = (...cases: string[]) => recordRead(hall.hall.ground, clerk, { what: 'case', cases, blob: null });
  const exported = async (from: string, to: string) => {
    const file = join(folder, 'journal.ndjson');
    const out = createWriteStream(file);
    const done = await exportJournal(hall.hall.ground, from, to, out);
    out.end();
    await finished(out);
    return { file, done };
  };
  const check = async (from: string, to: string) => {
    const { file, done } = await exported(from, to);
    expect(done).toEqual({ ok: true, value: null });
    said = '';
    return verify([file, '--hall-key', hall.keys.signing.publicKey]);
  };
  const count = async (table: 'journal_link' | 'day_head' | 'read_audit') => (await db.read.selectFrom(table).select('division').execute()).length;

  test('are sealed once, however many servers sweep at once, and each day is closed with a head', async () => {
    // 09:30 on Monday; the day before yesterday has nothing.
    for (let index = 0; index < 5; index += 1) await deed(`s${index}`);
    await read(caseId(1), caseId(2));
    const sealed = await Promise.all([sweepAudit(hall.hall.ground), sweepAudit(hall.hall.ground), sweepAudit(hall.hall.ground)]);
    expect(sealed.reduce((sum, one) => sum + one, 0)).toBe(6);
    expect(await count('journal_link')).toBe(6);
    expect(await sweepAudit(hall.hall.ground)).toBe(0);
    // Four minutes past midnight the day is still open for what was begun before.
    hall.clock.advance(14 * 3_600_000 + 34 * 60_000);
    await sweepAudit(hall.hall.ground);
    expect(await count('day_head')).toBe(0);
    hall.clock.advance(60_000);
    await sweepAudit(hall.hall.ground);
    expect(await db.read.selectFrom('day_head').select(['kind', 'date', 'position', 'count']).orderBy('kind').execute()).toEqual([{ kind: 'deed', date: '2026-11-23', position: 5, count: 5 }, { kind: 'read', date: '2026-11-23', position: 1, count: 1 }]);
    // The hall was away for two days.
    await deed('late');
    hall.clock.advance(3 * DAY);
    await deed('later');
    await sweepAudit(hall.hall.ground);
    expect((await db.read.selectFrom('day_head').select(['date', 'count']).where('kind', '=', 'deed').orderBy('date').execute()).map(({ date, count: rows }) => [date, rows])).toEqual([['2026-11-23', 5], ['2026-11-24', 1], ['2026-11-25', 0], ['2026-11-26', 0]]);
  }, SLOW);

  test('are exported for any span, and verify finds them whole', async () => {
    expect([await check('2026-11-20', '2026-11-30'), said]).toEqual([0, expect.stringMatching(/7 deeds, 1 reads, 8 days closed[\s\S]*Whole/)]);
    expect(await check('2026-11-24', '2026-11-25')).toBe(0);
    expect(said).toContain('1 deeds, 0 reads, 4 days closed');
    expect(await check('2026-11-27', '2026-11-27')).toBe(0);
    expect((await exported('2026-11-29', '2026-11-30')).done).toEqual({ ok: false, error: { kind: 'bad-span' } });
    expect((await exported('2026-11-25', '2026-11-24')).done).toEqual({ ok: false, error: { kind: 'bad-span' } });
  }, SLOW);

  test('a file that was tampered with is told, with the line', async () => {
    const { file } = await exported('2026-11-23', '2026-11-25');
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    const told = async (changed: string[]) => {
      await writeFile(file, `${changed.join('\n')}\n`);
      said = '';
      return [await verify([file]), said.match(/^ {2}.*$/gm) ?? []] as const;
    };
    expect(await told(lines)).toEqual([0, []]);
    expect(await told(lines.map((line) => line.replace('"subject":"s2"', '"subject":"s9"')))).toEqual([1, ['  line 5 (deeds, number 3): was edited; the row no longer fits its link']]);
    expect(await told(lines.toSpliced(4, 1))).toEqual([1, ['  line 5 (deeds, number 4): number 3 is missing before it']]);
    expect((await told(lines.toSpliced(4, 0, lines[3]!)))[1]).toEqual(['  line 5 (deeds, number 2): stands here a second time, or in the wrong place']);
    expect((await told(lines.slice(0, -1)))[1]).toEqual(['  end: is missing or was not signed by the hall; entries after the last one may have been cut off with it']);
    expect((await told(lines.map((line) => line.replace('"to":"2026-11-25"', '"to":"2026-11-24"'))))[1]).toEqual(['  end: is missing or was not signed by the hall; entries after the last one may have been cut off with it']);
    expect((await told(lines.with(2, 'nonsense')))[1][0]).toBe('  line 3 (deeds): cannot be read as a line of a journal');
  }, SLOW);

  describe('a database that was tampered with', () => {
    let auditor: TestConsole | null = null;
    /** What the check of the console finds after a change, which is taken back. */
    async function finds(change: string, undo: string): Promise<unknown> {
      auditor ??= await signInAt(hall, 'zhao', 'auditor');
      await sweepAudit(hall.hall.ground);
      await db.write((write) => sql.raw(change).execute(write));
      const { body } = await auditor.call('POST', '/audit/check', { from: '2026-11-23', to: '2026-11-27' });
      await db.write((write) => sql.raw(undo).execute(write));
      return body.value.findings.map(({ journal, position, kind }: { journal: string; position: number | null; kind: string }) => [journal, position, kind]);
    }
    test.each([
      ['an edited row', "update deed set subject = 'other' where position = 3", "update deed set subject = 's2' where position = 3", [['deed', 3, 'edited']]],
      ['an edited read', "update read_audit set account = 'li' where position = 1", "update read_audit set account = 'wang' where position = 1", [['read', 1, 'edited']]],
      ['a row taken out', "update deed set division = 'x' where position = 2", "update deed set division = '330624' where division = 'x'", [['deed', 2, 'deleted']]],
      ['a link taken out', "update journal_link set division = 'x' where kind = 'deed' and position = 2", "update journal_link set division = '330624' where division = 'x'", [['deed', 3, 'missing'], ['deed', null, 'stray']]],
      ['a row put in at a place of another', "insert into deed (division, at, account, what, subject, body, position) values ('330624', '2026-11-23T02:00:00Z', 'li', 'x.y', 'forged', '{}', 3)", "delete from deed where subject = 'forged'", [['deed', null, 'stray']]],
      ['a day taken out', "update day_head set division = 'x' where kind = 'read' and date = '2026-11-25'", "update day_head set division = '330624' where division = 'x'", [['read', 1, 'day-missing']]],
      ['a day written anew', "update day_head set count = 4 where kind = 'deed' and date = '2026-11-23'", "update day_head set count = 5 where kind = 'deed' and date = '2026-11-23'", [['deed', 5, 'day-forged']]],
    ])('shows %s', async (_what, change, undo, expected) => {
      expect(await finds(change, undo)).toEqual(expected);
      expect(await finds('select 1', 'select 1')).toEqual([]);
    }, SLOW);

    test('shows a row that was put in as of a day that is closed', async () => {
      await db.write((write) => sql`insert into deed (division, at, account, what, subject, body) values ('330624', '2026-11-24T02:00:00Z', 'li', 'x.y', 'backdated', '{}')`.execute(write));
      expect(await finds('select 1', 'select 1')).toEqual([['deed', expect.any(Number), 'wrong-day']]);
    }, SLOW);

    test('is sealed no further where the hall did not sign what stands there, and nothing of it is exported', async () => {
      const { hash } = await db.read.selectFrom('journal_head').select('hash').where('kind', '=', 'deed').executeTakeFirstOrThrow();
      await db.write((write) => sql`update journal_head set hash = ${'f'.repeat(64)} where kind = 'deed'`.execute(write));
      await deed('waits');
      expect(await sweepAudit(hall.hall.ground)).toBe(0);
      expect(hall.logged.join('')).toContain('"event":"journal-broken"');
      expect((await exported('2026-11-23', '2026-11-27')).done).toEqual({ ok: false, error: { kind: 'head-forged', journal: 'deed' } });
      await db.write((write) => sql`update journal_head set hash = ${hash} where kind = 'deed'`.execute(write));
      expect(await sweepAudit(hall.hall.ground)).toBeGreaterThan(0);
    }, SLOW);
  });

  test('reads go after three years when two agree, and the chain is whole without them', async () => {
    const { ground } = hall.hall;
    const auditor: Staff = { ...clerk, account: 'zhao', role: 'auditor' };
    expect(await proposeRetention(ground, auditor)).toEqual({ ok: false, error: { kind: 'nothing-expired' } });
    hall.clock.advance(3 * 366 * DAY);
    await read(caseId(3));
    await sweepAudit(ground);
    const before = await count('read_audit');
    const proposed = await proposeRetention(ground, auditor);
    if (!proposed.ok) throw new Error(proposed.error.kind);
    const supervisor: Staff = { ...clerk, account: 'shen', role: 'supervisor' };
    expect(await decide(ground, supervisor, { id: proposed.value.proposal, approve: true })).toEqual({ ok: true, value: null });
    expect([before, await count('read_audit')]).toEqual([2, 1]);
    await check('2026-11-23', '2029-11-29');
    expect(said).toContain('Of 1 entries only the links are here.');
    // Of what was done to this journal above.
    expect(said.match(/^ {2}.*$/gm)).toEqual([expect.stringContaining('of a day that was closed without it')]);
    // One more than the rule let go.
    await db.write((write) => sql`delete from read_audit`.execute(write));
    await check('2026-11-23', '2029-11-29');
    expect(said).toContain('the row was deleted, and no rule removed it');
  }, SLOW);
});

describe('the auditor', () => {
  let db: HallDatabase;
  let hall: TestHall;
  let auditor: TestConsole;
  beforeAll(async () => {
    db = await openTestDatabase({ kind: 'pglite', folder: null });
    hall = await startHall(db);
    const terminal = await enrolTerminal(hall);
    for (const number of [1, 2]) await terminal.intake([terminal.maker.make(elderCardHandIn(terminal.nextNumber()), { code: ELDER_CARD, case: caseId(number) })]);
    auditor = await signInAt(hall, 'zhao', 'auditor');
  }, SLOW);
  afterAll(async () => {
    await hall.close();
    await db.close();
  });
  const search = async (query: object = {}) => (await auditor.call('POST', '/audit/reads', { from: '2026-11-23', to: '2026-11-23', account: '', subject: '', what: 'all', before: 0, ...query })).body;

  test('finds who looked at a person, a case, or what an account read; the search itself is written down without the number', async () => {
    const wang = await signInAt(hall, 'wang', 'clerk');
    await wang.call('POST', '/inbox', { stage: 'open', query: '', after: '', limit: 10 });
    await wang.call('GET', `/cases/${caseId(1)}`);
    const person = await search({ subject: '330624199001010018' });
    expect(person.value.rows.map(({ what, account, count }: { what: string; account: string; count: number }) => [what, account, count])).toEqual([['case', 'wang', 2], ['inbox', 'wang', 2]]);
    // Whoever opens a case is shown the person's other one beside it.
    const { number } = person.value.rows[0].cases[0];
    expect((await search({ subject: number, what: 'case' })).value.rows).toHaveLength(1);
    expect((await search({ subject: caseId(2) })).value.rows.map(({ what, cases }: { what: string; cases: { id: string }[] }) => [what, cases[0]?.id])).toEqual([['case', caseId(2)], ['inbox', caseId(2)]]);
    expect((await search({ account: 'li' })).value.rows).toEqual([]);
    expect((await search({ subject: '330624199001010026' })).value.rows).toEqual([]);
    expect(await search({ from: '2026-01-01' })).toEqual({ ok: false, error: { kind: 'bad-span' } });
    const deeds = await db.read.selectFrom('deed').selectAll().where('what', '=', 'audit.search-reads').orderBy('id').execute();
    expect(deeds).toHaveLength(5);
    expect(deeds.every(({ account }) => account === 'zhao')).toBe(true);
    expect(JSON.stringify(deeds)).not.toContain('33062419900101');
    expect(JSON.parse(deeds[0]!.body)).toMatchObject({ by: 'person', cases: [caseId(1), caseId(2)] });
    expect((await wang.call('POST', '/audit/reads', {})).status).toBe(403);
  });

  test('turns pages, and is shown who opened very many files within an hour', async () => {
    for (let index = 0; index < 60; index += 1) await recordRead(hall.hall.ground, { ...clerk, account: 'busy' }, { what: 'case', cases: [caseId(100 + (index % 31))], blob: null });
    const first = (await search({ account: 'busy' })).value;
    expect([first.rows.length, first.bursts]).toEqual([50, [{ account: 'busy', name: 'busy', cases: 31, from: expect.any(String) }]]);
    const second = (await search({ account: 'busy', before: first.next })).value;
    expect([second.rows.length, second.next, second.bursts]).toEqual([10, 0, []]);
    const deeds = (await auditor.call('POST', '/audit/deeds', { from: '2026-11-23', to: '2026-11-23', account: 'zhao', what: 'audit.', subject: '', before: 0 })).body;
    expect(deeds.value.rows[0]).toMatchObject({ account: 'zhao', name: '赵明', what: 'audit.search-deeds' });
    expect((await auditor.call('GET', '/audit/days')).body).toMatchObject({ days: [], publicKey: hall.keys.signing.publicKey, expired: { rows: 0, proposed: false } });
  });
});
