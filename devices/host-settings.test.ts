import { once } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import type { PageReading } from '../domain/contracts/document-scanner.ts';
import type { DevicesConfig } from '../domain/contracts/terminal-config.ts';
import { systemClock } from '../wire/clock.ts';
import { openEsclEmulator } from './document-scanner/escl/emulator.ts';
import { samplePage, sampleSheets } from './document-scanner/sample-pages.ts';
import { createDeviceHost } from './host.ts';
import type { DeviceEvent } from './log.ts';
import { clientOn } from './test-host.ts';

const NO_DEVICES: DevicesConfig = { idCardReader: null, codeScanner: null, documentScanner: null, ticketPrinter: null, documentPrinter: null, board: null, ups: null };

describe('device host from its settings', () => {
  test('pages of a scanner on the network come to whoever asked for them, whole', async () => {
    const emulator = await openEsclEmulator({ clock: systemClock, blank: samplePage(0) });
    emulator.load(sampleSheets(2));
    const log: DeviceEvent[] = [];
    const host = createDeviceHost({ ...NO_DEVICES, documentScanner: { kind: 'escl', url: emulator.url } }, { clock: systemClock, log: (event) => log.push(event) });
    const channel = new MessageChannel();
    host.connect(channel.port1);
    const client = clientOn(channel.port2);
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
        const host = createDeviceHost(${JSON.stringify(NO_DEVICES)}, { clock: { now: () => 7 }, log: () => {} });
        const { parentPort, workerData } = require('node:worker_threads');
        host.connect(workerData);
        parentPort.once('message', () => process.exit(1));
      });`,
      { eval: true, workerData: channel.port1, transferList: [channel.port1], execArgv: [] },
    );
    const client = clientOn(channel.port2);
    expect(await client.ping()).toEqual({ at: 7 });
    const states = await client.watch();
    expect((await states.next()).value).toMatchObject({ 'id-card-reader': { kind: 'offline', reason: 'not-configured' } });
    const waiting = states.next();
    const exited = once(worker, 'exit');
    worker.postMessage('die');
    await expect(waiting).rejects.toThrow(/aborted/);
    await exited;
  });

  test('an unknown printer model takes only that printer away', async () => {
    const log: DeviceEvent[] = [];
    const host = createDeviceHost({ ...NO_DEVICES, ticketPrinter: { wire: { kind: 'serial', path: '/dev/nothing', baudRate: 9600 }, model: 'typewriter' } }, { clock: systemClock, log: (event) => log.push(event) });
    expect(log).toContainEqual({ event: 'device-status', device: 'ticket-printer', status: { kind: 'out-of-service', reason: 'unknown-model' } });
    await host.close();
  });
});
