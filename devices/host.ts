/**
 * The device host: every driver and printer of a terminal in one process, behind `devicesContract`. In Electron it is a utility
 * process and this file its entry; elsewhere it exports functions and does nothing by itself. It keeps nothing that matters: a host
 * that died has lost no more than the jobs that nobody can answer for.
 */
import { implement, onError, ORPCError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import type { SupportedMessagePort } from '@orpc/client/message-port';
import { bytesSerializer } from '../domain/contracts/bytes.ts';
import type { CardReading, CodeReading, DeviceStates, DeviceStatus, PrintProgress } from '../domain/contracts/devices.ts';
import { DeviceName, devicesContract, isOutcome } from '../domain/contracts/devices.ts';
import type { BoardEvent } from '../domain/contracts/board.ts';
import type { ExchangeDevice, ExchangeEnd, ExchangeReason, ExchangeStart } from '../domain/contracts/exchange.ts';
import type { TestPrint } from '../domain/documents/types.ts';
import type { PrintId } from '../domain/ids.ts';
import type { PageReading, ScanWish } from '../domain/contracts/document-scanner.ts';
import { DevicesConfig } from '../domain/contracts/terminal-config.ts';
import type { PowerState } from '../domain/contracts/ups.ts';
import { drop, err, never, ok } from '../domain/result.ts';
import type { Clock } from '../domain/time.ts';
import { renderDocument } from '../printers/papers/render.ts';
import { systemClock } from '../wire/clock.ts';
import type { Watched } from '../wire/watched.ts';
import { createWatched } from '../wire/watched.ts';
import { createExchanges } from './exchange.ts';
import type { DeviceLog } from './log.ts';
import { createDeviceLog } from './log.ts';
import { configured, openDevices } from './open.ts';
import type { Absent, Devices } from './open.ts';
import { createStream } from './stream.ts';

/** A MessagePort of Node or Electron. */
export type HostPort = SupportedMessagePort & { start(): void; close(): void };

export type DeviceHost = {
  router: ReturnType<typeof deviceRouter>;
  /** Serves the contract on a port until it closes. What its caller was still listening to ends with it. */
  connect(port: HostPort): void;
  /** Closes every port and device. Idempotent. */
  close(): Promise<void>;
};

/** Starts what the configuration names. No device need be there: each says how it is, and comes and goes. */
export function createDeviceHost(config: DevicesConfig, options: { clock: Clock; log: DeviceLog }): DeviceHost {
  const { log } = options;
  log({ event: 'device-host-started', devices: configured(config) });
  return hostDevices(openDevices(config, options), options);
}

/** The same with devices already opened; takes them over. */
export function hostDevices(devices: Devices, { clock, log }: { clock: Clock; log: DeviceLog }): DeviceHost {
  const states = watchStates(devices, log);
  const router = deviceRouter({ devices, states, clock, log });
  const handler = new RPCHandler(router, {
    customJsonSerializers: [bytesSerializer],
    interceptors: [
      onError((cause) => {
        // A refused message is the caller's affair, a left call nobody's; anything else is a bug, and ends this process.
        if (cause instanceof ORPCError || (cause instanceof Error && cause.name === 'AbortError')) return;
        drop(Promise.reject(cause));
      }),
    ],
  });
  const ports = new Set<HostPort>();
  let closing: Promise<void> | null = null;
  return {
    router,
    connect(port) {
      ports.add(port);
      handler.upgrade(port);
      port.start();
    },
    close() {
      closing ??= (async () => {
        for (const port of ports) port.close();
        states.close();
        await Promise.all(Object.values(devices).flatMap((device) => ('absent' in device ? [] : [device.close()])));
      })();
      return closing;
    },
  };
}

/** The present state of every device, and who is told of changes. */
type States = Pick<Watched<DeviceStates>, 'now' | 'watch'> & { close(): void };

function watchStates(devices: Devices, log: DeviceLog): States {
  const starting: DeviceStatus = { kind: 'offline', reason: 'starting' };
  const states = createWatched<DeviceStates>({ 'id-card-reader': starting, 'code-scanner': starting, 'document-scanner': starting, 'ticket-printer': starting, 'document-printer': starting, board: starting, ups: starting });
  const follow = (name: DeviceName, device: { watch(tell: (status: DeviceStatus) => void): () => void } | Absent): (() => void) => {
    const take = (status: DeviceStatus): void => {
      if (states.become({ ...states.now(), [name]: status })) log({ event: 'device-status', device: name, status });
    };
    if (!('absent' in device)) return device.watch(take);
    take(device.absent);
    return () => {};
  };
  const stops = [
    follow('id-card-reader', devices.reader), follow('code-scanner', devices.scanner), follow('document-scanner', devices.documentScanner), follow('ticket-printer', devices.ticketPrinter),
    follow('document-printer', devices.documentPrinter), follow('board', devices.board), follow('ups', devices.ups),
  ];
  return {
    now: states.now,
    watch: states.watch,
    close() {
      for (const stop of stops) stop();
      states.dismiss();
    },
  };
}

/**
 * The contract's procedures. Prints are idempotent by id within this host's life because both printers are. Streams end when the
 * caller stops listening, which the RPC layer tells by the signal alone: a stream waiting for its next value is not left otherwise.
 */
function deviceRouter({ devices, states, clock, log }: { devices: Devices; states: States; clock: Clock; log: DeviceLog }) {
  const contract = implement(devicesContract);
  const exchanges = createExchanges();

  async function* watch(signal: AbortSignal): AsyncGenerator<DeviceStates, void> {
    const changes = createStream<DeviceStates>(signal);
    const stop = states.watch((next) => changes.put(next));
    try {
      yield* changes;
    } finally {
      stop();
    }
  }

  async function* readCard(signal: AbortSignal): AsyncGenerator<CardReading, void> {
    const { reader } = devices;
    if ('absent' in reader) yield { kind: 'unavailable', status: reader.absent };
    else yield* exchanges.run<CardReading>({ device: 'id-card-reader', signal, refuse: (status) => ({ kind: 'unavailable', status }), begin: (until) => reader.read(until) });
  }

  async function* scanCode(signal: AbortSignal): AsyncGenerator<CodeReading, void> {
    const { scanner } = devices;
    if ('absent' in scanner) yield { kind: 'unavailable', status: scanner.absent };
    else yield* exchanges.run<CodeReading>({ device: 'code-scanner', signal, refuse: (status) => ({ kind: 'unavailable', status }), begin: (until) => scanner.scan(until) });
  }

  async function* scanPages(wish: ScanWish, signal: AbortSignal): AsyncGenerator<PageReading, void> {
    const { documentScanner } = devices;
    if ('absent' in documentScanner) yield { kind: 'unavailable', status: documentScanner.absent };
    else yield* exchanges.run<PageReading>({ device: 'document-scanner', signal, refuse: (status) => ({ kind: 'unavailable', status }), begin: (until) => documentScanner.scan(wish, until) });
  }

  /** A print that has begun when an exchange begins comes to its own end, one that has not is cancelled. */
  async function* print<Job extends { print: PrintId }>(name: Printer, printer: PrinterFor<Job> | Absent, job: Job, signal: AbortSignal): AsyncGenerator<PrintProgress, void> {
    let sent = false;
    const giveWay = () => {
      if (!sent && !('absent' in printer)) drop(Promise.resolve(printer.cancel([job.print])));
    };
    for await (const progress of exchanges.run({ device: name, signal, refuse: notPrinted, begin: (until) => printNow(name, printer, job, until), giveWay })) {
      sent ||= progress.kind === 'sent';
      yield progress;
    }
  }

  async function* printNow<Job extends { print: PrintId }>(name: Printer, printer: PrinterFor<Job> | Absent, job: Job, signal: AbortSignal): AsyncGenerator<PrintProgress, void> {
    if ('absent' in printer) return yield notPrinted(printer.absent);
    for await (const progress of printer.print(job, signal)) {
      if (isOutcome(progress)) log({ event: 'print-ended', device: name, print: job.print, kind: progress.kind, reason: 'reason' in progress ? progress.reason : '' });
      yield progress;
    }
  }

  async function* startExchange(device: ExchangeDevice, reason: ExchangeReason, signal: AbortSignal): AsyncGenerator<ExchangeStart, void> {
    exchanges.start(device, reason);
    log({ event: 'exchange-started', device, reason });
    yield 'ending-jobs';
    await exchanges.quiet(device, signal);
    yield 'open';
  }

  async function* endExchange(wish: { device: ExchangeDevice; print: PrintId; test: TestPrint; seen: boolean }, signal: AbortSignal): AsyncGenerator<ExchangeEnd, void> {
    const { device } = wish;
    if (exchanges.isActive(device)) {
      await lookAnew(devices, device);
      const status = states.now()[device];
      if (status.kind !== 'online') return yield { kind: 'not-well', status };
      if (isPrinter(device) && !wish.seen) {
        yield { kind: 'testing' };
        const { print: id, test } = wish;
        const words = device === 'ticket-printer'
          ? printNow(device, devices.ticketPrinter, { print: id, ticket: { kind: 'test-slip', ...test } as const }, signal)
          : printNow(device, devices.documentPrinter, { print: id, document: { kind: 'test-page', ...test } as const, tray: null }, signal);
        let last: PrintProgress = { kind: 'unknown', reason: 'other' };
        for await (const word of words) last = word;
        if (last.kind !== 'printed') return yield { kind: 'no-test', outcome: last.kind === 'not-printed' ? last.kind : 'unknown', reason: 'reason' in last ? last.reason : 'other' };
      }
      exchanges.end(device);
      log({ event: 'exchange-ended', device });
    }
    yield { kind: 'ended' };
  }

  async function* boardEvents(signal: AbortSignal): AsyncGenerator<BoardEvent, void> {
    if (!('absent' in devices.board)) yield* devices.board.events(signal);
  }

  async function* power(signal: AbortSignal): AsyncGenerator<PowerState, void> {
    if (!('absent' in devices.ups)) yield* devices.ups.power(signal);
  }

  return contract.router({
    watch: contract.watch.handler(({ signal = NEVER }) => watch(signal)),
    readCard: contract.readCard.handler(({ signal = NEVER }) => readCard(signal)),
    scanCode: contract.scanCode.handler(({ signal = NEVER }) => scanCode(signal)),
    scanPages: contract.scanPages.handler(({ input, signal = NEVER }) => scanPages(input, signal)),
    printTicket: contract.printTicket.handler(({ input, signal = NEVER }) => print('ticket-printer', devices.ticketPrinter, input, signal)),
    printDocument: contract.printDocument.handler(({ input, signal = NEVER }) => print('document-printer', devices.documentPrinter, input, signal)),
    cancelPrints: contract.cancelPrints.handler(async ({ input: { prints } }) => {
      const { ticketPrinter, documentPrinter } = devices;
      const tickets = 'absent' in ticketPrinter ? [] : ticketPrinter.cancel(prints);
      const documents = 'absent' in documentPrinter ? [] : await documentPrinter.cancel(prints);
      return { cancelled: [...tickets, ...documents] };
    }),
    renderDocument: contract.renderDocument.handler(async ({ input }) => {
      const rendered = await renderDocument(input.document);
      return rendered.ok ? ok(new Uint8Array(rendered.value)) : rendered;
    }),
    boardEvents: contract.boardEvents.handler(({ signal = NEVER }) => boardEvents(signal)),
    boardCapabilities: contract.boardCapabilities.handler(() => ({ capabilities: 'absent' in devices.board ? null : devices.board.capabilities() })),
    setLights: contract.setLights.handler(({ input }) => ('absent' in devices.board ? err({ kind: 'unavailable' }) : devices.board.setLights(input))),
    acknowledgeTamper: contract.acknowledgeTamper.handler(() => ('absent' in devices.board ? err({ kind: 'unavailable' }) : devices.board.acknowledgeTamper())),
    power: contract.power.handler(({ signal = NEVER }) => power(signal)),
    startExchange: contract.startExchange.handler(({ input, signal = NEVER }) => startExchange(input.device, input.reason, signal)),
    endExchange: contract.endExchange.handler(({ input, signal = NEVER }) => endExchange(input, signal)),
    lookAtDevices: contract.lookAtDevices.handler(async () => {
      await Promise.all(DeviceName.options.map((name) => lookAnew(devices, name)));
      return states.now();
    }),
    ping: contract.ping.handler(() => ({ at: clock.now() })),
  });
}

type Printer = Extract<DeviceName, 'ticket-printer' | 'document-printer'>;
type PrinterFor<Job> = { print(job: Job, signal: AbortSignal): AsyncIterable<PrintProgress>; cancel(prints: readonly PrintId[]): unknown };

function isPrinter(device: DeviceName): device is Printer {
  return device === 'ticket-printer' || device === 'document-printer';
}

function notPrinted(status: DeviceStatus): PrintProgress {
  return { kind: 'not-printed', reason: 'reason' in status ? status.reason : 'offline' };
}

/** Asks a device how it is now, and has its status say so. Board and UPS are asked every few seconds anyway, a code scanner has no answers. */
async function lookAnew(devices: Devices, device: DeviceName): Promise<void> {
  switch (device) {
    case 'id-card-reader':
      return 'absent' in devices.reader ? undefined : devices.reader.look();
    case 'document-scanner':
      return 'absent' in devices.documentScanner ? undefined : devices.documentScanner.look();
    case 'ticket-printer':
      return 'absent' in devices.ticketPrinter ? undefined : devices.ticketPrinter.look();
    case 'document-printer':
      if (!('absent' in devices.documentPrinter)) await devices.documentPrinter.status();
      return;
    case 'code-scanner':
    case 'board':
    case 'ups':
      return;
    default:
      return never(device);
  }
}

/** Calls inside one process may come without a signal. */
const NEVER = new AbortController().signal;

/** The shell takes a host that is silent for 20 s for hung. */
const ALIVE = 2000;

type FromShell = { kind: 'configure'; config: unknown } | { kind: 'port'; to: 'core'; instance: string };

/** What is used of Electron's `ParentPort`: this file is also read where Electron's types are not. */
type Shell = { on(event: 'message', listener: (event: { data: unknown; ports: HostPort[] }) => void): void; postMessage(message: object): void };

/** The entry in Electron: the shell sends the configuration once, then a port at each start of core. */
function runAsUtilityProcess(shell: Shell): void {
  const log = createDeviceLog((line) => process.stdout.write(line), Date.now);
  const early: HostPort[] = [];
  let host: DeviceHost | null = null;
  shell.on('message', (event) => {
    const message = event.data as FromShell;
    if (message.kind === 'configure') {
      host = createDeviceHost(DevicesConfig.parse(message.config), { clock: systemClock, log });
      for (const port of early.splice(0)) host.connect(port);
      return;
    }
    const [port] = event.ports;
    if (port === undefined) return;
    if (host === null) early.push(port);
    else host.connect(port);
  });
  setInterval(() => shell.postMessage({ kind: 'alive' }), ALIVE);
}

const shell = (process as unknown as { parentPort?: Shell }).parentPort;
if (shell !== undefined) runAsUtilityProcess(shell);
