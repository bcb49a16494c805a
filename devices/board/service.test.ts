import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BoardEvent, LightsWish } from '../../domain/contracts/board.ts';
import { BoardCapabilities, BoardEvent as BoardEventSchema } from '../../domain/contracts/board.ts';
import type { DeviceStatus } from '../../domain/contracts/devices.ts';
import { assertNoTimers, testClock, type TestClock } from '../../test/fixtures/test-clock.ts';
import { memoryWire } from '../../wire/device-end.ts';
import { listenTo } from '../test-listen.ts';
import { DARK } from './driver.ts';
import { createBoardEmulator, EMULATED, HOST_SILENCE, type BoardEmulator } from './emulator.ts';
import { openBoard } from './service.ts';
import type { Board, BoardLogEntry } from './types.ts';

const ONLINE = { kind: 'online', warnings: [] };
const LIT: LightsWish = { brightness: 'night', lights: { ...DARK.lights, card: 'slow-blink', help: 'on' } };
let clock: TestClock;
let emulator: BoardEmulator;
let board: Board;
let logged: BoardLogEntry[];
let wire: ReturnType<typeof memoryWire>;

function start(capabilities = EMULATED): void {
  clock = testClock();
  logged = [];
  wire = memoryWire();
  emulator = createBoardEmulator({ line: wire.device, clock, capabilities });
  board = openBoard({ connect: () => wire.connect(), clock, log: (entry) => logged.push(entry) });
}
beforeEach(async () => {
  start();
  await clock.pass(200);
});
afterEach(async () => {
  await board.close();
  await emulator.close();
  assertNoTimers(clock);
});

/** Everything that is told from now on. */
const listen = () => listenTo((signal) => board.events(signal), BoardEventSchema.parse);

async function set(wish: LightsWish) {
  const setting = board.setLights(wish);
  await clock.pass(50);
  return setting;
}

describe('the board is there', () => {
  test('and says what it has', () => {
    expect(board.status()).toEqual(ONLINE);
    expect(BoardCapabilities.parse(board.capabilities())).toEqual(EMULATED);
    expect(logged[0]).toEqual({ kind: 'greeted', model: 'emulated', firmware: '1.0.0' });
  });

  test('warnings come and go with the door', async () => {
    const statuses: DeviceStatus[] = [];
    board.watch((status) => statuses.push(status));
    for (const on of [true, false]) {
      emulator.change({ kind: 'door', on });
      await clock.pass(50);
    }
    expect(statuses).toEqual([ONLINE, { kind: 'online', warnings: ['door-open'] }, ONLINE]);
  });

  test('a new listener hears how things stand and no key that was pressed before', async () => {
    emulator.change({ kind: 'headset', on: true });
    emulator.change({ kind: 'key', key: '4', down: true });
    await clock.pass(50);
    const { told, stop } = listen();
    emulator.change({ kind: 'key', key: '4', down: false });
    emulator.change({ kind: 'key', key: 'ok', down: true });
    emulator.change({ kind: 'key', key: 'ok', down: false });
    await clock.pass(50);
    expect(told).toEqual([{ kind: 'door', open: false }, { kind: 'headset', plugged: true }, { kind: 'presence', near: false }, { kind: 'key', key: 'ok', pressed: true }, { kind: 'key', key: 'ok', pressed: false }]);
    stop();
  });

  test('a listener who left hears nothing, and no log holds a key', async () => {
    const { told, stop } = listen();
    await clock.pass(0);
    stop();
    const before = told.length;
    emulator.change({ kind: 'key', key: '4', down: true });
    emulator.change({ kind: 'key', key: '4', down: false });
    await clock.pass(50);
    expect(told.length).toBe(before);
    expect(JSON.stringify(logged)).not.toContain('key');
  });
});

describe('lights', () => {
  test('are set when the board says so', async () => {
    expect(await set(LIT)).toEqual({ ok: true, value: null });
    expect(emulator.lights).toEqual(LIT);
  });

  test('stay while the host lives, and go off when it ends', async () => {
    await set(LIT);
    await clock.pass(60_000);
    expect(emulator.lights).toEqual(LIT);
    emulator.silent(true);
    await board.close();
    expect(emulator.lights).toEqual(DARK);
  });

  test('the board goes dark by itself when the host dies without a word', async () => {
    await set(LIT);
    await wire.device.unplug();
    await clock.pass(HOST_SILENCE - 3001);
    expect(emulator.lights).toEqual(LIT);
    await clock.pass(3001);
    expect(emulator.lights).toEqual(DARK);
  });

  test('are set again after a restart of the board, and after a re-plug', async () => {
    await set(LIT);
    emulator.restart();
    expect(emulator.lights).toEqual(DARK);
    await clock.pass(100);
    expect(emulator.lights).toEqual(LIT);
    await emulator.unplug();
    await clock.pass(20_000);
    expect(await set({ ...LIT, brightness: 'day' })).toEqual({ ok: false, error: { kind: 'unavailable' } });
    await emulator.replug();
    await clock.pass(3000);
    expect(emulator.lights).toEqual({ ...LIT, brightness: 'day' });
  });

  test('that the board does not have are an error, and nothing changes', async () => {
    await board.close();
    start({ ...EMULATED, lights: ['card'] });
    await clock.pass(200);
    expect(await set(LIT)).toEqual({ ok: false, error: { kind: 'no-such-light', lights: ['help'] } });
    expect(emulator.lights).toEqual(DARK);
  });

  test('a refusal is told in the board’s own word', async () => {
    emulator.refuseNext('too-hot');
    expect(await set(LIT)).toEqual({ ok: false, error: { kind: 'refused', word: 'too-hot' } });
    expect(board.status()).toEqual(ONLINE);
  });
});

