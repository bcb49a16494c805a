import { get } from 'node:http';
import { constants, createZstdCompress, gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSigner, digest, sha256, verifier } from '../crypto/node.ts';
import { canonicalJson } from '../domain/action/canonical.ts';
import { acknowledgementText, signedText } from '../domain/action/acknowledgement.ts';
import type { Action } from '../domain/action/types.ts';
import type { IntakeOutcome } from '../domain/contracts/hall.ts';
import { type CaseId, MachineId } from '../domain/ids.ts';
import { provisionalNumber } from '../domain/lease/lease.ts';
import { createMaker } from '../test/fixtures/actions.ts';
import { ELDER_CARD, elderCardHandIn, PGLITE, POSTGRES, request, saidOf, terminalAt, type TestHall, type TestTerminal } from '../test/fixtures/hall.ts';
import { serveHall, type ServedHall } from '../test/fixtures/served-hall.ts';
import type { HallDatabase } from './db/database.ts';
import { listMachines } from './fleet/machines.ts';
import { addMachine, retireMachine, TOKEN_LIFE } from './identity/machines.ts';

const SLOW = 180_000;
const kinds = (outcomes: readonly IntakeOutcome[]) => outcomes.map((outcome) => (outcome.kind === 'quarantined' ? outcome.reason : outcome.kind));

