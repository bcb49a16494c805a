/**
 * What every reader must do by whatever road: on a wire, over HID, behind its vendor's library. Run on the emulator always, and on real ones when these
 * name them (a card may lie on it or not; it is never changed):
 *
 * | variable | such as |
 * |---|---|
 * | JINBAN_TEST_ID_CARD_READER | `/dev/ttyUSB0` |
 * | JINBAN_TEST_ID_CARD_READER_HID | a JSON of `device` and `framing`, as in `terminal.yaml` |
 * | JINBAN_TEST_ID_CARD_READER_LIBRARY | `/opt/reader/libsdtapi.so 1001` |
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fakeHid } from '../../test/fixtures/fake-hid.ts';
import { sdtapiFixture, sdtapiLibrary } from '../../test/fixtures/sdtapi/library.ts';
import { systemClock } from '../../wire/clock.ts';
import { ptyDeviceEnd } from '../../wire/device-end.ts';
import { hidTransport } from '../../wire/hid.ts';
import type { HidFraming } from '../../wire/hid-framing.ts';
import { serialTransport } from '../../wire/serial.ts';
import type { HidDevice } from '../../wire/types.ts';
import { createReaderDriver } from './driver.ts';
import type { ReaderDriver } from './driver.ts';
import { createReaderEmulator } from './emulator.ts';
import type { ReaderEmulator } from './emulator.ts';
import { PRESETS } from './presets.ts';
import { loadSdtLibrary } from './sdt-library.ts';
import { decodeTextBlock } from './text-block.ts';
import { createVendorLibraryDriver } from './vendor-library.ts';

const { signal } = new AbortController();
/** `emulator` is null for a real reader. */
type Body = (driver: ReaderDriver, emulator: ReaderEmulator | null) => Promise<void>;
type Use = (body: Body) => Promise<void>;

function readerContract(use: Use): void {
  test('its module is well and has an id of the known form', () =>
    use(async (driver) => {
      expect(await driver.samStatus({ signal })).toEqual({ ok: true, value: null });
      const samId = await driver.readSamId({ signal });
      expect(samId).toEqual({ ok: true, value: expect.stringMatching(/^\d{2}\.\d{2}-\d{8}-\d{10}-\d{10}$/) });
    }));

  test('it finds a card or says that there is none', () =>
    use(async (driver) => {
      const found = await driver.findCard({ signal });
      if (!found.ok) expect(found.error).toMatchObject({ kind: 'refused', status: { name: 'no-card' } });
      else expect(found.value).toBeNull();
    }));

  test('reading without selecting is refused', () =>
    use(async (driver) => {
      expect(await driver.reset({ signal })).toMatchObject({ ok: true });
      expect(await driver.readBase({ signal })).toMatchObject({ ok: false, error: { kind: 'refused' } });
    }));

  test('commands given at once are answered in order', () =>
    use(async (driver) => {
      const answers = await Promise.all([driver.samStatus({ signal }), driver.readSamId({ signal }), driver.samStatus({ signal })]);
      expect(answers.map(({ ok }) => ok)).toEqual([true, true, true]);
    }));

  test('a card that lies on it is read whole, with and without fingerprints, and what it does not have is refused', () =>
    use(async (driver, emulator) => {
      // Nobody lays a card on a real one here.
      if (emulator === null) return;
      for (const read of ['readBase', 'readBaseAndFingerprint'] as const) {
        emulator.place(PRESETS['rare-e']);
        expect(await driver.findCard({ signal })).toEqual({ ok: true, value: null });
        expect(await driver.selectCard({ signal })).toEqual({ ok: true, value: null });
        const block = await driver[read]({ signal });
        expect(block.ok && decodeTextBlock(block.value)).toEqual({ ok: true, value: PRESETS['rare-e'] });
      }
      expect(await driver.readManagementNumber({ signal })).toEqual({ ok: true, value: new Uint8Array(28) });
      expect(await driver.readNewAddress({ signal })).toMatchObject({ ok: false, error: { kind: 'refused', status: { name: 'no-content' } } });
      emulator.place({ kind: 'holder', holder: PRESETS.zhang, newAddress: '浙江省新昌县测试路9号' });
      await driver.findCard({ signal });
      await driver.selectCard({ signal });
      const address = await driver.readNewAddress({ signal });
      expect(address.ok && Buffer.from(address.value).toString('utf16le').trimEnd()).toBe('浙江省新昌县测试路9号');
    }));

  test('a cancelled command answers at once, and the next one is not confused', () =>
    use(async (driver) => {
      const controller = new AbortController();
      const cancelled = driver.readSamId({ signal: controller.signal });
      controller.abort();
      expect(await cancelled).toEqual({ ok: false, error: { kind: 'cancelled' } });
      expect(await driver.samStatus({ signal })).toEqual({ ok: true, value: null });
    }));

  test('a reader that leaves is unplugged, now and for every later command', () =>
    use(async (driver, emulator) => {
      if (emulator === null) return;
      const gone = new Promise((resolve) => driver.onGone(resolve));
      await emulator.unplug();
      expect(await driver.samStatus({ signal })).toEqual({ ok: false, error: { kind: 'unplugged' } });
      expect(await gone).toEqual({ kind: 'unplugged' });
      expect(await driver.samStatus({ signal })).toEqual({ ok: false, error: { kind: 'unplugged' } });
    }));
}

