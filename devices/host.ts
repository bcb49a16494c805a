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
import { DeviceName, devicesContract } from '../domain/contracts/devices.ts';
import type { BoardEvent } from '../domain/contracts/board.ts';
import type { PageReading, ScanWish } from '../domain/contracts/document-scanner.ts';
import { DevicesConfig } from '../domain/contracts/terminal-config.ts';
import type { PowerState } from '../domain/contracts/ups.ts';
import { drop, err, never, ok } from '../domain/result.ts';
import type { Clock } from '../domain/time.ts';
import { openDocumentPrinter } from '../printers/document/service.ts';
import type { DocumentPrinter } from '../printers/document/types.ts';
import { renderDocument } from '../printers/document/render.ts';
import { PRINTER_MODELS } from '../printers/ticket/model.ts';
import { openTicketPrinter } from '../printers/ticket/service.ts';
import type { TicketPrinter } from '../printers/ticket/types.ts';
import { systemClock } from '../wire/clock.ts';
import { openWire } from '../wire/open.ts';
import { tcpTransport } from '../wire/tcp.ts';
import { openBoard } from './board/service.ts';
import type { Board, BoardLogEntry } from './board/types.ts';
import { formatOf, openCodeScanner } from './code-scanner/service.ts';
import type { CodeScanner } from './code-scanner/types.ts';
import { openScanDriver } from './document-scanner/open.ts';
import { openDocumentScanner } from './document-scanner/service.ts';
import type { DocumentScanner, DocumentScannerLogEntry } from './document-scanner/types.ts';
import { openReaderAt } from './id-card-reader/open.ts';
import type { IdCardReader, ReaderLogEntry } from './id-card-reader/types.ts';
import type { DeviceLog } from './log.ts';
import { createDeviceLog } from './log.ts';
import { createStream } from './stream.ts';
import { openUps } from './ups/service.ts';
import type { Ups, UpsLogEntry } from './ups/types.ts';

/** A device that cannot be had, with the status that says why: `not-configured`, `unknown-model`. */
export type Absent = { absent: DeviceStatus };
export type Devices = {
  reader: IdCardReader | Absent;
  scanner: CodeScanner | Absent;
  documentScanner: DocumentScanner | Absent;
  ticketPrinter: TicketPrinter | Absent;
  documentPrinter: DocumentPrinter | Absent;
  board: Board | Absent;
  ups: Ups | Absent;
};

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
  log({ event: 'device-host-started', devices: NAMES.filter((name) => config[CONFIG_OF[name]] !== null) });
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

const NAMES = DeviceName.options;
const CONFIG_OF = { 'id-card-reader': 'idCardReader', 'code-scanner': 'codeScanner', 'document-scanner': 'documentScanner', 'ticket-printer': 'ticketPrinter', 'document-printer': 'documentPrinter', board: 'board', ups: 'ups' } as const satisfies Record<DeviceName, keyof DevicesConfig>;
const NOT_CONFIGURED: Absent = { absent: { kind: 'offline', reason: 'not-configured' } };

function openDevices(config: DevicesConfig, { clock, log }: { clock: Clock; log: DeviceLog }): Devices {
  const { idCardReader, codeScanner, documentScanner, ticketPrinter, documentPrinter, board, ups } = config;
  return {
    reader: idCardReader === null ? NOT_CONFIGURED : openReaderAt('wire' in idCardReader ? { kind: 'wire', ...idCardReader } : { kind: 'library', ...idCardReader }, { clock, log: (entry) => logReader(entry, log) }),
    scanner: codeScanner === null ? NOT_CONFIGURED : openCodeScanner({ connect: () => openWire(codeScanner.wire), format: formatOf(codeScanner.wire), clock, log: (entry) => entry.kind === 'code-refused' && log({ event: 'code-refused', fault: entry.fault }) }),
    documentScanner: documentScanner === null ? NOT_CONFIGURED : openDocumentScanner({ driver: openScanDriver(documentScanner, clock), clock, log: (entry) => logScanner(entry, log) }),
    ticketPrinter: ticketPrinter === null ? NOT_CONFIGURED : ticketPrinterOf(ticketPrinter, clock),
    board: board === null ? NOT_CONFIGURED : openBoard({ connect: () => openWire(board.wire), clock, log: (entry) => logBoard(entry, log) }),
    ups: ups === null ? NOT_CONFIGURED : openUps({ connect: () => tcpTransport(ups), ups: ups.name, criticalSeconds: ups.criticalSeconds, clock, log: (entry) => logUps(entry, log) }),
    documentPrinter:
      documentPrinter === null
        ? NOT_CONFIGURED
        : openDocumentPrinter({
            uri: documentPrinter.uri,
            clock,
            log(entry) {
              if (entry.event === 'document-printer-status') log({ event: 'document-printer-reasons', reasons: entry.reasons });
              if (entry.event === 'document-print-left-behind') log({ event: 'print-left-behind', print: entry.print });
            },
          }),
  };
}

function ticketPrinterOf(config: NonNullable<DevicesConfig['ticketPrinter']>, clock: Clock): TicketPrinter | Absent {
  const model = PRINTER_MODELS.get(config.model);
  // One wrong word in the configuration does not take the other devices away.
  if (model === undefined) return { absent: { kind: 'out-of-service', reason: 'unknown-model' } };
  return openTicketPrinter({ address: config.wire, model, clock });
}

