import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MAX_BODY } from '../../domain/contracts/hall.ts';
import { testClock, type TestClock } from '../../test/fixtures/test-clock.ts';
import type { Ground } from '../ground.ts';
import { createApp } from './app.ts';

/** A sender that goes on writing after it was told that its body is too large, as every sender does for a moment. */
describe('a body that is too large', () => {
  let clock: TestClock;
  let app: FastifyInstance;
  let socket: Socket;
  let heard: string;

  beforeEach(async () => {
    clock = testClock();
    // The app takes of the ground what it logs and waits with.
    app = createApp({ clock, log: () => undefined } as unknown as Ground);
    app.post('/', () => ({ taken: true }));
    const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
    socket = connect(Number(port), '127.0.0.1');
    heard = '';
    socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
    await once(socket, 'connect');
  });
  afterEach(async () => {
    socket.destroy();
    await app.close();
  });

  const write = (text: string) => new Promise<Error | undefined>((resolve) => socket.write(text, (cause) => resolve(cause ?? undefined)));
  const head = (length: number) => `POST / HTTP/1.1\r\nhost: hall\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;

  test('is answered 413 while the sender still writes, and its rest is read for ten seconds at most', async () => {
    await write(head(2 * MAX_BODY));
    await once(socket, 'data');
    expect(heard).toMatch(/^HTTP\/1\.1 413 /);
    expect(await write(' '.repeat(MAX_BODY))).toBeUndefined();
    // Whoever is still not through has the connection cut under the hand.
    const ended = new Promise((resolve) => socket.on('error', () => undefined).once('close', resolve));
    await clock.pass(9999);
    expect(socket.destroyed).toBe(false);
    await clock.pass(1);
    await ended;
    expect(clock.waiting).toBe(0);
  });

  test('that comes to its end leaves the connection good for the next request', async () => {
    await write(head(MAX_BODY + 1));
    await write(' '.repeat(MAX_BODY + 1));
    while (!heard.includes('"status":413')) await once(socket, 'data');
    heard = '';
    await write(`${head(2)}{}`);
    while (!heard.includes('{"taken":true}')) await once(socket, 'data');
    expect(clock.waiting).toBe(0);
  });
});
