import { request as httpRequest } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { County } from '../../build/demo/county.ts';
import { createSigner, generateSigningKey, verifier } from '../../crypto/node.ts';
import { type SignedText, openSigned, signedCatalogueText } from '../../domain/catalogue/signed.ts';
import { Item } from '../../domain/item/types.ts';
import { appendAction, type ChainHead, verifyChain } from '../../domain/action/chain.ts';
import type { Action } from '../../domain/action/types.ts';
import { ActionId, CaseId, Hash, MachineId, ulid } from '../../domain/ids.ts';
import { type AnswerBody, elderCardHandIn, request, takeToken } from '../fixtures/hall.ts';
import { ELDER_CARD, fillIn, handIn, leave, packReference } from '../rigs/citizen.ts';
import { type Clerk, kindsAtHall, signIn } from '../rigs/clerk.ts';
import { secretsOf } from '../rigs/machine.ts';
import type { RigTerminal } from '../rigs/terminal.ts';
import { openWorld, type World } from '../rigs/world.ts';

let world: World;
let county: County;
let terminal: RigTerminal;
let clerk: Clerk;
let hall: string;
let token: string;
let honest: Action;

beforeAll(async () => {
  world = await openWorld('hostile-hall');
  ({ county, terminal, clerk } = world);
  hall = new URL(county.hallUrl).origin;
  await handInAs('zhang');
  [honest] = await terminal.core.store.log.all() as [Action];
  // The worst sender: whoever holds a real machine's own key.
  token = await takeToken(hall, secretsOf(county));
}, 120_000);

afterAll(() => world?.close());

async function handInAs(card: string): Promise<CaseId> {
  await fillIn(terminal, county, { code: ELDER_CARD, card });
  const id = await handIn(terminal);
  await leave(terminal);
  await terminal.seeTerminal('nothing waiting', ({ waiting }) => waiting === 0);
  return id;
}

let serial = 0;
/** A hand-in that would be right, hung on `head` and signed by `signer`. */
function forge(head: ChainHead, signer = secretsOf(county).signer): Action {
  serial += 1;
  const now = Date.now();
  const bytes = new Uint8Array(10).fill(serial);
  return appendAction(head, {
    id: ActionId.parse(ulid(now, bytes)), case: CaseId.parse(ulid(now, bytes)), item: packReference('elder-card'), actor: { kind: 'citizen' },
    time: { wall: new Date(now).toISOString(), monotonic: 1, boot: 'other', trusted: null, drift: null }, payload: elderCardHandIn('330624202600099999'),
  }, signer);
}

const call = (path: string, body: unknown, headers: Record<string, string> = {}): ReturnType<typeof request> => request(hall, 'POST', `/api/v1${path}`, body, { authorization: `Bearer ${token}`, ...headers });
async function intake(actions: readonly unknown[]): Promise<AnswerBody> {
  return call('/intake', { protocol: 1, actions });
}
async function reasons(actions: readonly unknown[]): Promise<(string | undefined)[]> {
  const { status, body } = await intake(actions);
  expect(status).toBe(200);
  return body.outcomes.map((outcome: { kind: string; reason?: string }) => outcome.reason ?? outcome.kind);
}

const hallLog = () => readFileSync(join(county.folder, 'logs', 'hall.log'), 'utf8');

describe('entries that a stolen key cannot make good', () => {
  test('each is kept aside with its own reason, and none takes a place in the chain', async () => {
    const head = terminal.core.store.log.head();
    const good = forge(head);
    const stranger = createSigner(secretsOf(county).machine, generateSigningKey().privateKey);
    const elsewhere = createSigner(MachineId.parse('T330624-0002'), secretsOf(county).privateKey);
    const changed = { ...good, payload: { ...good.payload, phone: '13911111111' } };
    const gap = forge({ sequence: head.sequence + 5, hash: head.hash });
    const fork = forge({ sequence: honest.sequence - 1, hash: honest.previous });
    const otherPast = forge({ sequence: head.sequence, hash: Hash.parse('ab'.repeat(32)) });
    expect(await reasons([forge(head, stranger), changed, { ...good, signature: honest.signature }, forge(head, elsewhere), gap, fork, otherPast])).toEqual(['bad-signature', 'bad-hash', 'bad-signature', 'wrong-machine', 'chain-gap', 'chain-fork', 'chain-fork']);
    expect(await reasons([{}, 42, null, 'x', [], { ...good, id: 'no' }, { ...good, sequence: 1e300 }, JSON.parse('{"__proto__": {"machine": "T330624-0001"}}')])).toEqual(Array.from({ length: 8 }, () => 'malformed'));
  });

  test('an old batch sent again is known, and answered as the first time', async () => {
    const { body } = await intake([honest, honest]);
    const kept = await terminal.core.store.log.acknowledgementOf(honest.id);
    const said = { action: honest.id, hash: honest.hash, hall: kept?.hall, receivedAt: kept?.receivedAt, signature: expect.any(String) };
    expect(body.outcomes).toEqual([{ kind: 'duplicate', acknowledgement: said }, { kind: 'duplicate', acknowledgement: said }]);
  });
});

