/**
 * P9 and P10, over real serial ports with emulators at 115 200 bit/s behind them. From the card's touch to its holder's data, against the same
 * commands one after another by nobody but the driver: the wire and the reader's own time. From the wish for a slip to its first byte at the printer, against the
 * same state asked for and one byte sent.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PRESETS } from '../../devices/id-card-reader/presets.ts';
import { createReaderDriver } from '../../devices/id-card-reader/driver.ts';
import { createReaderEmulator } from '../../devices/id-card-reader/emulator.ts';
import { openIdCardReader } from '../../devices/id-card-reader/service.ts';
import { settled } from '../../devices/technician.ts';
import { drop } from '../../domain/result.ts';
import { ticketDriver } from '../../printers/ticket/driver.ts';
import { ticketPrinterEmulator } from '../../printers/ticket/emulator.ts';
import { openTicketPrinter } from '../../printers/ticket/service.ts';
import { drawLine, modelNamed, printId, SLIP } from '../../printers/ticket/test-rig.ts';
import { systemClock } from '../../wire/clock.ts';
import { ptyDeviceEnd } from '../../wire/device-end.ts';
import { openPty } from '../../wire/pty.ts';
import { serialTransport } from '../../wire/serial.ts';
import { report, rounds, row } from './rig/measure.ts';

const BAUD = 115_200;
/** Cards and slips of a run, whose mean is its figure: enough that a card meets every moment between two looks of the reader. */
const CARDS = 12;
const SLIPS = 12;

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;

export async function main(args: string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'jinban-bench-devices-'));
  let ports = 0;
  const port = () => join(folder, `port-${(ports += 1)}`);
  try {
    const runs = await rounds({ card: () => cards(port()), bareCard: () => bareCards(port()), slip: () => slips(port()), bareSlip: () => bareSlips(port()) }, 5);
    return report('devices', [
      row('card on the reader to its holder known', 'ms', { ours: runs.card, limit: runs.bareCard }),
      row('wish for a slip to its first byte at the printer', 'ms', { ours: runs.slip, limit: runs.bareSlip }),
    ], args);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function emulatedReader(path: string) {
  const line = await ptyDeviceEnd({ path });
  if (!line.ok) throw new Error(line.error.message);
  return createReaderEmulator({ line: line.value, clock: systemClock, baudRate: BAUD });
}

async function cards(path: string): Promise<number> {
  const emulator = await emulatedReader(path);
  const reader = openIdCardReader({ connect: () => serialTransport({ path, baudRate: BAUD }), clock: systemClock });
  const times: number[] = [];
  await settled(reader);
  for (let card = 0; card < CARDS; card += 1) {
    let placed = 0;
    for await (const reading of reader.read(new AbortController().signal)) {
      if (reading.kind === 'place-card' && placed === 0) {
        // At another moment of the reader's looking each time.
        await pause(350 + card * 25);
        placed = performance.now();
        emulator.place(PRESETS.zhang);
      }
      if (reading.kind === 'read') times.push(performance.now() - placed);
    }
    emulator.remove();
    // The reader must see that it was lifted.
    await pause(700);
  }
  await reader.close();
  await emulator.close();
  return mean(times);
}

async function bareCards(path: string): Promise<number> {
  const emulator = await emulatedReader(path);
  const driver = createReaderDriver({ transport: serialTransport({ path, baudRate: BAUD }), clock: systemClock });
  const opened = await driver.open();
  if (!opened.ok) throw new Error(opened.error.kind);
  const { signal } = new AbortController();
  const times: number[] = [];
  for (let card = 0; card < CARDS; card += 1) {
    emulator.place(PRESETS.zhang);
    const begun = performance.now();
    for (const command of [driver.findCard, driver.selectCard, driver.readBase] as const) {
      const answer = await command({ signal });
      if (!answer.ok) throw new Error(answer.error.kind);
    }
    times.push(performance.now() - begun);
    emulator.remove();
    await driver.findCard({ signal });
  }
  await driver.close();
  await emulator.close();
  return mean(times);
}

/** A printer behind a port. `began`: resolves when the next byte that is no real-time request (DLE …, three bytes) has come to it. */
async function emulatedPrinter(path: string) {
  const pty = await openPty({ path });
  if (!pty.ok) throw new Error(pty.error.message);
  const emulator = ticketPrinterEmulator({ model: modelNamed('epson-tm-t82iii'), clock: systemClock, drawLine, baudRate: BAUD });
  let tell = (_at: number) => {};
  emulator.onReply((chunk) => drop(pty.value.send(chunk)));
  pty.value.onBytes((chunk) => {
    if (chunk[0] !== 0x10) tell(performance.now());
    emulator.receive(chunk);
  });
  return {
    began: () => new Promise<number>((resolve) => (tell = resolve)),
    async close() {
      emulator.close();
      await pty.value.close();
    },
  };
}

async function slips(path: string): Promise<number> {
  const emulator = await emulatedPrinter(path);
  const printer = openTicketPrinter({ address: { kind: 'serial', path, baudRate: BAUD }, model: modelNamed('epson-tm-t82iii'), clock: systemClock, drawLine });
  await settled(printer);
  const times: number[] = [];
  for (let slip = 0; slip < SLIPS; slip += 1) {
    const began = emulator.began();
    const wished = performance.now();
    const last = printer.print({ print: printId(slip + 1), ticket: SLIP });
    const ended = (async () => {
      for await (const progress of last) if (progress.kind !== 'sent' && progress.kind !== 'printed') throw new Error(`a slip ended as ${progress.kind}`);
    })();
    times.push((await began) - wished);
    await ended;
  }
  await printer.close();
  await emulator.close();
  return mean(times);
}

async function bareSlips(path: string): Promise<number> {
  const emulator = await emulatedPrinter(path);
  const transport = serialTransport({ path, baudRate: BAUD });
  const opened = await transport.open();
  if (!opened.ok) throw new Error(opened.error.kind);
  const driver = ticketDriver({ transport, clock: systemClock });
  const { signal } = new AbortController();
  const times: number[] = [];
  for (let slip = 0; slip < SLIPS; slip += 1) {
    const began = emulator.began();
    const wished = performance.now();
    const status = await driver.status({ signal });
    if (!status.ok) throw new Error(status.error.kind);
    await transport.send(Uint8Array.of(0x0a));
    times.push((await began) - wished);
  }
  await transport.close();
  await emulator.close();
  return mean(times);
}
