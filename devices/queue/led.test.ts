import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { assertNoTimers, testClock, type TestClock } from '../../test/fixtures/test-clock.ts';
import { memoryWire } from '../../wire/device-end.ts';
import { encodeLine } from '../board/framing.ts';
import { createLedEmulator, LED_SILENCE, type LedEmulator } from './led-emulator.ts';
import type { LedPicture } from './led-codec.ts';
import { type Leds, openLeds } from './led.ts';

const ONLINE = { kind: 'online', warnings: [] };
const called = (code: string, window: number): LedPicture => ({ state: 'called', window, code, text: `请${code}到${window}号窗口` });
let clock: TestClock;
let wire: ReturnType<typeof memoryWire>;
let emulator: LedEmulator;
let leds: Leds;
let logged: string[];

beforeEach(async () => {
  clock = testClock();
  wire = memoryWire();
  logged = [];
  emulator = createLedEmulator({ line: wire.device, clock, addresses: [1, 2, 3] });
  leds = openLeds({ connect: () => wire.connect(), addresses: [1, 2, 3], clock, log: ({ address, status }) => logged.push(`${address} ${status.kind}${status.kind === 'online' ? '' : ` ${status.reason}`}`) });
  await clock.pass(0);
});
afterEach(async () => {
  await leds.close();
  await emulator.close();
  assertNoTimers(clock);
});

describe('displays on one wire', () => {
  test('show what they are told, each its own', async () => {
    for (const address of [1, 2, 3]) leds.show(address, called(`A00${address}`, address));
    await clock.pass(200);
    expect([1, 2, 3].map((address) => emulator.shows(address)?.code)).toEqual(['A001', 'A002', 'A003']);
    expect(logged).toEqual(['1 online', '2 online', '3 online']);
  });

  test('the same picture is not sent twice, and is repeated before the display would go dark', async () => {
    leds.show(1, called('A001', 1));
    await clock.pass(100);
    leds.show(1, called('A001', 1));
    await clock.pass(100);
    expect(emulator.commands).toBe(1);
    await clock.pass(3 * LED_SILENCE);
    expect(emulator.shows(1)?.code).toBe('A001');
    expect(emulator.commands).toBeLessThan(12);
  });

  test('one that was changed while it was being told shows the last in the end', async () => {
    leds.show(1, called('A001', 1));
    await clock.pass(5);
    leds.show(1, called('A002', 1));
    leds.show(1, called('A003', 1));
    await clock.pass(100);
    expect(emulator.shows(1)?.code).toBe('A003');
  });

  test('one that is switched off keeps nobody waiting, and shows the latest when it is on again', async () => {
    emulator.power(2, false);
    for (const address of [1, 2, 3]) leds.show(address, called('A001', address));
    await clock.pass(1000);
    expect([emulator.shows(1)?.code, emulator.shows(3)?.code]).toEqual(['A001', 'A001']);
    expect(leds.status(2)).toEqual({ kind: 'offline', reason: 'no-answer' });
    leds.show(2, called('A009', 2));
    emulator.power(2, true);
    await clock.pass(6000);
    expect(emulator.shows(2)?.code).toBe('A009');
    expect([leds.status(1), leds.status(2)]).toEqual([ONLINE, ONLINE]);
    expect(logged.filter((entry) => entry.startsWith('2'))).toEqual(['2 offline no-answer', '2 online']);
  });

  test('a damaged answer is asked for again; a refusal is told', async () => {
    emulator.corruptNext();
    leds.show(1, called('A001', 1));
    await clock.pass(8000);
    expect(leds.status(1)).toEqual(ONLINE);
    emulator.refuseNext('no-font');
    leds.show(1, called('A002', 1));
    await clock.pass(100);
    expect(leds.status(1)).toEqual({ kind: 'out-of-service', reason: 'refused' });
  });

  test('the cable: they go dark by themselves, and show the latest when it is back', async () => {
    leds.show(1, called('A001', 1));
    await clock.pass(100);
    await wire.device.unplug();
    await clock.pass(LED_SILENCE + 1000);
    expect(emulator.shows(1)).toBeNull();
    expect(leds.status(1)).toEqual({ kind: 'offline', reason: 'unplugged' });
    leds.show(1, called('A002', 1));
    await wire.device.replug();
    await clock.pass(4000);
    expect(emulator.shows(1)?.code).toBe('A002');
  });

  test('a cable that was out for a moment: what they show is told anew at once', async () => {
    leds.show(1, called('A001', 1));
    await clock.pass(100);
    emulator.power(1, false);
    emulator.power(1, true);
    await wire.device.unplug();
    await clock.pass(10);
    await wire.device.replug();
    await clock.pass(1000);
    expect(emulator.shows(1)?.code).toBe('A001');
  });

  test('the answer of another display, and a late one, are none', async () => {
    emulator.power(2, false);
    leds.show(2, called('A001', 2));
    await clock.pass(100);
    for (const answer of ['R 1 1 OK', 'R 2 200 OK']) wire.device.send(encodeLine(answer));
    await clock.pass(1000);
    expect(leds.status(2)).toEqual({ kind: 'offline', reason: 'no-answer' });
  });

  test('an address that nobody named is none', () => {
    leds.show(9, called('A001', 1));
    expect(leds.status(9)).toEqual({ kind: 'offline', reason: 'not-configured' });
  });
});
