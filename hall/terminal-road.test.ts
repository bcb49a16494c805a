import { get } from 'node:http';
import { constants, createZstdCompress, gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createSigner, sha256 } from '../crypto/node.ts';
import { type IntakeOutcome, PROTOCOL } from '../domain/contracts/hall.ts';
import { MachineId } from '../domain/ids.ts';
import { createMaker } from '../test/fixtures/actions.ts';
import { ELDER_CARD, kindsOf, PGLITE, POSTGRES, request, terminalAt } from '../test/fixtures/hall.ts';
import { hallOfSuite } from '../test/fixtures/served-hall.ts';
import { listMachines } from './fleet/machines.ts';
import { addMachine, retireMachine, TOKEN_LIFE } from './identity/machines.ts';


describe.each([PGLITE, POSTGRES])('the road to terminals on $name', (databases) => {
  const served = hallOfSuite(databases);


  test('a machine says how it is, in the place of what it said before; a device of a later program is no fault, a report that is none is refused', async () => {
    const { maker, call } = await served.freshTerminal();
    const report = { at: '2026-11-23T01:00:00.000Z', devices: { 'ticket-printer': { kind: 'blocked', reason: 'paper-out' }, 'later-device': { kind: 'online', warnings: [] } }, unknownPrints: 1, blanks: [], printed: { certificate: 7 }, room: 'enough' };
    const kept = async () => (await listMachines(served.hall.hall.ground)).find(({ machine }) => machine === maker.machine);
    expect(await kept()).toMatchObject({ report: null, reportedAt: null });
    expect((await call('POST', '/reports', report)).status).toBe(200);
    expect((await call('POST', '/reports', { ...report, unknownPrints: 0 })).status).toBe(200);
    expect(await kept()).toMatchObject({ report: { ...report, unknownPrints: 0 }, reportedAt: '2026-11-23T01:30:00.000Z' });
    expect((await call('POST', '/reports', { ...report, devices: { x: { kind: 'on fire' } } })).status).toBe(400);
    expect((await request(served.hall.url, 'POST', '/api/v1/reports', report)).status).toBe(401);
  });

  describe('enrolling and proving oneself', () => {
    test('tells its keys to everybody', async () => {
      const { status, body } = await request(served.hall.url, 'GET', '/api/v1/about?protocol=2');
      expect({ status, body }).toEqual({ status: 200, body: { protocol: PROTOCOL, oldest: 1, encodings: ['gzip', 'zstd'], now: '2026-11-23T01:30:00.000Z', keys: { hall: 'H330624', signing: served.hall.keys.signing.publicKey, wrapping: served.hall.keys.wrapping.publicKey } } });
    });

    test('a code enrols one key once, and tells a repeated request the same', async () => {
      const machine = MachineId.parse(served.freshName());
      const code = await addMachine(served.hall.hall.ground, machine);
      if (!code.ok) throw new Error(code.error.kind);
      const enrol = (publicKey: string, typed: string) => request(served.hall.url, 'POST', '/api/v1/enrolments', { machine, publicKey, code: typed });
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
      const { body: { challenge } } = await request(served.hall.url, 'POST', '/api/v1/challenges', { machine: maker.machine });
      const signature = createSigner(maker.machine, maker.privateKey).sign(sha256(`jinban-challenge-1\n${maker.machine}\n${challenge}`));
      const stranger = createMaker('T330624-0001');
      const forged = createSigner(maker.machine, stranger.privateKey).sign(sha256(`jinban-challenge-1\n${maker.machine}\n${challenge}`));
      const answer = (text: string) => request(served.hall.url, 'POST', '/api/v1/tokens', { machine: maker.machine, challenge, signature: text });
      expect((await answer(forged)).body).toEqual({ ok: false, error: { kind: 'refused' } });
      expect((await answer(signature)).body).toEqual({ ok: false, error: { kind: 'refused' } });
    });

    test('a challenge of two minutes ago and a token of fifteen are over', async () => {
      const { maker, token } = await served.freshTerminal();
      const { body: { challenge } } = await request(served.hall.url, 'POST', '/api/v1/challenges', { machine: maker.machine });
      served.hall.clock.advance(2 * 60_000 + 1);
      const signature = createSigner(maker.machine, maker.privateKey).sign(sha256(`jinban-challenge-1\n${maker.machine}\n${challenge}`));
      expect((await request(served.hall.url, 'POST', '/api/v1/tokens', { machine: maker.machine, challenge, signature })).body.ok).toBe(false);
      const late = terminalAt(served.hall.url, maker, token);
      expect((await late.call('GET', '/feed?after=0&limit=1')).status).toBe(200);
      served.hall.clock.advance(TOKEN_LIFE);
      expect((await late.call('GET', '/feed?after=0&limit=1')).status).toBe(401);
    });

    test.each([['no token', ''], ['a made-up token', 'Bearer 0123456789012345678901234567890123456789012'], ['another scheme', 'Basic dGVzdDp0ZXN0']])('%s opens nothing', async (_name, authorization) => {
      const calls = [['POST', '/intake', { protocol: 1, actions: [] }], ['POST', '/leases', { kind: 'case-number', want: 1, request: 'request-1' }], ['GET', '/feed?after=0&limit=1', undefined], ['POST', '/blobs/missing', { blobs: [] }], ['POST', '/blobs', undefined]] as const;
      for (const [method, path, body] of calls) expect((await request(served.hall.url, method, `/api/v1${path}`, body, { authorization })).status, path).toBe(401);
    });

    test('an unknown machine and a retired one are refused at the door', async () => {
      expect((await request(served.hall.url, 'POST', '/api/v1/challenges', { machine: 'T330624-9999' })).status).toBe(403);
      expect((await request(served.hall.url, 'POST', '/api/v1/challenges', { machine: 'H330624' })).status).toBe(403);
      const terminal = await served.freshTerminal();
      expect(await retireMachine(served.hall.hall.ground, terminal.maker.machine)).toBe(true);
      expect((await terminal.call('GET', '/feed?after=0&limit=1')).status).toBe(401);
      expect((await request(served.hall.url, 'POST', '/api/v1/challenges', { machine: terminal.maker.machine })).status).toBe(403);
    });
  });

  describe('what goes over it', () => {
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
      const send = (body: Buffer) => fetch(`${served.hall.url}/api/v1/intake`, { method: 'POST', body: new Uint8Array(body), headers: { authorization: `Bearer ${terminal.token}`, 'content-type': 'application/json', 'content-encoding': encoding } });
      const answer = await send(pack(JSON.stringify({ protocol: 2, actions: [served.handIn(terminal)] })));
      expect(kindsOf(((await answer.json()) as { outcomes: IntakeOutcome[] }).outcomes)).toEqual(['stored']);
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
      const { status } = await fetch(`${served.hall.url}/api/v1/intake`, { method: 'POST', body: new Uint8Array(greedy), headers: { authorization: `Bearer ${terminal.token}`, 'content-type': 'application/json', 'content-encoding': 'zstd' } });
      expect(status).toBe(400);
    });

    test('answers are packed for who asks, in zstd before gzip', async () => {
      const terminal = await served.freshTerminal();
      const ask = (accept: string) => new Promise<{ encoding: string | undefined; body: Buffer }>((resolve, reject) => {
        get(`${served.hall.url}/api/v1/feed?after=0&limit=100`, { headers: { authorization: `Bearer ${terminal.token}`, 'accept-encoding': accept } }, (answer) => {
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
      const flood = fetch(`${served.hall.url}/api/v1/intake`, { method: 'POST', body, duplex: 'half', headers: { authorization: `Bearer ${terminal.token}`, 'content-type': 'application/json' } } as RequestInit).then(({ status }) => status);
      const answers = await Promise.all(Array.from({ length: 20 }, () => request(served.hall.url, 'GET', '/healthz')));
      expect(answers.every(({ status }) => status === 200)).toBe(true);
      expect(await flood).toBe(413);
      expect((await terminal.call('POST', '/intake', ' '.repeat(5 * 1024 * 1024))).status).toBe(413);
      expect(kindsOf(await terminal.intake([served.handIn(terminal)]))).toEqual(['stored']);
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
