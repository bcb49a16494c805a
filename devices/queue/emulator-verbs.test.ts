import { afterEach, beforeEach, expect, test } from 'vitest';
import { assertNoTimers, testClock, type TestClock } from '../../test/fixtures/test-clock.ts';
import { memoryWire } from '../../wire/device-end.ts';
import { type CallerEmulator, createCallerEmulator } from './caller-emulator.ts';
import { openCaller } from './caller.ts';
import { callerVerbs, ledVerbs, obeyCallerVerb, obeyLedVerb } from './emulator-verbs.ts';
import { createLedEmulator, type LedEmulator } from './led-emulator.ts';
import { openLeds } from './led.ts';

let clock: TestClock;
let leds: LedEmulator;
let caller: CallerEmulator;
let ledWire: ReturnType<typeof memoryWire>;
let callerWire: ReturnType<typeof memoryWire>;

beforeEach(() => {
  clock = testClock();
  [ledWire, callerWire] = [memoryWire(), memoryWire()];
  leds = createLedEmulator({ line: ledWire.device, clock, addresses: [3] });
  caller = createCallerEmulator({ line: callerWire.device, clock });
});
afterEach(async () => {
  await leds.close();
  await caller.close();
  assertNoTimers(clock);
});

test('every verb is one, and a wrong one is told', async () => {
  for (const line of ['on 3', 'off 3', 'garble', 'refuse no-font', 'status']) expect(await obeyLedVerb(leds, line), line).toMatch(/^ok /);
  for (const line of ['off 99', 'refuse No', 'dance']) expect(await obeyLedVerb(leds, line), line).toMatch(/^error /);
  for (const line of ['repeat', 'silent on', 'silent off', 'deaf 2', 'restart', 'status']) expect(await obeyCallerVerb(caller, line), line).toMatch(/^ok /);
  expect(await obeyCallerVerb(caller, 'press up')).toMatch(/^error a button is one of next/);
  expect([ledVerbs().length, callerVerbs().length]).toEqual([5, 6]);
});

test('the displays say what they show, a press says what became of it', async () => {
  const service = openLeds({ connect: () => ledWire.connect(), addresses: [3], clock });
  service.show(3, { state: 'called', window: 3, code: 'A012', text: '请A012到3号窗口' });
  const pressed = openCaller({ connect: () => callerWire.connect(), clock, press: async (key) => (key === 'next' ? 'empty' : null) });
  await clock.pass(100);
  expect(await obeyLedVerb(leds, 'status')).toBe('ok {"3":"请A012到3号窗口"}');
  const [next, recall] = [obeyCallerVerb(caller, 'press next'), clock.pass(100).then(() => obeyCallerVerb(caller, 'press recall'))];
  await clock.pass(300);
  expect(await next).toMatch(/^error empty/);
  await clock.pass(300);
  expect(await recall).toMatch(/^ok /);
  await service.close();
  await pressed.close();
});
