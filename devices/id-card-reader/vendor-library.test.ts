import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DeviceStatus } from '../../domain/contracts/devices.ts';
import { ok } from '../../domain/result.ts';
import { sdtapiFixture, sdtapiLibrary } from '../../test/fixtures/sdtapi/library.ts';
import { assertNoTimers, testClock } from '../../test/fixtures/test-clock.ts';
import { systemClock } from '../../wire/clock.ts';
import { ptyDeviceEnd } from '../../wire/device-end.ts';
import { createLock } from '../../wire/lock.ts';
import type { ReaderDriver } from './driver.ts';
import { createReaderEmulator } from './emulator.ts';
import type { ReaderEmulator } from './emulator.ts';
import { PRESETS } from './presets.ts';
import type { SdtFunctions } from './sdt-library.ts';
import { loadSdtLibrary } from './sdt-library.ts';
import { openIdCardReader } from './service.ts';
import { createVendorLibraryDriver } from './vendor-library.ts';

const { signal } = new AbortController();

/** A library that answers as told, on a clock that the test moves. */
describe('a driver on a library of functions', () => {
  const clock = testClock();
  const calls: string[] = [];
  const hung: string[] = [];

  beforeEach(() => void (calls.length = hung.length = 0));
  afterEach(() => assertNoTimers(clock));

  function driverOn(answers: Partial<Record<keyof SdtFunctions, () => number | Promise<number>>>): ReaderDriver {
    const answer = (name: keyof SdtFunctions, code: number) => async () => {
      calls.push(name);
      return (await answers[name]?.()) ?? code;
    };
    const functions: SdtFunctions = {
      SDT_OpenPort: answer('SDT_OpenPort', 0x90),
      SDT_ClosePort: answer('SDT_ClosePort', 0x90),
      SDT_GetSAMStatus: answer('SDT_GetSAMStatus', 0x90),
      SDT_GetSAMIDToStr: answer('SDT_GetSAMIDToStr', 0x90),
      SDT_StartFindIDCard: answer('SDT_StartFindIDCard', 0x9f),
      SDT_SelectIDCard: answer('SDT_SelectIDCard', 0x90),
      SDT_ReadBaseMsg: answer('SDT_ReadBaseMsg', 0x90),
    };
    return createVendorLibraryDriver({ load: async () => ok({ functions, lock }), port: 1001, clock, hung: (call) => hung.push(call) });
  }
  const lock = createLock();

  test.each<[number, object]>([
    [0x01, { kind: 'unplugged' }],
    [0x02, { kind: 'timeout' }],
    [0x03, { kind: 'garbled', why: 'cut-off' }],
    [0x05, { kind: 'timeout' }],
    [0x80, { kind: 'refused', status: { name: 'no-card', code: 0x80, card: 0 } }],
    [0x66, { kind: 'refused', status: { name: 'sam-not-authorised', code: 0x66, card: 0 } }],
    [-3, { kind: 'refused', status: { name: 'unknown', code: -3, card: 0 } }],
    // A success of another command is none.
    [0x90, { kind: 'refused', status: { name: 'success', code: 0x90, card: 0 } }],
  ])('code %i of find-card', async (code, error) => {
    const driver = driverOn({ SDT_StartFindIDCard: () => code });
    await driver.open();
    expect(await driver.findCard({ signal })).toEqual({ ok: false, error });
    await driver.close();
  });

  test('opening that is refused is unplugged, or no answer', async () => {
    for (const [code, kind] of [[0x01, 'unplugged'], [0x05, 'timeout'], [0x77, 'unplugged']] as const) {
      const driver = driverOn({ SDT_OpenPort: () => code });
      expect(await driver.open()).toEqual({ ok: false, error: { kind } });
      await driver.close();
      expect(calls.splice(0)).toEqual(['SDT_OpenPort']);
    }
  });

  test('a port that no library has is a mistake', () => {
    for (const port of [0, 17, 1000, 1017, 1.5]) expect(() => createVendorLibraryDriver({ load: () => loadSdtLibrary(''), port, clock })).toThrow(RangeError);
  });

  test('a function that this library lacks is an unknown command, and an id or a length that cannot be is garbled', async () => {
    const driver = driverOn({});
    await driver.open();
    expect(await driver.readManagementNumber({ signal })).toMatchObject({ ok: false, error: { kind: 'refused', status: { name: 'unknown-command' } } });
    expect(await driver.readSamId({ signal })).toEqual({ ok: false, error: { kind: 'garbled', why: 'unexpected' } });
    expect(await driver.readBase({ signal })).toEqual({ ok: true, value: new Uint8Array(0) });
    await driver.close();
  });

  test('a call that takes too long is a time-out; the next one waits until it is back; one that never is ends the process', async () => {
    let back = (_code: number): void => {};
    const driver = driverOn({ SDT_StartFindIDCard: () => new Promise((resolve) => (back = resolve)) });
    await driver.open();
    const find = driver.findCard({ signal });
    await clock.pass(8000);
    expect(await find).toEqual({ ok: false, error: { kind: 'timeout' } });
    const status = driver.samStatus({ signal });
    await clock.pass(1000);
    expect(calls).not.toContain('SDT_GetSAMStatus');
    await clock.pass(11_000);
    expect(hung).toEqual(['SDT_StartFindIDCard']);
    back(0x80);
    expect(await status).toEqual({ ok: true, value: null });
    await driver.close();
  });

  test('closing cancels what waits, and closes the port when the call under way is back', async () => {
    let back = (_code: number): void => {};
    const driver = driverOn({ SDT_StartFindIDCard: () => new Promise((resolve) => (back = resolve)) });
    await driver.open();
    const [find, status] = [driver.findCard({ signal }), driver.samStatus({ signal })];
    await clock.pass(1);
    const closed = driver.close();
    expect(await find).toEqual({ ok: false, error: { kind: 'cancelled' } });
    expect(await status).toEqual({ ok: false, error: { kind: 'cancelled' } });
    expect(calls).not.toContain('SDT_ClosePort');
    back(0x80);
    await closed;
    expect(calls.at(-1)).toBe('SDT_ClosePort');
    expect(await driver.samStatus({ signal })).toEqual({ ok: false, error: { kind: 'cancelled' } });
  });
});

