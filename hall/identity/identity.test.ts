import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashPassword } from '../../crypto/passwords.ts';
import { totpCode, totpStep } from '../../crypto/totp.ts';
import type { Role } from '../../domain/contracts/staff.ts';
import { COUNTY } from '../../domain/staff/scope.ts';
import { RECOVERY_CODES } from '../../domain/staff/sign-in.ts';
import { type AnswerBody, CHEAP, consoleAt, openTestDatabase, packItem, POSTGRES, startHall, type TestConsole, type TestHall } from '../../test/fixtures/hall.ts';
import type { HallDatabase } from '../db/database.ts';
import { nowOf } from '../ground.ts';
import { lockAccount, newAccount, type Staff } from './accounts.ts';
import { makeAccount, proposeRole } from './administer.ts';
import { decide, listProposals } from './proposals.ts';
import { offerSecret, takeSecret } from './second-factor.ts';
import { hashSecret, randomSecret } from './secrets.ts';
import { PROPOSAL_LIFE } from './sensitive-act.ts';
import { sweepRetention } from '../audit/retention.ts';

const SLOW = 180_000;
const MINUTE = 60_000;

describe('signing in', () => {
  let db: HallDatabase;
  let hall: TestHall;
  let stored: string;
  beforeAll(async () => {
    stored = await hashPassword(password, CHEAP);
    db = await openTestDatabase({ kind: 'pglite', folder: null });
    hall = await startHall(db, { secondFactor: 'demanded' });
  }, SLOW);
  afterAll(async () => {
    await hall.close();
    await db.close();
  });

  const password = 'three hills and a river';
  const account = async (name: string, role: Role) => {
    const { ground } = hall.hall;
    const row = { ...newAccount(ground, { account: name, name: `${name}的名字`, role }), password: stored, granted_at: nowOf(ground) };
    await db.write((write) => write.insertInto('account').values(row).execute());
    return row;
  };
  const signIn = async (name: string, with_ = password) => {
    const who = consoleAt(hall.url);
    return { who, answer: (await who.call('POST', '/session', { account: name, password: with_ })).body };
  };
  const give = async (who: TestConsole, code: string) => (await who.call('POST', '/session/code', { code })).body;
  const secretOf = (base32: string) => Uint8Array.from([...base32].reduce((bits, letter) => bits + 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'), '').match(/.{8}/g) ?? [], (byte) => parseInt(byte, 2));
  const codeNow = (secret: Uint8Array, steps = 0) => totpCode(secret, totpStep(hall.clock.now()) + steps);
  const refused = { ok: false, error: { kind: 'refused' } };
  /** An account of a role that must have a second factor, enrolled and signed in. Put into the tables: each password that is tried costs a tenth of a second. */
  async function enrolled(name: string, role: Role = 'auditor') {
    const { ground } = hall.hall;
    const row = await account(name, role);
    const session = randomSecret();
    const { offered, recovery } = await db.write(async (write) => {
      const offer = await offerSecret(ground, write, row);
      const current = await lockAccount(write, ground.division, name);
      const codes = current === undefined ? null : await takeSecret(ground, write, current, codeNow(secretOf(offer.secret)));
      await write.insertInto('session').values({ division: ground.division, token_hash: hashSecret(session), account: name, created_at: nowOf(ground), seen_at: nowOf(ground), step: 'whole', address: '', last_at: null, last_address: null, failed: 0 }).execute();
      return { offered: offer, recovery: codes ?? [] };
    });
    const console = consoleAt(hall.url);
    const who: TestConsole = { ...console, call: (method, path, body) => console.call(method, path, body, { cookie: `jinban_session=${session}` }) };
    // Its code is used up by that.
    hall.clock.advance(31_000);
    return { who, secret: secretOf(offered.secret), offered, recovery };
  }

  test('a role that must have a second factor gets nothing before it has one', async () => {
    await account('zhao', 'auditor');
    const { who, answer } = await signIn('zhao');
    expect(answer).toEqual({ ok: true, value: { step: 'enrol' } });
    expect((await who.call('GET', '/session')).body).toEqual({ ok: false, error: { kind: 'unfinished', step: 'enrol' } });
    expect((await who.call('POST', '/inbox', { stage: 'all', query: '', after: '', limit: 1 })).status).toBe(401);
    for (const path of ['/machines', '/my-account', '/proposals']) expect((await who.call('GET', path)).status, path).toBe(401);
    expect((await who.call('POST', '/session/second-factor/proof', { code: '123456' })).body).toEqual({ ok: false, error: { kind: 'not-begun' } });
    const { secret, address } = (await who.call('POST', '/session/second-factor', {})).body.value;
    expect(address).toBe(`otpauth://totp/${encodeURIComponent('新昌县政务服务中心')}:zhao?secret=${secret}&issuer=${encodeURIComponent('新昌县政务服务中心')}&algorithm=SHA1&digits=6&period=30`);
    expect((await who.call('POST', '/session/second-factor/proof', { code: codeNow(secretOf(secret), 5) })).body).toEqual(refused);
    const proved = (await who.call('POST', '/session/second-factor/proof', { code: codeNow(secretOf(secret)) })).body;
    expect(proved.value.step).toBe('whole');
    expect(new Set(proved.value.recovery).size).toBe(RECOVERY_CODES);
    expect((await who.call('GET', '/session')).body).toMatchObject({ ok: true, value: { account: 'zhao', secondFactor: 'demanded', last: null } });
    expect((await who.call('GET', '/my-account')).body).toMatchObject({ secondFactor: { recoveryLeft: 10, needed: true }, sessions: [{ own: true }] });
  });

  test('nothing of a secret is kept that the database alone could use', async () => {
    const { offered, recovery } = await enrolled('qian');
    const stored = JSON.stringify([await db.read.selectFrom('account').selectAll().where('account', '=', 'qian').execute(), await db.read.selectFrom('recovery_code').selectAll().execute(), await db.read.selectFrom('deed').selectAll().execute()]);
    for (const secret of [offered.secret, Buffer.from(secretOf(offered.secret)).toString('base64'), recovery[0]!, recovery[0]!.replaceAll('-', ''), password]) expect(stored).not.toContain(secret);
    // A sealed secret that is put beside another account does not open.
    await account('thief', 'auditor');
    const { totp } = await db.read.selectFrom('account').select('totp').where('account', '=', 'qian').executeTakeFirstOrThrow();
    await db.write((write) => write.updateTable('account').set({ totp }).where('account', '=', 'thief').execute());
    const { who, answer } = await signIn('thief');
    expect(answer.value.step).toBe('code');
    expect((await who.call('POST', '/session/code', { code: codeNow(secretOf(offered.secret)) })).status).toBe(500);
  });

  test('each code and each recovery code opens once', async () => {
    const { secret, recovery } = await enrolled('sun');
    const code = codeNow(secret);
    const first = await signIn('sun');
    expect(first.answer).toEqual({ ok: true, value: { step: 'code' } });
    expect(await give(first.who, `${code.slice(0, 3)} ${code.slice(3)}`)).toEqual({ ok: true, value: { step: 'whole' } });
    const again = await signIn('sun');
    expect(await give(again.who, code)).toEqual(refused);
    expect(await give(again.who, recovery[3]!.toLowerCase().replaceAll('-', ' '))).toEqual({ ok: true, value: { step: 'whole' } });
    const third = await signIn('sun');
    expect(await give(third.who, recovery[3]!)).toEqual(refused);
    expect(await give(third.who, recovery[4]!)).toEqual({ ok: true, value: { step: 'whole' } });
    expect((await third.who.call('GET', '/my-account')).body.secondFactor.recoveryLeft).toBe(8);
    hall.clock.advance(31_000);
    const renewed = (await third.who.call('POST', '/my-account/recovery', { code: codeNow(secret) })).body;
    expect(renewed.value.recovery).toHaveLength(RECOVERY_CODES);
    expect(await give((await signIn('sun')).who, recovery[5]!)).toEqual(refused);
  });

  test('wrong passwords and wrong codes lock together, and the right password in between wins no codes', async () => {
    const { secret } = await enrolled('zhou');
    await signIn('zhou', 'wrong');
    const { who } = await signIn('zhou');
    expect(await give(who, '000000')).toEqual(refused);
    expect(await give(who, '000001')).toEqual(refused);
    const { who: second } = await signIn('zhou');
    expect(await give(second, '000002')).toEqual(refused);
    const locked = { ok: false, error: { kind: 'locked', until: new Date(hall.clock.now() + MINUTE).toISOString() } };
    expect(await give(second, '000003')).toEqual(locked);
    expect(await give(second, codeNow(secret))).toEqual(locked);
    expect((await signIn('zhou')).answer).toEqual(locked);
    hall.clock.advance(MINUTE + 1);
    const { who: third } = await signIn('zhou');
    expect(await give(third, '000004')).toMatchObject({ error: { until: new Date(hall.clock.now() + 2 * MINUTE).toISOString() } });
    hall.clock.advance(2 * MINUTE + 1);
    const { who: last } = await signIn('zhou');
    expect((await give(last, codeNow(secret))).ok).toBe(true);
    // Told at the next sign-in, and counted from nothing again.
    expect((await last.call('GET', '/session')).body.value.last).toBeNull();
    const { failed } = await db.read.selectFrom('session').select('failed').where('account', '=', 'zhou').where('address', '<>', '').where('step', '=', 'whole').executeTakeFirstOrThrow();
    expect(failed).toBe(6);
    expect(await db.read.selectFrom('deed').select('what').where('subject', '=', 'zhou').where('what', '=', 'session.locked').execute()).toHaveLength(2);
  });

  test('a session never grows: each step has another, the former is void, and what the browser brought is ended', async () => {
    const { secret } = await enrolled('wu');
    const cookies: string[] = [];
    const ask = async (path: string, body: unknown, cookie: string) => {
      const answer = await fetch(`${hall.url}/console/api${path}`, { method: 'POST', body: JSON.stringify(body), headers: { origin: hall.url, 'content-type': 'application/json', ...(cookie === '' ? {} : { cookie }) } });
      cookies.push(answer.headers.getSetCookie()[0]?.split(';')[0] ?? '');
      return answer.json() as Promise<AnswerBody>;
    };
    const step = async (cookie: string) => (await (await fetch(`${hall.url}/console/api/session`, { headers: { cookie } })).json() as AnswerBody);
    await ask('/session', { account: 'wu', password }, 'jinban_session=planted');
    expect(cookies[0]).not.toContain('planted');
    await ask('/session/code', { code: codeNow(secret) }, cookies[0]!);
    expect(cookies[1]).not.toBe(cookies[0]);
    expect([(await step(cookies[0]!)).error.kind, (await step(cookies[1]!)).ok]).toEqual(['signed-out', true]);
    expect((await ask('/session/code', { code: codeNow(secret, 1) }, cookies[0]!)).error.kind).toBe('signed-out');
    // Signing in anew ends the session that the browser had.
    await ask('/session', { account: 'wu', password }, cookies[1]!);
    expect((await step(cookies[1]!)).error.kind).toBe('signed-out');
    // A sign-in that is left unfinished is void after ten minutes.
    const unfinished = cookies.at(-1)!;
    expect((await step(unfinished)).error).toEqual({ kind: 'unfinished', step: 'code' });
    hall.clock.advance(10 * MINUTE + 1);
    expect((await step(unfinished)).error.kind).toBe('signed-out');
    expect(await sweepRetention(hall.hall.ground)).toBe(0);
    hall.clock.advance(3 * 86_400_000);
    expect(await sweepRetention(hall.hall.ground)).toBeGreaterThan(0);
    expect(await db.read.selectFrom('session').selectAll().execute()).toEqual([]);
  });

  test('a password is changed with the old one, by the rules, and ends the other sessions; so does ending them by hand', async () => {
    await account('he', 'clerk');
    const [one, other] = [await signIn('he'), await signIn('he')];
    expect(one.answer).toEqual({ ok: true, value: { step: 'whole' } });
    const change = async (old: string, next: string) => (await one.who.call('POST', '/my-account/password', { old, password: next })).body;
    expect([await change('wrong', 'five boats on the lake'), await change(password, 'short'), await change(password, 'password1234'), await change(password, 'he has five boats'), await change(password, password)].map(({ error }) => error.kind)).toEqual(['refused', 'too-short', 'common', 'names-account', 'same']);
    expect((await other.who.call('GET', '/session')).body.ok).toBe(true);
    expect(await change(password, 'five boats on tay lake')).toEqual({ ok: true, value: null });
    expect([(await one.who.call('GET', '/session')).body.ok, (await other.who.call('GET', '/session')).body.ok]).toEqual([true, false]);
    expect((await signIn('he')).answer).toEqual(refused);
    const [third, fourth] = [await signIn('he', 'five boats on tay lake'), await signIn('he', 'five boats on tay lake')];
    const { sessions } = (await one.who.call('GET', '/my-account')).body;
    expect(sessions).toHaveLength(3);
    expect(sessions[0].own).toBe(true);
    expect((await one.who.call('POST', '/my-account/sessions', { id: sessions[1].id })).body).toEqual({ ended: 1 });
    expect((await one.who.call('POST', '/my-account/sessions', { id: 'others' })).body).toEqual({ ended: 1 });
    for (const { who } of [third, fourth]) expect((await who.call('GET', '/session')).body.ok).toBe(false);
  });

  test('an administrator makes, changes and keeps out accounts; roles wait for a second person', async () => {
    const { who: admin } = await enrolled('gao', 'administrator');
    const { who: supervisor } = await enrolled('shen', 'supervisor');
    const call = async (who: TestConsole, path: string, body: unknown = {}) => (await who.call('POST', path, body)).body;
    const made = await call(admin, '/accounts', { account: 'lin', name: '林新人', role: 'clerk', scope: { departments: null, sites: null, items: [packItem('elder-card').code] } });
    expect((await call(admin, '/accounts', { account: 'lin', name: '林某', role: 'clerk', scope: COUNTY })).error).toEqual({ kind: 'taken' });
    expect((await signIn('lin', made.value.password)).answer).toEqual(refused);
    const row = async (name: string) => (await admin.call('GET', '/accounts')).body.find((one: { account: string }) => one.account === name);
    expect(await row('lin')).toMatchObject({ standing: 'waiting', oneTime: true, proposed: ['account.role'], scope: { items: [packItem('elder-card').code] } });
    // Letting a disabled account in again does not stand in for the approval.
    await call(admin, '/accounts/lin/disabled');
    await call(admin, '/accounts/lin/enabled');
    expect((await signIn('lin', made.value.password)).answer).toEqual(refused);

    const { id } = (await supervisor.call('GET', '/proposals')).body.open[0];
    expect(await call(admin, `/proposals/${id}`, { approve: true })).toEqual({ ok: false, error: { kind: 'own-proposal' } });
    expect(await call((await enrolled('song')).who, `/proposals/${id}`, { approve: true })).toEqual({ ok: false, error: { kind: 'unknown-proposal' } });
    expect(await call(supervisor, `/proposals/${id}`, { approve: true })).toEqual({ ok: true, value: null });
    const { who: lin, answer } = await signIn('lin', made.value.password);
    expect(answer).toEqual({ ok: true, value: { step: 'password' } });
    expect((await lin.call('GET', '/my-account')).status).toBe(401);
    expect(await call(lin, '/session/password', { password: 'the pass of the moon' })).toEqual({ ok: true, value: { step: 'whole' } });
    expect((await signIn('lin', made.value.password)).answer).toEqual(refused);

    const wanted = { role: 'department', scope: COUNTY };
    expect(await call(admin, '/accounts/lin/role', { role: 'clerk', scope: { departments: null, sites: null, items: [packItem('elder-card').code] } })).toEqual({ ok: false, error: { kind: 'unchanged' } });
    const role = (await call(admin, '/accounts/lin/role', wanted)).value.proposal;
    expect(await call(admin, '/accounts/lin/role', wanted)).toEqual({ ok: false, error: { kind: 'already-proposed' } });
    expect((await lin.call('GET', '/session')).body.value.role).toBe('clerk');
    expect(await call(supervisor, `/proposals/${role}`, { approve: true })).toEqual({ ok: true, value: null });
    expect((await lin.call('GET', '/session')).body.ok).toBe(false);
    expect(await row('lin')).toMatchObject({ role: 'department', scope: COUNTY, standing: 'active' });

    const reset = await call(admin, '/accounts/lin/password');
    hall.clock.advance(PROPOSAL_LIFE);
    expect((await signIn('lin', reset.value.password)).answer).toEqual(refused);
  });

  test('a second factor is taken away by two, sessions end, and it is enrolled anew', async () => {
    const { who } = await enrolled('deng');
    const { who: admin } = await enrolled('hu', 'administrator');
    const { who: second } = await enrolled('xu', 'administrator');
    const { value: { proposal } } = (await admin.call('POST', '/accounts/deng/second-factor-reset', {})).body;
    expect((await who.call('GET', '/session')).body.ok).toBe(true);
    expect((await second.call('POST', `/proposals/${proposal}`, { approve: true })).body).toEqual({ ok: true, value: null });
    expect((await who.call('GET', '/session')).body.ok).toBe(false);
    expect((await signIn('deng')).answer.value.step).toBe('enrol');
    for (const path of ['disabled', 'password']) expect((await admin.call('POST', `/accounts/hu/${path}`, {})).body, path).toEqual({ ok: false, error: { kind: 'own-account' } });
    const mine = (await second.call('POST', '/accounts/hu/second-factor-reset', {})).body.value.proposal;
    expect((await admin.call('POST', `/proposals/${mine}`, { approve: true })).body).toEqual({ ok: false, error: { kind: 'failed', why: 'own-account' } });
    expect((await second.call('DELETE', `/proposals/${mine}`)).body).toEqual({ ok: true, value: null });
    expect((await admin.call('POST', `/proposals/${mine}`, { approve: true })).body).toEqual({ ok: false, error: { kind: 'already-decided' } });
    expect((await second.call('GET', '/proposals')).body.decided.find(({ id }: { id: string }) => id === mine)).toMatchObject({ outcome: 'withdrawn', own: true });
  });

  test('fields that were not asked for are refused, wherever they are', async () => {
    const { who: admin } = await enrolled('mei', 'administrator');
    await account('tang', 'clerk');
    const tang = (await signIn('tang')).who;
    const full = { account: 'yan', name: '严某', role: 'clerk', scope: COUNTY };
    const tries: [TestConsole, string, object][] = [
      [consoleAt(hall.url), '/session', { account: 'tang', password, role: 'administrator' }], [consoleAt(hall.url), '/session', { account: 'tang', password, step: 'whole' }],
      [tang, '/my-account/password', { old: password, password: 'five boats on the lake', account: 'mei' }], [tang, '/my-account/password', { old: password, password: 'five boats on the lake', role: 'administrator' }],
      [admin, '/accounts', { ...full, granted_at: '2026-01-01T00:00:00.000Z' }], [admin, '/accounts', { ...full, password }], [admin, '/accounts', { ...full, scope: { ...COUNTY, all: true } }],
      [admin, '/accounts/tang/name', { name: '唐某', role: 'administrator' }], [admin, '/accounts/tang/role', { role: 'king', scope: COUNTY }], [admin, '/accounts/tang/disabled', { until: null }],
    ];
    for (const [who, path, body] of tries) expect((await who.call('POST', path, body)).status, `${path} ${JSON.stringify(body)}`).toBe(400);
    for (const path of ['/accounts', '/accounts/choices']) expect((await tang.call('GET', path)).status).toBe(403);
    expect((await tang.call('POST', '/accounts/tang/role', { role: 'administrator', scope: COUNTY })).status).toBe(403);
    expect((await admin.call('GET', '/accounts/choices')).body.items.map(({ code }: { code: string }) => code)).toContain(packItem('elder-card').code);
  });
});

/** Where people really meet: PGlite does one thing after the other. */
describe('a proposal on PostgreSQL', () => {
  let server: Awaited<ReturnType<typeof POSTGRES.start>>;
  let db: HallDatabase;
  let hall: TestHall;
  beforeAll(async () => {
    server = await POSTGRES.start();
    db = await openTestDatabase(await server.place());
    hall = await startHall(db);
  }, SLOW);
  afterAll(async () => {
    await hall.close();
    await db.close();
    await server.stop();
  }, SLOW);
  const staff = (account: string): Staff => ({ account, name: account, role: 'administrator', scope: COUNTY });

  test('that two approve at once is done once, and one about what has changed is not done at all', async () => {
    const { ground } = hall.hall;
    const made = await makeAccount(ground, staff('gao'), { account: 'lin', name: '林新人', role: 'clerk', scope: COUNTY });
    if (!made.ok) throw new Error(made.error.kind);
    const id = made.value.proposal;
    const answers = await Promise.all(['hu', 'xu', 'mei'].map((who) => decide(ground, staff(who), { id, approve: true })));
    expect(answers.map((answer) => (answer.ok ? 'ok' : answer.error.kind)).toSorted((one, two) => one.localeCompare(two))).toEqual(['already-decided', 'already-decided', 'ok']);
    expect(await db.read.selectFrom('deed').select('what').where('what', '=', 'account.role').execute()).toHaveLength(1);

    const proposed = await proposeRole(ground, staff('gao'), 'lin', { role: 'department', scope: COUNTY });
    await db.write((write) => write.updateTable('account').set({ role: 'issuer' }).where('account', '=', 'lin').execute());
    if (!proposed.ok) throw new Error(proposed.error.kind);
    const stale = proposed.value.proposal;
    expect(await decide(ground, staff('hu'), { id: stale, approve: true })).toEqual({ ok: false, error: { kind: 'failed', why: 'changed-meanwhile' } });
    // It undid itself whole: the proposal is open, and no deed says otherwise.
    expect((await db.read.selectFrom('proposal').selectAll().where('id', '=', stale).executeTakeFirstOrThrow()).outcome).toBeNull();
    expect(await db.read.selectFrom('deed').select('what').where('subject', '=', stale).where('what', '=', 'proposal.approved').execute()).toEqual([]);
    hall.clock.advance(PROPOSAL_LIFE);
    expect(await decide(ground, staff('hu'), { id: stale, approve: true })).toEqual({ ok: false, error: { kind: 'expired' } });
    const { open, decided } = await listProposals(ground, staff('hu'));
    expect([open, decided.map(({ outcome }) => outcome).toSorted((one, two) => one.localeCompare(two))]).toEqual([[], ['approved', 'expired']]);
  }, SLOW);
});
