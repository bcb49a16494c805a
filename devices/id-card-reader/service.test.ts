import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CardReading, DeviceStatus } from '../../domain/contracts/devices.ts';
import { memoryWire } from '../../wire/device-end.ts';
import { assertNoTimers, testClock } from '../../test/fixtures/test-clock.ts';
import { createReaderEmulator } from './emulator.ts';
import type { ReaderEmulator } from './emulator.ts';
import { PRESETS } from './presets.ts';
import { openIdCardReader } from './service.ts';
import type { IdCardReader, ReaderLogEntry } from './types.ts';

describe('service on an emulated reader', () => {
  let clock: ReturnType<typeof testClock>;
  let emulator: ReaderEmulator;
  let reader: IdCardReader;
  let log: ReaderLogEntry[];

  beforeEach(() => {
    clock = testClock();
    log = [];
    const wire = memoryWire();
    emulator = createReaderEmulator({ line: wire.device, clock, seed: 7 });
    reader = openIdCardReader({ connect: wire.connect, clock, log: (entry) => log.push(entry) });
  });
  afterEach(async () => {
    await reader.close();
    await emulator.close();
    assertNoTimers(clock);
  });

  /** Collects a reading in the background. */
  function listen(): { heard: CardReading[]; stop(): void; ended: Promise<void> } {
    const controller = new AbortController();
    const heard: CardReading[] = [];
    const ended = (async () => {
      for await (const reading of reader.read(controller.signal)) heard.push(reading);
    })();
    return { heard, stop: () => controller.abort(), ended };
  }
  const kinds = (heard: CardReading[]): string[] => heard.map((reading) => reading.kind);

  test('comes online, reads a card for who listens, and rests', async () => {
    const statuses: DeviceStatus[] = [];
    reader.watch((status) => statuses.push(status));
    await clock.pass(500);
    expect(statuses).toEqual([{ kind: 'offline', reason: 'starting' }, { kind: 'online', warnings: [] }]);

    const session = listen();
    await clock.pass(1000);
    emulator.place(PRESETS['rare-e']);
    await clock.pass(1000);
    await session.ended;
    expect(session.heard.at(-1)).toEqual({ kind: 'read', holder: PRESETS['rare-e'], samId: '05.01-20230101-0000000001-0123456789' });
    expect(kinds(session.heard)).toEqual(['place-card', 'reading', 'read']);

    await clock.pass(1000);
    const before = emulator.commands.length;
    await clock.pass(30_000);
    expect(new Set(emulator.commands.slice(before))).toEqual(new Set(['sam-status']));
    expect(JSON.stringify(log)).not.toMatch(/周|330624/);
  });

  test('a look asks the module at once, and ends when the status says what came of it', async () => {
    await clock.pass(500);
    emulator.broken(0x66);
    const before = emulator.commands.length;
    let looked = false;
    const looking = reader.look().then(() => (looked = true));
    await clock.pass(500);
    await looking;
    expect([looked, emulator.commands.slice(before), reader.status()]).toEqual([true, ['sam-status'], { kind: 'out-of-service', reason: 'sam-not-authorised' }]);
    // A minute would pass until it is asked again by itself.
    emulator.broken(null);
    const again = reader.look();
    await clock.pass(500);
    await again;
    expect(reader.status()).toEqual({ kind: 'online', warnings: [] });
  });

  test('status is told on change only', async () => {
    const statuses: string[] = [];
    reader.watch((status) => statuses.push(status.kind));
    await clock.pass(20_000);
    expect(statuses).toEqual(['offline', 'online']);
    emulator.powerOff();
    await clock.pass(10_000);
    expect(statuses).toEqual(['offline', 'online', 'offline']);
    expect(reader.status()).toEqual({ kind: 'offline', reason: 'no-answer' });
    emulator.powerOn();
    await clock.pass(10_000);
    expect(statuses).toEqual(['offline', 'online', 'offline', 'online']);
  });

  test('a newer reading ends an older one, which hears nothing of the card', async () => {
    await clock.pass(500);
    const older = listen();
    await clock.pass(500);
    const newer = listen();
    await clock.pass(500);
    await older.ended;
    emulator.place(PRESETS.zhang);
    await clock.pass(1000);
    await newer.ended;
    expect(kinds(older.heard)).toEqual(['place-card']);
    expect(kinds(newer.heard)).toEqual(['place-card', 'reading', 'read']);
  });

  test('a card under way when its reading was left is read for nobody', async () => {
    await clock.pass(500);
    const older = listen();
    emulator.place(PRESETS.zhang);
    const until = new Promise<void>((resolve) => emulator.onCommand((command) => command === 'read-base' && resolve()));
    await clock.pass(100);
    await until;
    older.stop();
    const newer = listen();
    await clock.pass(5000);
    // On this reader, as on real ones, a card that was read is not found again where it lies.
    expect(kinds(newer.heard)).toEqual(['place-card']);
    emulator.place(PRESETS.changqi);
    await clock.pass(1000);
    await newer.ended;
    expect(newer.heard.at(-1)).toMatchObject({ kind: 'read', holder: { name: '李长期' } });
  });

  test('aborting stops the polling', async () => {
    await clock.pass(500);
    const session = listen();
    await clock.pass(1000);
    session.stop();
    await session.ended;
    const before = emulator.commands.length;
    await clock.pass(400);
    const finds = emulator.commands.slice(before).filter((command) => command === 'find-card');
    expect(finds.length).toBeLessThanOrEqual(1);
    await clock.pass(10_000);
    expect(emulator.commands.slice(before).filter((command) => command === 'find-card')).toEqual(finds);
  });

  test('breaking out of the loop stops the polling too', async () => {
    await clock.pass(500);
    const loop = (async () => {
      for await (const reading of reader.read(new AbortController().signal)) if (reading.kind === 'place-card') break;
    })();
    await clock.pass(100);
    await loop;
    const before = emulator.commands.length;
    await clock.pass(2900);
    expect(emulator.commands.slice(before)).not.toContain('find-card');
  });

  test('a port that nobody else lets go of is tried again until it is free', async () => {
    const wire = memoryWire();
    const other = createReaderEmulator({ line: wire.device, clock });
    const holder = wire.connect();
    await holder.open();
    const second = openIdCardReader({ connect: wire.connect, clock });
    await clock.pass(2000);
    expect(second.status()).toEqual({ kind: 'offline', reason: 'not-permitted' });
    await holder.close();
    await clock.pass(4000);
    expect(second.status().kind).toBe('online');
    await second.close();
    await other.close();
  });

  test('closing ends a reading and is idempotent; a closed reader reads nothing', async () => {
    await clock.pass(500);
    const session = listen();
    await clock.pass(100);
    await Promise.all([reader.close(), reader.close()]);
    await session.ended;
    expect(kinds(session.heard)).toEqual(['place-card']);
    const late = listen();
    await late.ended;
    expect(late.heard).toEqual([]);
  });

  test('random verbs for an hour: the reader always comes back, and no reading ends twice', async () => {
    let seed = 11;
    const pick = (count: number): number => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) % count;
    const verbs: (() => Promise<void>)[] = [
      async () => emulator.place(PRESETS.zhang),
      async () => emulator.remove(),
      async () => emulator.wrongCard(),
      async () => emulator.garble(1 + pick(3)),
      async () => emulator.cutOff(1),
      async () => emulator.silence(1 + pick(4)),
      async () => emulator.noise(1 + pick(100)),
      async () => emulator.statusNext([0x81, 0x41, 0x31, 0x10, 0x24, 0x77][pick(6)]!),
      () => emulator.unplug(),
      () => emulator.replug(),
      async () => emulator.powerOff(),
      async () => emulator.powerOn(),
    ];
    for (let turn = 0; turn < 300; turn += 1) {
      const session = pick(2) === 0 ? listen() : null;
      await verbs[pick(verbs.length)]!();
      await clock.pass(pick(4000));
      session?.stop();
      await session?.ended;
      const last = session?.heard.filter((reading) => ['read', 'unrecognised', 'unavailable'].includes(reading.kind)) ?? [];
      expect(last.length).toBeLessThanOrEqual(1);
    }
    emulator.garble(0);
    emulator.silence(0);
    emulator.statusNext(0, 0);
    emulator.powerOn();
    await emulator.replug();
    emulator.remove();
    await clock.pass(10_000);
    expect(reader.status()).toEqual({ kind: 'online', warnings: [] });
    const session = listen();
    await clock.pass(500);
    emulator.place(PRESETS.zhang);
    await clock.pass(2000);
    await session.ended;
    expect(session.heard.at(-1)?.kind).toBe('read');
  });
});
