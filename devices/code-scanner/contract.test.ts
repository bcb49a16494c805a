/**
 * What every scanner must do, run on the emulator always and on a real one when JINBAN_TEST_CODE_SCANNER names its port: then somebody must
 * hold a code in front of it within a minute.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CodeReading } from '../../domain/contracts/devices.ts';
import { systemClock } from '../../wire/clock.ts';
import { ptyDeviceEnd } from '../../wire/device-end.ts';
import { serialTransport } from '../../wire/serial.ts';
import { settled } from '../technician.ts';
import { createScannerEmulator } from './emulator.ts';
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

async function onPort(path: string, body: (scanner: CodeScanner) => Promise<void>): Promise<void> {
  const scanner = openCodeScanner({ connect: () => serialTransport({ path, baudRate: 9600 }), clock: systemClock });
  try {
    await body(scanner);
  } finally {
    await scanner.close();
  }
}

const onEmulator: Use = async (body) => {
  const folder = await mkdtemp(join(tmpdir(), 'jinban-contract-'));
  const path = join(folder, 'scanner');
  const line = await ptyDeviceEnd({ path });
  if (!line.ok) throw new Error(line.error.message);
  const emulator = createScannerEmulator({ line: line.value, clock: systemClock });
  try {
    await onPort(path, (scanner) => body(scanner, () => void emulator.show('JB-01ARZ3ND-EKTSV4-RRFFQ6-9G5FAV')));
  } finally {
    await emulator.close();
    await rm(folder, { recursive: true });
  }
};

const port = process.env['JINBAN_TEST_CODE_SCANNER'];
const scanners: [string, Use][] = [
  [`the emulator${port === undefined ? ', no real scanner: JINBAN_TEST_CODE_SCANNER is not set' : ''}`, onEmulator],
  ...(port === undefined ? [] : [[port, (body) => onPort(port, (scanner) => body(scanner, () => undefined))] as [string, Use]]),
];

describe.each(scanners)('scanner contract on %s', (_, use) => {
  scannerContract(use);
});
