import { afterEach, describe, expect, test } from 'vitest';
import { BIDIRECTIONAL, FAKE_PRINTER, fakeUsbPrinter } from '../test/fixtures/fake-usb.ts';
import type { FakeUsbPrinter } from '../test/fixtures/fake-usb.ts';
import { assertNoTimers, testClock } from '../test/fixtures/test-clock.ts';
import type { UsbDevice, WireFailure } from './types.ts';
import type { UsbHandle, UsbPrinterTransport } from './usb-printer.ts';
import { decodePortStatus, encodePortStatus, usbPackageBus, usbPrinterTransport } from './usb-printer.ts';

describe('usbPrinterTransport at the interface of the package usb', () => {
  const clock = testClock();
  const opened: { transport: UsbPrinterTransport; printer: FakeUsbPrinter }[] = [];

  afterEach(async () => {
    for (const { transport, printer } of opened.splice(0)) {
      const closed = transport.close();
      await clock.pass(100);
      printer.readTimesOut();
      await closed;
    }
    assertNoTimers(clock);
  });

  function make(printer: FakeUsbPrinter, device: UsbDevice = FAKE_PRINTER): { transport: UsbPrinterTransport; ends: WireFailure[]; bytes: number[] } {
    const transport = usbPrinterTransport({ device, bus: printer.bus, clock, sendTimeout: 500 });
    opened.push({ transport, printer });
    const ends: WireFailure[] = [];
    const bytes: number[] = [];
    transport.onGone((failure) => ends.push(failure));
    transport.onBytes((chunk) => bytes.push(...chunk));
    return { transport, ends, bytes };
  }

  test('the bidirectional setting of the printer interface is taken from the kernel, and given back', async () => {
    const printer = fakeUsbPrinter();
    const { transport } = make(printer);
    expect(await transport.open()).toEqual({ ok: true, value: null });
    const closed = transport.close();
    await clock.pass(1);
    printer.readTimesOut();
    await closed;
    expect(printer.log).toEqual(['open', 'detachKernelDriver 1', 'claimInterface 1', 'selectAlternateInterface 1 1', 'releaseInterface 1', 'attachKernelDriver 1', 'close']);
  });

  test('a system without kernel drivers to detach is no obstacle', async () => {
    const printer = fakeUsbPrinter();
    printer.fail('detachKernelDriver', 'detachKernelDriver error: no kernel driver attached (error 61)');
    expect(await make(printer).transport.open()).toEqual({ ok: true, value: null });
  });

  test('every byte goes through, both ways, and reads go on after a pause and a time-out', async () => {
    const printer = fakeUsbPrinter();
    const { transport, bytes } = make(printer);
    const out: number[] = [];
    printer.device.onBytes((chunk) => out.push(...chunk));
    await transport.open();
    const every = Array.from({ length: 10_000 }, (_, value) => value % 256);
    expect(await transport.send(Uint8Array.from(every))).toEqual({ ok: true, value: null });
    expect(out).toEqual(every);
    printer.device.send(Uint8Array.from(every));
    await clock.pass(1);
    expect(bytes).toEqual(every);
    printer.device.send(new Uint8Array(0));
    printer.device.send(Uint8Array.of(1));
    await clock.pass(100);
    printer.readTimesOut();
    await clock.pass(1);
    printer.device.send(Uint8Array.of(2));
    await clock.pass(1);
    expect(bytes.slice(every.length)).toEqual([1, 2]);
  });

  test('a printer that only takes is written to', async () => {
    const printer = fakeUsbPrinter({ endpoints: BIDIRECTIONAL.filter(({ direction }) => direction === 'out') });
    const { transport } = make(printer);
    await transport.open();
    expect(await transport.send(Uint8Array.of(1))).toEqual({ ok: true, value: null });
  });

  test('its numbers and, where given, its serial number decide; a device without a printer in it is none', async () => {
    const printer = fakeUsbPrinter();
    expect(await make(printer, { ...FAKE_PRINTER, serial: null }).transport.open()).toEqual({ ok: true, value: null });
    for (const device of [{ ...FAKE_PRINTER, serial: 'X7B3' }, { ...FAKE_PRINTER, productId: 2 }]) {
      expect(await make(printer, device).transport.open()).toEqual({ ok: false, error: { kind: 'unplugged' } });
    }
    const scanner = fakeUsbPrinter({ interfaceClass: 3 });
    expect(await make(scanner).transport.open()).toEqual({ ok: false, error: { kind: 'unplugged' } });
    expect(scanner.log).toEqual(['open', 'close']);
  });

  test.each<[keyof UsbHandle, string, WireFailure['kind'], string[]]>([
    ['open', 'open error: failed to open device (error 13: Permission denied)', 'not-permitted', []],
    ['open', 'open error: device disconnected (error 19)', 'unplugged', []],
    ['claimInterface', 'claimInterface error: interface is busy (error 16)', 'not-permitted', ['open', 'detachKernelDriver 1', 'close']],
  ])('%s that fails with “%s” is %s', async (what, text, kind, log) => {
    const printer = fakeUsbPrinter();
    printer.fail(what, text);
    const { transport, ends } = make(printer);
    expect(await transport.open()).toEqual({ ok: false, error: { kind } });
    expect(ends).toEqual([{ kind }]);
    expect(printer.log).toEqual(log);
  });

  test('what nobody knows is a surprise', async () => {
    const printer = fakeUsbPrinter();
    printer.fail('open', 'open error: out of paint');
    await expect(usbPrinterTransport({ device: FAKE_PRINTER, bus: printer.bus, clock }).open()).rejects.toThrow('paint');
  });

  test('unplugging is told by the read, by a failed write, or by its absence within a second', async () => {
    const read = fakeUsbPrinter();
    const reading = make(read);
    await reading.transport.open();
    await read.device.unplug();
    await clock.pass(1);
    expect(reading.ends).toEqual([{ kind: 'unplugged' }]);

    const written = fakeUsbPrinter();
    const writing = make(written);
    await writing.transport.open();
    written.leaveSilently();
    expect(await writing.transport.send(Uint8Array.of(1))).toEqual({ ok: false, error: { kind: 'unplugged' } });
    expect(writing.ends).toEqual([{ kind: 'unplugged' }]);

    const silent = fakeUsbPrinter();
    const watching = make(silent);
    await watching.transport.open();
    silent.leaveSilently();
    await clock.pass(1000);
    expect(watching.ends).toEqual([{ kind: 'unplugged' }]);
  });

  test('a re-plugged printer is another one: the old wire ends, a new one works', async () => {
    const printer = fakeUsbPrinter();
    const { transport, ends } = make(printer);
    await transport.open();
    printer.leaveSilently();
    await printer.device.replug();
    await clock.pass(1000);
    expect(ends).toEqual([{ kind: 'unplugged' }]);
    printer.readTimesOut();
    const again = make(printer);
    expect(await again.transport.open()).toEqual({ ok: true, value: null });
    expect(await again.transport.send(Uint8Array.of(1))).toEqual({ ok: true, value: null });
  });

  test('bytes that are not taken time out, by our clock or the bus’s, and the wire is over', async () => {
    const printer = fakeUsbPrinter();
    const ours = make(printer);
    await ours.transport.open();
    printer.hang();
    const sent = ours.transport.send(Uint8Array.of(1));
    await clock.pass(500);
    expect(await sent).toEqual({ ok: false, error: { kind: 'timeout' } });
    expect(ours.ends).toEqual([{ kind: 'timeout' }]);

    const other = fakeUsbPrinter();
    const theirs = make(other);
    await theirs.transport.open();
    other.fail('transferOut', 'transferOut error: Cancelled');
    expect(await theirs.transport.send(Uint8Array.of(1))).toEqual({ ok: false, error: { kind: 'timeout' } });
    expect(theirs.ends).toEqual([{ kind: 'timeout' }]);
  });

  test('the port says its status', async () => {
    const printer = fakeUsbPrinter();
    const { transport } = make(printer);
    expect(await transport.portStatus()).toEqual({ ok: false, error: { kind: 'closed' } });
    await transport.open();
    expect(await transport.portStatus()).toEqual({ ok: true, value: { paperEmpty: false, selected: true, error: false } });
    expect(printer.log.at(-1)).toBe('controlTransferIn 1 0 1 1');
    printer.setPortStatus(0x30);
    expect(await transport.portStatus()).toEqual({ ok: true, value: { paperEmpty: true, selected: true, error: true } });
    printer.leaveSilently();
    expect(await transport.portStatus()).toEqual({ ok: false, error: { kind: 'unplugged' } });
  });
});

test('golden bytes and inverse of the port status', () => {
  expect(encodePortStatus({ paperEmpty: false, selected: true, error: false })).toBe(0x18);
  expect(encodePortStatus({ paperEmpty: true, selected: false, error: true })).toBe(0x20);
  for (let byte = 0; byte < 256; byte += 1) expect(encodePortStatus(decodePortStatus(byte))).toBe(byte & 0x38);
});

test('the package usb itself loads and lists what is plugged', async () => {
  expect(Array.isArray(await usbPackageBus.getDevices())).toBe(true);
  expect(await usbPrinterTransport({ device: { vendorId: 0xffff, productId: 0xffff, serial: null } }).open()).toEqual({ ok: false, error: { kind: 'unplugged' } });
});
