/** The whole road over the wire: our service, our IPP client, the real `ippeveprinter`, papers on disk. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DeviceStatus, PrintProgress } from '../../domain/contracts/devices.ts';
import type { PaperDocument } from '../../domain/documents/types.ts';
import { PrintId, ulid } from '../../domain/ids.ts';
import { systemClock } from '../../wire/clock.ts';
import { openDocumentPrinterEmulator } from './emulator.ts';
import type { DocumentPrinterEmulator, EmulatorSettings } from './emulator.ts';
import { sampleElderCard, sampleReceipt } from '../papers/fixtures.ts';
import { openFontChain } from '../papers/fonts.ts';
import { openIppClient } from './ipp/client.ts';
import { openIppDriver } from './ipp/driver.ts';
import { openDocumentPrinter } from './service.ts';
import { textOf } from '../papers/test-rig.ts';
import { countPages } from '../papers/verify.ts';
import type { DocumentPrinter, DocumentPrinterEvent, DocumentPrinterSettings, Timing } from './types.ts';

const fonts = openFontChain({ further: [] });
/** Three pages: the test of the order counts them. */
const longReceipt: PaperDocument = { ...sampleReceipt, materials: Array.from({ length: 60 }, (_, index) => ({ name: `第${index + 1}号材料`, pages: 1 })) };
/** Its fields need a page of their own. */
const longCertificate: PaperDocument = {
  ...sampleElderCard,
  certificate: { ...sampleElderCard.certificate, fields: Array.from({ length: 60 }, (_, index) => ({ label: `第${index + 1}项`, value: '有' })) },
};
const timing = { follow: 30, watch: 50, blockGrace: 120, settle: 400, lost: 3_000, busy: 3_000, cancel: 1_500 };

let emulator: DocumentPrinterEmulator;
let printer: DocumentPrinter;
let events: DocumentPrinterEvent[];
let prints = 0;

function newPrint(): PrintId {
  prints += 1;
  return PrintId.parse(ulid(prints, new Uint8Array(10)));
}

function open(uri: string, more: Partial<DocumentPrinterSettings> = {}): DocumentPrinter {
  return openDocumentPrinter({ uri, clock: systemClock, timing, render: { fonts }, log: (event) => events.push(event), ...more });
}

async function begin(settings: EmulatorSettings = {}, more: Partial<Timing> = {}): Promise<void> {
  emulator = await openDocumentPrinterEmulator({ sheet: QUICK, ...settings });
  events = [];
  printer = open(emulator.uri, { timing: { ...timing, ...more } });
}

const QUICK = 60;

/** Anew, with no sheet coming out before `pace` says otherwise: a job surely still runs when it is to be cancelled or cut off. */
async function beginStanding(more: Partial<Timing> = {}): Promise<void> {
  await printer.close();
  await emulator.close();
  await begin({ sheet: 3_600_000 }, more);
}

async function all(stream: AsyncIterable<PrintProgress>): Promise<string[]> {
  const told: string[] = [];
  for await (const progress of stream) told.push('reason' in progress ? `${progress.kind} ${progress.reason}` : progress.kind);
  return told;
}

const print = (document: PaperDocument = sampleElderCard, id = newPrint(), signal?: AbortSignal) => all(printer.print({ print: id, document, tray: null }, signal));

async function until(holds: () => boolean): Promise<void> {
  await expect.poll(holds, { interval: 10 }).toBe(true);
}

afterEach(async () => {
  await printer.close();
  await emulator.close();
});

