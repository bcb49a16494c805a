import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tcpTransport } from './tcp.ts';
import { testClock } from '../test/fixtures/test-clock.ts';
import type { Transport, WireFailure } from './types.ts';

describe('tcpTransport', () => {
  const server = createServer({ allowHalfOpen: true });
  const peers: Socket[] = [];
  let port: number;

  beforeEach(async () => {
    server.on('connection', (peer) => {
      peers.push(peer);
      peer.on('error', () => {});
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  });
  afterEach(async () => {
    for (const peer of peers.splice(0)) peer.destroy();
    server.removeAllListeners();
    await new Promise((resolve) => server.close(resolve));
  });

  async function connect(options: Partial<Parameters<typeof tcpTransport>[0]> = {}): Promise<{ transport: Transport; peer: Socket; gone: Promise<WireFailure> }> {
    const transport = tcpTransport({ host: '127.0.0.1', port, ...options });
    const gone = new Promise<WireFailure>((resolve) => transport.onGone(resolve));
    const arrived = once(server, 'connection');
    expect(await transport.open()).toEqual({ ok: true, value: null });
    const [peer] = (await arrived) as [Socket];
    return { transport, peer, gone };
  }

  test('carries bytes both ways and closes with everything delivered', async () => {
    const { transport, peer, gone } = await connect();
    const down = new Promise<Uint8Array>((resolve) => transport.onBytes(resolve));
    peer.write(Buffer.from([1, 2]));
    expect([...(await down)]).toEqual([1, 2]);
    const got: Buffer[] = [];
    peer.on('data', (chunk) => got.push(chunk));
    peer.on('end', () => peer.end());
    expect(await transport.send(new Uint8Array(100_000).fill(5))).toEqual({ ok: true, value: null });
    await transport.close();
    expect(await gone).toEqual({ kind: 'closed' });
    expect(Buffer.concat(got).equals(Buffer.alloc(100_000, 5))).toBe(true);
    expect(await transport.send(Uint8Array.of(1))).toEqual({ ok: false, error: { kind: 'closed' } });
  });

  test('an address where nobody listens is unplugged', async () => {
    await new Promise((resolve) => server.close(resolve));
    expect(await tcpTransport({ host: '127.0.0.1', port }).open()).toEqual({ ok: false, error: { kind: 'unplugged' } });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  test.each([['ends', (peer: Socket) => peer.end()], ['resets', (peer: Socket) => peer.resetAndDestroy()]])('a peer that %s the connection is unplugged', async (_, leave) => {
    const { transport, peer, gone } = await connect();
    leave(peer);
    expect(await gone).toEqual({ kind: 'unplugged' });
    expect(await transport.send(Uint8Array.of(1))).toEqual({ ok: false, error: { kind: 'unplugged' } });
    await transport.close();
  });

  test('a peer that takes nothing times out, and the rest never arrives', async () => {
    const clock = testClock();
    const { transport, peer, gone } = await connect({ clock, sendTimeout: 500 });
    peer.pause();
    const size = 64 * 1024 * 1024;
    const sent = transport.send(new Uint8Array(size));
    await clock.pass(500);
    expect(await sent).toEqual({ ok: false, error: { kind: 'timeout' } });
    expect(await gone).toEqual({ kind: 'timeout' });
    let got = 0;
    peer.on('data', (chunk) => (got += chunk.length));
    peer.resume();
    await new Promise((resolve) => peer.on('close', resolve));
    expect(got).toBeLessThan(size);
    expect(clock.waiting).toBe(0);
  });
});
