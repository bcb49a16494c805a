import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DeviceStatus } from '../../domain/contracts/devices.ts';
import { PowerState } from '../../domain/contracts/ups.ts';
import { assertNoTimers, testClock, type TestClock } from '../../test/fixtures/test-clock.ts';
import { memoryWire } from '../../wire/device-end.ts';
import { listenTo } from '../test-listen.ts';
import { createUpsdEmulator, type UpsdEmulator } from './emulator.ts';
import { openUps } from './service.ts';
import type { Ups, UpsLogEntry } from './types.ts';

const ONLINE = { kind: 'online', warnings: [] };
const MAINS = { kind: 'mains' };
let clock: TestClock;
let upsd: UpsdEmulator;
let wire: ReturnType<typeof memoryWire>;
let ups: Ups;
let logged: UpsLogEntry[];

async function start(name = 'kiosk'): Promise<void> {
  ups = openUps({ connect: () => wire.connect(), ups: name, clock, log: (entry) => logged.push(entry) });
  await clock.pass(0);
}
beforeEach(async () => {
  clock = testClock();
  wire = memoryWire();
  upsd = createUpsdEmulator();
  logged = [];
  const client = upsd.connect({ send: (bytes) => wire.device.send(bytes), hangUp: () => void wire.device.unplug().then(() => wire.device.replug()) });
  wire.device.onBytes((bytes) => client.receive(bytes));
  await start();
});
afterEach(async () => {
  await ups.close();
  await wire.device.close();
  assertNoTimers(clock);
});

/** Everything that is told of the power from now on. */
const listen = () => listenTo((signal) => ups.power(signal), PowerState.parse);

test('it is there, lives on the mains, and says which model it is', async () => {
  const { told, stop } = listen();
  await clock.pass(0);
  expect([ups.status(), told]).toEqual([ONLINE, [MAINS]]);
  expect(logged).toEqual([{ kind: 'identified', model: 'Emulated "line" UPS' }, { kind: 'power', power: 'mains' }, { kind: 'status', status: ONLINE }]);
  stop();
});

test('an evening: the mains go, the battery runs down, the mains come back; each is told once', async () => {
  const statuses: DeviceStatus[] = [];
  ups.watch((status) => statuses.push(status));
  const { told, stop } = listen();
  upsd.mainsOff();
  await clock.pass(5000);
  upsd.runtime(600);
  await clock.pass(5000);
  upsd.batteryLow();
  await clock.pass(5000);
  upsd.powerBack();
  await clock.pass(5000);
  expect(told).toEqual([MAINS, { kind: 'battery', runtimeSeconds: 1800 }, { kind: 'battery', runtimeSeconds: 600 }, { kind: 'critical' }, MAINS]);
  expect(statuses).toEqual([ONLINE, { kind: 'online', warnings: ['on-battery'] }, { kind: 'online', warnings: ['power-ending', 'on-battery', 'battery-low'] }, ONLINE]);
  stop();
});

test('a battery to replace is a warning and no alarm', async () => {
  upsd.replaceBattery(true);
  await clock.pass(2000);
  expect(ups.status()).toEqual({ kind: 'online', warnings: ['replace-battery'] });
});

test('a UPS that says neither charge nor run time is one all the same', async () => {
  upsd.charge(null);
  upsd.runtime(null);
  upsd.mainsOff();
  const { told, stop } = listen();
  await clock.pass(5000);
  expect(told).toEqual([MAINS, { kind: 'battery', runtimeSeconds: null }]);
  stop();
});

describe('a UPS that no longer speaks', () => {
  test('on the mains is off-line, and the power stays as it was', async () => {
    const { told, stop } = listen();
    upsd.silent(true);
    await clock.pass(60_000);
    expect(ups.status()).toEqual({ kind: 'offline', reason: 'no-answer' });
    upsd.silent(false);
    await clock.pass(10_000);
    expect([ups.status(), told]).toEqual([ONLINE, [MAINS]]);
    stop();
  });

  test.each<[string, () => void]>([
    ['silent', () => upsd.silent(true)],
    ['stale', () => upsd.refuse('DATA-STALE')],
    ['away', () => void wire.device.unplug()],
  ])('%s on battery is critical after a while', async (_, fail) => {
    upsd.mainsOff();
    await clock.pass(3000);
    const { told, stop } = listen();
    fail();
    await clock.pass(14_000);
    expect(told).toEqual([{ kind: 'battery', runtimeSeconds: 1800 }]);
    await clock.pass(10_000);
    expect(told.at(-1)).toEqual({ kind: 'critical' });
    stop();
  });

  test('for a moment is not', async () => {
    upsd.mainsOff();
    await clock.pass(3000);
    const { told, stop } = listen();
    upsd.hangUp();
    await clock.pass(60_000);
    expect(told).toEqual([{ kind: 'battery', runtimeSeconds: 1800 }]);
    stop();
  });

  test('and its failure stands in the log once', async () => {
    upsd.refuse('DATA-STALE');
    await clock.pass(60_000);
    expect(ups.status()).toEqual({ kind: 'offline', reason: 'data-stale' });
    expect(logged.filter(({ kind }) => kind === 'command-failed')).toEqual([{ kind: 'command-failed', command: 'read', why: 'refused DATA-STALE' }]);
  });
});

describe('a sender that is no upsd, or a hostile one', () => {
  test.each(['garbage', 'endless'] as const)('%s ends the connection; the next one works', async (fault) => {
    const statuses: DeviceStatus[] = [];
    // The list is asked for at the begin of a connection.
    upsd.hangUp();
    ups.watch((status) => statuses.push(status));
    await clock.pass(1000);
    upsd[fault]();
    upsd.hangUp();
    await clock.pass(20_000);
    expect(statuses).toContainEqual({ kind: 'offline', reason: 'garbled' });
    expect(statuses.at(-1)).toEqual(ONLINE);
  });

  test('bytes without an end, or lines without sense, are no answer', async () => {
    upsd.silent(true);
    wire.device.onBytes(() => wire.device.send(new Uint8Array(5000).fill(0x41)));
    await clock.pass(5000);
    expect(ups.status()).toEqual({ kind: 'offline', reason: 'garbled' });
  });

  test('endless chatter that is no answer is cut off, too', async () => {
    upsd.silent(true);
    wire.device.onBytes(() => wire.device.send(new TextEncoder().encode('OK Goodbye\n'.repeat(30))));
    await clock.pass(5000);
    expect(ups.status()).toEqual({ kind: 'offline', reason: 'garbled' });
  });

  test('the answer to another question', async () => {
    upsd.silent(true);
    wire.device.onBytes(() => wire.device.send(new TextEncoder().encode('VAR other ups.status "OB LB"\n')));
    await clock.pass(5000);
    expect(ups.status()).toEqual({ kind: 'offline', reason: 'garbled' });
  });
});

test('a name that upsd does not know is out of service, and looked at again after a minute', async () => {
  await ups.close();
  await start('other');
  expect(ups.status()).toEqual({ kind: 'out-of-service', reason: 'no-such-ups' });
  const { commands } = upsd;
  await clock.pass(50_000);
  expect(upsd.commands).toBe(commands);
});

test('closing ends every listening, and twice is once', async () => {
  const told: PowerState[] = [];
  const listening = (async () => {
    for await (const power of ups.power(new AbortController().signal)) told.push(power);
  })();
  await Promise.all([ups.close(), ups.close()]);
  await listening;
  expect(told).toEqual([MAINS]);
});
