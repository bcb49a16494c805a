import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSigner, generateSigningKey } from '../../crypto/node.ts';
import { MACHINE } from '../test-rig.ts';
import { createHallTransport } from './http.ts';
import type { HallTransport } from './types.ts';
import { testClock, type TestClock } from '../../test/fixtures/test-clock.ts';

let server: Server;
let clock: TestClock;
let transport: HallTransport;
let answer: { status: number; body: string } | 'never' | 'redirect';
let asked: () => void;

beforeEach(async () => {
  clock = testClock();
  asked = () => undefined;
  server = createServer((_, response) => {
    asked();
    if (answer === 'never') return;
    if (answer === 'redirect') return void response.writeHead(302, { location: 'http://login.invalid/' }).end();
    response.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  transport = createHallTransport({ baseUrl: `http://127.0.0.1:${port}/`, signer: createSigner(MACHINE, generateSigningKey().privateKey), clock });
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

describe('what comes back', () => {
  test.each([
    ['a captive portal with a web page', { status: 200, body: '<html>please log in</html>' }, { kind: 'protocol', status: 200 }],
    ['an answer with a field of another version', { status: 200, body: '{"protocol":1,"oldest":1,"now":"2026-11-23T01:00:00.000Z"}' }, { kind: 'protocol', status: 200 }],
    ['a proxy without its server', { status: 504, body: '' }, { kind: 'server-fault', status: 504 }],
    ['a body that something on the way finds too large', { status: 413, body: '' }, { kind: 'too-large' }],
    ['a login that is asked for', { status: 403, body: '' }, { kind: 'refused', status: 403 }],
    ['a redirect, which is never followed', 'redirect' as const, { kind: 'unreachable' }],
  ])('%s', async (_, given, failure) => {
    answer = given;
    expect(await transport.about()).toEqual({ ok: false, error: failure });
    expect(clock.waiting).toBe(0);
  });

  test('nobody listens', async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    expect(await transport.about()).toEqual({ ok: false, error: { kind: 'unreachable' } });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  });

  test('no answer in time, by the clock that was given', async () => {
    answer = 'never';
    const arrived = new Promise<void>((tell) => (asked = tell));
    const about = transport.about();
    await arrived;
    clock.advance(44_999);
    expect(clock.waiting).toBe(1);
    clock.advance(1);
    expect(await about).toEqual({ ok: false, error: { kind: 'unreachable' } });
    expect(clock.waiting).toBe(0);
  });

  test('a caller that gives up', async () => {
    answer = 'never';
    const stop = new AbortController();
    asked = () => stop.abort();
    expect(await transport.about({ signal: stop.signal })).toEqual({ ok: false, error: { kind: 'unreachable' } });
    expect(clock.waiting).toBe(0);
  });
});
