import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DeviceStatus } from '../../domain/contracts/devices.ts';
import { drop } from '../../domain/result.ts';
import { systemClock } from '../../wire/clock.ts';
import type { Pty } from '../../wire/pty.ts';
import { openPty } from '../../wire/pty.ts';
import type { TicketPrinterEmulator } from './emulator.ts';
import { ticketPrinterEmulator } from './emulator.ts';
import { openTicketPrinter } from './service.ts';
import { collectInRealTime, drawLine, modelNamed, PRINTED, printId, SLIP } from './test-rig.ts';
import type { TicketPrinter } from './types.ts';

/** The emulator behind a real pseudo-terminal, the service in front of it through the real `serialport` package, in real time. */
let folder: string;
let path: string;
const closers: (() => Promise<void> | void)[] = [];
const model = modelNamed('epson-tm-t82iii');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jinban-ticket-'));
  path = join(folder, 'printer');
});
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
  await rm(folder, { recursive: true });
});

async function plugIn(emulator: TicketPrinterEmulator): Promise<Pty> {
  const pty = await openPty({ path });
  if (!pty.ok) throw new Error(pty.error.message);
  emulator.onReply((chunk) => drop(pty.value.send(chunk)));
  pty.value.onBytes((chunk) => emulator.receive(chunk));
  closers.push(() => pty.value.close());
  return pty.value;
}

function until(printer: TicketPrinter, wanted: DeviceStatus['kind']): Promise<DeviceStatus> {
  return new Promise((resolve) => {
    const stop = printer.watch((status) => {
      if (status.kind !== wanted) return;
      queueMicrotask(() => stop());
      resolve(status);
    });
  });
}

test('over a serial port: a slip, paper out half-way, a refill that brings nothing stale, a pulled cable', { timeout: 30_000 }, async () => {
  const emulator = ticketPrinterEmulator({ model, clock: systemClock, drawLine, baudRate: 115_200 });
  closers.push(() => emulator.close());
  const pty = await plugIn(emulator);
  const printer = openTicketPrinter({ address: { kind: 'serial', path, baudRate: 115_200 }, model, clock: systemClock, drawLine });
  closers.push(() => printer.close());

  expect(await collectInRealTime(printer.print({ print: printId(1), ticket: SLIP }))).toEqual(PRINTED);
  expect(emulator.counts()).toMatchObject({ cuts: 1, waitingBytes: 0 });

  const perSlip = emulator.counts().lines;
  emulator.paperOutAfter(10);
  expect(await collectInRealTime(printer.print({ print: printId(2), ticket: SLIP }))).toEqual([{ kind: 'sent' }, { kind: 'unknown', reason: 'paper-out' }]);
  expect(await until(printer, 'blocked')).toEqual({ kind: 'blocked', reason: 'paper-out' });
  emulator.refill();
  expect(await until(printer, 'online')).toEqual({ kind: 'online', warnings: [] });
  expect(emulator.counts()).toMatchObject({ lines: perSlip + 10, waitingBytes: 0 });

  await pty.unplug();
  expect(await until(printer, 'offline')).toEqual({ kind: 'offline', reason: 'unplugged' });
  expect(await collectInRealTime(printer.print({ print: printId(3), ticket: SLIP }))).toEqual([{ kind: 'not-printed', reason: 'offline' }]);
  await plugIn(emulator);
  await until(printer, 'online');
  expect(await collectInRealTime(printer.print({ print: printId(3), ticket: SLIP }))).toEqual([{ kind: 'not-printed', reason: 'offline' }]);
  expect(await collectInRealTime(printer.print({ print: printId(4), ticket: SLIP }))).toEqual(PRINTED);
});