describe('faults of the line', () => {
  test('one damaged answer is healed by asking again', async () => {
    emulator.corruptNext();
    await clock.pass(10_000);
    expect(logged.filter(({ kind }) => kind !== 'greeted')).toEqual([{ kind: 'status', status: ONLINE }, { kind: 'command-failed', command: 'ping', why: 'garbled' }]);
  });

  test('a lost event is healed at once by its number', async () => {
    const { told, stop } = listen();
    emulator.change({ kind: 'key', key: '1', down: true });
    emulator.loseNext();
    emulator.change({ kind: 'headset', on: true });
    emulator.change({ kind: 'key', key: '1', down: false });
    await clock.pass(100);
    expect(told.slice(3)).toEqual([{ kind: 'key', key: '1', pressed: true }, { kind: 'key', key: '1', pressed: false }, { kind: 'headset', plugged: true }]);
    stop();
  });

  test('noise between lines changes nothing', async () => {
    emulator.noise(Uint8Array.from({ length: 300 }, (_, at) => (at * 37) % 256));
    emulator.change({ kind: 'door', on: true });
    await clock.pass(10_000);
    expect(board.status()).toEqual({ kind: 'online', warnings: ['door-open'] });
  });

  test('a board that falls silent is off-line within two proofs of life, and comes back', async () => {
    const { told, stop } = listen();
    emulator.silent(true);
    await clock.pass(5100);
    expect(board.status()).toEqual({ kind: 'offline', reason: 'no-answer' });
    expect(told.at(-1)).toEqual({ kind: 'lost' });
    emulator.silent(false);
    await clock.pass(5000);
    expect(board.status()).toEqual(ONLINE);
    expect(told.at(-1)).toEqual({ kind: 'presence', near: false });
    stop();
  });

  test('one that never stops is cut off, and its events do not pile up', async () => {
    const { told, stop } = listen();
    emulator.flood(3000);
    await clock.pass(1000);
    expect(board.status()).toEqual({ kind: 'offline', reason: 'garbled' });
    expect(told.length).toBeLessThan(200);
    stop();
  });

  test('the cable', async () => {
    await emulator.unplug();
    await clock.pass(100);
    expect(board.status()).toEqual({ kind: 'offline', reason: 'unplugged' });
    await emulator.replug();
    await clock.pass(3000);
    expect(board.status()).toEqual(ONLINE);
  });

  test('a version of tomorrow is out of service, and looked at again after a minute', async () => {
    await emulator.unplug();
    emulator.newer(true);
    await emulator.replug();
    await clock.pass(3000);
    expect(board.status()).toEqual({ kind: 'out-of-service', reason: 'unsupported-version' });
    const { commands } = emulator;
    await clock.pass(50_000);
    expect(emulator.commands).toBe(commands);
    emulator.newer(false);
    await clock.pass(11_000);
    expect(board.status()).toEqual(ONLINE);
  });

  test('a board that never greets gives no answer', async () => {
    await emulator.unplug();
    emulator.silent(true);
    await emulator.replug();
    await clock.pass(8000);
    expect(board.status()).toEqual({ kind: 'offline', reason: 'no-answer' });
  });
});

describe('tampering', () => {
  const blocked = { kind: 'blocked', reason: 'tampered' };
  test('blocks until somebody acknowledges, over a power cut of the board', async () => {
    emulator.change({ kind: 'tamper', on: true });
    await clock.pass(50);
    expect(board.status()).toEqual(blocked);
    emulator.restart();
    await clock.pass(10_000);
    expect(board.status()).toEqual(blocked);
    const acknowledged = board.acknowledgeTamper();
    await clock.pass(50);
    expect([await acknowledged, board.status()]).toEqual([{ ok: true, value: null }, ONLINE]);
    await clock.pass(10_000);
    expect(board.status()).toEqual(ONLINE);
  });

  test('an acknowledgement that did not arrive acknowledges nothing', async () => {
    emulator.change({ kind: 'tamper', on: true });
    await clock.pass(50);
    await emulator.unplug();
    await clock.pass(50);
    expect(await board.acknowledgeTamper()).toEqual({ ok: false, error: { kind: 'unavailable' } });
    await emulator.replug();
    await clock.pass(3000);
    emulator.refuseNext('too-early');
    const refused = board.acknowledgeTamper();
    await clock.pass(50);
    expect([await refused, board.status()]).toEqual([{ ok: false, error: { kind: 'refused', word: 'too-early' } }, blocked]);
  });
});

test('closing ends every listening, turns the lights off, and twice is once', async () => {
  await set(LIT);
  const told: BoardEvent[] = [];
  const listening = (async () => {
    for await (const event of board.events(new AbortController().signal)) told.push(event);
  })();
  await Promise.all([board.close(), board.close()]);
  await listening;
  await clock.pass(0);
  expect(emulator.lights).toEqual(DARK);
});
