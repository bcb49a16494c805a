import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8 } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { casesContract } from '../../domain/contracts/cases.ts';
import { consoleContract, type ConsoleCall } from '../../domain/contracts/console.ts';
import { Role } from '../../domain/contracts/staff.ts';
import { ulid } from '../../domain/ids.ts';
import type { Item } from '../../domain/item/types.ts';
import { mayCall } from '../../domain/staff/rights.ts';
import { COUNTY, type Scope } from '../../domain/staff/scope.ts';
import { caseId } from '../../test/fixtures/actions.ts';
import { consoleAt, ELDER_CARD, elderCardHandIn, enrolTerminal, openTestDatabase, packItem, request, sealedHandIn, signInAt, startHall, takeToken, terminalAt, type TestConsole, type TestHall, type TestTerminal, uploadBlob } from '../../test/fixtures/hall.ts';
import { oddInput, type Oddity } from '../../test/fixtures/odd-input.ts';
import type { HallDatabase } from '../db/database.ts';
import { nowOf } from '../ground.ts';
import { newAccount } from '../identity/accounts.ts';
import { hashSecret, randomSecret } from '../identity/secrets.ts';
import { sweepSupervision } from '../supervision/sweep.ts';
import { createApp } from './app.ts';
import { PDF_POLICY } from './headers.ts';
import { isSound } from './sound.ts';

const SLOW = 120_000;
const DAY = 86_400_000;
const elder = packItem('elder-card');
/** Nobody's text: it must never come back. */
const MARK = 'Xq7<script>alert(1)</script>';
const hostile: Item = { ...packItem('business-registration'), name: `${MARK}登记`, summary: '"><img src=x onerror=alert(1)>', declaration: '</textarea><svg/onload=alert(1)>' };

