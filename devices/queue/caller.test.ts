import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { drop } from '../../domain/result.ts';
import { assertNoTimers, testClock, type TestClock } from '../../test/fixtures/test-clock.ts';
import { memoryWire } from '../../wire/device-end.ts';
import type { CallerFace, CallerKey, CallerWord } from './caller-codec.ts';
import { CALLER_SILENCE, type CallerEmulator, createCallerEmulator } from './caller-emulator.ts';
import { type Caller, openCaller } from './caller.ts';

const ONLINE = { kind: 'online', warnings: [] };
const face = (waiting: number): CallerFace => ({ state: 'open', waiting, code: null });
let clock: TestClock;
let wire: ReturnType<typeof memoryWire>;
let emulator: CallerEmulator;
let caller: Caller;
let pressed: CallerKey[];
let answer: () => Promise<CallerWord | null>;

beforeEach(async () => {
  clock = testClock();
  wire = memoryWire();
  pressed = [];
  answer = async () => null;
  emulator = createCallerEmulator({ line: wire.device, clock });
  caller = openCaller({
    connect: () => wire.connect(), clock,
    press(key) {
      pressed.push(key);
      return answer();
    },
  });
  caller.show(face(3));
  await clock.pass(10);
});
afterEach(async () => {
  await caller.close();
  await emulator.close();
  assertNoTimers(clock);
});

async function press(key: CallerKey, milliseconds = 100) {
  const pressing = emulator.press(key);
  await clock.pass(milliseconds);
  return pressing;
}

describe('a caller', () => {
  test('shows how things stand, at once when they change', async () => {
    expect([emulator.face, caller.status()]).toEqual([face(3), ONLINE]);
    caller.show(face(4));
    await clock.pass(10);
    expect(emulator.face).toEqual(face(4));
    await clock.pass(10 * CALLER_SILENCE);
    expect(emulator.face).toEqual(face(4));
  });

  test('a press is done and answered, or refused with a word', async () => {
    expect(await press('next')).toEqual({ kind: 'done' });
    answer = async () => 'busy';
    expect(await press('next')).toEqual({ kind: 'refused', word: 'busy' });
    expect(pressed).toEqual(['next', 'next']);
  });

  test('one whose answer is lost is sent again, and is done once', async () => {
    emulator.deaf(2);
    expect(await press('next', 3000)).toEqual({ kind: 'done' });
    expect(pressed).toEqual(['next']);
  });

  test('one that takes long is done once; what is pressed meanwhile is not looked at', async () => {
    let finish: (refused: CallerWord | null) => void = () => {};
    answer = () => new Promise((resolve) => (finish = resolve));
    const pressing = emulator.press('next');
    await clock.pass(1500);
    const other = emulator.press('miss');
    await clock.pass(100);
    finish(null);
    answer = async () => 'nothing';
    await clock.pass(4000);
    expect(pressed).toEqual(['next', 'miss']);
    expect(await other).toEqual({ kind: 'refused', word: 'nothing' });
    emulator.repeat();
    await clock.pass(100);
    expect(pressed).toEqual(['next', 'miss']);
    drop(pressing);
  });

  test('one that was done while the cable was out is not done again when it is back', async () => {
    let finish: (refused: CallerWord | null) => void = () => {};
    answer = () => new Promise((resolve) => (finish = resolve));
    const pressing = emulator.press('next');
    await clock.pass(100);
    await wire.device.unplug();
    finish(null);
    await clock.pass(700);
    await wire.device.replug();
    await clock.pass(2700);
    expect(await pressing).toEqual({ kind: 'done' });
    expect(pressed).toEqual(['next']);
  });

  test('after a start it counts from the beginning, and its first press is a new one', async () => {
    await press('next');
    emulator.restart();
    await clock.pass(100);
    expect(emulator.face).toEqual(face(3));
    expect(await press('recall')).toEqual({ kind: 'done' });
    expect(pressed).toEqual(['next', 'recall']);
  });

  test('one that no longer answers is off-line, and comes back with the latest', async () => {
    emulator.silent(true);
    await clock.pass(10_000);
    expect(caller.status()).toEqual({ kind: 'offline', reason: 'no-answer' });
    caller.show(face(9));
    emulator.silent(false);
    await clock.pass(10_000);
    expect([caller.status(), emulator.face]).toEqual([ONLINE, face(9)]);
  });

  test('the cable', async () => {
    await wire.device.unplug();
    await clock.pass(CALLER_SILENCE + 100);
    expect([caller.status(), emulator.face]).toEqual([{ kind: 'offline', reason: 'unplugged' }, null]);
    await wire.device.replug();
    await clock.pass(5000);
    expect([caller.status(), emulator.face]).toEqual([ONLINE, face(3)]);
  });

  test('noise is no press', async () => {
    wire.device.send(Uint8Array.from({ length: 600 }, (_, at) => (at * 37) % 256));
    wire.device.send(new TextEncoder().encode('$E 5 KEY next*0000\n$E 5 KEY explode*1234\n'));
    await clock.pass(100);
    expect(pressed).toEqual([]);
    expect(await press('next')).toEqual({ kind: 'done' });
  });
});
