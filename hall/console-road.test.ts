import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { verifier } from '../crypto/node.ts';
import { verifyChain } from '../domain/action/chain.ts';
import { dueDate } from '../domain/calendar/working-days.ts';
import type { FeedEntry } from '../domain/contracts/hall.ts';
import type { InboxRow } from '../domain/contracts/cases.ts';
import { licenceIdentifier } from '../domain/numbers/licence-identifier.ts';
import { provisionalNumber } from '../domain/lease/lease.ts';
import { caseId } from '../test/fixtures/actions.ts';
import { consoleAt, ELDER_CARD, elderCardHandIn, enrolTerminal, openTestDatabase, packItem, PGLITE, POSTGRES, request, sealedHandIn, signInAt, startHall, takeToken, terminalAt, type TestConsole, type TestTerminal, uploadBlob } from '../test/fixtures/hall.ts';
import { hallOfSuite } from '../test/fixtures/served-hall.ts';
import { isClosed } from '../domain/case/fold.ts';
import { CLAIM_LIFE } from './cases/inbox.ts';

const SLOW = 180_000;

describe.each([PGLITE, POSTGRES])('the console on $name', (databases) => {
  const served = hallOfSuite(databases);
  let terminal: TestTerminal;
  let wang: TestConsole;
  let li: TestConsole;
  let cases = 0;

  beforeAll(async () => {
    terminal = await served.freshTerminal();
    wang = await signInAt(served.hall, 'wang', 'clerk');
    li = await signInAt(served.hall, 'li', 'department');
  }, SLOW);

  /** A case handed in, with its scans at the hall unless they shall be late. */
  async function handIn(options: { scans?: boolean; provisional?: boolean } = {}) {
    const id = caseId(++cases);
    const { sequence } = terminal.maker.head();
    const number = options.provisional === true ? provisionalNumber(terminal.maker.machine, sequence + 1) : terminal.nextNumber();
    const sealed = sealedHandIn(served.hall, id, number, { number: { value: number, provisional: options.provisional === true } });
    const [outcome] = await terminal.intake([terminal.maker.make(sealed.payload, { code: ELDER_CARD, case: id })]);
    expect(outcome?.kind).toBe('stored');
    if (options.scans !== false) await sendScans(id, sealed.sealed);
    return { id, number, ...sealed };
  }
  async function sendScans(id: string, scans: ReadonlyMap<string, Uint8Array>) {
    for (const [hash, bytes] of scans) expect(await uploadBlob(served.hall.url, terminal.token, { case: id, hash }, bytes)).toBe(204);
  }
  const act = (who: TestConsole, id: string, deed: string, input: object = {}) => who.call('POST', `/cases/${id}/${deed}`, { ...(deed === 'accept' ? { lacking: [] } : {}), ...input });
  const feedActions = async (after: number) => {
    const { entries }: { entries: FeedEntry[] } = (await terminal.call('GET', `/feed?after=${after}&limit=500`)).body;
    return entries.flatMap((entry) => (entry.kind === 'action' ? [entry.action] : []));
  };
  const audited = async (what: 'inbox' | 'case' | 'blob') => (await served.db.read.selectFrom('read_audit').selectAll().where('what', '=', what).execute()).length;

  describe('a case', () => {
    test('lives from hand-in to certificate, rating and print', async () => {
      const { id, number, sealed, plain } = await handIn({ scans: false });
      const before = (await terminal.call('GET', '/feed?after=0&limit=500')).body.checkpoint;

      const inbox = (await wang.call('POST', '/inbox', { stage: 'open', query: '', after: '', limit: 10 })).body;
      const row: InboxRow = inbox.rows.find((one: InboxRow) => one.id === id);
      expect(row).toEqual({ id, number, itemName: packItem('elder-card').name, person: '张测试', stage: 'handed-in', handedInAt: expect.any(String), machine: 'T330624-0001', promisedBy: null, daysLeft: 5, missing: 3, claimedBy: null, paused: false });

      expect((await act(wang, id, 'claim')).body).toEqual({ ok: true, value: { stage: 'handed-in' } });
      expect((await act(wang, id, 'accept')).body).toEqual({ ok: false, error: { kind: 'materials-missing' } });
      await sendScans(id, sealed);
      const opened = (await wang.call('GET', `/cases/${id}`)).body.value;
      expect(opened).toMatchObject({ row: { missing: 0, claimedBy: 'wang' }, applicant: { name: '张测试', number: '330624199001010018', phone: '13800000000', assurance: 'card-offline' }, certificate: null, proposed: null, correction: [], ratedLevel: null });
      expect(new Set(opened.here)).toEqual(new Set(sealed.keys()));
      expect(opened.actions).toHaveLength(1);

      // The pages come unsealed, for this session only.
      for (const [hash, bytes] of plain) {
        const page = await fetch(`${served.hall.url}/console/api/blobs/${id}/${hash}`, { headers: { cookie: await cookieOf('wang') } });
        expect(page.status).toBe(200);
        expect(new Uint8Array(await page.arrayBuffer())).toEqual(bytes);
        expect(page.headers.get('cache-control')).toBe('no-store');
        expect(page.headers.get('content-type')).toBe(hash === opened.signature ? 'image/png' : 'image/jpeg');
      }

      expect((await act(wang, id, 'accept')).body).toEqual({ ok: true, value: { stage: 'accepted' } });
      const item = packItem('elder-card');
      const accepted = (await wang.call('GET', `/cases/${id}`)).body.value;
      expect(accepted.actions[1].payload).toEqual({
        kind: 'accepted', number, calendar: expect.stringMatching(/^2026-/), acceptedOn: '2026-11-23',
        promisedBy: dueDate('2026-11-23', item.promised).date, statutoryBy: dueDate('2026-11-23', item.statutory).date, provisional: false,
      });
      expect(accepted.row).toMatchObject({ promisedBy: '2026-11-24', daysLeft: 1 });
      expect(accepted.proposed).toMatchObject({ template: 'elder-card', holder: '张测试', issuedOn: '2026-11-23' });

      expect((await act(wang, id, 'finish', { granted: true, words: '符合条件' })).body).toEqual({ ok: true, value: { stage: 'finished' } });
      const finished = (await wang.call('GET', `/cases/${id}`)).body.value;
      expect(finished.certificate).toEqual(accepted.proposed);
      expect(licenceIdentifier(finished.certificate.licence).ok).toBe(true);
      expect(JSON.stringify(finished.certificate)).not.toContain('330624199001010018');
      expect(finished.row).toMatchObject({ stage: 'finished', claimedBy: null, daysLeft: null });

      const told = await feedActions(before);
      expect(told.map(({ payload }) => payload.kind)).toEqual(['accepted', 'decided', 'finished']);
      expect(told.every(({ machine, actor }) => machine === 'H330624' && actor.kind === 'staff' && actor.account === 'wang')).toBe(true);

      const outcomes = await terminal.intake([
        terminal.maker.make({ kind: 'result-printed', licence: finished.certificate.licence, outcome: 'printed' }, { code: ELDER_CARD, case: id }),
        terminal.maker.make({ kind: 'rated', level: 5, tags: [], words: '' }, { code: ELDER_CARD, case: id }),
      ]);
      expect(outcomes.map(({ kind }) => kind)).toEqual(['stored', 'stored']);
      expect((await wang.call('GET', `/cases/${id}`)).body.value).toMatchObject({ ratedLevel: 5, row: { stage: 'finished' } });
    });

    test('with a provisional number gets an official one, and is found under both', async () => {
      const { id, number } = await handIn({ provisional: true });
      expect((await act(wang, id, 'accept')).body.ok).toBe(true);
      const { row } = (await wang.call('GET', `/cases/${id}`)).body.value;
      expect(row.number).toMatch(/^3306242026\d{8}$/);
      for (const query of [number, row.number]) expect((await wang.call('POST', '/inbox', { stage: 'all', query, after: '', limit: 10 })).body.rows.map((one: InboxRow) => one.id)).toEqual([id]);
      const next = await handIn({ provisional: true });
      await act(wang, next.id, 'accept');
      expect((await wang.call('GET', `/cases/${next.id}`)).body.value.row.number).not.toBe(row.number);
    });

    test('is told once what is missing, supplemented, and accepted then', async () => {
      const { id, payload, sealed } = await handIn();
      const asks = [{ target: 'material', key: 'household-or-id', words: '第二页看不清' }, { target: 'form', key: 'town', words: '请核对' }];
      expect((await act(wang, id, 'correction', { asks: [{ ...asks[0], key: 'no-such-material' }] })).status).toBe(400);
      expect((await act(wang, id, 'correction', { asks })).body).toEqual({ ok: true, value: { stage: 'correction-asked' } });
      expect((await act(wang, id, 'correction', { asks })).body).toEqual({ ok: false, error: { kind: 'wrong-stage' } });
      expect((await act(wang, id, 'accept')).body).toEqual({ ok: false, error: { kind: 'wrong-stage' } });
      expect((await wang.call('GET', `/cases/${id}`)).body.value).toMatchObject({ correction: asks, row: { daysLeft: null } });

      const page = [...sealed.entries()].find(([hash]) => hash !== payload.signature.image?.hash);
      if (page === undefined) throw new Error('no page');
      const kept = payload.materials[0]!.pages.find(({ hash }) => hash === page[0])!;
      const supplement = terminal.maker.make({ kind: 'supplemented', form: { town: '330624002' }, materials: [{ key: 'household-or-id', trust: 'C', pages: [kept] }] }, { code: ELDER_CARD, case: id });
      expect((await terminal.intake([supplement]))[0]?.kind).toBe('stored');
      const opened = (await wang.call('GET', `/cases/${id}`)).body.value;
      expect(opened).toMatchObject({ form: { town: '330624002' }, row: { stage: 'supplemented', missing: 0, daysLeft: 5 } });
      expect(opened.materials[0].pages).toHaveLength(1);
      expect((await act(wang, id, 'accept')).body.ok).toBe(true);
    });

    test('that is denied needs a reason and gets no certificate; a refused one ends', async () => {
      const { id } = await handIn();
      await act(wang, id, 'accept');
      expect((await act(wang, id, 'finish', { granted: false, words: ' ' })).status).toBe(400);
      expect((await act(wang, id, 'finish', { granted: false, words: '年龄未到' })).body.ok).toBe(true);
      expect((await wang.call('GET', `/cases/${id}`)).body.value.certificate).toBeNull();
      const other = await handIn();
      expect((await act(wang, other.id, 'refuse', { reason: '不属于本机关职权范围' })).body).toEqual({ ok: true, value: { stage: 'refused' } });
      expect((await act(wang, other.id, 'accept')).body).toEqual({ ok: false, error: { kind: 'wrong-stage' } });
      expect((await act(wang, other.id, 'claim')).body).toEqual({ ok: false, error: { kind: 'wrong-stage' } });
    });

    test('certificates of one kind never share a number', async () => {
      const granted = await Promise.all([await handIn(), await handIn(), await handIn()].map(async ({ id }) => {
        await act(wang, id, 'accept');
        await act(wang, id, 'finish', { granted: true, words: '' });
        return (await wang.call('GET', `/cases/${id}`)).body.value.certificate.number;
      }));
      expect(new Set(granted).size).toBe(3);
    });

    test('that a colleague claimed is left to them until the claim is over', async () => {
      const { id } = await handIn();
      await act(wang, id, 'claim');
      for (const [deed, input] of [['claim', {}], ['accept', {}], ['refuse', { reason: '不办' }], ['finish', { granted: true, words: '' }]] as const) {
        expect((await act(li, id, deed, input)).body, deed).toEqual({ ok: false, error: { kind: 'claimed-by-other' } });
      }
      served.hall.clock.advance(CLAIM_LIFE);
      [wang, li] = [await signInAt(served.hall, 'wang', 'clerk'), await signInAt(served.hall, 'li', 'department')];
      terminal = { ...terminal, ...terminalAt(served.hall.url, terminal.maker, await takeToken(served.hall.url, terminal.maker)) };
      expect((await act(li, id, 'claim')).body.ok).toBe(true);
      expect((await act(wang, id, 'claim')).body).toEqual({ ok: false, error: { kind: 'claimed-by-other' } });
      // What is done is done: the next step is anybody's.
      expect((await act(li, id, 'accept')).body.ok).toBe(true);
      expect((await act(wang, id, 'finish', { granted: true, words: '' })).body.ok).toBe(true);
    });

    test('two clerks who accept at once accept it once', async () => {
      const { id } = await handIn();
      const answers = (await Promise.all([wang, wang, wang].map((who) => act(who, id, 'accept')))).map(({ body }) => (body.ok ? 'ok' : body.error.kind));
      expect(answers.toSorted((one, two) => one.localeCompare(two))).toEqual(['ok', 'wrong-stage', 'wrong-stage']);
    });

    test('that nobody handed in is unknown', async () => {
      const id = caseId(9_000);
      expect((await wang.call('GET', `/cases/${id}`)).body).toEqual({ ok: false, error: { kind: 'unknown-case' } });
      expect((await act(wang, id, 'accept')).body).toEqual({ ok: false, error: { kind: 'unknown-case' } });
      expect((await wang.call('GET', '/cases/not-a-ulid')).status).toBe(400);
    });

    test("the hall's own chain is whole", async () => {
      const rows = await served.db.read.selectFrom('action').select('body').where('machine', '=', 'H330624').orderBy('sequence').execute();
      expect(rows.length).toBeGreaterThan(10);
      expect(verifyChain(rows.map(({ body }) => JSON.parse(body)), served.hall.hall.ground.hall, served.hall.keys.signing.publicKey, verifier).faults).toEqual([]);
    });
  });

  describe('people', () => {
    test('the inbox pages through every case once, soonest duty first', async () => {
      const seen: InboxRow[] = [];
      let after = '';
      let counts: Record<string, number> = {};
      do {
        const { body } = await wang.call('POST', '/inbox', { stage: 'all', query: '', after, limit: 3 });
        seen.push(...body.rows);
        after = body.next;
        counts = body.counts;
      } while (after !== '');
      expect(new Set(seen.map(({ id }) => id)).size).toBe(cases);
      // What is over is not counted.
      expect(counts['open']).toBe(seen.filter(({ stage }) => !isClosed(stage)).length);
      const open = seen.filter(({ daysLeft }) => daysLeft !== null).map(({ daysLeft }) => daysLeft ?? 0);
      expect(open).toEqual(open.toSorted((one, two) => one - two));
      expect((await wang.call('POST', '/inbox', { stage: 'all', query: '', after: 'nonsense', limit: 3 })).status).toBe(400);
    });

    test('the inbox is searched by name, number and exact identity number; % is a letter', async () => {
      const count = async (query: string) => (await wang.call('POST', '/inbox', { stage: 'all', query, after: '', limit: 100 })).body.rows.length;
      expect([await count('张测试'), await count('330624199001010018'), await count('19900101'), await count('%'), await count('没有这个人')]).toEqual([cases, cases, 0, 0, 0]);
    });

    test('each role does what is its own', async () => {
      const { id, sealed } = await handIn();
      const [hash] = sealed.keys();
      const roles = { supervisor: 'shen', auditor: 'zhao', caretaker: 'sun', administrator: 'admin' } as const;
      const answers: Record<string, unknown> = {};
      for (const [role, account] of Object.entries(roles) as [keyof typeof roles, string][]) {
        const who = await signInAt(served.hall, account, role);
        const opened = await who.call('GET', `/cases/${id}`);
        answers[role] = [(await who.call('POST', '/inbox', { stage: 'all', query: '', after: '', limit: 1 })).status, opened.status, (await who.call('GET', `/blobs/${id}/${hash}`)).status, (await act(who, id, 'accept')).status, (await act(who, id, 'claim')).status, (await who.call('GET', '/machines')).status, (await who.call('GET', '/quarantine')).status];
      }
      expect(answers).toEqual({
        supervisor: [200, 200, 200, 403, 403, 403, 403],
        auditor: [200, 200, 200, 403, 403, 200, 200],
        caretaker: [403, 403, 403, 403, 403, 200, 403],
        administrator: [403, 403, 403, 403, 403, 200, 200],
      });
      expect((await wang.call('GET', '/machines')).status).toBe(403);
    });

    test('every look at a person is recorded', async () => {
      const { id, sealed } = await handIn();
      const before = [await audited('inbox'), await audited('case'), await audited('blob')];
      await wang.call('POST', '/inbox', { stage: 'open', query: '', after: '', limit: 2 });
      await wang.call('GET', `/cases/${id}`);
      await wang.call('GET', `/blobs/${id}/${[...sealed.keys()][0]}`);
      expect([await audited('inbox'), await audited('case'), await audited('blob')]).toEqual(before.map((count) => count + 1));
      const last = await served.db.read.selectFrom('read_audit').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow();
      expect(last).toMatchObject({ account: 'wang', what: 'blob', cases: JSON.stringify([id]), blob: [...sealed.keys()][0] });
    });

    test('the machines and what lies in quarantine are listed', async () => {
      await terminal.intake([{ rubbish: true }]);
      const admin = await signInAt(served.hall, 'admin', 'administrator');
      expect((await admin.call('GET', '/machines')).body).toMatchObject([{ machine: 'T330624-0001', retired: false, enrolledAt: expect.any(String), lastContact: expect.any(String), actions: terminal.maker.head().sequence, quarantined: 1, clockOffset: null, protocol: null, program: null }]);
      const machine = async () => (await admin.call('GET', '/machines')).body[0];
      const wall = new Date(served.hall.clock.now() + 37 * 60_000).toISOString();
      await takeToken(served.hall.url, terminal.maker, { wall, protocol: 2, program: '0.1.0', ofALaterVersion: true });
      expect(await machine()).toMatchObject({ clockOffset: 37 * 60_000, protocol: 2, program: '0.1.0' });
      // Words that cannot be read, or none, cost no token; nothing old is shown as if it were still so.
      await takeToken(served.hall.url, terminal.maker, { wall: 'noon' });
      expect(await machine()).toMatchObject({ clockOffset: null, protocol: null, program: null });
      expect((await admin.call('GET', '/quarantine')).body).toMatchObject([{ machine: 'T330624-0001', reason: 'malformed', action: null }]);
    });

    test('five wrong passwords lock an account, longer each time, and not even the right one opens it then', async () => {
      await signInAt(served.hall, 'zhou', 'clerk');
      const attempt = async (password: string) => (await consoleAt(served.hall.url).call('POST', '/session', { account: 'zhou', password })).body;
      for (let failure = 1; failure < 5; failure += 1) expect(await attempt('wrong')).toEqual({ ok: false, error: { kind: 'refused' } });
      const locked = await attempt('wrong');
      expect(locked).toEqual({ ok: false, error: { kind: 'locked', until: new Date(served.hall.clock.now() + 60_000).toISOString() } });
      expect(await attempt('password-of-zhou')).toEqual(locked);
      served.hall.clock.advance(60_001);
      expect(await attempt('wrong')).toEqual({ ok: false, error: { kind: 'locked', until: new Date(served.hall.clock.now() + 120_000).toISOString() } });
      served.hall.clock.advance(120_001);
      expect((await attempt('password-of-zhou')).ok).toBe(true);
      expect(await attempt('wrong')).toEqual({ ok: false, error: { kind: 'refused' } });
      expect((await consoleAt(served.hall.url).call('POST', '/session', { account: 'nobody', password: 'x' })).body).toEqual({ ok: false, error: { kind: 'refused' } });
    });

    test('a session ends by signing out and by leaving it idle', async () => {
      const who = await signInAt(served.hall, 'qian', 'clerk');
      expect((await who.call('GET', '/session')).body).toMatchObject({ ok: true, value: { account: 'qian', role: 'clerk', hall: '新昌县政务服务中心', production: served.db.production } });
      const cookie = await cookieOf('qian');
      await who.call('DELETE', '/session');
      expect((await who.call('GET', '/session')).body).toEqual({ ok: false, error: { kind: 'signed-out' } });
      expect((await who.call('POST', '/inbox', { stage: 'all', query: '', after: '', limit: 1 })).status).toBe(401);
      const me = () => request(served.hall.url, 'GET', '/console/api/session', undefined, { cookie });
      expect((await me()).body.ok).toBe(true);
      served.hall.clock.advance(30 * 60_000 + 1);
      expect((await me()).body.ok).toBe(false);
      [wang, li] = [await signInAt(served.hall, 'wang', 'clerk'), await signInAt(served.hall, 'li', 'department')];
    });

    test('a write from another origin, or from none, is refused', async () => {
      for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }]) {
        expect((await wang.call('POST', `/cases/${caseId(1)}/claim`, {}, headers)).status).toBe(403);
      }
      expect((await request(served.hall.url, 'POST', '/console/api/session', { account: 'wang', password: 'password-of-wang' })).status).toBe(403);
    });
  });

  test('the log of all this holds no name, number, phone, word or secret', () => {
    const lines = served.hall.logged.join('');
    expect(lines).toContain('"event":"case-acted"');
    const secrets = ['张测试', '李测试', '330624199001010018', '13800000000', '13900000000', '测试路', '第二页看不清', '年龄未到', 'password-of', terminal.token, served.hall.keys.signing.privateKey, served.hall.keys.wrapping.privateKey, 'query='];
    expect(secrets.filter((secret) => lines.includes(secret))).toEqual([]);
    for (const line of served.hall.logged) expect(JSON.parse(line)).toMatchObject({ event: expect.any(String), time: expect.any(String), process: 'hall' });
  });

  /** A session's cookie of its own. */
  async function cookieOf(account: string): Promise<string> {
    const answer = await request(served.hall.url, 'POST', '/console/api/session', { account, password: `password-of-${account}` }, { origin: served.hall.url });
    return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  }
});