async function through(driver: ReaderDriver, emulator: ReaderEmulator | null, body: Body): Promise<void> {
  expect(await driver.open()).toEqual({ ok: true, value: null });
  try {
    await body(driver, emulator);
  } finally {
    await driver.close();
  }
}

const onSerial = (path: string) => createReaderDriver({ transport: serialTransport({ path, baudRate: 115_200 }), clock: systemClock });

/** The emulator behind a pseudo-terminal, and a driver that reaches it there. */
async function onPty(driver: (path: string) => ReaderDriver | Promise<ReaderDriver>, body: Body): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'jinban-contract-'));
  const path = join(folder, 'reader');
  const line = await ptyDeviceEnd({ path });
  if (!line.ok) throw new Error(line.error.message);
  const emulator = createReaderEmulator({ line: line.value, clock: systemClock });
  try {
    await through(await driver(path), emulator, body);
  } finally {
    await emulator.close();
    await rm(folder, { recursive: true });
  }
}

async function onFakeHid(framing: HidFraming, body: Body): Promise<void> {
  const hid = fakeHid(framing);
  // Bytes within a report come at once; its line has no speed.
  const emulator = createReaderEmulator({ line: hid.device, clock: systemClock, baudRate: 1e9 });
  try {
    await through(createReaderDriver({ transport: hidTransport({ device: { path: '/dev/hidraw3' }, framing, bus: hid.bus }), clock: systemClock }), emulator, body);
  } finally {
    await emulator.close();
  }
}

async function onLibrary(path: string): Promise<ReaderDriver> {
  const library = await sdtapiLibrary();
  sdtapiFixture(library).setPath(path);
  return createVendorLibraryDriver({ load: () => loadSdtLibrary(library), port: 1001, clock: systemClock });
}

const WITH_LENGTH: HidFraming = { reportId: 1, reportLength: 63, payloadLength: 'one-byte', padding: 0, sendAs: 'output-report' };
const WITH_LONG_LENGTH: HidFraming = { reportId: 0, reportLength: 64, payloadLength: 'two-bytes-big-endian', padding: 0xff, sendAs: 'output-report' };
const PLAIN: HidFraming = { reportId: 0, reportLength: 64, payloadLength: 'none', padding: 0, sendAs: 'feature-report' };

describe.each<[string, Use]>([
  ['a serial line', (body) => onPty(onSerial, body)],
  ['HID with a byte of length', (body) => onFakeHid(WITH_LENGTH, body)],
  ['HID with two bytes of length', (body) => onFakeHid(WITH_LONG_LENGTH, body)],
  ['HID without a length', (body) => onFakeHid(PLAIN, body)],
  ['a vendor’s library', (body) => onPty(onLibrary, body)],
])('reader contract on the emulator, by %s', (_, use) => {
  readerContract(use);
});

/** Each real one that is named. */
const REAL: Record<string, (name: string) => ReaderDriver> = {
  JINBAN_TEST_ID_CARD_READER: onSerial,
  JINBAN_TEST_ID_CARD_READER_HID: (name) => createReaderDriver({ transport: hidTransport(JSON.parse(name) as { device: HidDevice; framing: HidFraming }), clock: systemClock }),
  JINBAN_TEST_ID_CARD_READER_LIBRARY(name) {
    const [library = '', port] = name.split(' ');
    return createVendorLibraryDriver({ load: () => loadSdtLibrary(library), port: Number(port), clock: systemClock });
  },
};

for (const [variable, driver] of Object.entries(REAL)) {
  const name = process.env[variable];
  // Pending, not passed, where none is named.
  describe.skipIf(name === undefined)(`reader contract on the reader that ${variable} names`, () => {
    readerContract((body) => through(driver(name ?? ''), null, body));
  });
}
