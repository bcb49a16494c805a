import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { caseId, createMaker, type Maker } from '../test/fixtures/actions.ts';
import { consoleAt, elderCardHandIn, packItem, request, saidOf, takeToken, terminalAt } from '../test/fixtures/hall.ts';
import { layMigratedDatabase } from '../test/fixtures/pglite-image.ts';
import { packReference } from '../test/rigs/citizen.ts';
import { leasedNumber } from '../domain/lease/lease.ts';
import { DEMO_ACCOUNTS } from './demo.ts';
import { JournalExportEnd } from '../domain/audit/export.ts';
import { civilDate } from '../domain/calendar/civil-date.ts';

const SLOW = 180_000;
const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const PACKS = fileURLToPath(new URL('../packs', import.meta.url));

describe('the hall as a program', () => {
  let folder: string;
  let data: string;
  const running = new Set<ChildProcess>();

  const start = (args: readonly string[], input = '') => {
    const env: NodeJS.ProcessEnv = { ...process.env };
    delete env['DATABASE_URL'];
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args], { env, stdio: ['pipe', 'pipe', 'pipe'] });
    running.add(child);
    child.once('close', () => running.delete(child));
    child.stdin.end(input);
    const ended = Promise.all([new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code))), text(child.stdout), text(child.stderr)])
      .then(([code, out, error]) => ({ code, out, error }));
    return { child, ended };
  };
  const serve = async () => {
    const ready = join(folder, 'ready.json');
    await rm(ready, { force: true });
    const started = start(['--demo', '--port', '0', '--data', data, '--packs', PACKS, '--ready-file', ready]);
    const served = new Promise<void>((resolve, reject) => {
      started.child.stdout.on('data', (chunk: Buffer) => {
        if (chunk.includes('hall ready at')) resolve();
      });
      started.child.once('close', () => reject(new Error('the hall ended before it served')));
    });
    await served;
    const answer: { url: string; enrolmentCode: string } = JSON.parse(await readFile(ready, 'utf8'));
    return { ...started, ...answer };
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jinban-hall-program-'));
    data = join(folder, 'data');
  });
  afterEach(() => {
    for (const child of running) child.kill('SIGKILL');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function enrol(url: string, code: string): Promise<Maker> {
    const maker = createMaker('T330624-0001');
    const { body } = await request(url, 'POST', '/api/v1/enrolments', { machine: maker.machine, publicKey: maker.publicKey, code });
    expect(body.ok).toBe(true);
    return maker;
  }

  test('serves the demo, is killed, and knows everything again that it acknowledged', async () => {
    const first = await serve();
    expect(first.enrolmentCode).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    const maker = await enrol(first.url, first.enrolmentCode);
    for (const { account, password } of DEMO_ACCOUNTS) expect((await consoleAt(first.url).call('POST', '/session', { account, password })).body.ok).toBe(true);
    const page = await request(first.url, 'GET', '/openapi.json');
    expect(Object.keys(page.body.paths)).toEqual(expect.arrayContaining(['/api/v1/intake', '/console/api/cases/{id}/accept']));

    const terminal = terminalAt(first.url, maker, await takeToken(first.url, maker));
    const lease = await terminal.lease(10, 'before-the-kill');
    const batch = [1, 2, 3].map((serial) => maker.make(elderCardHandIn(leasedNumber(lease, lease.first + serial)), { ...packReference('elder-card'), case: caseId(serial) }));
    const told = await terminal.intake(batch);
    expect(told.map(({ kind }) => kind)).toEqual(['stored', 'stored', 'stored']);
    first.child.kill('SIGKILL');
    await first.ended;

    const second = await serve();
    expect(second.enrolmentCode).toBe('');
    const again = terminalAt(second.url, maker, await takeToken(second.url, maker));
    const repeated = await again.intake(batch);
    expect(repeated.map(({ kind }) => kind)).toEqual(['duplicate', 'duplicate', 'duplicate']);
    expect(saidOf(repeated)).toEqual(saidOf(told));
    expect(await again.lease(10, 'before-the-kill')).toEqual(lease);
    expect((await again.lease(10, 'after-the-kill')).first).toBe(lease.last + 1);

    // A second program on the same PGlite folder would destroy it.
    const other = await start(['--add-machine', 'T330624-0002', '--data', data]).ended;
    expect(other).toMatchObject({ code: 1, error: expect.stringContaining('already uses') });
    second.child.kill('SIGTERM');
    expect((await second.ended).code).toBe(0);

    // What an auditor gets of the machine's log is what it signed, with the hall's word on where it ends.
    const exported = await start(['--export-log', maker.machine, '--data', data]).ended;
    const lines = exported.out.trim().split('\n').map((line): unknown => JSON.parse(line));
    expect(lines.slice(1, -1)).toEqual(batch);
    expect(lines.at(-1)).toMatchObject({ format: 'jinban-log-end-1', machine: maker.machine, sequence: 3, hash: batch[2]?.hash, by: 'H330624' });
    expect(await start(['--export-log', 'T330624-0009', '--data', data]).ended).toMatchObject({ code: 1, out: '', error: expect.stringContaining('no such machine') });
    expect((await stat(join(data, 'hall-keys.json'))).mode & 0o777).toBe(0o600);
  }, SLOW);

  test('administers machines and accounts, and says what is wrong', async () => {
    const added = await start(['--add-machine', 'T330624-0002', '--data', data]).ended;
    expect(added.code).toBe(0);
    expect(added.out).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\n$/);
    const answers = await Promise.all([start(['--add-machine', 'T511126-0001', '--data', join(folder, 'a')]).ended, start(['--add-machine', 'nonsense', '--data', join(folder, 'b')]).ended, start(['--nonsense']).ended]);
    expect(answers.map(({ code }) => code)).toEqual([1, 1, 1]);
    expect((await start(['--add-user', 'zhao', '赵审计', 'auditor', '--data', data], 'a-long-password\n').ended).code).toBe(0);
    expect(await start(['--add-user', 'zhao', '赵审计', 'auditor', '--data', data], 'short\n').ended).toMatchObject({ code: 1, error: expect.stringContaining('at least') });
    const day = civilDate(Date.now());
    const journal = await start(['--export-audit', day, day, '--data', data]).ended;
    expect(journal.out).toContain('"what":"account.put","subject":"zhao"');
    expect(JournalExportEnd.parse(JSON.parse(journal.out.trimEnd().split('\n').at(-1) ?? '')).deed.position).toBeGreaterThan(0);
    expect(await start(['--add-user', 'zhao', '赵审计', 'king', '--data', data], 'a-long-password\n').ended).toMatchObject({ code: 1, error: expect.stringContaining('auditor') });
    expect((await start(['--retire-machine', 'T330624-0002', '--data', data]).ended).code).toBe(0);
    expect((await start(['--retire-machine', 'T330624-0002', '--data', data]).ended).code).toBe(1);
    const report = await start(['--gap-report', '--data', data]).ended;
    expect(report).toMatchObject({ code: 0, out: expect.stringMatching(/^division,year,kind,machine,state,reason,first,last,count\r\n/) });
  }, SLOW);

  test('does not start with a wrong pack, and names file and field', async () => {
    const packs = join(folder, 'packs');
    await cp(PACKS, packs, { recursive: true });
    await mkdir(join(packs, 'wrong', 'items'), { recursive: true });
    await writeFile(join(packs, 'wrong', 'items', 'wrong.json'), JSON.stringify({ ...packItem('elder-card'), basicCode: 'short' }));
    await layMigratedDatabase(join(folder, 'c'));
    const refused = await start(['--port', '0', '--data', join(folder, 'c'), '--packs', packs]).ended;
    expect(refused.code).toBe(1);
    expect(refused.error).toContain('wrong.json basicCode');
  }, SLOW);
});
