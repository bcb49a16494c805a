import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { memoryWire } from '../../wire/device-end.ts';
import { assertNoTimers, testClock } from '../../test/fixtures/test-clock.ts';
import type { ReaderDriver } from './driver.ts';
import { createReaderDriver } from './driver.ts';
import { createReaderEmulator } from './emulator.ts';
import type { ReaderEmulator } from './emulator.ts';
import { PRESETS } from './presets.ts';
import { decodeTextBlock } from './text-block.ts';

describe('driver on an emulated reader', () => {
  const signal = new AbortController().signal;
  let clock: ReturnType<typeof testClock>;
  let emulator: ReaderEmulator;
  let driver: ReaderDriver;

  beforeEach(async () => {
    clock = testClock();
    const wire = memoryWire();
    emulator = createReaderEmulator({ line: wire.device, clock });
    driver = createReaderDriver({ transport: wire.connect(), clock });
    await driver.open();
  });
  afterEach(async () => {
    await driver.close();
    await emulator.close();
    assertNoTimers(clock);
  });

  async function within<Value>(milliseconds: number, promise: Promise<Value>): Promise<Value> {
    await clock.pass(milliseconds);
    return promise;
  }
  const refused = (name: string) => ({ ok: false, error: { kind: 'refused', status: { name } } });

  test('every command is answered', async () => {
    emulator.place({ kind: 'holder', holder: PRESETS.zhang, newAddress: '浙江省新昌县测试路9号' });
    expect(await within(500, driver.reset({ signal }))).toEqual({ ok: true, value: null });
    expect(await within(500, driver.samStatus({ signal }))).toEqual({ ok: true, value: null });
    expect(await within(500, driver.readSamId({ signal }))).toEqual({ ok: true, value: '05.01-20230101-0000000001-0123456789' });
    expect(await within(500, driver.findCard({ signal }))).toEqual({ ok: true, value: null });
    expect(await within(500, driver.selectCard({ signal }))).toEqual({ ok: true, value: null });
    const block = await within(500, driver.readBase({ signal }));
    expect(block.ok && decodeTextBlock(block.value)).toEqual({ ok: true, value: PRESETS.zhang });
    const address = await within(500, driver.readNewAddress({ signal }));
    expect(address.ok && Buffer.from(address.value).toString('utf16le').trimEnd()).toBe('浙江省新昌县测试路9号');
    expect(await within(500, driver.readManagementNumber({ signal }))).toEqual({ ok: true, value: new Uint8Array(28) });
    expect(await within(500, driver.setRadioBytes({ signal, bytes: 0x58 }))).toEqual({ ok: true, value: null });
    expect(await within(500, driver.setBaudRate({ signal, baudRate: 57_600 }))).toEqual({ ok: true, value: null });
    expect(emulator.commands).toHaveLength(10);
  });

  test('the variant with fingerprints gives the same text', async () => {
    emulator.place(PRESETS.changqi);
    await within(500, driver.findCard({ signal }));
    await within(500, driver.selectCard({ signal }));
    const block = await within(1000, driver.readBaseAndFingerprint({ signal }));
    expect(block.ok && decodeTextBlock(block.value)).toEqual({ ok: true, value: PRESETS.changqi });
  });

  test('refusals carry the status', async () => {
    expect(await within(500, driver.findCard({ signal }))).toMatchObject(refused('no-card'));
    expect(await within(500, driver.selectCard({ signal }))).toMatchObject(refused('select-failed'));
    expect(await within(500, driver.readBase({ signal }))).toMatchObject(refused('read-failed'));
    emulator.wrongCard();
    await within(500, driver.findCard({ signal }));
    expect(await within(500, driver.selectCard({ signal }))).toMatchObject(refused('wrong-card'));
    emulator.place(PRESETS.zhang);
    await within(500, driver.findCard({ signal }));
    await within(500, driver.selectCard({ signal }));
    expect(await within(500, driver.readNewAddress({ signal }))).toMatchObject(refused('no-content'));
  });

  test('a silent reader times out at the time of its command', async () => {
    emulator.silence();
    const find = driver.findCard({ signal });
    await clock.pass(799);
    expect(await Promise.race([find, Promise.resolve('waiting')])).toBe('waiting');
    expect(await within(1, find)).toEqual({ ok: false, error: { kind: 'timeout' } });
  });

  test('an answer that comes after its time is waited out, not taken for the next command’s', async () => {
    const wire = memoryWire();
    const slow = createReaderEmulator({ line: wire.device, clock, latency: { 'find-card': 820 } });
    const other = createReaderDriver({ transport: wire.connect(), clock });
    await other.open();
    expect(await within(800, other.findCard({ signal }))).toEqual({ ok: false, error: { kind: 'timeout' } });
    expect(await within(500, other.readSamId({ signal }))).toMatchObject({ ok: true });
    await other.close();
    await slow.close();
  });

  test('a damaged answer is garbled, and the next command works', async () => {
    emulator.garble();
    expect(await within(500, driver.samStatus({ signal }))).toEqual({ ok: false, error: { kind: 'garbled', why: 'bad-checksum' } });
    expect(await within(500, driver.samStatus({ signal }))).toEqual({ ok: true, value: null });
  });

  test('half an answer is cut off', async () => {
    emulator.cutOff();
    expect(await within(4000, driver.readSamId({ signal }))).toEqual({ ok: false, error: { kind: 'garbled', why: 'cut-off' } });
    expect(await within(500, driver.readSamId({ signal }))).toMatchObject({ ok: true });
  });

  test('noise before an answer does not disturb it', async () => {
    emulator.noise(200);
    expect(await within(500, driver.readSamId({ signal }))).toMatchObject({ ok: true });
  });

  test('a success that does not fit its command is garbled', async () => {
    emulator.statusNext(0x90);
    expect(await within(500, driver.readSamId({ signal }))).toEqual({ ok: false, error: { kind: 'garbled', why: 'unexpected' } });
  });

  test('1295 bytes at 9600 bit/s are still in time, at 2400 they are cut off', async () => {
    for (const [baudRate, expected] of [[9600, { ok: true }], [2400, { ok: false, error: { kind: 'garbled', why: 'cut-off' } }]] as const) {
      emulator.place(PRESETS.zhang);
      await within(500, driver.findCard({ signal }));
      await within(500, driver.selectCard({ signal }));
      emulator.slowBytes(baudRate);
      expect(await within(6000, driver.readBase({ signal }))).toMatchObject(expected);
      emulator.slowBytes();
    }
  });

  test('cancelling answers at once, and the answer under way is not the next command’s', async () => {
    emulator.place(PRESETS.zhang);
    const controller = new AbortController();
    const find = driver.findCard({ signal: controller.signal });
    const status = driver.samStatus({ signal });
    await clock.pass(1);
    controller.abort();
    expect(await find).toEqual({ ok: false, error: { kind: 'cancelled' } });
    expect(await within(500, status)).toEqual({ ok: true, value: null });
    expect(emulator.commands).toEqual(['find-card', 'sam-status']);
    expect(await driver.findCard({ signal: controller.signal })).toEqual({ ok: false, error: { kind: 'cancelled' } });
    expect(emulator.commands).toHaveLength(2);
  });

  test('a cancelled command that had not been sent is never sent', async () => {
    const controller = new AbortController();
    const first = driver.samStatus({ signal });
    const second = driver.findCard({ signal: controller.signal });
    controller.abort();
    expect(await second).toEqual({ ok: false, error: { kind: 'cancelled' } });
    expect(await within(500, first)).toEqual({ ok: true, value: null });
    expect(emulator.commands).toEqual(['sam-status']);
  });

  test('an unplugged reader ends the command under way and every later one', async () => {
    const find = driver.findCard({ signal });
    await clock.pass(1);
    await emulator.unplug();
    expect(await find).toEqual({ ok: false, error: { kind: 'unplugged' } });
    expect(await driver.findCard({ signal })).toEqual({ ok: false, error: { kind: 'unplugged' } });
  });

  test('closing cancels', async () => {
    const find = driver.findCard({ signal });
    await clock.pass(1);
    await driver.close();
    expect(await find).toEqual({ ok: false, error: { kind: 'cancelled' } });
  });
});