describe('a hall under attack', () => {
  let db: HallDatabase;
  let hall: TestHall;
  let folder: string;
  let terminal: TestTerminal;
  let wang: TestConsole;
  const get = (path: string, headers: Record<string, string> = {}) => fetch(hall.url + path, { headers, redirect: 'manual' });
  /** Status and text of an answer to bytes as they are: `fetch` tidies addresses. */
  const raw = (head: string, body = '') => new Promise<{ status: number; text: string }>((resolve, reject) => {
    let heard = '';
    const socket = connect(Number(new URL(hall.url).port), '127.0.0.1', () => socket.write(`${head}\r\nhost: hall\r\nconnection: close\r\n\r\n${body}`));
    socket.setEncoding('utf8').on('data', (text: string) => (heard += text)).on('error', reject).on('close', () => resolve({ status: Number(heard.slice(9, 12)), text: heard }));
  });

  /** Somebody with a session, put into the tables: each password that is tried costs a tenth of a second. */
  async function seat(account: string, role: Role, scope: Scope = COUNTY): Promise<TestConsole> {
    const { ground } = hall.hall;
    const session = randomSecret();
    const row = { ...newAccount(ground, { account, name: `${account}的名字`, role }), scope: JSON.stringify(scope), granted_at: nowOf(ground) };
    await db.write(async (write) => {
      await write.insertInto('account').values(row).onConflict((conflict) => conflict.doNothing()).execute();
      await write.insertInto('session').values({ division: ground.division, token_hash: hashSecret(session), account, created_at: nowOf(ground), seen_at: nowOf(ground), step: 'whole', address: '', last_at: null, last_address: null, failed: 0 }).execute();
    });
    const console = consoleAt(hall.url);
    const withCookie = (headers: Record<string, string> = {}) => ({ cookie: `jinban_session=${session}`, ...headers });
    return {
      ...console,
      call: (method, path, body, headers) => console.call(method, path, body, withCookie(headers)),
      send: async (path, bytes, type) => {
        const answer = await fetch(`${hall.url}/console/api${path}`, { method: 'POST', body: new Uint8Array(bytes), headers: withCookie({ origin: hall.url, 'content-type': type }) });
        return { status: answer.status, body: await answer.json() };
      },
    };
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jinban-attacked-'));
    await mkdir(join(folder, 'console', 'assets'), { recursive: true });
    await writeFile(join(folder, 'console', 'index.html'), '<!doctype html><title>控制台</title>');
    await writeFile(join(folder, 'secret.txt'), MARK);
    db = await openTestDatabase({ kind: 'pglite', folder: null });
    hall = await startHall(db, { items: [elder, hostile], consoleFolder: join(folder, 'console'), proxies: ['127.0.0.1'] });
    terminal = await enrolTerminal(hall);
    wang = await signInAt(hall, 'wang', 'clerk');
  }, SLOW);
  afterAll(async () => {
    await hall.close();
    await db.close();
    await rm(folder, { recursive: true });
  });

  describe('sessions', () => {
    const tokenOf = async (headers: Record<string, string> = {}) => (await request(hall.url, 'POST', '/console/api/session', { account: 'wang', password: 'password-of-wang' }, { origin: hall.url, ...headers })).headers.getSetCookie();
    const isIn = async (cookie: string, headers = {}) => (await request(hall.url, 'GET', '/console/api/session', undefined, { cookie, ...headers })).body.ok;
    const nameAndValue = (set: string | undefined) => set?.split(';')[0] ?? '';

    test('the cookie is for this host and its own pages alone, and goes when one signs out', async () => {
      const [plain = ''] = await tokenOf();
      expect(plain).toMatch(/^jinban_session=[\w-]{43}; Path=\/console; HttpOnly; SameSite=Strict$/);
      const https = { 'x-forwarded-proto': 'https' };
      const [secure = ''] = await tokenOf(https);
      expect(secure).toMatch(/^__Host-jinban_session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
      expect([await isIn(nameAndValue(secure), https), await isIn(nameAndValue(secure).replace('__Host-', ''), https), await isIn(nameAndValue(secure))]).toEqual([true, false, false]);
      const gone = await request(hall.url, 'DELETE', '/console/api/session', undefined, { origin: hall.url, cookie: nameAndValue(secure), ...https });
      expect(gone.headers.getSetCookie()).toEqual(['__Host-jinban_session=; Max-Age=0; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Strict']);
      expect(await isIn(nameAndValue(secure), https)).toBe(false);
    });

    test('a copied token is worth nothing after its owner signs out or changes the password', async () => {
      await signInAt(hall, 'leaver', 'clerk');
      const signIn = async (password: string) => nameAndValue((await request(hall.url, 'POST', '/console/api/session', { account: 'leaver', password }, { origin: hall.url })).headers.getSetCookie()[0]);
      const [first, second] = [await signIn('password-of-leaver'), await signIn('password-of-leaver')];
      expect(second).not.toBe(first);
      await request(hall.url, 'DELETE', '/console/api/session', undefined, { origin: hall.url, cookie: first });
      expect([await isIn(first), await isIn(second)]).toEqual([false, true]);
      const changed = await request(hall.url, 'POST', '/console/api/my-account/password', { old: 'password-of-leaver', password: 'five boats on tay lake' }, { origin: hall.url, cookie: second });
      expect([changed.body.ok, await isIn(second), await isIn(nameAndValue(changed.headers.getSetCookie()[0]))]).toEqual([true, false, true]);
    });

    test('tries are counted by the address that a trusted proxy names, and others go on', async () => {
      const code = (from: string) => request(hall.url, 'POST', '/console/api/session/code', { code: '000000' }, { origin: hall.url, 'x-forwarded-for': from });
      const answers = await Promise.all(Array.from({ length: 70 }, () => code('203.0.113.9')));
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(10);
      expect((await request(hall.url, 'POST', '/console/api/session', { account: 'wang', password: 'password-of-wang' }, { origin: hall.url, 'x-forwarded-for': '203.0.113.9' })).status).toBe(429);
      expect((await code('203.0.113.10')).status).toBe(200);
      // Whoever is no proxy of this hall's says whom he likes and is still himself: the last address that a proxy did not add.
      expect((await code('198.51.100.1, 203.0.113.9')).status).toBe(429);
    });
  });

  test('what another site can make a browser send does nothing', async () => {
    const own = { origin: hall.url, cookie: '' };
    const [set = ''] = (await request(hall.url, 'POST', '/console/api/session', { account: 'wang', password: 'password-of-wang' }, own)).headers.getSetCookie();
    const cookie = set.split(';')[0] ?? '';
    const send = async (method: string, path: string, body: string | undefined, headers: Record<string, string>) => (await request(hall.url, method, `/console/api${path}`, body, { cookie, ...headers })).status;
    for (const origin of ['http://127.0.0.1.evil.example', `${hall.url}.evil.example`, `${hall.url}@evil.example`, 'null', 'file://', '']) expect(await send('DELETE', '/session', undefined, { origin }), origin).toBe(403);
    for (const [type, body] of [['application/x-www-form-urlencoded', 'id=others'], ['multipart/form-data; boundary=x', '--x\r\ncontent-disposition: form-data; name="id"\r\n\r\nothers\r\n--x--'], ['text/plain', '{"id":"others"}'], ['', '{"id":"others"}']] as const) {
      expect(await send('POST', '/my-account/sessions', body, { origin: hall.url, 'content-type': type }), type).toBeOneOf([400, 415]);
      expect(await send('POST', '/my-account/sessions', body, { origin: 'https://evil.example', 'content-type': type }), type).toBe(403);
    }
    // A method that is only said, not used, is not believed.
    for (const name of ['x-http-method-override', 'x-method-override', 'x-http-method']) expect(await send('GET', '/session?_method=DELETE', undefined, { [name]: 'DELETE' })).toBe(200);
    expect(await send('OPTIONS', '/session', undefined, { origin: 'https://evil.example', 'access-control-request-method': 'DELETE' })).toBe(403);
    expect(await send('GET', '/my-account', undefined, {})).toBe(200);
  });

  describe('what is not one\'s own', () => {
    test('cases, scans, messages, cards and drafts of another department are unknown to a scope that does not hold it, whatever is done to them', async () => {
      const id = caseId(1);
      const { payload, sealed } = sealedHandIn(hall, id, terminal.nextNumber());
      await terminal.intake([terminal.maker.make(payload, { code: ELDER_CARD, case: id })]);
      const [[hash = '', bytes = new Uint8Array()] = []] = sealed;
      await uploadBlob(hall.url, terminal.token, { case: id, hash }, bytes);
      expect((await wang.call('GET', `/blobs/${id}/${hash}`)).status).toBe(200);
      const message = ulid(hall.clock.now(), new Uint8Array(10).fill(1));
      await wang.call('POST', '/messages', { id: message, kind: 'complain', channel: 'phone', site: '', subject: { kind: 'none' }, person: null, words: '等了很久', audio: null });
      await wang.call('POST', `/messages/${message}/owner`, { department: elder.body.creditCode, account: null });
      const editor = await seat('editor', 'editor');
      const draft = (await editor.call('POST', '/catalogue/drafts', { kind: 'changed', codes: [ELDER_CARD] })).body.value.id;
      hall.clock.advance(8 * DAY);
      while (await sweepSupervision(hall.hall.ground) > 0);
      const { id: card } = await db.read.selectFrom('card').select('id').limit(1).executeTakeFirstOrThrow();

      const scope = { ...COUNTY, departments: ['0'.repeat(18)] };
      const outsiders = Object.fromEntries(await Promise.all((['clerk', 'department', 'issuer', 'supervisor', 'editor'] as const).map(async (role) => [role, await seat(`outside-${role}`, role, scope)] as const)));
      const tried: [string, number, string | undefined][] = [];
      const attempt = async (role: string, method: string, path: string, body?: unknown) => {
        const answer = await outsiders[role]?.call(method, path, body);
        tried.push([`${method} ${path}`, answer?.status ?? 0, answer?.body.error?.kind]);
      };
      for (const [call, { '~orpc': { inputSchema, route } }] of Object.entries(casesContract)) {
        if (!(inputSchema instanceof z.ZodType) || route.path?.includes('{id}') !== true) continue;
        const { id: _other, ...body } = oddInput(inputSchema, { text: '字', date: '2026-12-01', largest: false, which: 0 }) as Record<string, unknown>;
        const role = Object.keys(outsiders).find((one) => mayCall(one as Role, call as ConsoleCall)) ?? '';
        await attempt(role, route.method ?? 'POST', route.path.replace('{id}', id), route.method === 'GET' ? undefined : body);
      }
      const known = new Set(['unknown-case', 'unknown-message', 'unknown-card', 'unknown-draft', 'unknown-item', 'unknown-rating']);
      await attempt('clerk', 'GET', `/messages/${message}`);
      await attempt('clerk', 'POST', `/messages/${message}/reply`, { words: '好' });
      await attempt('supervisor', 'POST', `/messages/${message}/hand-over`, {});
      await attempt('supervisor', 'GET', `/supervision/cards/${card}`);
      await attempt('supervisor', 'POST', `/supervision/cards/${card}/deeds`, { deed: { kind: 'urged', words: '请尽快', replyBy: '2026-12-20' } });
      await attempt('editor', 'GET', `/catalogue/drafts/${draft}`);
      await attempt('editor', 'PUT', `/catalogue/drafts/${draft}`, { revision: 1, bodies: [], reason: '' });
      await attempt('editor', 'POST', `/catalogue/drafts/${draft}/holder`, { takeOver: true });
      await attempt('department', 'POST', `/catalogue/drafts/${draft}/reviews`, { revision: 1, verdict: 'reject', words: '不' });
      await attempt('supervisor', 'POST', '/ratings/registered', { number: payload.number.value, channel: 'paper', paper: 'P1', level: 1, tags: [], words: '' });
      expect(tried.length).toBeGreaterThan(25);
      expect(tried.filter(([, status, kind]) => status !== 200 || !known.has(kind ?? ''))).toEqual([]);
      for (const path of [`/blobs/${id}/${hash}`, `/papers/${id}/latest.pdf?kind=acceptance-notice`]) expect((await outsiders['clerk']?.call('GET', path))?.status, path).toBe(404);
      for (const answer of [await outsiders['clerk']?.call('POST', '/inbox', { stage: 'all', query: '', after: '', limit: 100 }), await outsiders['clerk']?.call('GET', '/messages?show=all&kind=&query=&after=')]) {
        expect([answer?.body.rows, new Set(Object.values(answer?.body.counts))]).toEqual([[], new Set([0])]);
      }
    }, SLOW);

    test('a colleague\'s scans, proposals and sessions', async () => {
      wang = await seat('wang', 'clerk');
      const zhou = await seat('zhou', 'clerk');
      const [id, other] = [caseId(2), caseId(3)];
      const pdf = strToU8('%PDF-1.7 a page');
      const scan = (await wang.send(`/scans/${id}`, pdf, 'application/pdf')).body;
      expect((await zhou.send(`/scans/${id}`, pdf, 'application/pdf')).body.error).toEqual({ kind: 'another-desk' });
      await zhou.send(`/scans/${other}`, pdf, 'application/pdf');
      const { applicant, form, phone } = elderCardHandIn('1');
      const handIn = { id: other, itemCode: ELDER_CARD, applicant: { name: applicant.name, number: applicant.number, birth: '1948-03-12', address: '测试路1号' }, phone, form, materials: [{ key: 'household-or-id', trust: 'C', pages: [scan.value.hash] }], signed: scan.value.hash, late: null };
      expect((await zhou.call('POST', '/window/cases', handIn)).body.error).toEqual({ kind: 'unknown-scan' });
      expect((await zhou.call('POST', '/window/cases', { ...handIn, id })).body.error).toEqual({ kind: 'unknown-scan' });
      expect((await wang.call('POST', '/window/cases', { ...handIn, id })).body.ok).toBe(true);
      const shown = await wang.call('GET', `/blobs/${id}/${scan.value.hash}`);
      expect([shown.headers.get('content-type'), shown.headers.get('content-security-policy')]).toEqual(['application/pdf', PDF_POLICY]);
      const [session] = (await wang.call('GET', '/my-account')).body.sessions;
      expect((await zhou.call('POST', '/my-account/sessions', { id: session.id })).body).toEqual({ ended: 0 });
      const [one, two] = [await seat('admin', 'administrator'), await seat('second-admin', 'administrator')];
      const { proposal } = (await one.call('POST', '/accounts/zhou/role', { role: 'issuer', scope: COUNTY })).body.value;
      expect((await two.call('DELETE', `/proposals/${proposal}`)).body.error).toEqual({ kind: 'unknown-proposal' });
      expect((await zhou.call('POST', `/proposals/${proposal}`, { approve: true })).body.error).toEqual({ kind: 'unknown-proposal' });
    }, SLOW);

    test('another terminal\'s case, upload and news', async () => {
      const stranger = await enrolTerminal(hall, 'T330624-0002');
      const { payload, sealed } = sealedHandIn(hall, caseId(1), stranger.nextNumber());
      const [[hash = '', bytes = new Uint8Array()] = []] = sealed;
      expect(await uploadBlob(hall.url, stranger.token, { case: caseId(1), hash }, bytes)).toBe(409);
      expect((await stranger.intake([stranger.maker.make({ kind: 'rated', level: 1, tags: [], words: '' }, { code: ELDER_CARD, case: caseId(1) })])).map((outcome) => (outcome.kind === 'quarantined' ? outcome.reason : outcome.kind))).toEqual(['wrong-machine']);
      expect(payload.number.value).not.toBe('');
      for (const id of ['T330624-0001.x', '..%2fT330624-0001.x', '%2e%2e%2f%2e%2e%2fhall-keys.json']) {
        const answer = await fetch(`${hall.url}/api/v1/blobs/${id}`, { method: 'HEAD', headers: { authorization: `Bearer ${stranger.token}`, 'tus-resumable': '1.0.0' } });
        expect(answer.status, id).toBe(404);
      }
    });
  });

  describe('what is sent', () => {
    test.each([['the gzip of a plain text', 'application/gzip'], ['a page of HTML', 'image/png'], ['a drawing that runs', 'image/svg+xml']])('%s is no scan', async (what, type) => {
      const bytes = { 'the gzip of a plain text': new Uint8Array([0x1f, 0x8b, 8, 0]), 'a page of HTML': strToU8('<!doctype html><script>alert(1)</script>'), 'a drawing that runs': strToU8('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>') }[what] ?? new Uint8Array();
      const answer = await wang.send(`/scans/${caseId(20)}`, bytes, type);
      expect(answer.status === 415 || answer.body.error?.kind === 'not-a-scan').toBe(true);
    });

    test('a scan is what its bytes say, and one byte over the limit is too large', async () => {
      expect((await wang.send(`/scans/${caseId(21)}`, strToU8('%PDF-1.7'), 'image/png')).body.value.mediaType).toBe('application/pdf');
      const large = new Uint8Array(20 * 1024 * 1024 + 1);
      large.set([0xff, 0xd8, 0xff]);
      expect((await wang.send(`/scans/${caseId(21)}`, large, 'image/jpeg')).status).toBe(413);
    });

    test('files of items that nest or lie; those that unfold: catalogue/workbook.test.ts', async () => {
      const editor = await seat('editor', 'editor');
      const preview = async (format: string, bytes: Uint8Array) => {
        const answer = await editor.call('POST', '/catalogue/imports/preview', { format, bytes: Buffer.from(bytes).toString('base64') });
        return answer.body.error?.kind ?? answer.status;
      };
      const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
      expect(await preview('workbook', strToU8(JSON.stringify([elder])))).toBe('unreadable');
      expect(await preview('json', strToU8(nested(200_000)))).toBe('unreadable');
      expect(await preview('json', strToU8(`[{"code":"${ELDER_CARD}","name":${nested(200_000)}}]`))).toBe('unreadable');
      const taken = await editor.call('POST', '/catalogue/imports', { format: 'json', bytes: Buffer.from(`[{"code":"${ELDER_CARD}","name":${nested(200_000)}}]`).toString('base64'), codes: [ELDER_CARD] });
      expect(taken.body.error?.kind).toBe('unreadable');
      expect(await preview('json', new Uint8Array(2_950_000).fill(0x20))).toBe(400);
      expect(await preview('json', new Uint8Array(5_000_000).fill(0x20))).toBe(413);
    });

    test('JSON without a floor, and a form without an end', async () => {
      const nested = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
      expect((await wang.call('POST', '/session', nested)).status).toBe(400);
      expect((await wang.call('POST', '/messages', `{"id":"x","words":${nested}}`)).status).toBe(400);
      const fresh = terminalAt(hall.url, terminal.maker, await takeToken(hall.url, terminal.maker));
      expect((await fresh.call('POST', '/intake', `{"protocol":2,"actions":[${nested}]}`)).body.outcomes).toMatchObject([{ kind: 'quarantined', reason: 'malformed' }]);
      expect((await wang.call('POST', '/session', '{"__proto__":{"role":"administrator"},"account":"wang","password":"x","constructor":{"prototype":{"role":"x"}}}')).body).toEqual({ ok: false, error: { kind: 'refused' } });
      expect(({} as Record<string, unknown>)['role']).toBeUndefined();
      const endless = await raw('POST /console/api/session HTTP/1.1\r\norigin: http://hall\r\ncontent-type: multipart/form-data; boundary=x\r\ntransfer-encoding: chunked', '5\r\n--x\r\n\r\n');
      expect(endless.status).toBe(415);
    });

    test('two lengths, a length beside chunks and a broken header are no requests', async () => {
      for (const head of ['POST /api/v1/challenges HTTP/1.1\r\ncontent-length: 3\r\ncontent-length: 4', 'POST /api/v1/challenges HTTP/1.1\r\ncontent-length: 4\r\ntransfer-encoding: chunked', 'GET /healthz HTTP/1.1\r\nx: a\0b', `GET /healthz HTTP/1.1\r\nx: ${'a'.repeat(20_000)}`]) expect((await raw(head)).status, head.slice(0, 60)).toBeOneOf([400, 431]);
    });

    test('a sender that is slow has a minute for its head and ten for its body', () => {
      const { server } = createApp(hall.hall.ground);
      expect([server.headersTimeout, server.requestTimeout]).toEqual([60_000, 600_000]);
    });
  });

  describe('what comes back', () => {
    const refusals: [string, () => Promise<{ status: number; text: string }>][] = [
      ['an address that is none', () => raw(`GET /public/items/%zz${MARK} HTTP/1.1`)],
      ['an unknown address', () => raw(`GET /${MARK} HTTP/1.1`)],
      ['an unknown call', () => raw(`GET /console/api/${MARK} HTTP/1.1`)],
      ['JSON that is none', () => answerOf('POST', '/console/api/session', `{"account":"${MARK}`)],
      ['a member that nobody asked for', () => answerOf('POST', '/console/api/session', JSON.stringify({ account: 'a', password: 'b', [MARK]: 1 }))],
      ['a wrong kind of value', () => answerOf('POST', '/api/v1/challenges', JSON.stringify({ machine: MARK }))],
      ['a file that is not there', () => raw(`GET /console/${encodeURIComponent(MARK)} HTTP/1.1`)],
      ['a wrong type', () => answerOf('POST', '/console/api/session', 'x', { 'content-type': `text/${encodeURIComponent(MARK)}` })],
    ];
    async function answerOf(method: string, path: string, body: string, headers: Record<string, string> = {}) {
      const answer = await fetch(hall.url + path, { method, body, headers: { origin: hall.url, 'content-type': 'application/json', ...headers } });
      return { status: answer.status, text: `${JSON.stringify([...answer.headers])}${await answer.text()}` };
    }
    test.each(refusals)('%s is refused and not quoted, neither to the sender nor in the log', async (_what, ask) => {
      const { status, text } = await ask();
      expect(status).toBeOneOf([400, 404, 415]);
      expect(text).not.toContain('Xq7');
      expect(hall.logged.join('')).not.toContain('Xq7');
      for (const header of ['x-content-type-options', 'content-security-policy', 'referrer-policy']) expect(text.toLowerCase(), header).toContain(header);
    });

    test('every answer has its headers: no guessing, no frames, nothing kept that is not public', async () => {
      const https = { 'x-forwarded-proto': 'https' };
      for (const path of ['/healthz', '/openapi.json', '/api/v1/about', '/api/v1/feed?after=0&limit=1', '/console/', '/console/api/session', '/console/api/inbox', '/public/', '/public/style.css', '/nowhere', '/console/none.js', `/console/api/blobs/${caseId(1)}/${'a'.repeat(64)}`]) {
        const { headers } = await get(path, https);
        expect(headers.get('x-content-type-options'), path).toBe('nosniff');
        expect(headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'");
        expect(headers.get('content-security-policy'), path).toContain("default-src 'none'");
        expect(headers.get('strict-transport-security'), path).toBe('max-age=31536000; includeSubDomains');
        expect(headers.get('access-control-allow-origin'), path).toBeNull();
        expect(headers.get('server') ?? headers.get('x-powered-by'), path).toBeNull();
        if (!/^\/(public|console)\/(style\.css)?$/.test(path)) expect(headers.get('cache-control'), path).toBe('no-store');
        expect((await get(path)).headers.get('strict-transport-security')).toBeNull();
      }
    });

    test('no path leads out of the folder of pages', async () => {
      for (const path of ['/console/../secret.txt', '/console/..%2fsecret.txt', '/console/%2e%2e%2fsecret.txt', '/console/..%5csecret.txt', '/console/assets/..%2f..%2fsecret.txt', '/console/%00', '/console//../secret.txt', '/console/%252e%252e%252fsecret.txt', '/public/..%2f..%2fpackage.json', '/public/items/..%2f..%2f..%2fpackage.json', '/public/lists/..%2fpackage.csv', '/public/lists/powers%00.csv']) {
        const { status, text } = await raw(`GET ${path} HTTP/1.1`);
        expect(status, path).toBeOneOf([400, 403, 404]);
        expect(text, path).not.toContain('Xq7');
      }
      expect((await get('/console/assets/')).status).toBe(404);
      expect((await raw('TRACE /console/api/session HTTP/1.1')).status).toBeOneOf([403, 404]);
    });

    test('texts on public pages stay texts, whoever wrote them, and no answer gets a header from an address', async () => {
      hall.clock.advance(60_000);
      for (const path of [`/public/items/${hostile.code}`, '/public/lists/powers', '/public/lists/powers?since=%22%3E%3Cscript%3E', ...['<script>', '"onmouseover=', '</title><svg/onload=alert(1)>', "'-alert(1)-'", '{{7*7}}', '\u2028<img>', 'javascript:alert(1)', '%', '_', "';--", '\0'].map((q) => `/public/?q=${encodeURIComponent(q)}`), '/public/?q=a&q=%3Cscript%3E', '/public/?q[]=%3Cscript%3E']) {
        const answer = await get(path);
        const page = await answer.text();
        expect(answer.status, path).toBe(200);
        expect(page, path).not.toMatch(/<script|<img|<svg|<[^>]*\s(on\w+)=|href="javascript|>49</i);
      }
      for (const path of ['/public/lists/powers.csv?since=2026-01-01%0d%0aset-cookie:%20a=b', '/public/%0d%0aset-cookie:%20a=b', '/console%0d%0aset-cookie:%20a=b', '/console/%0d%0aset-cookie:%20a=b']) expect((await raw(`GET ${path} HTTP/1.1`)).text.split('\r\n\r\n')[0], path).not.toMatch(/^set-cookie/im);
    });
  });

  test('no call of the console fails, or waits, on what may stand in a text, a day or a number', async () => {
    const oddities: Oddity[] = [
      { text: "a\0'", date: '2026-11-23', largest: false, which: 0 },
      { text: "'||pg_sleep(5)||'", date: '0000-01-01', largest: true, which: 0 },
      { text: '%_\\";--', date: '9999-12-31', largest: true, which: 1 },
      { text: '\ud800$1{{7*7}}', date: '2026-11-23', largest: true, which: 1 },
    ];
    const seats = new Map(await Promise.all(Role.options.map(async (role) => [role, await seat(`odd-${role}`, role)] as const)));
    const known = () => db.read.selectFrom('account').select(['account', 'role', 'scope', 'disabled_at']).where('account', '!=', 'a'.repeat(32)).orderBy('account').execute();
    const before = await known();
    const troubles: string[] = [];
    let calls = 0;
    for (const call of Object.keys(consoleContract) as ConsoleCall[]) {
      const { inputSchema, route: { method = 'POST', path = '' } } = consoleContract[call]['~orpc'];
      const role = Role.options.find((one) => mayCall(one, call));
      if (!(inputSchema instanceof z.ZodType) || role === undefined) continue;
      for (const odd of oddities) {
        const members = oddInput(inputSchema, odd) as Record<string, unknown>;
        // The page key that a list gives out, with a day that it never had.
        if ('after' in members) members['after'] = odd.largest ? '' : '0000-01-01|2026-11-23T00:00:00.000Z|01M8CTHRMARXQYW1Z36C86F0R0';
        const said = (value: unknown) => encodeURIComponent((typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed());
        const named = [...path.matchAll(/\{\+?(\w+)\}/g)].map(([, name = '']) => name);
        const address = path.replaceAll(/\{\+?(\w+)\}/g, (_whole, name: string) => said(members[name]));
        const rest = Object.entries(members).filter(([name]) => !named.includes(name));
        const started = performance.now();
        const { status } = await (seats.get(role) ?? wang).call(method, method === 'GET' ? `${address}?${rest.map(([name, value]) => `${name}=${said(value)}`).join('&')}` : address, method === 'GET' ? undefined : Object.fromEntries(rest));
        calls += 1;
        if (status >= 500 || performance.now() - started > 4500) troubles.push(`${call} ${status} ${JSON.stringify(members)}`);
      }
    }
    expect(troubles).toEqual([]);
    expect(calls).toBeGreaterThan(300);
    expect(await known()).toEqual(before);
    // Signs of a pattern are letters in every search.
    const [supervisor, auditor] = [seats.get('supervisor') ?? wang, seats.get('auditor') ?? wang];
    expect((await supervisor.call('GET', '/supervision/cards?turn=owner&level=all&query=%25&after=&limit=10')).body.rows).toEqual([]);
    expect((await auditor.call('POST', '/audit/deeds', { from: '2026-11-20', to: '2026-12-01', account: '', before: 0, what: '%', subject: '' })).body.value.rows).toEqual([]);
    expect((await auditor.call('POST', '/audit/deeds', { from: '2026-11-20', to: '2026-12-01', account: '', before: 0, what: '', subject: '' })).body.value.rows).not.toEqual([]);
  }, SLOW);
});

test.each<[unknown, boolean]>([
  [{ words: 'a\0' }, false], [{ 'a\0': 1 }, false], [[['\0']], false], [{ day: '0000-01-01' }, false], [{ at: '9999-12-31T23:59:59.999Z' }, false],
  [{ day: '1800-01-01', at: '2999-12-31T23:59:59.999Z', words: '0000-01-01 was no day', none: null, count: 3 }, true], [undefined, true],
])('whether %j is sound: %s', (input, sound) => {
  expect(isSound(input)).toBe(sound);
});