test('the built console is served with its own rules, and nothing outside its folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'jinban-console-'));
  await mkdir(join(folder, 'console', 'assets'), { recursive: true });
  await writeFile(join(folder, 'console', 'index.html'), '<!doctype html><title>控制台</title>');
  await writeFile(join(folder, 'console', 'assets', 'main-1a2b.js'), 'export {};');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  const db = await openTestDatabase({ kind: 'pglite', folder: null });
  const hall = await startHall(db, { consoleFolder: join(folder, 'console') });
  const page = await request(hall.url, 'GET', '/console');
  expect(page.body).toContain('控制台');
  expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect(page.headers.get('cache-control')).toBe('no-cache');
  expect((await request(hall.url, 'GET', '/console/assets/main-1a2b.js')).headers.get('cache-control')).toContain('immutable');
  for (const path of ['/console/../secret.txt', '/console/%2e%2e/secret.txt', '/console/..%2fsecret.txt', '/console/none.js']) expect((await request(hall.url, 'GET', path)).status, path).toBeGreaterThanOrEqual(400);
  await hall.close();
  const unbuilt = await startHall(db, { keys: hall.keys, consoleFolder: join(folder, 'nowhere') });
  expect(await request(unbuilt.url, 'GET', '/console/')).toMatchObject({ status: 404, body: expect.stringContaining('./jinban build') });
  await unbuilt.close();
  await db.close();
  await rm(folder, { recursive: true });
}, SLOW);

test('a hand-in without scans of a required material is never accepted', async () => {
  const db = await openTestDatabase({ kind: 'pglite', folder: null });
  const hall = await startHall(db);
  const terminal = await enrolTerminal(hall);
  const wang = await signInAt(hall, 'wang', 'clerk');
  const id = caseId(1);
  await terminal.intake([terminal.maker.make(elderCardHandIn(terminal.nextNumber(), { materials: [] }), { code: ELDER_CARD, case: id })]);
  expect((await wang.call('POST', `/cases/${id}/accept`, { lacking: [] })).body).toEqual({ ok: false, error: { kind: 'materials-missing' } });
  await hall.close();
  await db.close();
}, SLOW);
