import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openWire } from './open.ts';
import type { Pty } from './pty.ts';
import { openPty } from './pty.ts';
import { serialTransport } from './serial.ts';
import { testClock } from '../test/fixtures/test-clock.ts';
import type { Transport, WireFailure } from './types.ts';

/** The real `serialport` package on a real pseudo-terminal. */
describe('serialTransport on a pseudo-terminal', () => {
  let folder: string;
  let path: string;
  const opened: { close(): Promise<void> }[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jinban-serial-'));
    path = join(folder, 'reader');
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((thing) => thing.close()));
    await rm(folder, { recursive: true });
  });

  async function pty(): Promise<Pty> {
    const made = await openPty({ path });
    if (!made.ok) throw new Error(made.error.message);
    opened.push(made.value);
    return made.value;
  }
  async function wire(): Promise<Transport> {
    const transport = openWire({ kind: 'serial', path, baudRate: 115_200 });
    opened.push(transport);
    expect(await transport.open()).toEqual({ ok: true, value: null });
    return transport;
  }
  function gone(transport: Transport): Promise<WireFailure> {
    return new Promise((resolve) => transport.onGone(resolve));
  }
  /** Resolves with everything that came, once `count` bytes did. */
  function bytes(from: { onBytes(take: (chunk: Uint8Array) => void): () => void }, count: number): Promise<number[]> {
    return new Promise((resolve) => {
      const all: number[] = [];
      const stop = from.onBytes((chunk) => {
        all.push(...chunk);
        if (all.length < count) return;
        stop();
        resolve(all);
      });
    });
  }

  test('every byte value goes through unchanged, both ways', async () => {
    const device = await pty();
    const transport = await wire();
    const every = Array.from({ length: 256 }, (_, value) => value);
    const up = bytes(device, 256);
    const down = bytes(transport, 256);
    expect(await transport.send(Uint8Array.from(every))).toEqual({ ok: true, value: null });
    expect(await device.send(Uint8Array.from(every))).toBe(true);
    expect(await up).toEqual(every);
    expect(await down).toEqual(every);
  });

  test('an unplugged device ends the wire, and the same path works again after a re-plug', async () => {
    const device = await pty();
    const transport = await wire();
    const ended = gone(transport);
    await device.unplug();
    expect(await ended).toEqual({ kind: 'unplugged' });
    expect(await transport.send(Uint8Array.of(1))).toEqual({ ok: false, error: { kind: 'unplugged' } });
    expect(await device.send(Uint8Array.of(1))).toBe(false);
    expect(await serialTransport({ path, baudRate: 115_200 }).open()).toEqual({ ok: false, error: { kind: 'unplugged' } });

    const again = await pty();
    const next = await wire();
    const up = bytes(again, 3);
    await next.send(Uint8Array.of(1, 2, 3));
    expect(await up).toEqual([1, 2, 3]);
  });

  // Where in a read the hang-up falls is chance: the package alone misses about one in ten.
  test('however often it is unplugged, in the middle of whatever read', async () => {
    for (let round = 0; round < 30; round += 1) {
      const device = await pty();
      const transport = await wire();
      const ended = gone(transport);
      await device.unplug();
      expect(await ended).toEqual({ kind: 'unplugged' });
    }
  });

  test('closing tells `closed`, is idempotent, and leaves the device usable for the next session', async () => {
    const device = await pty();
    const transport = await wire();
    const ended = gone(transport);
    await Promise.all([transport.close(), transport.close()]);
    expect(await ended).toEqual({ kind: 'closed' });
    expect(await transport.send(Uint8Array.of(1))).toEqual({ ok: false, error: { kind: 'closed' } });
    const next = await wire();
    const down = bytes(next, 2);
    await device.send(Uint8Array.of(7, 8));
    expect(await down).toEqual([7, 8]);
  });

  test('a port that is open already is not permitted to a second program', async () => {
    await pty();
    await wire();
    expect(await serialTransport({ path, baudRate: 115_200 }).open()).toEqual({ ok: false, error: { kind: 'not-permitted' } });
  });

  test('a line that is held times out, ends the wire and does not deliver the rest later', async () => {
    await pty();
    const clock = testClock();
    const transport = serialTransport({ path, baudRate: 115_200, clock, sendTimeout: 500 });
    opened.push(transport);
    await transport.open();
    const ended = gone(transport);
    // Nobody listens on the device's side, so a quarter of a megabyte fills every buffer on the way.
    const sent = transport.send(new Uint8Array(262_144));
    await clock.pass(499);
    await clock.pass(1);
    expect(await sent).toEqual({ ok: false, error: { kind: 'timeout' } });
    expect(await ended).toEqual({ kind: 'timeout' });
    expect(clock.waiting).toBe(0);
  });

  test('a path that is taken by a file makes no pseudo-terminal and says why', async () => {
    const made = await openPty({ path: '/proc/nowhere/reader' });
    expect(made).toMatchObject({ ok: false, error: { kind: 'not-made' } });
  });

  test('without socat the message names the package', async () => {
    const before = process.env['PATH'];
    process.env['PATH'] = folder;
    try {
      const made = await openPty({ path });
      expect(made).toMatchObject({ ok: false, error: { kind: 'socat-missing', message: expect.stringContaining('"socat"') } });
    } finally {
      process.env['PATH'] = before;
    }
  });
});
