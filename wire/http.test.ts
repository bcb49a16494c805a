import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openHttpClient } from './http.ts';
import type { HttpClient } from './http.ts';

/** What the server answers to whatever it is asked; `null` says nothing. */
let answer: Buffer | null = null;
const sockets = new Set<Socket>();
const server = createServer((socket) => {
  sockets.add(socket);
  socket.on('error', () => undefined);
  socket.once('data', () => {
    if (answer !== null) socket.end(answer);
  });
});
let client: HttpClient;
let port = 0;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
  client = openHttpClient({ secure: false, host: '127.0.0.1', port });
});
afterAll(async () => {
  client.close();
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

const get = (limits: { milliseconds?: number; largest?: number; signal?: AbortSignal } = {}) => client.exchange({ method: 'GET', path: '/' }, { milliseconds: 5_000, largest: 1000, ...limits });
const response = (head: string, body = '') => Buffer.from(`HTTP/1.1 ${head}\r\n\r\n${body}`);

describe('one exchange', () => {
  test('has a status, headers and bytes', async () => {
    answer = response('201 Created\r\nLocation: /a\r\nContent-Length: 2', 'ok');
    expect(await get()).toMatchObject({ ok: true, value: { status: 201, headers: { location: '/a' }, body: Buffer.from('ok') } });
  });

  test('whose answer is shorter than it says is lost', async () => {
    answer = response('200 OK\r\nContent-Length: 9', 'half');
    expect(await get()).toMatchObject({ ok: false, error: { kind: 'lost' } });
  });

  test('whose answer is longer than allowed is ended', async () => {
    answer = response('200 OK\r\nContent-Length: 5000', 'x'.repeat(5000));
    expect(await get()).toEqual({ ok: false, error: { kind: 'too-large' } });
  });

  test('without an answer is too slow, or cancelled', async () => {
    answer = null;
    expect(await get({ milliseconds: 30 })).toEqual({ ok: false, error: { kind: 'timeout' } });
    const stop = new AbortController();
    server.once('connection', (socket) => socket.once('data', () => stop.abort()));
    expect(await get({ signal: stop.signal })).toEqual({ ok: false, error: { kind: 'cancelled', sent: true } });
    expect(await get({ signal: AbortSignal.abort() })).toEqual({ ok: false, error: { kind: 'cancelled', sent: false } });
  });

  test('with nobody there is unreachable', async () => {
    const nobody = openHttpClient({ secure: false, host: '127.0.0.1', port: 1 });
    expect(await nobody.exchange({ method: 'GET', path: '/' }, { milliseconds: 5_000, largest: 10 })).toEqual({ ok: false, error: { kind: 'unreachable', code: 'ECONNREFUSED' } });
    nobody.close();
  });

  test('with a damaged answer ends, however it is damaged', async () => {
    const good = response('200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: image/jpeg', '4\r\npage\r\n0\r\n\r\n');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 5 }), fc.nat(good.length), async (changes, cut) => {
        answer = Buffer.from(good.subarray(0, cut));
        for (const [at, value] of changes) if (at < cut) answer[at] = value;
        const ended = await get({ milliseconds: 1_000 });
        if (!ended.ok) expect(['lost', 'too-large', 'timeout']).toContain(ended.error.kind);
      }),
      { numRuns: 150 },
    );
  });
});