describe('a service on a real library', { timeout: 30_000 }, () => {
  let folder: string;
  let emulator: ReaderEmulator;
  let library: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jinban-library-'));
    const line = await ptyDeviceEnd({ path: join(folder, 'reader') });
    if (!line.ok) throw new Error(line.error.message);
    emulator = createReaderEmulator({ line: line.value, clock: systemClock });
    library = await sdtapiLibrary();
    sdtapiFixture(library).setPath(join(folder, 'reader'));
  });
  afterEach(async () => {
    sdtapiFixture(library).delay(0);
    await emulator.close();
    await rm(folder, { recursive: true });
  });
  const driver = (): ReaderDriver => createVendorLibraryDriver({ load: () => loadSdtLibrary(library), port: 1001, clock: systemClock });

  test('a card is read, the reader pulled out and put back, and a card is read again', async () => {
    const reader = openIdCardReader({ driver, clock: systemClock });
    const until = (kind: DeviceStatus['kind']): Promise<void> => new Promise((resolve) => reader.watch((status) => status.kind === kind && resolve()));
    /** The card is placed when the reader has seen the field empty: the one before must have left. */
    const read = async (place: () => void): Promise<unknown> => {
      let last: unknown;
      const stop = emulator.onAnswer((code) => {
        if (code !== 0x80) return;
        stop();
        place();
      });
      for await (const reading of reader.read(signal)) last = reading;
      return last;
    };
    try {
      await until('online');
      expect(await read(() => emulator.place(PRESETS.minority))).toMatchObject({ kind: 'read', holder: PRESETS.minority });
      emulator.remove();
      await emulator.unplug();
      await until('offline');
      expect(reader.status()).toEqual({ kind: 'offline', reason: 'unplugged' });
      await emulator.replug();
      await until('online');
      expect(await read(() => emulator.place(PRESETS.elder))).toMatchObject({ kind: 'read', holder: PRESETS.elder });
    } finally {
      await reader.close();
    }
  });

  test('a slow library holds up nothing else in this process', async () => {
    const slow = driver();
    expect(await slow.open()).toEqual({ ok: true, value: null });
    sdtapiFixture(library).delay(400);
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 10);
    expect(await slow.samStatus({ signal })).toEqual({ ok: true, value: null });
    clearInterval(counting);
    // 40 at best; a blocked process has none.
    expect(turns).toBeGreaterThan(10);
    await slow.close();
  });

  test('a library that crashes ends the process that called it, and nobody else', async () => {
    const program = `
      const { loadSdtLibrary } = await import(${JSON.stringify(join(import.meta.dirname, 'sdt-library.ts'))});
      const { sdtapiFixture } = await import(${JSON.stringify(join(import.meta.dirname, '../../test/fixtures/sdtapi/library.ts'))});
      const library = ${JSON.stringify(library)};
      const loaded = await loadSdtLibrary(library);
      sdtapiFixture(library).crashNext();
      await loaded.value.functions.SDT_GetSAMStatus(1001, 0);
      process.exit(0);`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'ignore' });
    expect(await once(child, 'exit')).toEqual([null, 'SIGABRT']);
  });

  test('a library that is not there, or is none, is said', async () => {
    for (const path of [join(folder, 'nowhere.so'), join(import.meta.dirname, 'README.md')]) {
      const missing = createVendorLibraryDriver({ load: () => loadSdtLibrary(path), port: 1, clock: systemClock });
      expect(await missing.open()).toMatchObject({ ok: false, error: { kind: 'no-library' } });
      await missing.close();
      const reader = openIdCardReader({ driver: () => createVendorLibraryDriver({ load: () => loadSdtLibrary(path), port: 1, clock: systemClock }), clock: systemClock });
      await new Promise<void>((resolve) => reader.watch((status) => status.kind === 'offline' && status.reason === 'no-library' && resolve()));
      await reader.close();
    }
  });
});
