/**
 * What every scanner must do, run on the emulator always, and on a real one when JINBAN_TEST_CODE_SCANNER names its port, or JINBAN_TEST_CODE_SCANNER_HID the
 * `VENDOR:PRODUCT` (hexadecimal) of one in HID POS mode: then somebody must hold a code in front of it within a minute.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CodeReading } from '../../domain/contracts/devices.ts';
import { fakeHid } from '../../test/fixtures/fake-hid.ts';
import { systemClock } from '../../wire/clock.ts';
import { ptyDeviceEnd } from '../../wire/device-end.ts';
import { hidTransport } from '../../wire/hid.ts';
import { serialTransport } from '../../wire/serial.ts';
import { settled } from '../technician.ts';
import { createScannerEmulator } from './emulator.ts';
import { HID_POS_FRAMING, HID_POS_USAGE_PAGE } from './hid-pos.ts';
import { openCodeScanner } from './service.ts';
import type { CodeScanner } from './types.ts';

/** `show` holds a code in front of the scanner; nothing on a real one, where a person does. */
type Use = (body: (scanner: CodeScanner, show: () => void) => Promise<void>) => Promise<void>;
const A_MINUTE = 60_000;

function scannerContract(use: Use): void {
  test('it is there, reads a code as text, and says so once', () => use(async (scanner, show) => {
    expect(await settled(scanner)).toMatchObject({ kind: 'online' });
    const told: CodeReading[] = [];
    for await (const reading of scanner.scan(AbortSignal.timeout(A_MINUTE))) {
      told.push(reading);
      if (reading.kind === 'show-code') show();
    }
    expect(told.at(0)).toEqual({ kind: 'show-code' });
    expect(told.at(-1)).toMatchObject({ kind: 'read', code: { text: expect.stringMatching(/./) } });
    expect(told.filter(({ kind }) => kind === 'read')).toHaveLength(1);
  }), A_MINUTE);

  test('a newer waiting ends the older one quietly', () => use(async (scanner) => {
    await settled(scanner);
    const left = new AbortController();
    const all = async () => {
      const told: CodeReading[] = [];
      for await (const reading of scanner.scan(left.signal)) told.push(reading);
      return told;
    };
    const [older, newer] = [all(), all()];
    expect(await older).toEqual([{ kind: 'show-code' }]);
    left.abort();
    expect((await newer).filter(({ kind }) => kind === 'read')).toEqual([]);
  }), A_MINUTE);
}

async function through(scanner: CodeScanner, body: (scanner: CodeScanner) => Promise<void>): Promise<void> {
  try {
    await body(scanner);
  } finally {
    await scanner.close();
  }
}
const onPort = (path: string) => openCodeScanner({ connect: () => serialTransport({ path, baudRate: 9600 }), clock: systemClock });

const onEmulator: Use = async (body) => {
  const folder = await mkdtemp(join(tmpdir(), 'jinban-contract-'));
  const path = join(folder, 'scanner');
  const line = await ptyDeviceEnd({ path });
  if (!line.ok) throw new Error(line.error.message);
  const emulator = createScannerEmulator({ line: line.value, clock: systemClock });
  try {
    await through(onPort(path), (scanner) => body(scanner, () => void emulator.show('JB-01ARZ3ND-EKTSV4-RRFFQ6-9G5FAV')));
  } finally {
    await emulator.close();
    await rm(folder, { recursive: true });
  }
};

const onFakeHid: Use = async (body) => {
  const hid = fakeHid(HID_POS_FRAMING, { vendorId: 0x0db5, productId: 0x0139, usagePage: HID_POS_USAGE_PAGE });
  const emulator = createScannerEmulator({ line: hid.device, clock: systemClock, format: 'hid-pos' });
  const device = { vendorId: 0x0db5, productId: 0x0139, usagePage: HID_POS_USAGE_PAGE };
  const connect = () => hidTransport({ device, framing: HID_POS_FRAMING, bus: hid.bus });
  await through(openCodeScanner({ connect, format: 'hid-pos', clock: systemClock }), (scanner) => body(scanner, () => void emulator.show('JB-01ARZ3ND-EKTSV4-RRFFQ6-9G5FAV')));
};

describe.each<[string, Use]>([
  ['on a serial line', onEmulator],
  ['in HID POS mode', onFakeHid],
])('scanner contract on the emulator, %s', (_, use) => {
  scannerContract(use);
});

/** Each real one that is named. */
const REAL: Record<string, (name: string) => CodeScanner> = {
  JINBAN_TEST_CODE_SCANNER: onPort,
  JINBAN_TEST_CODE_SCANNER_HID(name) {
    const [vendorId = 0, productId = 0] = name.split(':').map((number) => Number.parseInt(number, 16));
    const connect = () => hidTransport({ device: { vendorId, productId, usagePage: HID_POS_USAGE_PAGE }, framing: HID_POS_FRAMING });
    return openCodeScanner({ connect, format: 'hid-pos', clock: systemClock });
  },
};

for (const [variable, open] of Object.entries(REAL)) {
  const name = process.env[variable];
  // Pending, not passed, where none is named.
  describe.skipIf(name === undefined)(`scanner contract on the scanner that ${variable} names`, () => {
    scannerContract((body) => through(open(name ?? ''), (scanner) => body(scanner, () => undefined)));
  });
}
