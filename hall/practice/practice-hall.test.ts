import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMaker } from '../../test/fixtures/actions.ts';
import { enrolTerminal, kindsOf, openTestDatabase, packItem, PGLITE, request, startHall, type TestHall } from '../../test/fixtures/hall.ts';
import { seededHall, type SeededHall } from '../../test/fixtures/seeded-hall.ts';
import { MachineId } from '../../domain/ids.ts';
import { practiceItem, practiceName } from '../../domain/practice/practice.ts';
import type { HallDatabase } from '../db/database.ts';
import { generateKeyRing, keyFile, loadKeyRing } from '../identity/keys.ts';
import { createHall } from '../server.ts';
import { fillPractice, practiceTerminal, seedStateOf } from './practice-hall.ts';

const SLOW = 120_000;
const OWN = [packItem('elder-card'), packItem('business-registration')];
const STORY = { seed: 5, cases: 12, days: 6, until: Date.UTC(2026, 10, 23, 1, 30), items: OWN, told: () => undefined };

describe('a practice hall', () => {
  let db: HallDatabase;
  let hall: TestHall;
  let folder: string;
  const keys = generateKeyRing();

  beforeAll(async () => {
    db = await openTestDatabase(await (await PGLITE.start()).place());
    folder = await mkdtemp(join(tmpdir(), 'jinban-practice-'));
    await writeFile(join(folder, 'index.html'), '<!doctype html>\n<html lang="zh-CN">\n  <body>\n    <div id="root"></div>\n  </body>\n</html>\n');
    hall = await startHall(db, { hall: MachineId.parse('H990624'), name: practiceName('新昌县政务服务中心'), keys, items: OWN.map(practiceItem), demo: true, consoleFolder: folder });
  }, SLOW);
  afterAll(async () => {
    await hall.close();
    await db.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('is filled once, and every number, item and paper of it says 练习', async () => {
    const { ground } = hall.hall;
    expect(await seedStateOf(ground)).toBe('empty');
    expect(await fillPractice(ground, keys, { ...STORY, writer: 'replay', data: hall.data })).toMatchObject({ ok: true, value: { cases: 12 } });
    expect(await fillPractice(ground, keys, { ...STORY, writer: 'bulk', data: null })).toEqual({ ok: false, error: { kind: 'filled' } });
    const cases = await db.read.selectFrom('case_view').select(['handed_in_number', 'item_name', 'state']).execute();
    expect(cases).toHaveLength(12);
    for (const row of cases) {
      expect(row.handed_in_number).toMatch(/^(练习990624|临990624)/);
      expect(row.item_name).toMatch(/^练习·/);
    }
    // Its pages are really there, sealed like any.
    const { hash, size } = await db.read.selectFrom('blob').select(['hash', 'size']).limit(1).executeTakeFirstOrThrow();
    expect((await stat(join(hall.data, 'blobs', hash.slice(0, 2), hash))).size).toBe(size);
  }, SLOW);

  test('says so in the console before anybody signed in, and on the public pages', async () => {
    for (const path of ['/console/', '/console/index.html', '/public/']) {
      const page = await request(hall.url, 'GET', path);
      expect(page.status, path).toBe(200);
      expect(page.body, path).toContain('练习大厅');
    }
  });

  test('takes no real terminal, and a real hall none of its own', async () => {
    expect(await enrolTerminal(hall, 'T330624-0001').catch((cause: Error) => cause.message)).toBe('other-division');
    expect(await practiceTerminal(hall.hall.ground)).not.toBe('');
  });
});

describe('a real hall', () => {
  let hall: SeededHall;
  beforeAll(async () => {
    hall = await seededHall({ cases: 20, days: 10 });
  }, SLOW);
  afterAll(() => hall.close());

  test('is never filled with a story by a command, and has people of every role in a test', async () => {
    expect(await fillPractice(hall.hall.ground, hall.keys, { ...STORY, writer: 'bulk', data: null })).toEqual({ ok: false, error: { kind: 'not-practice' } });
    const clerk = await hall.enter('clerk');
    const { body } = await clerk.call('GET', '/session');
    expect(body).toMatchObject({ ok: true, value: { role: 'clerk' } });
    expect(new Set(hall.staff.map(({ role }) => role)).size).toBe(8);
  });

  test('keeps out what a practice machine signed, though the sender is its own', async () => {
    const terminal = await enrolTerminal(hall, 'T330624-0001');
    const practice = createMaker('T990624-0001');
    const foreign = practice.make({ kind: 'withdrawn', reason: '' });
    expect(kindsOf(await terminal.intake([foreign]))).toEqual(['wrong-machine']);
  });

  test('shares neither database nor folder with a practice hall', async () => {
    const options = { hall: MachineId.parse('H990624'), name: '练习', db: hall.db, keys: generateKeyRing(), clock: hall.clock, log: () => undefined, data: hall.data, items: [], consoleFolder: null, demo: true, secureCookies: false, rounds: false, smsGateway: null, secondFactor: 'off' as const };
    expect(await createHall(options)).toEqual({ ok: false, error: { kind: 'practice-and-real' } });
    const folder = await mkdtemp(join(tmpdir(), 'jinban-keys-'));
    expect((await loadKeyRing(folder, 'practice')).ok).toBe(true);
    expect(await loadKeyRing(folder)).toEqual({ ok: false, error: { kind: 'other-purpose', path: keyFile(folder, 'practice') } });
    // Renamed, it is still what it is.
    await writeFile(keyFile(folder, 'hall'), await readFile(keyFile(folder, 'practice')), { mode: 0o600 });
    await rm(keyFile(folder, 'practice'));
    expect(await loadKeyRing(folder)).toMatchObject({ ok: false, error: { kind: 'damaged' } });
    await rm(folder, { recursive: true });
  });
});
