import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CodeReading } from '../../domain/contracts/devices.ts';
import { fakeHid } from '../../test/fixtures/fake-hid.ts';
import { assertNoTimers, testClock } from '../../test/fixtures/test-clock.ts';
import { hidTransport } from '../../wire/hid.ts';
import { createScannerEmulator } from './emulator.ts';
import { LONGEST } from './framing.ts';
import { decodeReport, encodeReports, HID_POS_FRAMING, HID_POS_USAGE_PAGE, HidPosReader } from './hid-pos.ts';
import { openCodeScanner } from './service.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const text = (value: string): Uint8Array => Buffer.from(value, 'utf8');

describe('reports', () => {
  test('golden: a short code in one report', () => {
    expect(encodeReports(']Q1', text('A001')).map(hex)).toEqual([`045d5131${'41303031'}${'00'.repeat(52)}${'000000'}`]);
  });
  test('golden: sixty bytes take two reports, the first says that it goes on', () => {
    const [first = new Uint8Array(0), second = new Uint8Array(0)] = encodeReports(']L0', text('7'.repeat(60)));
    expect(hex(first)).toBe(`385d4c30${'37'.repeat(56)}000001`);
    expect(hex(second)).toBe(`045d4c30${'37'.repeat(4)}${'00'.repeat(52)}000000`);
    expect(decodeReport(first)).toEqual({ identifier: ']L0', data: Uint8Array.from(text('7'.repeat(56))), continued: true });
  });
  test('another length, or more data than there is room for, is none', () => {
    const [report = new Uint8Array(0)] = encodeReports('', text('A'));
    expect(decodeReport(report)).toEqual({ identifier: '', data: Uint8Array.of(0x41), continued: false });
    expect(decodeReport(report.subarray(1))).toBeNull();
    expect(decodeReport(Uint8Array.from([57, ...report.subarray(1)]))).toBeNull();
  });
});

describe('the reader of reports', () => {
  test('every code survives there and back', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(']Q1', ']C1', ''), fc.uint8Array({ min: 0x20, minLength: 1, maxLength: 400 })), { maxLength: 5 }), (codes) => {
        const reader = new HidPosReader();
        const read = codes.flatMap(([identifier, bytes]) => encodeReports(identifier, bytes).flatMap((report) => reader.push(report)));
        expect(read).toEqual(codes.map(([identifier, bytes]) => ({ kind: 'code', bytes: Uint8Array.from([...Buffer.from(identifier), ...bytes]) })));
        expect(reader.begun).toBe(false);
      }),
    );
  });
  test('the end for serial lines is no part of the code, and an end alone is none', () => {
    const read = (value: string) => encodeReports('', text(value)).flatMap((report) => new HidPosReader().push(report));
    expect(read('A001\r\n')).toEqual([{ kind: 'code', bytes: Uint8Array.from(text('A001')) }]);
    expect(read('\r')).toEqual([]);
  });
  test('a missing part makes no code, and the next code is whole', () => {
    const reader = new HidPosReader();
    const [first = new Uint8Array(0)] = encodeReports(']Q1', text('7'.repeat(60)));
    expect(reader.push(first)).toEqual([]);
    expect(reader.begun).toBe(true);
    expect(reader.end()).toEqual({ kind: 'garbled' });
    expect(reader.end()).toBeNull();
    reader.push(first);
    expect(reader.push(new Uint8Array(9))).toEqual([{ kind: 'garbled' }]);
    expect(encodeReports('', text('A')).flatMap((report) => reader.push(report))).toEqual([{ kind: 'code', bytes: Uint8Array.of(0x41) }]);
  });
  test('a code that never stops is too long, and costs no more than the longest', () => {
    const reader = new HidPosReader();
    expect(encodeReports('', new Uint8Array(LONGEST).fill(0x37)).flatMap((report) => reader.push(report))[0]?.kind).toBe('code');
    expect(encodeReports('', new Uint8Array(100_000).fill(0x37)).flatMap((report) => reader.push(report))).toEqual([{ kind: 'too-long' }]);
  });
  test('noise never throws', () => {
    fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 70 })), (reports) => reports.forEach((report) => new HidPosReader().push(report))));
  });
});

test('a citizen shows a code to a scanner in HID POS mode, one that comes half, and one after a re-plug', async () => {
  const clock = testClock();
  const hid = fakeHid(HID_POS_FRAMING, { vendorId: 1, productId: 9, usagePage: HID_POS_USAGE_PAGE });
  const emulator = createScannerEmulator({ line: hid.device, clock, format: 'hid-pos' });
  const device = { vendorId: 1, productId: 9, usagePage: HID_POS_USAGE_PAGE };
  const scanner = openCodeScanner({ connect: () => hidTransport({ device, framing: HID_POS_FRAMING, bus: hid.bus, clock }), format: 'hid-pos', clock });
  await clock.pass(1);
  const scan = (): { told: CodeReading[]; ended: Promise<void> } => {
    const told: CodeReading[] = [];
    const ended = (async () => {
      for await (const reading of scanner.scan(new AbortController().signal)) told.push(reading);
    })();
    return { told, ended };
  };
  const long = `JB-${'0123456789'.repeat(12)}`;
  const first = scan();
  emulator.cutOff();
  await emulator.show(long);
  await clock.pass(100);
  await emulator.show(long);
  await clock.pass(1);
  await first.ended;
  expect(first.told).toEqual([{ kind: 'show-code' }, { kind: 'show-again' }, { kind: 'read', code: { symbology: 'qr', text: long } }]);

  await emulator.unplug();
  await clock.pass(1000);
  expect(scanner.status()).toEqual({ kind: 'offline', reason: 'unplugged' });
  await emulator.replug();
  await clock.pass(3000);
  const second = scan();
  await emulator.show('A001', ']C1');
  await clock.pass(1);
  await second.ended;
  expect(second.told.at(-1)).toEqual({ kind: 'read', code: { symbology: 'gs1-128', text: 'A001' } });
  await scanner.close();
  assertNoTimers(clock);
});
