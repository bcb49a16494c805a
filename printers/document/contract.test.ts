/**
 * What every document printer must do, on `ippeveprinter` and on a library with the functions of the Windows spooler always, and on a device when
 * JINBAN_TEST_DOCUMENT_PRINTER names its URI, or `spooler NAME` on Windows, online and with paper: two sheets come out of it.
 */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PrintId, ulid } from '../../domain/ids.ts';
import { SPOOLED_PRINTER, winspoolFixture, winspoolLibrary } from '../../test/fixtures/winspool/library.ts';
import { systemClock } from '../../wire/clock.ts';
import { openDocumentPrinterEmulator } from './emulator.ts';
import { sampleElderCard, sampleReceipt } from '../papers/fixtures.ts';
import { openDriverAt } from './open.ts';
import { openDocumentPrinter } from './service.ts';
import type { DocumentPrinter, PrinterPlace, PrintJob } from './types.ts';

const named = process.env['JINBAN_TEST_DOCUMENT_PRINTER'];
/** A printer that sleeps wakes up within a minute, and prints a sheet in another. */
const PATIENCE = 180_000;
/** What the settings would say of a printer that passes. */
const TRIED = { takesPdf: true, endOfJob: 'printed' } as const;

function contract(make: () => Promise<{ place: PrinterPlace; end(): Promise<void> }>): void {
  let printer: DocumentPrinter;
  let place: PrinterPlace;
  let end: () => Promise<void>;
  beforeAll(async () => {
    ({ place, end } = await make());
    printer = openDocumentPrinter({ ...place, clock: systemClock });
  }, PATIENCE);
  afterAll(async () => {
    await printer.close();
    await end();
  }, PATIENCE);

  const id = () => PrintId.parse(ulid(Date.now(), randomBytes(10)));
  async function all(job: PrintJob): Promise<string[]> {
    const told: string[] = [];
    for await (const progress of printer.print(job)) told.push('reason' in progress ? `${progress.kind} ${progress.reason}` : progress.kind);
    return told;
  }

  test('is online, takes PDF and has A4', async () => {
    expect(await printer.status()).toMatchObject({ kind: 'online' });
    const reading = await openDriverAt(place, { clock: systemClock, milliseconds: PATIENCE }).readPrinter();
    expect(reading).toMatchObject({ ok: true, value: { accepting: true, takesPdf: true } });
    expect(reading.ok && reading.value.hasA4).not.toBe(false);
  }, PATIENCE);

  test('confirms a certificate that comes out once, whoever asks for it again', async () => {
    const print = id();
    expect(await all({ print, document: sampleElderCard, tray: null })).toEqual(['sent', 'printed']);
    expect(await all({ print, document: sampleElderCard, tray: null })).toEqual(['sent', 'printed']);
  }, PATIENCE);

  test('prints from no other tray than the one it is told', async () => {
    expect(await all({ print: id(), document: sampleElderCard, tray: 'no-tray-of-this-name' })).toEqual(['not-printed no-such-tray']);
  }, PATIENCE);

  test('a job that is cancelled at once is not said to be printed before it is', async () => {
    const print = id();
    const running = all({ print, document: sampleReceipt, tray: null });
    const [ended] = await printer.cancel([print]);
    const last = (await running).at(-1);
    // It may have been faster than the stop: then it is printed, and says so.
    expect(ended === print ? /^(not-printed|unknown) / : /^(printed|unknown .*)$/).toSatisfy((pattern: RegExp) => pattern.test(last ?? ''));
  }, PATIENCE);
}

describe('emulator', () => {
  contract(async () => {
    const emulator = await openDocumentPrinterEmulator({ sheet: 60 });
    return { place: { uri: emulator.uri }, end: () => emulator.close() };
  });
});

describe('library with the functions of the Windows spooler', () => {
  contract(async () => {
    const library = await winspoolLibrary();
    const windows = winspoolFixture(library);
    windows.reset();
    windows.sheet(60);
    return { place: { spooler: { ...TRIED, printer: SPOOLED_PRINTER, files: { winspool: library, kernel: library } } }, end: async () => windows.reset() };
  });
});

describe.skipIf(named === undefined)(`device${named === undefined ? ' (not run: JINBAN_TEST_DOCUMENT_PRINTER is not set)' : ''}`, () => {
  const [, spooled] = /^spooler (.+)$/.exec(named ?? '') ?? [];
  contract(() => Promise.resolve({ place: spooled === undefined ? { uri: named ?? '' } : { spooler: { ...TRIED, printer: spooled } }, end: () => Promise.resolve() }));
});