describe('a printer that says its states in the words of the standard', () => {
  beforeEach(() => begin());

  test('a certificate comes out once, whole, under a job name that holds the print id alone', async () => {
    const id = newPrint();
    expect(await print(sampleElderCard, id)).toEqual(['sent', 'printed']);
    expect(emulator.papers()).toHaveLength(1);
    expect(textOf(readFileSync(emulator.papers()[0] ?? ''))).toContain('欧阳漹㛃𬭛');
    const job = await openIppDriver(openIppClient(emulator.uri), 5_000).findJob(id);
    expect(job).toMatchObject({ ok: true, value: { name: id, state: 'completed', impressions: 1 } });
  });

  test('the same id prints nothing more: while it runs, afterwards, and after the host was started anew', async () => {
    const id = newPrint();
    const both = await Promise.all([print(sampleElderCard, id), print(sampleElderCard, id)]);
    expect(both).toEqual([['sent', 'printed'], ['sent', 'printed']]);
    expect(await print(sampleReceipt, id)).toEqual(['sent', 'printed']);
    await printer.close();
    printer = open(emulator.uri);
    // The new host does not know whether the old one had sent the document whole: it says so instead of printing.
    expect(await print(sampleElderCard, id)).toEqual(['sent', 'unknown connection-lost']);
    expect(emulator.papers()).toHaveLength(1);
    expect(emulator.documents()).toBe(1);
  });

  test('several prints come out one after the other, in the order they were asked for', async () => {
    const told = await Promise.all([print(sampleReceipt), print(longReceipt), print(sampleElderCard)]);
    expect(told).toEqual([['sent', 'printed'], ['sent', 'printed'], ['sent', 'printed']]);
    const pages = emulator.papers().map((path) => countPages(readFileSync(path)));
    expect(pages).toEqual([1, 3, 1]);
    expect(textOf(readFileSync(emulator.papers()[2] ?? ''))).toContain('老年人优待证');
  });

  test.each<[string, () => Promise<void>, () => Promise<void>, string]>([
    ['no paper', () => emulator.paperOut(), () => emulator.refill(), 'paper-out'],
    ['an open cover', () => emulator.openCover(), () => emulator.closeCover(), 'cover-open'],
    ['a jam', () => emulator.jam(), () => emulator.clearJam(), 'jam'],
    ['no toner', () => emulator.tonerEmpty(), () => emulator.tonerFull(), 'toner-empty'],
  ])('%s before the job: nothing is sent; when it is put right, nothing old comes out', async (_, fault, repair, reason) => {
    await fault();
    expect(await printer.status()).toEqual({ kind: 'blocked', reason });
    expect(await print()).toEqual([`not-printed ${reason}`]);
    expect(emulator.documents()).toBe(0);
    await repair();
    expect(await print(sampleReceipt)).toEqual(['sent', 'printed']);
    expect(emulator.papers()).toHaveLength(1);
  });

  test('low paper and low toner warn and do not stop', async () => {
    await emulator.paperLow();
    expect(await printer.status()).toEqual({ kind: 'online', warnings: ['paper-low'] });
    expect(await print()).toEqual(['sent', 'printed']);
    await emulator.refill();
    await emulator.tonerLow();
    expect(await printer.status()).toEqual({ kind: 'online', warnings: ['toner-low'] });
  });

  test('a paper that must come from one tray comes from there, or not at all', async () => {
    expect(await all(printer.print({ print: newPrint(), document: sampleElderCard, tray: 'tray-9' }))).toEqual(['not-printed no-such-tray']);
    expect(emulator.documents()).toBe(0);
    expect(await all(printer.print({ print: newPrint(), document: sampleElderCard, tray: 'by-pass-tray' }))).toEqual(['sent', 'printed']);
    expect(await print(sampleReceipt)).toEqual(['sent', 'printed']);
    expect(emulator.trays()).toEqual(['by-pass-tray', '']);
  });

  test('a paper of more than one page lies on both sides of its sheets; a short one and a certificate on one', async () => {
    expect(await print(longReceipt)).toEqual(['sent', 'printed']);
    expect(await print(sampleReceipt)).toEqual(['sent', 'printed']);
    expect(await print(longCertificate)).toEqual(['sent', 'printed']);
    expect(emulator.sides()).toEqual(['two-sided-long-edge', 'one-sided', 'one-sided']);
    expect(emulator.papers().map((path) => countPages(readFileSync(path)) > 1)).toEqual([true, false, true]);
  });

  test('a character without a glyph stops the print before anything is sent', async () => {
    expect(await print({ ...sampleElderCard, certificate: { ...sampleElderCard.certificate, holder: '𠮷田' } })).toEqual(['not-printed missing-glyph']);
    expect(emulator.documents()).toBe(0);
  });

  test('paper out in the job before any sheet: cancelled, not printed, and the refill brings nothing to light', async () => {
    emulator.paperOutMidJob();
    expect(await print()).toEqual(['sent', 'not-printed paper-out']);
    await emulator.refill();
    expect(await print(sampleReceipt)).toEqual(['sent', 'printed']);
    expect(emulator.papers()).toHaveLength(1);
    expect(textOf(readFileSync(emulator.papers()[0] ?? ''))).toContain('收件材料接收凭证');
  });

  test('paper out after the first of several sheets: cancelled and unknown', async () => {
    emulator.paperOutMidJob(1);
    expect(await print(longReceipt)).toEqual(['sent', 'unknown paper-out']);
    expect(emulator.papers().map((path) => path.split('/').at(-1))).toEqual([expect.stringMatching(/^document-0001-1of\d\.pdf$/)]);
  });

  test('a jam in the job: unknown, since a sheet lies in the paper path', async () => {
    emulator.jamMidJob();
    expect(await print()).toEqual(['sent', 'unknown jam']);
  });

  test('an engine that gives up before any sheet: not printed', async () => {
    emulator.failNext();
    expect(await print()).toEqual(['sent', 'not-printed aborted']);
    expect(emulator.papers()).toEqual([]);
  });

  test.each([
    ['before', ['sent', 'looking connection-lost', 'unknown connection-lost']],
    ['halfway', ['sent', 'looking connection-lost', 'sent', 'not-printed connection-lost']],
    ['after', ['sent', 'looking connection-lost', 'sent', 'not-printed connection-lost']],
  ] as const)('the connection breaks %s the document is through: %j, and no half document comes out', async (place, told) => {
    // A job that the printer has is in its list before the wait for it is over.
    await beginStanding({ settle: 2_500 });
    emulator.cutNextPrintJob(place);
    expect(await print()).toEqual(told);
    emulator.pace(QUICK);
    expect(await print(sampleReceipt)).toEqual(['sent', 'printed']);
    expect(emulator.papers()).toHaveLength(1);
  });

  test('power off in the job and on again: the printer forgot it, nobody knows, and it is not sent again', async () => {
    await beginStanding({ quiet: 200 });
    emulator.delay(20);
    const told: string[] = [];
    const running = (async () => {
      for await (const progress of printer.print({ print: newPrint(), document: longReceipt, tray: null })) told.push(progress.kind);
    })();
    await until(() => emulator.documents() === 1);
    await emulator.powerOff();
    await until(() => told.at(-1) === 'looking');
    await emulator.powerOn();
    await running;
    expect([told.includes('sent'), told.includes('looking'), told.at(-1)]).toEqual([true, true, 'unknown']);
    expect(emulator.documents()).toBe(1);
    emulator.pace(QUICK);
    // A silence this short may be crossed again on a loaded machine: to look anew is allowed, to send a second one is not.
    expect((await print()).at(-1)).toBe('printed');
    expect(emulator.documents()).toBe(2);
  });

  test('power off at the moment a sheet jams: it is jammed still when the power is back', async () => {
    emulator.jamMidJob();
    const running = print();
    while (emulator.armed()) await new Promise(setImmediate);
    await emulator.powerOff();
    await emulator.powerOn();
    expect((await running).at(-1)).toMatch(/^unknown /);
    expect(await printer.status()).toEqual({ kind: 'blocked', reason: 'jam' });
    await emulator.clearJam();
    expect(await print(sampleReceipt)).toEqual(['sent', 'printed']);
    expect(emulator.papers()).toHaveLength(1);
  });

  test('a stop while it prints cancels the job', async () => {
    await beginStanding();
    const stop = new AbortController();
    const running = print(longReceipt, newPrint(), stop.signal);
    await until(() => emulator.documents() === 1);
    stop.abort();
    expect((await running).at(-1)).toMatch(/^(not-printed|unknown) cancelled$/);
    expect(emulator.papers().filter((path) => !path.includes('of'))).toEqual([]);
  });

  test('the end of a visit cancels what runs and what waits, and says which will not come out', async () => {
    await beginStanding();
    const [first, second] = [newPrint(), newPrint()];
    const running = Promise.all([print(longReceipt, first), print(sampleElderCard, second)]);
    await until(() => emulator.documents() === 1);
    expect(await printer.cancel([first, second, newPrint()])).toEqual([first, second]);
    const [one, two] = await running;
    expect(one?.at(-1)).toMatch(/cancelled$/);
    expect(two).toEqual(['not-printed cancelled']);
    expect(await printer.cancel([first])).toEqual([first]);
    emulator.pace(QUICK);
    const printed = newPrint();
    await print(sampleReceipt, printed);
    expect(await printer.cancel([printed])).toEqual([]);
  });

  test('watchers are told the last state at once and every change once', async () => {
    const seen: DeviceStatus[] = [];
    await printer.status();
    const stop = printer.watch((status) => seen.push(status));
    expect(seen).toEqual([{ kind: 'online', warnings: [] }]);
    await emulator.paperOut();
    await until(() => seen.length === 2);
    await emulator.powerOff();
    await until(() => seen.length === 3);
    stop();
    await emulator.powerOn();
    expect(seen.slice(1)).toEqual([{ kind: 'blocked', reason: 'paper-out' }, { kind: 'offline', reason: 'no-answer' }]);
    expect(await printer.status()).toEqual({ kind: 'blocked', reason: 'paper-out' });
    expect(seen).toHaveLength(3);
  });

  test('the log holds keywords and ids, nothing of the paper', async () => {
    await print(sampleElderCard);
    expect(events.map(({ event }) => event)).toContain('document-print-outcome');
    expect(JSON.stringify(events)).not.toMatch(/[\u3400-\u9FFF]|330624\*/);
  });
});

