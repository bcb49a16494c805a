/**
 * A citizen at the reader, through everything that is real: `serialport` on a pseudo-terminal, framing, codec, driver, machine and
 * service, in real time. Nothing sleeps: every step waits for what the reader says or the emulator hears.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CardReading, DeviceStatus } from '../../domain/contracts/devices.ts';
import { drop } from '../../domain/result.ts';
import { systemClock } from '../../wire/clock.ts';
import { ptyDeviceEnd } from '../../wire/device-end.ts';
import { openWire } from '../../wire/open.ts';
import { createReaderEmulator } from './emulator.ts';
import type { ReaderEmulator } from './emulator.ts';
import { PRESETS } from './presets.ts';
import { openIdCardReader } from './service.ts';
import type { IdCardReader, ReaderLogEntry } from './types.ts';

const SAM_ID = '05.01-20230101-0000000001-0123456789';

describe('reader on a real pseudo-terminal', { timeout: 30_000 }, () => {
  let folder: string;
  let emulator: ReaderEmulator;
  let reader: IdCardReader;
  let log: ReaderLogEntry[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jinban-reader-'));
    const path = join(folder, 'reader');
    const line = await ptyDeviceEnd({ path });
    if (!line.ok) throw new Error(line.error.message);
    log = [];
    emulator = createReaderEmulator({ line: line.value, clock: systemClock, seed: 3 });
    reader = openIdCardReader({ connect: () => openWire({ kind: 'serial', path, baudRate: 115_200 }), clock: systemClock, log: (entry) => log.push(entry) });
    await status((now) => now.kind === 'online');
  });
  afterEach(async () => {
    await reader.close();
    await emulator.close();
    await rm(folder, { recursive: true });
  });

  function status(fits: (status: DeviceStatus) => boolean): Promise<DeviceStatus> {
    return new Promise((resolve) => {
      const stop = reader.watch((now) => {
        if (!fits(now)) return;
        queueMicrotask(() => stop());
        resolve(now);
      });
    });
  }

  /** One reading, with what to do when something is said for the first time. */
  async function read(on: Partial<Record<CardReading['kind'], () => void | Promise<void>>>): Promise<CardReading[]> {
    const heard: CardReading[] = [];
    for await (const reading of reader.read(new AbortController().signal)) {
      const first = heard.every(({ kind }) => kind !== reading.kind);
      heard.push(reading);
      if (first) await on[reading.kind]?.();
    }
    return heard;
  }
  /** The card is lifted and the reader has seen the field empty. */
  function lift(): Promise<void> {
    emulator.remove();
    return new Promise((resolve) => {
      const stop = emulator.onAnswer((code) => {
        if (code !== 0x80) return;
        stop();
        resolve();
      });
    });
  }
  const kinds = (heard: CardReading[]): string[] => heard.map(({ kind }) => kind);
  const failures = (): string[] => log.flatMap((entry) => (entry.kind === 'command-failed' ? [`${entry.command} ${entry.failure.kind}`] : []));

  test('one after another, every kind of card is placed, read whole, and lifted', async () => {
    for (const holder of Object.values(PRESETS)) {
      const heard = await read({ 'place-card': () => emulator.place(holder) });
      expect(heard).toEqual([{ kind: 'place-card' }, { kind: 'reading' }, { kind: 'read', holder, samId: SAM_ID }]);
      await lift();
    }
    expect(failures()).toEqual([]);
  });

  test('the cable is pulled while a card is read: the citizen is told, and after the re-plug the same card is read', async () => {
    const stop = emulator.onCommand((command) => {
      if (command !== 'read-base') return;
      stop();
      drop(emulator.unplug());
    });
    const heard = await read({ 'place-card': () => emulator.place(PRESETS.zhang) });
    expect(heard.at(-1)).toEqual({ kind: 'unavailable', status: { kind: 'offline', reason: 'unplugged' } });
    const offline = await read({});
    expect(kinds(offline)).toEqual(['unavailable']);

    await emulator.replug();
    await status((now) => now.kind === 'online');
    const again = await read({});
    expect(again.at(-1)).toEqual({ kind: 'read', holder: PRESETS.zhang, samId: SAM_ID });
  });

  test('a damaged answer costs one more read, and the citizen nothing', async () => {
    const heard = await read({
      'place-card': () => {
        const stop = emulator.onCommand((command) => {
          if (command !== 'select-card') return;
          stop();
          emulator.garble();
        });
        emulator.place(PRESETS.elder);
      },
    });
    expect(kinds(heard)).toEqual(['place-card', 'reading', 'read']);
    expect(failures()).toEqual(['select-card garbled']);
  });

  test('an answer that is lost after the card was read: place again, and it is read', async () => {
    const stop = emulator.onCommand((command) => {
      if (command !== 'read-base') return;
      stop();
      emulator.garble();
    });
    const heard = await read({
      'place-card': () => emulator.place(PRESETS.minority),
      // The reader has read the card and will not find it again where it lies.
      async 'place-again'() {
        await lift();
        emulator.place(PRESETS.minority);
      },
    });
    expect(kinds(heard)).toEqual(['place-card', 'reading', 'place-again', 'reading', 'read']);
    expect(failures()).toEqual(['read-base garbled', 'read-base refused']);
  });

  test('a reader that falls silent is off-line; switched on again it reads', async () => {
    const heard = await read({ 'place-card': () => emulator.powerOff() });
    expect(heard.at(-1)).toEqual({ kind: 'unavailable', status: { kind: 'offline', reason: 'no-answer' } });
    emulator.powerOn();
    await status((now) => now.kind === 'online');
    expect((await read({ 'place-card': () => emulator.place(PRESETS['hong-kong']) })).at(-1)?.kind).toBe('read');
  });

  test('one command without an answer is asked again', async () => {
    const heard = await read({
      'place-card': () => {
        emulator.place(PRESETS['rare-e']);
        emulator.silence();
      },
    });
    expect(heard.at(-1)).toMatchObject({ kind: 'read', holder: { name: '周𬭛' } });
    expect(failures().filter((failure) => failure.endsWith('timeout'))).toHaveLength(1);
  });

  test('bytes as slow as at 9600 bit/s are waited for', async () => {
    emulator.slowBytes(9600);
    const heard = await read({ 'place-card': () => emulator.place(PRESETS['foreigner-2023']) });
    expect(heard.at(-1)).toMatchObject({ kind: 'read', holder: { card: 'foreigner-2023' } });
    expect(failures()).toEqual([]);
  });

  test('a bus card is unrecognised, and an identity card after it is read', async () => {
    const heard = await read({ 'place-card': () => emulator.wrongCard() });
    expect(heard.at(-1)).toEqual({ kind: 'unrecognised', status: '40' });
    await lift();
    const next = await read({ 'place-card': () => emulator.place(PRESETS.changqi) });
    expect(next.at(-1)).toEqual({ kind: 'read', holder: PRESETS.changqi, samId: SAM_ID });
  });
});
