import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PrintId, ulid } from '../../domain/ids.ts';
import { FAKE_PRINTER, fakeUsbPrinter } from '../../test/fixtures/fake-usb.ts';
import { systemClock } from '../../wire/clock.ts';
import type { Transport, WireAddress } from '../../wire/types.ts';
import { usbPrinterTransport } from '../../wire/usb-printer.ts';
import { ticketPrinterEmulator } from './emulator.ts';
import type { PrinterModel } from './model.ts';
import { openTicketPrinter } from './service.ts';
import { collectInRealTime, drawLine, modelNamed, PRINTED, SLIP } from './test-rig.ts';
import type { TicketPrinter } from './types.ts';

/**
 * What every ticket printer must do, on the emulator always and on a device when JINBAN_TEST_TICKET_PRINTER names one:
 * `MODEL serial PATH BAUD`, `MODEL tcp HOST PORT` or `MODEL usb VENDOR PRODUCT` (hexadecimal), online and with paper; two slips come out of it.
 */
const named = process.env['JINBAN_TEST_TICKET_PRINTER'];

type Bench = { model: PrinterModel; address: WireAddress | (() => Transport); end: () => void };

function contract(make: () => Bench): void {
  let printer: TicketPrinter;
  let end: () => void;
  beforeAll(() => {
    const made = make();
    end = made.end;
    printer = openTicketPrinter({ address: made.address, model: made.model, clock: systemClock, drawLine });
  });
  afterAll(async () => {
    await printer.close();
    end();
  });

  const id = (): PrintId => PrintId.parse(ulid(Date.now(), randomBytes(10)));

  test('says that it is online', { timeout: 20_000 }, async () => {
    await new Promise<void>((resolve) => {
      const stop = printer.watch((status) => {
        if (status.kind !== 'online') return;
        queueMicrotask(() => stop());
        resolve();
      });
    });
    expect(printer.bits()).toMatchObject({ offline: { coverOpen: false }, paper: { end: false } });
  });

  test('confirms a slip, prints no id twice, and draws what its font lacks', { timeout: 90_000 }, async () => {
    const first = id();
    expect(await collectInRealTime(printer.print({ print: first, ticket: SLIP }))).toEqual(PRINTED);
    expect(await collectInRealTime(printer.print({ print: first, ticket: SLIP }))).toEqual(PRINTED);
    expect(await collectInRealTime(printer.print({ print: id(), ticket: { ...SLIP, person: '㛃**', provisional: true, number: '临330624-0001-000012', online: false } }))).toEqual(PRINTED);
  });
}

describe('emulator', () => {
  contract(() => {
    const model = modelNamed('epson-tm-t82iii');
    const emulator = ticketPrinterEmulator({ model, clock: systemClock, drawLine });
    return { model, address: () => emulator.transport(), end: () => emulator.close() };
  });
});

describe('emulator on USB', () => {
  contract(() => {
    const model = modelNamed('epson-tm-t82iii');
    const emulator = ticketPrinterEmulator({ model, clock: systemClock, drawLine });
    const usb = fakeUsbPrinter();
    usb.device.onBytes((chunk) => emulator.receive(chunk));
    emulator.onReply((bytes) => usb.device.send(bytes));
    const address = () => usbPrinterTransport({ device: FAKE_PRINTER, bus: usb.bus });
    return {
      model,
      address,
      end: () => emulator.close(),
    };
  });
});

// Pending, not passed, where no device is named.
describe.skipIf(named === undefined)('device named by JINBAN_TEST_TICKET_PRINTER', () => {
  contract(() => {
    const [model = '', kind, where = '', number = ''] = (named ?? '').split(' ');
    const addresses: Record<string, WireAddress> = {
      serial: { kind: 'serial', path: where, baudRate: Number(number) },
      tcp: { kind: 'tcp', host: where, port: Number(number) },
      usb: { kind: 'usb', device: { vendorId: Number.parseInt(where, 16), productId: Number.parseInt(number, 16), serial: null } },
    };
    const address = addresses[kind ?? ''];
    if (address === undefined) throw new Error('JINBAN_TEST_TICKET_PRINTER names no kind of wire');
    return { model: modelNamed(model), address, end: () => {} };
  });
});
