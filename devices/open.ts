/** What `terminal.yaml` names, opened: which service drives each device, and what of its words goes into the log. */
import type { DeviceStatus } from '../domain/contracts/devices.ts';
import { DeviceName } from '../domain/contracts/devices.ts';
import type { DevicesConfig } from '../domain/contracts/terminal-config.ts';
import { never } from '../domain/result.ts';
import type { Clock } from '../domain/time.ts';
import { openDocumentPrinter } from '../printers/document/service.ts';
import type { DocumentPrinter } from '../printers/document/types.ts';
import { PRINTER_MODELS } from '../printers/ticket/model.ts';
import { openTicketPrinter } from '../printers/ticket/service.ts';
import type { TicketPrinter } from '../printers/ticket/types.ts';
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

const CONFIG_OF = { 'id-card-reader': 'idCardReader', 'code-scanner': 'codeScanner', 'document-scanner': 'documentScanner', 'ticket-printer': 'ticketPrinter', 'document-printer': 'documentPrinter', board: 'board', ups: 'ups' } as const satisfies Record<DeviceName, keyof DevicesConfig>;

/** The devices that this machine has. */
export function configured(config: DevicesConfig): DeviceName[] {
  return DeviceName.options.filter((name) => config[CONFIG_OF[name]] !== null);
}

const NOT_CONFIGURED: Absent = { absent: { kind: 'offline', reason: 'not-configured' } };

/** Starts what the configuration names. */
export function openDevices(config: DevicesConfig, { clock, log }: { clock: Clock; log: DeviceLog }): Devices {
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
            ...('uri' in documentPrinter ? { uri: documentPrinter.uri } : { spooler: documentPrinter.spooler }),
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
