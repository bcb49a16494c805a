import { afterEach, describe, expect, test } from 'vitest';
import { fakeHid } from '../test/fixtures/fake-hid.ts';
import type { FakeHid } from '../test/fixtures/fake-hid.ts';
import { assertNoTimers, testClock } from '../test/fixtures/test-clock.ts';
import { hidTransport, nodeHidBus } from './hid.ts';
import type { HidFraming } from './hid-framing.ts';
import type { HidDevice, Transport, WireFailure } from './types.ts';

const FRAMING: HidFraming = { reportId: 1, reportLength: 63, payloadLength: 'one-byte', padding: 0, sendAs: 'output-report' };
const READER: HidDevice = { vendorId: 0x0400, productId: 0xc35a, usagePage: 0xff00 };

describe('hidTransport at the interface of node-hid', () => {
  const clock = testClock();
  const opened: Transport[] = [];

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((transport) => transport.close()));
    assertNoTimers(clock);
  });

  function make(hid: FakeHid, options: { device?: HidDevice; framing?: HidFraming } = {}): { transport: Transport; ends: WireFailure[] } {
    const transport = hidTransport({ device: READER, framing: FRAMING, bus: hid.bus, clock, sendTimeout: 500, ...options });
    opened.push(transport);
    const ends: WireFailure[] = [];
    transport.onGone((failure) => ends.push(failure));
    return { transport, ends };
  }

  test('every byte value goes through unchanged, both ways', async () => {
    const hid = fakeHid(FRAMING);
    const { transport } = make(hid);
    const every = Array.from({ length: 256 }, (_, value) => value);
    const [up, down]: number[][] = [[], []];
    hid.device.onBytes((chunk) => up?.push(...chunk));
    transport.onBytes((chunk) => down?.push(...chunk));
    expect(await transport.open()).toEqual({ ok: true, value: null });
    expect(await transport.send(Uint8Array.from(every))).toEqual({ ok: true, value: null });
    hid.device.send(Uint8Array.from(every));
    expect(up).toEqual(every);
    expect(down).toEqual(every);
    expect(hid.sentAs).toBe('write');
  });

  test('feature reports, where the framing says so', async () => {
    const framing: HidFraming = { ...FRAMING, sendAs: 'feature-report' };
    const hid = fakeHid(framing);
    const { transport } = make(hid, { framing });
    await transport.open();
    await transport.send(Uint8Array.of(1));
    expect(hid.sentAs).toBe('sendFeatureReport');
  });

  test('one input report is one chunk; reports of another id are passed over', async () => {
    const hid = fakeHid(FRAMING);
    const { transport } = make(hid);
    const chunks: number[][] = [];
    transport.onBytes((chunk) => chunks.push([...chunk]));
    await transport.open();
    const report = (...front: number[]): Uint8Array => Uint8Array.from([...front, ...new Uint8Array(64 - front.length)]);
    hid.report(report(1, 2, 7, 8));
    hid.report(report(9, 2, 7, 8));
    hid.report(report(1, 0));
    hid.report(report(1, 1, 9));
    expect(chunks).toEqual([[7, 8], [9]]);
  });

  test('a device is found by its path, by its numbers, and by its usage page', async () => {
    const hid = fakeHid(FRAMING);
    const open = (device: HidDevice) => make(hid, { device }).transport.open();
    expect(await open({ path: '/dev/hidraw3' })).toEqual({ ok: true, value: null });
    expect(await open({ vendorId: 0x0400, productId: 0xc35a, usagePage: null })).toEqual({ ok: true, value: null });
    for (const device of [{ path: '/dev/hidraw9' }, { ...READER, productId: 1 }, { ...READER, vendorId: 1 }, { ...READER, usagePage: 0x8c }]) {
      expect(await open(device)).toEqual({ ok: false, error: { kind: 'unplugged' } });
    }
  });

  test.each<[string, WireFailure['kind']]>([
    ["Failed to open a device with path '/dev/hidraw3': Permission denied", 'not-permitted'],
    ['CreateFile: (0x00000005) 拒绝访问。', 'not-permitted'],
    ['CreateFile: (0x00000020) 另一个程序正在使用此文件，进程无法访问。', 'not-permitted'],
    ['hid_open_path: failed to open IOHIDDevice from mach entry: (0xE00002C5) (iokit/common) exclusive access', 'not-permitted'],
    ["Failed to open a device with path '/dev/hidraw3': No such device", 'unplugged'],
    ['CreateFile: (0x00000002) 系统找不到指定的文件。', 'unplugged'],
  ])('opening that fails with “%s” is %s', async (text, kind) => {
    const hid = fakeHid(FRAMING);
    hid.refuse(`cannot open device with path /dev/hidraw3: ${text}`);
    const { transport, ends } = make(hid);
    expect(await transport.open()).toEqual({ ok: false, error: { kind } });
    expect(ends).toEqual([{ kind }]);
    expect(await transport.send(Uint8Array.of(1))).toEqual({ ok: false, error: { kind } });
  });

  test('what nobody knows is a surprise', async () => {
    const hid = fakeHid(FRAMING);
    hid.refuse('cannot open device: hidapi is out of paint');
    await expect(hidTransport({ device: READER, framing: FRAMING, bus: hid.bus, clock }).open()).rejects.toThrow('paint');
  });

  test('a device that left without a word is noticed within a second, and its handle closed', async () => {
    const hid = fakeHid(FRAMING);
    const { transport, ends } = make(hid);
    await transport.open();
    await clock.pass(5000);
    expect(ends).toEqual([]);
    await hid.device.unplug();
    await clock.pass(1000);
    expect(ends).toEqual([{ kind: 'unplugged' }]);
    expect(hid.openHandles).toBe(0);
    const looks = hid.looks;
    await clock.pass(5000);
    expect(hid.looks).toBe(looks);
  });

  test('a failed read, and a failed write, tell at once', async () => {
    const read = fakeHid(FRAMING);
    const reading = make(read);
    await reading.transport.open();
    read.failRead();
    expect(reading.ends).toEqual([{ kind: 'unplugged' }]);

    const written = fakeHid(FRAMING);
    const writing = make(written);
    await writing.transport.open();
    await written.device.unplug();
    expect(await writing.transport.send(Uint8Array.of(1))).toEqual({ ok: false, error: { kind: 'unplugged' } });
    expect(writing.ends).toEqual([{ kind: 'unplugged' }]);
    expect(read.openHandles + written.openHandles).toBe(0);
  });

  test('a handle from before a re-plug is dead, though a device is there again at its path', async () => {
    const hid = fakeHid(FRAMING);
    const { transport } = make(hid);
    await transport.open();
    await hid.device.unplug();
    await hid.device.replug();
    expect(await transport.send(Uint8Array.of(1))).toEqual({ ok: false, error: { kind: 'unplugged' } });
    const again = make(hid);
    expect(await again.transport.open()).toEqual({ ok: true, value: null });
    expect(await again.transport.send(Uint8Array.of(1))).toEqual({ ok: true, value: null });
  });

  test('reports that are not taken time out, and the wire is over', async () => {
    const hid = fakeHid(FRAMING);
    const { transport, ends } = make(hid);
    await transport.open();
    hid.hang();
    const sent = transport.send(Uint8Array.of(1));
    const queued = transport.send(Uint8Array.of(2));
    await clock.pass(500);
    expect(await sent).toEqual({ ok: false, error: { kind: 'timeout' } });
    expect(await queued).toEqual({ ok: false, error: { kind: 'timeout' } });
    expect(ends).toEqual([{ kind: 'timeout' }]);
    expect(hid.openHandles).toBe(0);
  });

  test('closing is told as such, may be repeated, and while it opens it lets nothing open', async () => {
    const hid = fakeHid(FRAMING);
    const { transport, ends } = make(hid);
    await transport.open();
    await transport.close();
    await transport.close();
    expect(ends).toEqual([{ kind: 'closed' }]);
    expect(await transport.send(Uint8Array.of(1))).toEqual({ ok: false, error: { kind: 'closed' } });

    const early = make(hid);
    const opening = early.transport.open();
    const closing = early.transport.close();
    expect(await opening).toEqual({ ok: false, error: { kind: 'closed' } });
    await closing;
    expect(hid.openHandles).toBe(0);
  });

  test('bytes that come after the end are nobody’s', async () => {
    const hid = fakeHid(FRAMING);
    const { transport } = make(hid);
    const chunks: Uint8Array[] = [];
    transport.onBytes((chunk) => chunks.push(chunk));
    await transport.open();
    await transport.close();
    hid.device.send(Uint8Array.of(1));
    expect(chunks).toEqual([]);
  });
});

test('node-hid itself loads and lists what is plugged', async () => {
  expect(Array.isArray(await nodeHidBus.devices())).toBe(true);
  expect(await hidTransport({ device: { path: '/dev/hidraw-of-nobody' }, framing: FRAMING }).open()).toEqual({ ok: false, error: { kind: 'unplugged' } });
});
