import { once } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bytesSerializer } from '../domain/contracts/bytes.ts';
import type { DeviceStates, DeviceStatus, devicesContract, PrintProgress } from '../domain/contracts/devices.ts';
import type { PageReading } from '../domain/contracts/document-scanner.ts';
import type { PaperDocument, Ticket } from '../domain/documents/types.ts';
import { PrintId } from '../domain/ids.ts';
import { drop } from '../domain/result.ts';
import { systemClock } from '../wire/clock.ts';
import { memoryWire } from '../wire/device-end.ts';
import type { DeviceHost } from './host.ts';
import { createDeviceHost, hostDevices } from './host.ts';
import type { Devices } from './open.ts';
import { createBoardEmulator, type BoardEmulator } from './board/emulator.ts';
import { openBoard } from './board/service.ts';
import { createScannerEmulator } from './code-scanner/emulator.ts';
import type { ScannerEmulator } from './code-scanner/emulator.ts';
import { openCodeScanner } from './code-scanner/service.ts';
import { createReaderEmulator } from './id-card-reader/emulator.ts';
import type { ReaderEmulator } from './id-card-reader/emulator.ts';
import { PRESETS } from './id-card-reader/presets.ts';
import { openEsclEmulator } from './document-scanner/escl/emulator.ts';
import { samplePage, sampleSheets } from './document-scanner/sample-pages.ts';
import { openIdCardReader } from './id-card-reader/service.ts';
import type { DeviceEvent } from './log.ts';
import { createStream } from './stream.ts';
import type { Stream } from './stream.ts';
import { createUpsdEmulator } from './ups/emulator.ts';
import { openUps } from './ups/service.ts';

type Client = ContractRouterClient<typeof devicesContract>;

const PRINT = PrintId.parse('01JBXQ5Z6W3N8V2K7M4T9R0ABC');
const ticket: Ticket = {
  kind: 'hand-in-slip', hall: '新昌县政务服务中心', site: '羽林街道便民服务中心', item: '老年人优待证办理', number: '330624-0001', provisional: false,
  person: '张＊＊', at: '2026-01-05T01:00:00.000Z', materials: 1, token: 'ABCDEFGH', phone: '0575-00000000', online: false,
};
const document: PaperDocument = {
  kind: 'hand-in-receipt', hall: '新昌县政务服务中心', site: '羽林街道便民服务中心', machine: 'T330624-0001', item: '老年人优待证办理', itemCode: '000000', number: '330624-0001',
  provisional: false, person: '张＊＊', maskedNumber: '3****************8', at: '2026-01-05T01:00:00.000Z', materials: [{ name: '身份证', pages: 2 }], promisedDays: 1,
  statutoryDays: 5, dayUnit: 'working', token: 'ABCDEFGH', actionHash: '0'.repeat(64), phone: '0575-00000000', complaintPhone: '12345',
};

/** A ticket printer whose jobs the test leads by hand. */
function printer(status: DeviceStatus) {
  const jobs = new Map<string, Stream<PrintProgress>>();
  const told = new Set<(next: DeviceStatus) => void>();
  const device = {
    jobs,
    ended: [] as string[],
    tell: (next: DeviceStatus) => told.forEach((tell) => tell(next)),
    bits: () => null,
    status: () => status,
    watch(tell: (next: DeviceStatus) => void) {
      told.add(tell);
      tell(status);
      return () => told.delete(tell);
    },
    print({ print }: { print: PrintId }, signal = new AbortController().signal) {
      const stream = createStream<PrintProgress>(signal, () => device.ended.push(print));
      jobs.set(print, stream);
      return stream;
    },
    look: async () => {},
    cancel: (prints: readonly PrintId[]) => prints.filter((print) => jobs.has(print)),
    close: async () => {},
  };
  return device;
}