function logReader(entry: ReaderLogEntry, log: DeviceLog): void {
  if (entry.kind === 'status') {
    if (entry.status.kind === 'online' && entry.samId !== null) log({ event: 'card-reader-identified', samId: entry.samId });
    return;
  }
  const { failure } = entry;
  const detail = failure.kind === 'refused' ? ` ${failure.status.name}` : failure.kind === 'garbled' ? ` ${failure.why}` : '';
  log({ event: 'card-reader-command-failed', command: entry.command, why: failure.kind + detail });
}

function logScanner(entry: DocumentScannerLogEntry, log: DeviceLog): void {
  switch (entry.kind) {
    case 'status':
      return;
    case 'scan-ended':
      return log({ event: 'scan-ended', how: entry.end, pages: entry.pages });
    case 'failure':
      return log({ event: 'scanner-failed', why: `${entry.failure} ${entry.detail}`.trim() });
    case 'left-behind':
      return log({ event: 'scan-left-behind' });
    default:
      return never(entry);
  }
}

function logBoard(entry: BoardLogEntry, log: DeviceLog): void {
  if (entry.kind === 'greeted') log({ event: 'board-greeted', model: entry.model, firmware: entry.firmware });
  if (entry.kind === 'command-failed') log({ event: 'board-command-failed', command: entry.command, why: entry.why });
}

function logUps(entry: UpsLogEntry, log: DeviceLog): void {
  if (entry.kind === 'identified') log({ event: 'ups-identified', model: entry.model });
  if (entry.kind === 'power') log({ event: 'power', power: entry.power });
  if (entry.kind === 'command-failed') log({ event: 'ups-command-failed', command: entry.command, why: entry.why });
}

/** The present state of every device, and who is told of changes. */
type States = { now(): DeviceStates; watch(tell: (states: DeviceStates) => void): () => void; close(): void };

function watchStates(devices: Devices, log: DeviceLog): States {
  const tellers = new Set<(states: DeviceStates) => void>();
  const starting: DeviceStatus = { kind: 'offline', reason: 'starting' };
  let now: DeviceStates = { 'id-card-reader': starting, 'code-scanner': starting, 'document-scanner': starting, 'ticket-printer': starting, 'document-printer': starting, board: starting, ups: starting };
  const follow = (name: DeviceName, device: { watch(tell: (status: DeviceStatus) => void): () => void } | Absent): (() => void) => {
    const take = (status: DeviceStatus): void => {
      if (JSON.stringify(now[name]) === JSON.stringify(status)) return;
      now = { ...now, [name]: status };
      log({ event: 'device-status', device: name, status });
      for (const tell of [...tellers]) tell(now);
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
    now: () => now,
    watch(tell) {
      tellers.add(tell);
      return () => tellers.delete(tell);
    },
    close() {
      for (const stop of stops) stop();
      tellers.clear();
    },
  };
}

/**
 * The contract's procedures. Prints are idempotent by id within this host's life because both printers are. Streams end when the
 * caller stops listening, which the RPC layer tells by the signal alone: a stream waiting for its next value is not left otherwise.
 */
function deviceRouter({ devices, states, clock, log }: { devices: Devices; states: States; clock: Clock; log: DeviceLog }) {
  const contract = implement(devicesContract);

  async function* watch(signal: AbortSignal): AsyncGenerator<DeviceStates, void> {
    const changes = createStream<DeviceStates>(signal);
    const stop = states.watch((next) => changes.put(next));
    try {
      yield states.now();
      yield* changes;
    } finally {
      stop();
    }
  }

  async function* readCard(signal: AbortSignal): AsyncGenerator<CardReading, void> {
    const { reader } = devices;
    if ('absent' in reader) yield { kind: 'unavailable', status: reader.absent };
    else yield* reader.read(signal);
  }

  async function* scanCode(signal: AbortSignal): AsyncGenerator<CodeReading, void> {
    const { scanner } = devices;
    if ('absent' in scanner) yield { kind: 'unavailable', status: scanner.absent };
    else yield* scanner.scan(signal);
  }

  async function* scanPages(wish: ScanWish, signal: AbortSignal): AsyncGenerator<PageReading, void> {
    const { documentScanner } = devices;
    if ('absent' in documentScanner) yield { kind: 'unavailable', status: documentScanner.absent };
    else yield* documentScanner.scan(wish, signal);
  }

  async function* print<Job extends { print: string }>(
    name: DeviceName,
    printer: { print(job: Job, signal: AbortSignal): AsyncIterable<PrintProgress> } | Absent,
    job: Job,
    signal: AbortSignal,
  ): AsyncGenerator<PrintProgress, void> {
    if ('absent' in printer) return yield { kind: 'not-printed', reason: 'reason' in printer.absent ? printer.absent.reason : 'offline' };
    for await (const progress of printer.print(job, signal)) {
      if (progress.kind !== 'sent') log({ event: 'print-ended', device: name, print: job.print, kind: progress.kind, reason: 'reason' in progress ? progress.reason : '' });
      yield progress;
    }
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
    ping: contract.ping.handler(() => ({ at: clock.now() })),
  });
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