describe.each([PGLITE, POSTGRES])('the road to terminals on $name', (databases) => {
  let served: ServedHall;
  let db: HallDatabase;
  let hall: TestHall;
  const withdraw = (terminal: TestTerminal, id: CaseId) => terminal.maker.make({ kind: 'withdrawn', reason: '不办了' }, { code: ELDER_CARD, case: id });
  const stored = (terminal: TestTerminal) => db.read.selectFrom('action').select(['sequence', 'kind', 'quarantine_reason']).where('machine', '=', terminal.maker.machine).orderBy('sequence').execute();

  beforeAll(async () => {
    served = await serveHall(databases);
    ({ db, hall } = served);
  }, SLOW);
  afterAll(() => served.close(), SLOW);

  test('a machine says how it is, in the place of what it said before; a device of a later program is no fault, a report that is none is refused', async () => {
    const { maker, call } = await served.freshTerminal();
    const report = { at: '2026-11-23T01:00:00.000Z', devices: { 'ticket-printer': { kind: 'blocked', reason: 'paper-out' }, 'later-device': { kind: 'online', warnings: [] } }, unknownPrints: 1, blanks: [], printed: { certificate: 7 }, room: 'enough' };
    const kept = async () => (await listMachines(hall.hall.ground)).find(({ machine }) => machine === maker.machine);
    expect(await kept()).toMatchObject({ report: null, reportedAt: null });
    expect((await call('POST', '/reports', report)).status).toBe(200);
    expect((await call('POST', '/reports', { ...report, unknownPrints: 0 })).status).toBe(200);
    expect(await kept()).toMatchObject({ report: { ...report, unknownPrints: 0 }, reportedAt: '2026-11-23T01:30:00.000Z' });
    expect((await call('POST', '/reports', { ...report, devices: { x: { kind: 'on fire' } } })).status).toBe(400);
    expect((await request(hall.url, 'POST', '/api/v1/reports', report)).status).toBe(401);
  });

  describe('enrolling and proving oneself', () => {
    test('tells its keys to everybody', async () => {
      const { status, body } = await request(hall.url, 'GET', '/api/v1/about?protocol=2');
      expect({ status, body }).toEqual({ status: 200, body: { protocol: 2, oldest: 1, encodings: ['gzip', 'zstd'], now: '2026-11-23T01:30:00.000Z', keys: { hall: 'H330624', signing: hall.keys.signing.publicKey, wrapping: hall.keys.wrapping.publicKey } } });
    });

    test('a code enrols one key once, and tells a repeated request the same', async () => {
      const machine = MachineId.parse(served.freshName());
      const code = await addMachine(hall.hall.ground, machine);
      if (!code.ok) throw new Error(code.error.kind);
      const enrol = (publicKey: string, typed: string) => request(hall.url, 'POST', '/api/v1/enrolments', { machine, publicKey, code: typed });
      const [mine, other] = [createMaker(machine), createMaker(machine)];
      expect((await enrol(mine.publicKey, 'AAAA-BBBB-CCCC')).body).toEqual({ ok: false, error: { kind: 'wrong-code' } });
      // As a person types it.
      expect((await enrol(mine.publicKey, code.value.toLowerCase().replaceAll('-', ' '))).body.ok).toBe(true);
      expect((await enrol(mine.publicKey, code.value)).body.ok).toBe(true);
      expect((await enrol(other.publicKey, code.value)).body).toEqual({ ok: false, error: { kind: 'already-enrolled' } });
      expect((await enrol('AAAA', code.value)).status).toBe(400);
    });

    test('a challenge is good for one answer, whatever comes of it', async () => {
      const { maker } = await served.freshTerminal();
      const { body: { challenge } } = await request(hall.url, 'POST', '/api/v1/challenges', { machine: maker.machine });
      const signature = createSigner(maker.machine, maker.privateKey).sign(sha256(`jinban-challenge-1\n${maker.machine}\n${challenge}`));
      const stranger = createMaker('T330624-0001');
      const forged = createSigner(maker.machine, stranger.privateKey).sign(sha256(`jinban-challenge-1\n${maker.machine}\n${challenge}`));
      const answer = (text: string) => request(hall.url, 'POST', '/api/v1/tokens', { machine: maker.machine, challenge, signature: text });
      expect((await answer(forged)).body).toEqual({ ok: false, error: { kind: 'refused' } });
      expect((await answer(signature)).body).toEqual({ ok: false, error: { kind: 'refused' } });
    });

    test('a challenge of two minutes ago and a token of fifteen are over', async () => {
      const { maker, token } = await served.freshTerminal();
      const { body: { challenge } } = await request(hall.url, 'POST', '/api/v1/challenges', { machine: maker.machine });
      hall.clock.advance(2 * 60_000 + 1);
      const signature = createSigner(maker.machine, maker.privateKey).sign(sha256(`jinban-challenge-1\n${maker.machine}\n${challenge}`));
      expect((await request(hall.url, 'POST', '/api/v1/tokens', { machine: maker.machine, challenge, signature })).body.ok).toBe(false);
      const late = terminalAt(hall.url, maker, token);
      expect((await late.call('GET', '/feed?after=0&limit=1')).status).toBe(200);
      hall.clock.advance(TOKEN_LIFE);
      expect((await late.call('GET', '/feed?after=0&limit=1')).status).toBe(401);
    });

    test.each([['no token', ''], ['a made-up token', 'Bearer 0123456789012345678901234567890123456789012'], ['another scheme', 'Basic dGVzdDp0ZXN0']])('%s opens nothing', async (_name, authorization) => {
      const calls = [['POST', '/intake', { protocol: 1, actions: [] }], ['POST', '/leases', { kind: 'case-number', want: 1, request: 'request-1' }], ['GET', '/feed?after=0&limit=1', undefined], ['POST', '/blobs/missing', { blobs: [] }], ['POST', '/blobs', undefined]] as const;
      for (const [method, path, body] of calls) expect((await request(hall.url, method, `/api/v1${path}`, body, { authorization })).status, path).toBe(401);
    });

    test('an unknown machine and a retired one are refused at the door', async () => {
      expect((await request(hall.url, 'POST', '/api/v1/challenges', { machine: 'T330624-9999' })).status).toBe(403);
      expect((await request(hall.url, 'POST', '/api/v1/challenges', { machine: 'H330624' })).status).toBe(403);
      const terminal = await served.freshTerminal();
      expect(await retireMachine(hall.hall.ground, terminal.maker.machine)).toBe(true);
      expect((await terminal.call('GET', '/feed?after=0&limit=1')).status).toBe(401);
      expect((await request(hall.url, 'POST', '/api/v1/challenges', { machine: terminal.maker.machine })).status).toBe(403);
    });
  });

  describe('intake', () => {
    test('stores a hand-in and acknowledges it under its key', async () => {
      const terminal = await served.freshTerminal();
      const action = served.handIn(terminal);
      const [outcome] = await terminal.intake([action]);
      if (outcome?.kind !== 'stored') throw new Error(JSON.stringify(outcome));
      const { acknowledgement } = outcome;
      expect(acknowledgement).toMatchObject({ action: action.id, hash: action.hash, hall: 'H330624' });
      expect(verifier.verify(hall.keys.signing.publicKey, sha256(signedText(acknowledgement, digest) ?? ''), acknowledgement.signature)).toBe(true);
      const [again] = await terminal.intake([action]);
      if (again?.kind !== 'duplicate') throw new Error(JSON.stringify(again));
      expect(verifier.verify(hall.keys.signing.publicKey, sha256(acknowledgementText(again.acknowledgement)), again.acknowledgement.signature)).toBe(true);
    });

    test('an old batch sent again changes nothing and is answered as of its first arrival', async () => {
      const terminal = await served.freshTerminal();
      const first = served.handIn(terminal);
      const batch = [first, withdraw(terminal, first.case), served.handIn(terminal)];
      const answered = await terminal.intake(batch);
      expect(kinds(answered)).toEqual(['stored', 'stored', 'stored']);
      hall.clock.advance(60_000);
      const again = await terminal.intake([...batch, served.handIn(terminal)]);
      expect(kinds(again)).toEqual(['duplicate', 'duplicate', 'duplicate', 'stored']);
      expect(saidOf(again).slice(0, 3)).toEqual(saidOf(answered));
      expect(await stored(terminal)).toHaveLength(4);
    });

    test('the same action twice in one batch is one action', async () => {
      const terminal = await served.freshTerminal();
      const action = served.handIn(terminal);
      const [one, two] = await terminal.intake([action, action]);
      expect(kinds([one!, two!])).toEqual(['stored', 'duplicate']);
      expect(saidOf([two!])).toEqual(saidOf([one!]));
    });

    test('a changed action, a forged signature and a stranger\'s action are kept aside', async () => {
      const terminal = await served.freshTerminal();
      const [changed, forged] = [structuredClone(served.handIn(terminal)) as Action, structuredClone(withdraw(terminal, served.freshCase())) as Action];
      Object.assign(changed.payload, { phone: '13911111111' });
      const { hash: _hash, signature: _signature, ...body } = forged;
      Object.assign(body.payload, { reason: '改过' });
      const hash = sha256(canonicalJson(body));
      const otherKey = createSigner(terminal.maker.machine, createMaker('T330624-0001').privateKey);
      const stranger = createMaker('T330624-0777').make(elderCardHandIn('330624202600000999'), { code: ELDER_CARD, case: served.freshCase() });
      expect(kinds(await terminal.intake([changed, { ...body, hash, signature: otherKey.sign(hash) }, stranger]))).toEqual(['bad-hash', 'bad-signature', 'wrong-machine']);
      expect(await stored(terminal)).toEqual([]);
    });

    test('a missing action is asked for, and after it everything fits on', async () => {
      const terminal = await served.freshTerminal();
      const [one, two, three] = [served.handIn(terminal), served.handIn(terminal), served.handIn(terminal)];
      expect(kinds(await terminal.intake([one, three]))).toEqual(['stored', 'chain-gap']);
      expect(kinds(await terminal.intake([two, three]))).toEqual(['stored', 'stored']);
      const rows = await db.read.selectFrom('quarantine').selectAll().where('machine', '=', terminal.maker.machine).execute();
      expect(rows).toMatchObject([{ reason: 'chain-gap', action_id: three.id, resolved_at: expect.any(String) }]);
    });

    test('a second past is a fork: the same place, or the same id, with other content', async () => {
      const terminal = await served.freshTerminal();
      const before = served.handIn(terminal);
      await terminal.intake([before, served.handIn(terminal)]);
      // The same machine started again from a copy of its disk.
      const copy = { ...createMaker(terminal.maker.machine), publicKey: terminal.maker.publicKey };
      const signer = createSigner(terminal.maker.machine, terminal.maker.privateKey);
      const rewrite = (action: Action, change: Partial<Action>) => {
        const { hash: _hash, signature: _signature, ...body } = { ...structuredClone(action), ...change };
        const hash = sha256(canonicalJson(body));
        return { ...body, hash, signature: signer.sign(hash) };
      };
      const otherPlace = copy.make(elderCardHandIn(terminal.nextNumber()), { code: ELDER_CARD, case: served.freshCase() });
      const hung = rewrite(otherPlace, { sequence: 3, previous: before.hash });
      expect(kinds(await terminal.intake([rewrite(otherPlace, {}), rewrite(before, { actor: { kind: 'machine' } }), hung]))).toEqual(['chain-fork', 'chain-fork', 'chain-fork']);
      expect(await stored(terminal)).toHaveLength(2);
    });

    test('rubbish is answered for itself and never blocks the next entry', async () => {
      const terminal = await served.freshTerminal();
      const [one, two] = [served.handIn(terminal), served.handIn(terminal)];
      const surrogate = { ...structuredClone(one), reason: '\ud800' };
      const body = `{"protocol":1,"actions":[${[JSON.stringify(one), 'null', '42', '"x"', '{}', '['.repeat(200_000) + ']'.repeat(200_000), JSON.stringify(surrogate), '{"__proto__":{"a":1}}', JSON.stringify(two)].join(',')}]}`;
      const { status, body: answer } = await terminal.call('POST', '/intake', body);
      expect(status).toBe(200);
      expect(kinds(answer.outcomes)).toEqual(['stored', 'malformed', 'malformed', 'malformed', 'malformed', 'malformed', 'malformed', 'malformed', 'stored']);
    });

    test('what is signed but cannot be applied is stored, marked, and the chain goes on', async () => {
      const terminal = await served.freshTerminal();
      const other = await served.freshTerminal();
      const theirs = served.handIn(other);
      await other.intake([theirs]);
      const taken = served.handIn(terminal);
      const make = (payload: Parameters<typeof terminal.maker.make>[0], options: Parameters<typeof terminal.maker.make>[1]) => terminal.maker.make(payload, { code: ELDER_CARD, ...options });
      const batch = [
        taken,
        make(elderCardHandIn(terminal.nextNumber()), { code: '11330624002600018R4332001001999', case: served.freshCase() }),
        make(elderCardHandIn('330624202699999999'), { case: served.freshCase() }),
        make(elderCardHandIn(taken.payload.kind === 'handed-in' ? taken.payload.number.value : ''), { case: served.freshCase() }),
        make(elderCardHandIn('随便写的'), { case: served.freshCase() }),
        make({ kind: 'withdrawn', reason: '' }, { case: served.freshCase() }),
        make({ kind: 'withdrawn', reason: '' }, { case: theirs.case }),
        make({ kind: 'accepted', number: '1', acceptedOn: '2026-11-23', promisedBy: '2026-11-24', statutoryBy: '2026-11-30', provisional: false }, { case: taken.case }),
        make(elderCardHandIn(terminal.nextNumber()), { case: taken.case }),
        make({ kind: 'withdrawn', reason: '' }, { case: taken.case }),
      ];
      const expected = ['stored', 'unknown-item', 'number-not-leased', 'number-not-leased', 'number-not-leased', 'illegal-transition', 'wrong-machine', 'illegal-transition', 'illegal-transition', 'stored'];
      expect(kinds(await terminal.intake(batch))).toEqual(expected);
      expect((await stored(terminal)).map((row) => row.quarantine_reason ?? 'stored')).toEqual(expected);
      expect(kinds(await terminal.intake(batch))).toEqual(expected.map((kind) => (kind === 'stored' ? 'duplicate' : kind)));
      expect((await db.read.selectFrom('quarantine').selectAll().where('machine', '=', terminal.maker.machine).execute()).map(({ times }) => times)).toEqual(Array(8).fill(1));
    });

    test('an action of a newer format keeps its place in the chain', async () => {
      const terminal = await served.freshTerminal();
      const { machine, privateKey } = terminal.maker;
      const signer = createSigner(machine, privateKey);
      const future = { format: 2, id: served.handIn(terminal).id, machine, sequence: 1, previous: '0'.repeat(64), hologram: true };
      const hash = sha256(canonicalJson(future));
      const second = served.handIn(terminal);
      const { hash: _hash, signature: _signature, ...body } = { ...second, previous: hash };
      const rehung = sha256(canonicalJson(body));
      expect(kinds(await terminal.intake([{ ...future, hash, signature: signer.sign(hash) }, { ...body, hash: rehung, signature: signer.sign(rehung) }]))).toEqual(['malformed', 'stored']);
    });

    test('a provisional number is taken from the machine that made it', async () => {
      const terminal = await served.freshTerminal();
      const { machine } = terminal.maker;
      const provisional = (value: string) => terminal.maker.make(elderCardHandIn('', { number: { value, provisional: true } }), { code: ELDER_CARD, case: served.freshCase() });
      const batch = [provisional(provisionalNumber(machine, 1)), provisional(provisionalNumber(MachineId.parse('T330624-9998'), 2)), provisional(provisionalNumber(machine, 1))];
      expect(kinds(await terminal.intake(batch))).toEqual(['stored', 'number-not-leased', 'number-not-leased']);
    });

    test('letters that PostgreSQL cannot hold as text do not stop a case', async () => {
      const terminal = await served.freshTerminal();
      const { applicant } = elderCardHandIn('1');
      const odd = terminal.maker.make(elderCardHandIn(terminal.nextNumber(), { applicant: { ...applicant, name: '张\u0000测试' } }), { code: ELDER_CARD, case: served.freshCase() });
      expect(kinds(await terminal.intake([odd]))).toEqual(['stored']);
      // The log keeps what was signed; only the list's column goes without the letter.
      const row = await db.read.selectFrom('action').select('body').where('id', '=', odd.id).executeTakeFirstOrThrow();
      expect(JSON.parse(row.body)).toEqual(odd);
    });

    test('two requests of one machine at once store each action once', async () => {
      const terminal = await served.freshTerminal();
      const batch = Array.from({ length: 10 }, () => served.handIn(terminal));
      const answers = await Promise.all([1, 2, 3, 4].map(() => terminal.intake(batch)));
      const firsts = answers.flatMap(kinds).filter((kind) => kind === 'stored');
      expect(firsts).toHaveLength(10);
      expect(answers.flatMap(kinds).filter((kind) => kind === 'duplicate')).toHaveLength(30);
      expect(new Set(answers.map((outcomes) => JSON.stringify(saidOf(outcomes))))).toHaveProperty('size', 1);
    });

    test('a batch that overtook the one before it on the way is taken behind it, and nothing is kept aside', async () => {
      hall.clock.advance(60_000);
      const terminal = await served.freshTerminal();
      const actions = Array.from({ length: 9 }, () => served.handIn(terminal));
      const send = (from: number, after: number) => terminal.call('POST', '/intake', { protocol: 2, after, actions: actions.slice(from, from + 3) });
      const early = [send(6, 6), send(3, 3)];
      const answers = [await send(0, 0), ...await Promise.all(early)];
      expect(answers.map(({ status, body }) => [status, kinds(body.outcomes)])).toEqual([1, 2, 3].map(() => [200, ['stored', 'stored', 'stored']]));
      expect(await stored(terminal)).toHaveLength(9);
      expect(await db.read.selectFrom('quarantine').select('id').where('machine', '=', terminal.maker.machine).execute()).toEqual([]);
    });

    test('a batch of another protocol, too many entries and JSON that is none are bad requests', async () => {
      const terminal = await served.freshTerminal();
      expect((await terminal.call('POST', '/intake', { protocol: 99, actions: [] })).status).toBe(400);
      expect((await terminal.call('POST', '/intake', { protocol: 1, actions: Array(201).fill({}) })).status).toBe(400);
      expect((await terminal.call('POST', '/intake', '{"protocol":1,"actions":[')).status).toBe(400);
      expect((await terminal.call('POST', '/intake', '<xml/>', { 'content-type': 'text/xml' })).status).toBe(415);
      expect(await terminal.intake([])).toEqual([]);
    });

    test.each([['gzip', (bytes: string | Buffer) => gzipSync(bytes)], ['zstd', (bytes: string | Buffer) => zstdCompressSync(bytes)]] as const)('a body in %s is read, and the limit holds for what is inside', async (encoding, pack) => {
      const terminal = await served.freshTerminal();
      const send = (body: Buffer) => fetch(`${hall.url}/api/v1/intake`, { method: 'POST', body: new Uint8Array(body), headers: { authorization: `Bearer ${terminal.token}`, 'content-type': 'application/json', 'content-encoding': encoding } });
      const answer = await send(pack(JSON.stringify({ protocol: 2, actions: [served.handIn(terminal)] })));
      expect(kinds(((await answer.json()) as { outcomes: IntakeOutcome[] }).outcomes)).toEqual(['stored']);
      expect((await send(pack(Buffer.alloc(50 * 1024 * 1024, 32)))).status).toBe(413);
      expect((await send(Buffer.from('not packed at all'))).status).toBe(400);
      expect((await send(pack(JSON.stringify({ protocol: 2, actions: [served.handIn(terminal)] })).subarray(0, 200))).status).toBe(400);
    });

    test('a zstd body that asks for 128 MB of memory to be unpacked is refused, however small it is', async () => {
      const terminal = await served.freshTerminal();
      // In two pieces: of a whole text zstd knows the size and asks for no more than that.
      const packing = createZstdCompress({ params: { [constants.ZSTD_c_windowLog]: 27 } });
      packing.write('{"protocol":2,');
      await new Promise<void>((flushed) => packing.flush(flushed));
      packing.end('"actions":[]}');
      const greedy = Buffer.concat(await packing.toArray());
      const { status } = await fetch(`${hall.url}/api/v1/intake`, { method: 'POST', body: new Uint8Array(greedy), headers: { authorization: `Bearer ${terminal.token}`, 'content-type': 'application/json', 'content-encoding': 'zstd' } });
      expect(status).toBe(400);
    });

    test('answers are packed for who asks, in zstd before gzip', async () => {
      const terminal = await served.freshTerminal();
      const ask = (accept: string) => new Promise<{ encoding: string | undefined; body: Buffer }>((resolve, reject) => {
        get(`${hall.url}/api/v1/feed?after=0&limit=100`, { headers: { authorization: `Bearer ${terminal.token}`, 'accept-encoding': accept } }, (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve({ encoding: answer.headers['content-encoding'], body: Buffer.concat(chunks) }));
        }).on('error', reject);
      });
      const plain = await ask('identity');
      expect(plain.encoding).toBeUndefined();
      const [packed, zstd] = [await ask('gzip, deflate'), await ask('gzip, zstd')];
      expect([packed.encoding, zstd.encoding]).toEqual(['gzip', 'zstd']);
      expect(gunzipSync(packed.body)).toEqual(plain.body);
      expect(zstdDecompressSync(zstd.body)).toEqual(plain.body);
    });

    test('100 MB are refused while service goes on', async () => {
      const terminal = await served.freshTerminal();
      const chunk = new Uint8Array(1024 * 1024).fill(32);
      let sent = 0;
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          if (sent === 100) return controller.close();
          sent += 1;
          controller.enqueue(chunk);
        },
      });
      const flood = fetch(`${hall.url}/api/v1/intake`, { method: 'POST', body, duplex: 'half', headers: { authorization: `Bearer ${terminal.token}`, 'content-type': 'application/json' } } as RequestInit).then(({ status }) => status);
      const answers = await Promise.all(Array.from({ length: 20 }, () => request(hall.url, 'GET', '/healthz')));
      expect(answers.every(({ status }) => status === 200)).toBe(true);
      expect(await flood).toBe(413);
      expect((await terminal.call('POST', '/intake', ' '.repeat(5 * 1024 * 1024))).status).toBe(413);
      expect(kinds(await terminal.intake([served.handIn(terminal)]))).toEqual(['stored']);
    });
  });

  describe('leases and feed', () => {
    test('blocks never overlap, and a repeated request is answered with the same block', async () => {
      const [one, two] = [await served.freshTerminal(), await served.freshTerminal()];
      const first = await one.lease(20, 'again-and-again');
      const [again, ...others] = await Promise.all([one.lease(500, 'again-and-again'), ...Array.from({ length: 6 }, (_, index) => (index % 2 === 0 ? one : two).lease(10, `block-no-${index}`))]);
      expect(again).toEqual(first);
      expect(first).toMatchObject({ kind: 'case-number', prefix: '3306242026', width: 8 });
      const numbers = [first, ...others].flatMap((lease) => Array.from({ length: lease.last - lease.first + 1 }, (_, index) => lease.first + index));
      expect(new Set(numbers).size).toBe(20 + 6 * 10);
    });

    test('items come in the feed, page by page, and only once', async () => {
      const terminal = await served.freshTerminal();
      const page = async (after: number) => (await terminal.call('GET', `/feed?after=${after}&limit=1`)).body;
      const one = await page(0);
      expect(one).toMatchObject({ entries: [{ kind: 'item', item: { code: ELDER_CARD } }], more: true });
      const two = await page(one.checkpoint);
      expect(two).toMatchObject({ entries: [{ kind: 'item' }], more: false });
      expect(await page(two.checkpoint)).toMatchObject({ entries: [], checkpoint: two.checkpoint, more: false });
      expect((await terminal.call('GET', '/feed?after=-1&limit=1')).status).toBe(400);
    });
  });
});