describe('device host over a MessagePort', () => {
  let emulator: ReaderEmulator;
  let scannerEmulator: ScannerEmulator;
  let board: BoardEmulator;
  let host: DeviceHost;
  let client: Client;
  let channel: MessageChannel;
  let tickets: ReturnType<typeof printer>;
  let log: DeviceEvent[];

  function connect(): Client {
    channel = new MessageChannel();
    host.connect(channel.port1);
    const next: Client = createORPCClient(new RPCLink({ port: channel.port2, customJsonSerializers: [bytesSerializer] }));
    channel.port2.start();
    return next;
  }

  beforeEach(() => {
    log = [];
    const scannerWire = memoryWire();
    scannerEmulator = createScannerEmulator({ line: scannerWire.device, clock: systemClock, baudRate: 115_200 });
    const wire = memoryWire();
    emulator = createReaderEmulator({ line: wire.device, clock: systemClock, latency: { 'read-base': 5 } });
    tickets = printer({ kind: 'online', warnings: ['paper-low'] });
    const boardWire = memoryWire();
    board = createBoardEmulator({ line: boardWire.device, clock: systemClock });
    const upsWire = memoryWire();
    const upsd = createUpsdEmulator().connect({ send: (bytes) => upsWire.device.send(bytes), hangUp: () => drop(upsWire.device.unplug()) });
    upsWire.device.onBytes((bytes) => upsd.receive(bytes));
    const devices: Devices = {
      reader: openIdCardReader({ connect: wire.connect, clock: systemClock }),
      scanner: openCodeScanner({ connect: scannerWire.connect, clock: systemClock }),
      documentScanner: { absent: { kind: 'offline', reason: 'not-configured' } },
      ticketPrinter: tickets,
      documentPrinter: { absent: { kind: 'offline', reason: 'not-configured' } },
      board: openBoard({ connect: boardWire.connect, clock: systemClock }),
      ups: openUps({ connect: upsWire.connect, ups: 'kiosk', clock: systemClock }),
    };
    host = hostDevices(devices, { clock: systemClock, log: (event) => log.push(event) });
    client = connect();
  });
  afterEach(async () => {
    channel.port2.close();
    await host.close();
    await emulator.close();
    await scannerEmulator.close();
    await board.close();
  });

  /** The states until one of them fits. */
  async function until(fits: (states: DeviceStates) => boolean): Promise<DeviceStates[]> {
    const seen: DeviceStates[] = [];
    for await (const states of await client.watch()) {
      seen.push(states);
      if (fits(states)) break;
    }
    return seen;
  }

  test('a code is read for whoever waits for it', async () => {
    await until((states) => states['code-scanner'].kind === 'online');
    const told: unknown[] = [];
    for await (const reading of await client.scanCode()) {
      told.push(reading);
      if (reading.kind === 'show-code') await scannerEmulator.show('JB-1');
    }
    expect(told).toEqual([{ kind: 'show-code' }, { kind: 'read', code: { symbology: 'qr', text: 'JB-1' } }]);
    expect(JSON.stringify(log)).not.toContain('JB-1');
  });

  test('lights, keys and power cross the port, and no log holds a key', async () => {
    await until((states) => states.board.kind === 'online' && states.ups.kind === 'online');
    const lights = { card: 'on', scanner: 'off', ticket: 'off', document: 'off', help: 'slow-blink' } as const;
    expect(await client.setLights({ brightness: 'day', lights })).toEqual({ ok: true, value: null });
    expect(board.lights.lights).toEqual(lights);
    const told: unknown[] = [];
    for await (const event of await client.boardEvents()) {
      told.push(event);
      if (event.kind === 'presence') board.change({ kind: 'key', key: '7', down: true });
      if (event.kind === 'key') break;
    }
    expect(told.at(-1)).toEqual({ kind: 'key', key: '7', pressed: true });
    for await (const power of await client.power()) {
      expect(power).toEqual({ kind: 'mains' });
      break;
    }
    expect(JSON.stringify(log)).not.toContain('"7"');
  });

  test('watch sends the present state at once, then every change', async () => {
    const seen = await until((states) => states['id-card-reader'].kind === 'online');
    expect(seen[0]).toEqual({
      'id-card-reader': expect.anything(),
      'code-scanner': expect.anything(),
      'document-scanner': expect.anything(),
      'ticket-printer': { kind: 'online', warnings: ['paper-low'] },
      'document-printer': { kind: 'offline', reason: 'not-configured' },
      board: expect.anything(),
      ups: expect.anything(),
    });
    tickets.tell({ kind: 'blocked', reason: 'paper-out' });
    expect((await until(() => true))[0]?.['ticket-printer']).toEqual({ kind: 'blocked', reason: 'paper-out' });
  });

  test('a card is read across the port, with its rare characters', async () => {
    await until((states) => states['id-card-reader'].kind === 'online');
    emulator.place(PRESETS.unprintable);
    const heard = [];
    for await (const reading of await client.readCard()) heard.push(reading);
    expect(heard).toEqual([{ kind: 'place-card' }, { kind: 'reading' }, { kind: 'read', holder: PRESETS.unprintable, samId: '05.01-20230101-0000000001-0123456789' }]);
    expect(JSON.stringify(log)).not.toMatch(/陈|330624/);
  });

  test('when the caller stops listening, polling for a card stops', async () => {
    await until((states) => states['id-card-reader'].kind === 'online');
    const polled = new Promise<void>((resolve) => emulator.onCommand((command) => command === 'find-card' && resolve()));
    for await (const reading of await client.readCard()) {
      expect(reading).toEqual({ kind: 'place-card' });
      await polled;
      break;
    }
    // The next command after the last poll is a proof of life: three seconds later, since nobody listens.
    const next = await new Promise((resolve) => emulator.onCommand(resolve));
    expect(next).toBe('sam-status');
  });

  test('an aborted call ends on both sides', async () => {
    await until((states) => states['id-card-reader'].kind === 'online');
    const controller = new AbortController();
    const readings = await client.readCard(undefined, { signal: controller.signal });
    expect(await readings.next()).toEqual({ done: false, value: { kind: 'place-card' } });
    const waiting = readings.next();
    controller.abort();
    await expect(waiting).rejects.toThrow(/aborted/);
    expect(await new Promise((resolve) => emulator.onCommand(resolve))).toBe('sam-status');
  });

  test('a caller whose port is gone leaves its readings and prints', async () => {
    await until((states) => states['id-card-reader'].kind === 'online');
    const progress = await client.printTicket({ print: PRINT, ticket });
    tickets.jobs.get(PRINT)?.put({ kind: 'sent' });
    expect(await progress.next()).toEqual({ done: false, value: { kind: 'sent' } });
    channel.port2.close();
    await once(channel.port1, 'close');
    await new Promise((resolve) => setImmediate(resolve));
    expect(tickets.ended).toEqual([PRINT]);
    client = connect();
    expect(await client.ping()).toEqual({ at: expect.any(Number) });
  });

  test('print progress is streamed as it comes', async () => {
    const progress = await client.printTicket({ print: PRINT, ticket });
    const job = tickets.jobs.get(PRINT);
    job?.put({ kind: 'sent' });
    expect(await progress.next()).toEqual({ done: false, value: { kind: 'sent' } });
    job?.put({ kind: 'unknown', reason: 'paper-out' });
    job?.end();
    expect(await progress.next()).toEqual({ done: false, value: { kind: 'unknown', reason: 'paper-out' } });
    expect(await progress.next()).toEqual({ done: true, value: undefined });
    expect(log).toContainEqual({ event: 'print-ended', device: 'ticket-printer', print: PRINT, kind: 'unknown', reason: 'paper-out' });
  });

  test('cancelling answers with what was cancelled', async () => {
    await client.printTicket({ print: PRINT, ticket });
    expect(await client.cancelPrints({ prints: [PRINT] })).toEqual({ cancelled: [PRINT] });
  });

  test('a device that is not configured says so', async () => {
    const heard = [];
    for await (const progress of await client.printDocument({ print: PRINT, document, tray: null })) heard.push(progress);
    expect(heard).toEqual([{ kind: 'not-printed', reason: 'not-configured' }]);
  });

  test('a rendered document crosses as bytes, a missing glyph as a failure', async () => {
    const rendered = await client.renderDocument({ document });
    if (!rendered.ok) throw new Error(rendered.error.kind);
    expect(Buffer.from(rendered.value.subarray(0, 5)).toString()).toBe('%PDF-');
    expect(rendered.value.length).toBeGreaterThan(5000);
    const missing = await client.renderDocument({ document: { ...document, item: '\u{10ffff}' } });
    expect(missing).toEqual({ ok: false, error: { kind: 'missing-glyph', codePoints: ['U+10FFFF'] } });
  });

  test('a message that does not fit the contract is refused, and the host lives', async () => {
    await expect(client.printTicket({ print: 'no id' as PrintId, ticket })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(tickets.jobs.size).toBe(0);
    await expect(client.ping()).resolves.toBeTruthy();
  });

  test('closing the host ends what its callers wait for', async () => {
    const states = await client.watch();
    await states.next();
    await until((now) => now['id-card-reader'].kind === 'online');
    const ended = (async () => {
      for await (const _ of states);
    })();
    await Promise.all([host.close(), host.close()]);
    await expect(ended).rejects.toThrow(/aborted/);
  });
});

describe('device host', () => {
  test('pages of a scanner on the network come to whoever asked for them, whole', async () => {
    const emulator = await openEsclEmulator({ clock: systemClock, blank: samplePage(0) });
    emulator.load(sampleSheets(2));
    const log: DeviceEvent[] = [];
    const host = createDeviceHost({ idCardReader: null, codeScanner: null, documentScanner: { kind: 'escl', url: emulator.url }, ticketPrinter: null, documentPrinter: null, board: null, ups: null }, { clock: systemClock, log: (event) => log.push(event) });
    const channel = new MessageChannel();
    host.connect(channel.port1);
    channel.port2.start();
    const client: Client = createORPCClient(new RPCLink({ port: channel.port2, customJsonSerializers: [bytesSerializer] }));
    for await (const { 'document-scanner': scanner } of await client.watch()) if (scanner.kind === 'online') break;
    const told: PageReading[] = [];
    for await (const reading of await client.scanPages({ source: 'feeder', resolution: 150, colour: 'grey' })) told.push(reading);
    expect(told.at(-1)).toEqual({ kind: 'done', pages: 2 });
    const pages = told.flatMap((reading) => (reading.kind === 'page' ? [reading.page] : []));
    expect(pages.map(({ type, bytes }) => [type, [...bytes.subarray(0, 2)]])).toEqual([['image/jpeg', [0xff, 0xd8]], ['image/jpeg', [0xff, 0xd8]]]);
    expect(log).toContainEqual({ event: 'scan-ended', how: 'done', pages: 2 });
    channel.port2.close();
    await host.close();
    await emulator.close();
  });

  test('a host process that dies rejects every call under way', async () => {
    const channel = new MessageChannel();
    const worker = new Worker(
      `import(${JSON.stringify(new URL('./host.ts', import.meta.url).href)}).then(({ createDeviceHost }) => {
        const host = createDeviceHost({ idCardReader: null, codeScanner: null, documentScanner: null, ticketPrinter: null, documentPrinter: null, board: null, ups: null }, { clock: { now: () => 7 }, log: () => {} });
        const { parentPort, workerData } = require('node:worker_threads');
        host.connect(workerData);
        parentPort.once('message', () => process.exit(1));
      });`,
      { eval: true, workerData: channel.port1, transferList: [channel.port1], execArgv: [] },
    );
    const client: Client = createORPCClient(new RPCLink({ port: channel.port2, customJsonSerializers: [bytesSerializer] }));
    channel.port2.start();
    expect(await client.ping()).toEqual({ at: 7 });
    const states = await client.watch();
    expect((await states.next()).value).toMatchObject({ 'id-card-reader': { kind: 'offline', reason: 'not-configured' } });
    const waiting = states.next();
    worker.postMessage('die');
    await expect(waiting).rejects.toThrow(/aborted/);
    await once(worker, 'exit');
  });

  test('an unknown printer model takes only that printer away', async () => {
    const log: DeviceEvent[] = [];
    const host = createDeviceHost({ idCardReader: null, codeScanner: null, documentScanner: null, ticketPrinter: { wire: { kind: 'serial', path: '/dev/nothing', baudRate: 9600 }, model: 'typewriter' }, documentPrinter: null, board: null, ups: null }, { clock: systemClock, log: (event) => log.push(event) });
    expect(log).toContainEqual({ event: 'device-status', device: 'ticket-printer', status: { kind: 'out-of-service', reason: 'unknown-model' } });
    await host.close();
  });
});
