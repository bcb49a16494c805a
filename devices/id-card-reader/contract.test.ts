/**
 * What every reader must do, run on the emulator always and on a real one when JINBAN_TEST_ID_CARD_READER names its port
 * (a card may lie on it or not; it is never changed).
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../wire/clock.ts';
import { ptyDeviceEnd } from '../../wire/device-end.ts';
import { serialTransport } from '../../wire/serial.ts';
import { createReaderDriver } from './driver.ts';
import type { ReaderDriver } from './driver.ts';
import { createReaderEmulator } from './emulator.ts';

const { signal } = new AbortController();

function readerContract(use: (body: (driver: ReaderDriver) => Promise<void>) => Promise<void>): void {
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
}

async function onPort(path: string, body: (driver: ReaderDriver) => Promise<void>): Promise<void> {
  const driver = createReaderDriver({ transport: serialTransport({ path, baudRate: 115_200 }), clock: systemClock });
  expect(await driver.open()).toEqual({ ok: true, value: null });
  try {
    await body(driver);
  } finally {
    await driver.close();
  }
}

async function onEmulator(body: (driver: ReaderDriver) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'jinban-contract-'));
  const path = join(folder, 'reader');
  const line = await ptyDeviceEnd({ path });
  if (!line.ok) throw new Error(line.error.message);
  const emulator = createReaderEmulator({ line: line.value, clock: systemClock });
  try {
    await onPort(path, body);
  } finally {
    await emulator.close();
    await rm(folder, { recursive: true });
  }
}

const port = process.env['JINBAN_TEST_ID_CARD_READER'];
const readers: [string, (body: (driver: ReaderDriver) => Promise<void>) => Promise<void>][] = [
  [`the emulator${port === undefined ? ', no real reader: JINBAN_TEST_ID_CARD_READER is not set' : ''}`, onEmulator],
  ...(port === undefined ? [] : [[port, (body: (driver: ReaderDriver) => Promise<void>) => onPort(port, body)] as [string, typeof onEmulator]]),
];

describe.each(readers)('reader contract on %s', (_, use) => {
  readerContract(use);
});
