import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import manifest from '../../package.json' with { type: 'json' };
import { createSigner } from '../../crypto/node.ts';
import { openReaderAt } from '../../devices/id-card-reader/open.ts';
import type { DeviceName } from '../../domain/contracts/devices.ts';
import type { TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import { PrintId, ulid } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { storeFileOf } from '../../main/core/core.ts';
import { localKeepers } from '../../main/core/keys/keepers.ts';
import { type KeyFailure } from '../../main/core/keys/keys.ts';
import { openSettledKeys } from '../../main/core/keys/rotation.ts';
import { sampleReceipt } from '../../printers/document/fixtures.ts';
import { openDocumentPrinter } from '../../printers/document/service.ts';
import { testSlip } from '../../printers/ticket/test-slip.ts';
import { PRINTER_MODELS } from '../../printers/ticket/model.ts';
import { openTicketPrinter } from '../../printers/ticket/service.ts';
import { systemClock } from '../../wire/clock.ts';
import { createChecks } from './checks.ts';
import { acceptPrinter } from './printer.ts';
import { acceptReader } from './reader.ts';
import { type AcceptanceReport, signReport } from './report.ts';
import type { Finding, Person } from './types.ts';

export type AcceptFailure =
  | { kind: 'no-kit' }
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
      const reader = openReaderAt('wire' in settings ? { kind: 'wire', ...settings } : { kind: 'library', ...settings }, { clock });
      try {
        await acceptReader(reader, { person, clock, reads, checks });
      } finally {
        await reader.close();
      }
      return made(settings);
    }
    case 'ticket-printer': {
      const settings = config.devices.ticketPrinter;
      if (settings === null) return err({ kind: 'none' });
      const model = PRINTER_MODELS.get(settings.model);
      if (model === undefined) return err({ kind: 'unknown-model' });
      const printer = openTicketPrinter({ address: settings.wire, model, clock });
      try {
        await acceptPrinter({ watch: printer.watch, print: (print) => printer.print({ print, ticket: testSlip() }, NEVER) }, { person, clock, newId, checks });
      } finally {
        await printer.close();
      }
      return made(settings);
    }
    case 'document-printer': {
      const settings = config.devices.documentPrinter;
      if (settings === null) return err({ kind: 'none' });
      const printer = openDocumentPrinter({ ...('uri' in settings ? { uri: settings.uri } : { spooler: settings.spooler }), clock });
      try {
        await acceptPrinter({ watch: printer.watch, print: (print) => printer.print({ print, document: sampleReceipt, tray: null }) }, { person, clock, newId, checks });
      } finally {
        await printer.close();
      }
      return made(settings);
    }
    case 'code-scanner':
    case 'document-scanner':
    case 'board':
    case 'ups':
      return err({ kind: 'no-kit' });
  }
}

const NEVER = new AbortController().signal;