describe('a printer that is not there', () => {
  beforeEach(() => begin());

  test('can be opened, says offline, prints nothing, and works when it comes', async () => {
    await emulator.powerOff();
    expect(await printer.status()).toEqual({ kind: 'offline', reason: 'no-answer' });
    expect(await print()).toEqual(['not-printed offline']);
    await emulator.powerOn();
    expect(await print()).toEqual(['sent', 'printed']);
  });

  test('that is silent before anything was sent is waited for, and that is told', async () => {
    await beginStanding({ quiet: 200 });
    emulator.pace(QUICK);
    emulator.delay(600);
    const told = await print();
    expect([told[0], told.at(-1)]).toEqual(['looking no-answer', 'printed']);
    expect(told).toContain('sent');
  });

  test('something else at the address is out of service', async () => {
    const wrong = open(emulator.uri.replace('/ipp/print', '/nothing-here'));
    expect((await wrong.status()).kind).toBe('out-of-service');
    await wrong.close();
  });

  test('after close nothing is begun any more, and closing twice is fine', async () => {
    await printer.close();
    await printer.close();
    expect(await print()).toEqual(['not-printed cancelled']);
  });
});

describe('a printer that prints on one side only', () => {
  beforeEach(() => begin({ duplex: false }));

  test('is asked for no more', async () => {
    expect(await print(longReceipt)).toEqual(['sent', 'printed']);
    expect(emulator.sides()).toEqual(['one-sided']);
  });
});

describe("ippeveprinter's own words, past the wire", () => {
  beforeEach(() => begin({ words: 'tool' }));

  test('prints; and reads media-empty-report while idle, media-empty-warning while processing as paper out', async () => {
    expect(await print()).toEqual(['sent', 'printed']);
    await emulator.paperOut();
    expect(await printer.status()).toEqual({ kind: 'blocked', reason: 'paper-out' });
    expect(events.at(-1)).toMatchObject({ reasons: ['media-empty-report'] });
    await emulator.refill();
    emulator.paperOutMidJob();
    expect(await print()).toEqual(['sent', 'not-printed paper-out']);
  });
});
