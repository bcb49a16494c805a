/** The service over HID, at the interface of node-hid, on a clock that the test moves. */
import { expect, test } from 'vitest';
import type { CardReading } from '../../domain/contracts/devices.ts';
import { fakeHid } from '../../test/fixtures/fake-hid.ts';
import { assertNoTimers, testClock } from '../../test/fixtures/test-clock.ts';
import { hidTransport } from '../../wire/hid.ts';
import type { HidFraming } from '../../wire/hid-framing.ts';
import { createReaderEmulator } from './emulator.ts';
import { PRESETS } from './presets.ts';
import { openIdCardReader } from './service.ts';

const FRAMING: HidFraming = { reportId: 0, reportLength: 64, payloadLength: 'none', padding: 0, sendAs: 'output-report' };

test('a card is read, the reader pulled out without a word and put back, and a card is read again', async () => {
  const clock = testClock();
  const hid = fakeHid(FRAMING);
  const emulator = createReaderEmulator({ line: hid.device, clock, baudRate: 1e9 });
  const device = { vendorId: 0x0400, productId: 0xc35a, usagePage: 0xff00 };
  const reader = openIdCardReader({ connect: () => hidTransport({ device, framing: FRAMING, bus: hid.bus, clock }), clock });
  const read = async (): Promise<CardReading[]> => {
    const heard: CardReading[] = [];
    const ended = (async () => {
      for await (const reading of reader.read(new AbortController().signal)) heard.push(reading);
    })();
    await clock.pass(2000);
    await ended;
    return heard;
  };
  await clock.pass(500);
  expect(reader.status()).toEqual({ kind: 'online', warnings: [] });
  emulator.place(PRESETS['rare-e']);
  expect((await read()).at(-1)).toMatchObject({ kind: 'read', holder: PRESETS['rare-e'] });

  await emulator.unplug();
  await clock.pass(1000);
  expect(reader.status()).toEqual({ kind: 'offline', reason: 'unplugged' });
  await emulator.replug();
  await clock.pass(4000);
  expect(reader.status()).toEqual({ kind: 'online', warnings: [] });
  emulator.remove();
  await clock.pass(1000);
  emulator.place(PRESETS.zhang);
  expect((await read()).at(-1)).toMatchObject({ kind: 'read', holder: PRESETS.zhang });

  await reader.close();
  await emulator.close();
  assertNoTimers(clock);
});
