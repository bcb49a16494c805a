import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import manifest from '../../package.json' with { type: 'json' };
import { createSigner } from '../../crypto/node.ts';
import { openBoard } from '../../devices/board/service.ts';
import { formatOf, openCodeScanner } from '../../devices/code-scanner/service.ts';
import { openScanDriver } from '../../devices/document-scanner/open.ts';
import { openDocumentScanner } from '../../devices/document-scanner/service.ts';
import { openReaderAt } from '../../devices/id-card-reader/open.ts';
import { openUps } from '../../devices/ups/service.ts';
import type { DeviceName } from '../../domain/contracts/devices.ts';
import type { TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import { PrintId, ulid } from '../../domain/ids.ts';
import { err, never, ok, type Result } from '../../domain/result.ts';
import { storeFileOf } from '../../main/core/core.ts';
import { localKeepers } from '../../main/core/keys/keepers.ts';
import { type KeyFailure } from '../../main/core/keys/keys.ts';
import { openSettledKeys } from '../../main/core/keys/rotation.ts';
import { sampleReceipt } from '../../printers/papers/fixtures.ts';
import { openDocumentPrinter } from '../../printers/document/service.ts';
import { testSlip } from '../../printers/ticket/test-slip.ts';
import { PRINTER_MODELS } from '../../printers/ticket/model.ts';
import { openTicketPrinter } from '../../printers/ticket/service.ts';
import { systemClock } from '../../wire/clock.ts';
import { openWire } from '../../wire/open.ts';
import { tcpTransport } from '../../wire/tcp.ts';
import { acceptBoard } from './board.ts';
import { createChecks } from './checks.ts';
import { acceptCodeScanner } from './code-scanner.ts';
import { acceptDocumentScanner } from './document-scanner.ts';
import { acceptPrinter } from './printer.ts';
import { acceptReader } from './reader.ts';
import { type AcceptanceReport, signReport } from './report.ts';
import type { Finding, Person } from './types.ts';
import { acceptUps } from './ups.ts';

export type AcceptFailure =
  | { kind: 'none' }
  | { kind: 'unknown-model' }
  | { kind: 'keys'; why: KeyFailure };

/** Runs the acceptance of one device of a terminal, which must not be running, and signs what came of it with the machine's key. */
export async function accept(config: TerminalConfig, device: DeviceName, options: { person: Person; reads: number; tell(finding: Finding): void }): Promise<Result<AcceptanceReport, AcceptFailure>> {
  const { person, reads, tell } = options;
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const keys = await openSettledKeys({ folder: config.data, file: storeFileOf(config), nativeBinding: null }, localKeepers(config.keys.keeper));
  if (!keys.ok) return err({ kind: 'keys', why: keys.error });
  const signer = createSigner(config.machine, keys.value.signing.privateKey);
  const clock = systemClock;
  const checks = createChecks(clock, tell);
  const newId = () => PrintId.parse(ulid(clock.now(), new Uint8Array(randomBytes(10))));
  const made = (settings: unknown) => ok(signReport({ device, settings, machine: config.machine, program: manifest.version, at: new Date(clock.now()).toISOString(), findings: checks.findings }, signer));

  switch (device) {
    case 'id-card-reader': {
      const settings = config.devices.idCardReader;
      if (settings === null) return err({ kind: 'none' });
      await using(openReaderAt('wire' in settings ? { kind: 'wire', ...settings } : { kind: 'library', ...settings }, { clock }), (reader) => acceptReader(reader, { person, clock, reads, checks }));
      return made(settings);
    }
    case 'ticket-printer': {
      const settings = config.devices.ticketPrinter;
      if (settings === null) return err({ kind: 'none' });
      const model = PRINTER_MODELS.get(settings.model);
      if (model === undefined) return err({ kind: 'unknown-model' });
      await using(openTicketPrinter({ address: settings.wire, model, clock }), (printer) => acceptPrinter({ watch: printer.watch, print: (print) => printer.print({ print, ticket: testSlip() }, NEVER) }, { person, clock, newId, checks }));
      return made(settings);
    }
    case 'document-printer': {
      const settings = config.devices.documentPrinter;
      if (settings === null) return err({ kind: 'none' });
      await using(openDocumentPrinter({ ...('uri' in settings ? { uri: settings.uri } : { spooler: settings.spooler }), clock }), (printer) => acceptPrinter({ watch: printer.watch, print: (print) => printer.print({ print, document: sampleReceipt, tray: null }) }, { person, clock, newId, checks }));
      return made(settings);
    }
    case 'code-scanner': {
      const settings = config.devices.codeScanner;
      if (settings === null) return err({ kind: 'none' });
      await using(openCodeScanner({ connect: () => openWire(settings.wire), format: formatOf(settings.wire), clock }), (scanner) => acceptCodeScanner(scanner, { person, clock, reads, checks }));
      return made(settings);
    }
    case 'document-scanner': {
      const settings = config.devices.documentScanner;
      if (settings === null) return err({ kind: 'none' });
      await using(openDocumentScanner({ driver: openScanDriver(settings, clock), clock }), (scanner) => acceptDocumentScanner(scanner, { person, clock, checks }));
      return made(settings);
    }
    case 'board': {
      const settings = config.devices.board;
      if (settings === null) return err({ kind: 'none' });
      await using(openBoard({ connect: () => openWire(settings.wire), clock }), (board) => acceptBoard(board, { person, clock, checks }));
      return made(settings);
    }
    case 'ups': {
      const settings = config.devices.ups;
      if (settings === null) return err({ kind: 'none' });
      await using(openUps({ connect: () => tcpTransport(settings), ups: settings.name, criticalSeconds: settings.criticalSeconds, clock }), (ups) => acceptUps(ups, { person, clock, checks }));
      return made(settings);
    }
    default:
      return never(device);
  }
}

/** Closes it whatever happens. */
async function using<Device extends { close(): Promise<unknown> }>(device: Device, work: (device: Device) => Promise<void>): Promise<void> {
  try {
    await work(device);
  } finally {
    await device.close();
  }
}

const NEVER = new AbortController().signal;
