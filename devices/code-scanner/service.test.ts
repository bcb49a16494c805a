import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CodeReading, DeviceStatus } from '../../domain/contracts/devices.ts';
import { assertNoTimers, testClock, type TestClock } from '../../test/fixtures/test-clock.ts';
import { memoryWire } from '../../wire/device-end.ts';
import { listenTo } from '../test-listen.ts';
import { createScannerEmulator, type ScannerEmulator } from './emulator.ts';
import { openCodeScanner } from './service.ts';
import type { CodeScanner, ScannerLogEntry } from './types.ts';

const BAUD = 115_200;
let clock: TestClock;
let emulator: ScannerEmulator;
let scanner: CodeScanner;
let logged: ScannerLogEntry[];

beforeEach(async () => {
  clock = testClock();
  logged = [];
  const wire = memoryWire();
  emulator = createScannerEmulator({ line: wire.device, clock, baudRate: BAUD });
  scanner = openCodeScanner({ connect: () => wire.connect(), clock, log: (entry) => logged.push(entry) });
  await clock.pass(0);
});
afterEach(async () => {
  await scanner.close();
  await emulator.close();
  assertNoTimers(clock);
});

/** Everything that is told from now on. */
const listen = () => listenTo((signal) => scanner.scan(signal));

async function show(text: string, identifier?: string): Promise<void> {
  const gone = emulator.show(text, identifier);
  await clock.pass(200);
  await gone;
}

const code = (text: string, symbology = 'qr') => ({ kind: 'read', code: { symbology, text } });

describe('a code that is wanted', () => {
  test('is read once, and ends the waiting', async () => {
    const { told } = listen();
    await show('JB-01ARZ3ND');
    await show('JB-OTHER');
    expect(told).toEqual([{ kind: 'show-code' }, code('JB-01ARZ3ND')]);
  });

  test.each(['cr', 'lf', 'crlf', 'none'] as const)('is read with the end %s', async (suffix) => {
    emulator.suffix(suffix);
    const { told } = listen();
    await show('JB-1');
    expect(told.at(-1)).toEqual(code('JB-1'));
  });

  test('is read from a scanner that sends no identifiers', async () => {
    emulator.identifiers(false);
    const { told } = listen();
    await show('JB-1');
    expect(told.at(-1)).toEqual(code('JB-1', 'unknown'));
  });

  test('that is no text, or never ends, is asked for again; the log tells why and not what', async () => {
    const { told, stop } = listen();
    void emulator.showBytes(Uint8Array.of(0x41, 0x00));
    void emulator.flood(5000);
    await clock.pass(1000);
    await show('JB-1');
    expect(told).toEqual([{ kind: 'show-code' }, { kind: 'show-again' }, { kind: 'show-again' }, code('JB-1')]);
    expect(logged.filter(({ kind }) => kind === 'code-refused')).toEqual([{ kind: 'code-refused', fault: 'not-text' }, { kind: 'code-refused', fault: 'too-long' }]);
    expect(JSON.stringify(logged)).not.toContain('JB-1');
    stop();
  });
});

describe('the next person never gets', () => {
  test('what was shown while nobody waited', async () => {
    await show('JB-EARLIER');
    const { told, stop } = listen();
    await clock.pass(1000);
    expect(told).toEqual([{ kind: 'show-code' }]);
    stop();
  });

  test('the rest of a code that had begun before', async () => {
    emulator.suffix('none');
    emulator.cutOff();
    void emulator.show('JB-FIRST-HALF-OF-SOMEBODY');
    await clock.pass(3);
    const { told, stop } = listen();
    emulator.suffix('cr');
    await show('JB-MINE');
    expect(told.filter(({ kind }) => kind === 'read').map((reading) => JSON.stringify(reading)).join()).not.toContain('FIRST');
    stop();
  });

  test('a code of one who left', async () => {
    const left = listen();
    left.stop();
    await show('JB-1');
    const { told, stop } = listen();
    await clock.pass(1000);
    expect([left.told.filter(({ kind }) => kind === 'read'), told]).toEqual([[], [{ kind: 'show-code' }]]);
    stop();
  });
});

test('the cable is pulled while a code is wanted: the citizen is told, and after the re-plug a code is read', async () => {
  const statuses: DeviceStatus[] = [];
  scanner.watch((status) => statuses.push(status));
  const { told } = listen();
  await emulator.unplug();
  await clock.pass(5000);
  const away = { kind: 'offline', reason: 'unplugged' };
  expect(told).toEqual([{ kind: 'show-code' }, { kind: 'unavailable', status: away }]);
  expect(await readOne()).toEqual([{ kind: 'unavailable', status: away }]);
  await emulator.replug();
  await clock.pass(3000);
  const again = listen();
  await show('JB-1');
  expect(again.told.at(-1)).toEqual(code('JB-1'));
  expect(statuses).toEqual([{ kind: 'online', warnings: [] }, away, { kind: 'online', warnings: [] }]);
});

async function readOne(): Promise<CodeReading[]> {
  const told: CodeReading[] = [];
  for await (const reading of scanner.scan(new AbortController().signal)) told.push(reading);
  return told;
}