describe('a hall that is none', () => {
  test('can neither forge nor alter what the hall signs of its catalogue, whoever relays it', async () => {
    const { body } = await request(hall, 'GET', '/api/v1/feed?after=0&limit=100&protocol=3', undefined, { authorization: `Bearer ${token}` });
    const { body: { keys } } = await request(hall, 'GET', '/api/v1/about?protocol=3');
    const { kind, signed } = body.entries.find((entry: { kind: string }) => entry.kind === 'signed-item');
    expect(kind).toBe('signed-item');
    const judged = (change: Partial<SignedText>, at = keys) => {
      const opened = openSigned('item', { ...signed, ...change }, Item, at, verifier);
      return opened.ok ? 'genuine' : opened.error.kind;
    };
    const stranger = generateSigningKey();
    const own = createSigner(keys.hall, stranger.privateKey);
    const forged = own.sign(own.sha256(signedCatalogueText('item', keys.hall, own.sha256(signed.text))));
    const asShelf = createSigner(keys.hall, secretsOf(county).privateKey);
    expect([
      judged({}), judged({ text: signed.text.replace(/"version":\d+/, '"version":9') }), judged({ text: `${signed.text} ` }), judged({ signature: forged }), judged({}, { ...keys, hall: 'H330625' }),
      // A machine's own key is no hall's.
      judged({ signature: asShelf.sign(asShelf.sha256(signedCatalogueText('item', keys.hall, asShelf.sha256(signed.text)))) }),
    ]).toEqual(['genuine', 'forged', 'forged', 'forged', 'forged', 'forged']);
    // What the terminal was told is what is in force there, and nothing else.
    const item = JSON.parse(signed.text);
    expect(await terminal.core.store.items.get(item.code, item.version)).toEqual(item);
  });
});

