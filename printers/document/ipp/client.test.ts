import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { openIppClient } from './client.ts';
import type { IppClient } from './client.ts';
import { decode, encode } from './codec.ts';
import { getPrinterAttributes } from './message.ts';

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

/** A printer that treats every request as told; answers its URI. */
function serve(handle: (body: Buffer, response: http.ServerResponse, socket: Socket) => void): Promise<string> {
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => handle(Buffer.concat(chunks), response, request.socket));
  });
  closers.push(() => new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  }));
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(`ipp://127.0.0.1:${(server.address() as AddressInfo).port}/ipp/print`)));
}

function clientOf(uri: string): IppClient {
  const client = openIppClient(uri);
  closers.push(() => client.close());
  return client;
}

function answer(body: Buffer, code: number, requestId?: number): Buffer {
  const request = decode(body);
  if (!request.ok) throw new Error('the client sent no IPP');
  return Buffer.from(encode({ version: [2, 0], code, requestId: requestId ?? request.value.requestId, groups: [], data: new Uint8Array() }));
}

const ask = (client: IppClient, limits: { milliseconds?: number; signal?: AbortSignal } = {}) => client.exchange(getPrinterAttributes(client.uri, 7, ['printer-state']), { milliseconds: 2_000, ...limits });

describe('an exchange', () => {
  test('carries the message as application/ipp and brings the answer back', async () => {
    const seen: (string | undefined)[] = [];
    const uri = await serve((body, response) => {
      seen.push(response.req.method, response.req.url, response.req.headers['content-type']);
      response.end(answer(body, 0x0001));
    });
    const result = await ask(clientOf(uri));
    expect(result).toMatchObject({ ok: true, value: { code: 0x0001, requestId: 7 } });
    expect(seen).toEqual(['POST', '/ipp/print', 'application/ipp']);
  });

  test('status codes from 0x0400 on are refusals', async () => {
    const uri = await serve((body, response) => response.end(answer(body, 0x0507)));
    expect(await ask(clientOf(uri))).toEqual({ ok: false, error: { kind: 'refused', status: 0x0507 } });
  });

  test('HTTP errors keep their number', async () => {
    const uri = await serve((_, response) => response.writeHead(401).end());
    expect(await ask(clientOf(uri))).toEqual({ ok: false, error: { kind: 'http', status: 401 } });
  });

  test('an answer that is no IPP, or answers another request, is garbled', async () => {
    expect(await ask(clientOf(await serve((_, response) => response.end('<html>'))))).toEqual({ ok: false, error: { kind: 'garbled' } });
    expect(await ask(clientOf(await serve((body, response) => response.end(answer(body, 0, 8)))))).toEqual({ ok: false, error: { kind: 'garbled' } });
  });
});

describe('when it fails, it says whether anything may have arrived', () => {
  test('nobody listens: unreachable', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
    await new Promise<void>((resolve) => server.close(() => resolve()));
    expect(await ask(clientOf(`ipp://127.0.0.1:${port}/ipp/print`))).toEqual({ ok: false, error: { kind: 'unreachable', code: 'ECONNREFUSED' } });
  });

  test('the connection breaks after the request, or in the middle of the answer: lost', async () => {
    expect(await ask(clientOf(await serve((_, __, socket) => socket.destroy())))).toMatchObject({ ok: false, error: { kind: 'lost' } });
    const half = await serve((_, response, socket) => {
      response.writeHead(200, { 'Content-Length': '100' });
      response.write('half', () => socket.destroy());
    });
    expect(await ask(clientOf(half))).toMatchObject({ ok: false, error: { kind: 'lost' } });
  });

  test('no answer in time: timeout', async () => {
    expect(await ask(clientOf(await serve(() => undefined)), { milliseconds: 50 })).toEqual({ ok: false, error: { kind: 'timeout' } });
  });

  test('the caller stops before and after the connection stands', async () => {
    const stopped = AbortSignal.abort();
    expect(await ask(clientOf('ipp://127.0.0.1:9/ipp/print'), { signal: stopped })).toEqual({ ok: false, error: { kind: 'cancelled', sent: false } });
    const stop = new AbortController();
    const uri = await serve(() => stop.abort());
    expect(await ask(clientOf(uri), { signal: stop.signal })).toEqual({ ok: false, error: { kind: 'cancelled', sent: true } });
  });
});

test('only printers by IPP or HTTP can be opened', () => {
  expect(() => openIppClient('socket://127.0.0.1:9100')).toThrow(RangeError);
});