describe('requests that are none', () => {
  test('100 MB are turned away while they come, announced or not, packed or not', async () => {
    expect(await flood({ 'content-length': String(100 * 1024 * 1024) })).toBe(413);
    expect(await flood({ 'transfer-encoding': 'chunked' })).toBe(413);
    const bomb = gzipSync(Buffer.alloc(100 * 1024 * 1024, '['));
    expect(bomb.length).toBeLessThan(200_000);
    const answer = await fetch(`${hall}/api/v1/intake`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-encoding': 'gzip' }, body: bomb });
    expect(answer.status).toBe(413);
  });

  test('JSON nested a million deep is malformed, or no request at all', async () => {
    const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    const { status, body } = await call('/intake', `{"protocol":1,"actions":[${deep(1_000_000)}]}`);
    expect([200, 400]).toContain(status);
    if (status === 200) expect(body.outcomes).toEqual([{ kind: 'quarantined', reason: 'malformed' }]);
    expect((await call('/intake', deep(1_000_000))).status).toBe(400);
    expect((await call('/leases', `{"kind":${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)},"want":1,"request":"12345678"}`)).status).toBe(400);
  });

  test('without a token, with a made-up one, or one of another kind: nobody', async () => {
    const good = { protocol: 1, actions: [honest] };
    for (const authorization of ['', 'Bearer', `Bearer ${'a'.repeat(43)}`, `Basic ${token}`, `Bearer ${token}x`, `bearer ${token}`]) expect((await call('/intake', good, { authorization })).status).toBe(401);
    expect((await request(hall, 'GET', '/api/v1/feed?after=0&limit=10')).status).toBe(401);
    expect((await request(hall, 'POST', '/api/v1/blobs', undefined, { 'tus-resumable': '1.0.0', 'upload-length': '10' })).status).toBe(401);
    expect((await request(hall, 'POST', '/console/api/inbox', { stage: 'open', query: '', after: '', limit: 10 }, { origin: hall })).status).toBe(401);
  });

  test('a challenge answers once, and only for the key that the machine enrolled', async () => {
    const { machine } = secretsOf(county);
    await expect(takeToken(hall, { machine, privateKey: generateSigningKey().privateKey })).rejects.toThrow('refused');
    const { body } = await request(hall, 'POST', '/api/v1/challenges', { machine });
    const { signer } = secretsOf(county);
    const proof = { machine, challenge: body.challenge, signature: signer.sign(signer.sha256(`jinban-challenge-1\n${machine}\n${body.challenge}`)) };
    expect((await request(hall, 'POST', '/api/v1/tokens', proof)).body.ok).toBe(true);
    expect((await request(hall, 'POST', '/api/v1/tokens', proof)).body).toEqual({ ok: false, error: { kind: 'refused' } });
    expect((await request(hall, 'POST', '/api/v1/challenges', { machine: 'T330624-0002' })).status).toBe(403);
    expect((await request(hall, 'POST', '/api/v1/enrolments', { machine, publicKey: generateSigningKey().publicKey, code: 'AAAA-BBBB-CCCC' })).body.ok).toBe(false);
  });

  test('the wrong content type, protocol, number or shape', async () => {
    const good = { protocol: 1, actions: [honest] };
    expect((await call('/intake', JSON.stringify(good), { 'content-type': 'text/plain' })).status).toBe(400);
    expect((await call('/intake', JSON.stringify(good), { 'content-type': 'application/xml' })).status).toBe(415);
    expect((await call('/intake', JSON.stringify(good), { 'content-encoding': 'br' })).status).toBe(415);
    expect((await call('/intake', 'actions=1', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415);
    expect((await call('/intake', '{"protocol":1,')).status).toBe(400);
    expect((await call('/intake', { ...good, protocol: 99 })).status).toBe(400);
    expect((await call('/intake', { ...good, extra: true })).status).toBe(400);
    expect((await call('/intake', { protocol: 1, actions: Array.from({ length: 201 }, () => honest) })).status).toBe(400);
    expect((await call('/leases', { kind: 'case-number', want: 1_000_000, request: '12345678' })).status).toBe(400);
    expect((await call('/leases', { kind: 'case-number', want: 1, request: "'; DROP TABLE action; --" })).status).toBe(400);
  });
});

describe('afterwards', () => {
  test('the honest terminal goes on as if nothing had been', async () => {
    const id = await handInAs('elder');
    expect(await kindsAtHall(clerk, id)).toEqual(['handed-in']);
    const { machine, publicKey } = secretsOf(county);
    const log = await terminal.core.store.log.all();
    expect(verifyChain(log, machine, publicKey, verifier).faults).toEqual([]);
    expect((await clerk.inbox({ stage: 'all', query: '', after: '', limit: 100 })).rows.map((row) => row.id).toSorted()).toEqual(log.map((action) => action.case).toSorted());
  });

  test('county IT sees every reason, and nothing personal stands in the log', async () => {
    const admin = await signIn(county.hallUrl, 'admin', 'jinban-demo-admin');
    const seen = new Set((await admin.quarantine()).map(({ reason }) => reason));
    expect(seen).toEqual(new Set(['bad-signature', 'bad-hash', 'wrong-machine', 'chain-gap', 'chain-fork', 'malformed']));
    const log = hallLog();
    for (const reason of seen) expect(log).toContain(`"reason":"${reason}"`);
    expect(log).toContain('"machine-refused"');
    expect(log).not.toMatch(/张测试|李漹兰|李测试|33062419\d{10}|13800000000|13900000000|13911111111|测试路/);
    expect(log).not.toContain(token);
    expect(log).not.toContain('"failed"');
  });
});

/** Sends 100 MB as fast as the hall takes them. @returns the status of its answer */
function flood(headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(hall);
    const sending = httpRequest({ hostname, port, path: '/api/v1/intake', method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers } });
    const chunk = Buffer.alloc(1024 * 1024, ' ');
    let left = 100;
    let answered = false;
    const go = (): void => {
      while (left > 0 && !answered) {
        left -= 1;
        if (!sending.write(chunk)) return void sending.once('drain', go);
      }
      sending.end();
    };
    sending.on('response', (answer) => {
      answered = true;
      answer.resume();
      resolve(answer.statusCode ?? 0);
      sending.destroy();
    });
    sending.on('error', (cause) => {
      if (!answered) reject(cause);
    });
    go();
  });
}
