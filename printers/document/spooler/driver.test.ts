/** The driver and the whole service on a C library with the functions of winspool.drv: everything but Windows itself is run. */
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PaperDocument } from '../../../domain/documents/types.ts';
import { PrintId, ulid } from '../../../domain/ids.ts';
import { SPOOLED_PRINTER, winspoolFixture, winspoolLibrary } from '../../../test/fixtures/winspool/library.ts';
import type { WinspoolFixture } from '../../../test/fixtures/winspool/library.ts';
import { systemClock } from '../../../wire/clock.ts';
import type { Driver } from '../driver.ts';
import { sampleElderCard, sampleReceipt } from '../../papers/fixtures.ts';
import { openDriverAt } from '../open.ts';
import { openDocumentPrinter } from '../service.ts';
import type { DocumentPrinter, SpoolerPlace } from '../types.ts';
import { JOB_STATUS as J, PRINTER_ATTRIBUTE_WORK_OFFLINE, PRINTER_STATUS as P } from './words.ts';
import { loadWinspool } from './winspool.ts';

let library: string;
let windows: WinspoolFixture;
beforeAll(async () => {
  library = await winspoolLibrary();
  windows = winspoolFixture(library);
});
beforeEach(() => windows.reset());
afterEach(() => {
  windows.reset();
  if (windows.open() !== 0) throw new Error('a printer was not closed');
});

const place = (more: Partial<SpoolerPlace> = {}): { spooler: SpoolerPlace } => ({ spooler: { printer: SPOOLED_PRINTER, takesPdf: true, endOfJob: 'printed', files: { winspool: library, kernel: library }, ...more } });
const pdf = new Uint8Array(150_000);
const wishes = { media: false, sides: [], scaling: false };

describe('the driver', () => {
  const driverAt = (more: Partial<SpoolerPlace> = {}, milliseconds = 5_000): Driver => openDriverAt(place(more), { clock: systemClock, milliseconds });
  const sent = async (driver: Driver, name = 'a name with 汉字'): Promise<number> => {
    const answer = await driver.send({ name, pdf, wishes, sides: 'one-sided', tray: null });
    if (!answer.ok) throw new Error(answer.error.kind);
    return answer.value;
  };

  test('sends every octet under the name of the job, sees it printed, and takes it out of the queue', async () => {
    const driver = driverAt();
    windows.sheet(300);
    const id = await sent(driver);
    expect(await driver.readJob(id)).toEqual({ ok: true, value: { id, name: 'a name with 汉字', state: 'processing', reasons: [], impressions: null, size: 147 } });
    await expect.poll(async () => driver.readJob(id), { interval: 20 }).toMatchObject({ ok: true, value: { state: 'completed', impressions: null } });
    expect([windows.printed(), windows.octets(), windows.queued()]).toEqual([1, pdf.length, 0]);
    // It is known for as long as somebody may ask, by both.
    expect(await driver.findJob('a name with 汉字')).toMatchObject({ ok: true, value: { id, state: 'completed' } });
    expect(await driver.readJob(id)).toMatchObject({ ok: true, value: { state: 'completed' } });
    expect(await driver.findJob('another')).toEqual({ ok: true, value: null });
  });

  test('a job that waits behind another is held, looked at and deleted: nothing of it can have come out', async () => {
    const driver = driverAt();
    windows.stop(J.PAPEROUT);
    const [first, second] = [await sent(driver, 'first'), await sent(driver, 'second')];
    expect(await driver.cancelJob(second)).toEqual({ ok: true, value: null });
    expect(await driver.readJob(second)).toMatchObject({ ok: true, value: { state: 'canceled', impressions: 0 } });
    expect(await driver.cancelJob(first)).toEqual({ ok: true, value: null });
    expect(await driver.findJob('first')).toMatchObject({ ok: true, value: { state: 'canceled', impressions: null } });
    expect(windows.queued()).toBe(0);
    expect(await driver.cancelJob(first)).toEqual({ ok: true, value: null });
  });

  test('a job whose deletion takes long has not ended before the queue lets go of it', async () => {
    const driver = driverAt();
    windows.stop(J.ERROR);
    windows.linger(1);
    const id = await sent(driver);
    await driver.cancelJob(id);
    expect(await driver.readJob(id)).toMatchObject({ ok: true, value: { state: 'processing-stopped', impressions: null } });
    windows.linger(0);
    expect(await driver.readJob(id)).toMatchObject({ ok: true, value: { state: 'canceled', impressions: null } });
  });

  test('a job that somebody else deleted is forgotten', async () => {
    const driver = driverAt();
    windows.sheet(60_000);
    const id = await sent(driver);
    windows.empty();
    expect(await driver.readJob(id)).toEqual({ ok: true, value: null });
  });

  test('where the port says no more than that it has left, that is the end, and it confirms nothing', async () => {
    const driver = driverAt({ endOfJob: 'sent' });
    windows.endBit(J.COMPLETE);
    expect([driver.confirms, driverAt().confirms]).toEqual([false, true]);
    expect(await driver.readJob(await sent(driver))).toMatchObject({ ok: true, value: { state: 'completed' } });
    expect(await driverAt().readJob(await sent(driverAt()))).toMatchObject({ ok: true, value: { state: 'processing' } });
  });

  test('what breaks off is dropped, and may have left', async () => {
    const driver = driverAt();
    windows.writeLimit(70_000);
    expect(await driver.send({ name: 'x', pdf, wishes, sides: 'one-sided', tray: null })).toEqual({ ok: false, error: { kind: 'lost' } });
    expect(windows.queued()).toBe(0);
    windows.writeLimit(-1);
    windows.delay(150);
    const stop = new AbortController();
    const sending = driver.send({ name: 'x', pdf, wishes, sides: 'one-sided', tray: null }, stop.signal);
    await expect.poll(() => windows.queued(), { interval: 5 }).toBe(1);
    stop.abort();
    expect(await sending).toEqual({ ok: false, error: { kind: 'cancelled', sent: true } });
    expect(await driver.send({ name: 'x', pdf, wishes, sides: 'one-sided', tray: null }, stop.signal)).toEqual({ ok: false, error: { kind: 'cancelled', sent: false } });
    windows.delay(0);
    windows.refuseJobs(1);
    expect(await driver.send({ name: 'x', pdf, wishes, sides: 'one-sided', tray: null })).toEqual({ ok: false, error: { kind: 'refused', why: 'no-permission' } });
    expect([windows.queued(), windows.printed()]).toEqual([0, 0]);
  });

  test.each<[string, number, object]>([
    ['ERROR_ACCESS_DENIED', 5, { kind: 'refused', why: 'no-permission' }],
    ['ERROR_INVALID_PRINTER_NAME', 1801, { kind: 'refused', why: 'no-such-printer' }],
    ['RPC_S_SERVER_UNAVAILABLE', 1722, { kind: 'unreachable' }],
  ])('%s', async (_, code, error) => {
    windows.failOpen(code);
    expect(await driverAt().readPrinter()).toEqual({ ok: false, error });
  });

  test('another name, another library, none', async () => {
    expect(await driverAt({ printer: 'Other' }).readPrinter()).toEqual({ ok: false, error: { kind: 'refused', why: 'no-such-printer' } });
    expect(await loadWinspool({ winspool: '/nowhere/winspool.drv', kernel: library })).toEqual({ ok: false, error: { kind: 'no-library' } });
    expect(await driverAt({ files: { winspool: '/nowhere/winspool.drv', kernel: library } }).readPrinter()).toEqual({ ok: false, error: { kind: 'refused', why: 'no-spooler' } });
  });

  test('a spooler that hangs is answered for in time, and holds up nothing else in this process', async () => {
    const driver = driverAt({}, 100);
    windows.delay(400);
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 10);
    expect(await driver.readPrinter()).toEqual({ ok: false, error: { kind: 'timeout' } });
    clearInterval(counting);
    // 10 at best; a blocked process has none.
    expect(turns).toBeGreaterThan(2);
    windows.delay(0);
    await expect.poll(async () => (await driver.readPrinter()).ok).toBe(true);
  });
});

describe('the service', () => {
  let printer: DocumentPrinter;
  let prints = 0;
  const timing = { follow: 20, blockGrace: 150, settle: 200, lost: 500, busy: 500, cancel: 800 };
  const open = (more: Partial<SpoolerPlace> = {}) => (printer = openDocumentPrinter({ ...place(more), clock: systemClock, timing }));
  afterEach(() => printer.close());

  async function print(document: PaperDocument = sampleElderCard, tray: string | null = null): Promise<string[]> {
    prints += 1;
    const told: string[] = [];
    for await (const progress of printer.print({ print: PrintId.parse(ulid(prints, new Uint8Array(10))), document, tray })) told.push('reason' in progress ? `${progress.kind} ${progress.reason}` : progress.kind);
    return told;
  }

  test('says printed when the port says so, and no more than unknown when it only says that it has left', async () => {
    open();
    expect(await print()).toEqual(['sent', 'printed']);
    await printer.close();
    open({ endOfJob: 'sent' });
    windows.endBit(J.COMPLETE);
    expect(await print()).toEqual(['sent', 'unknown cannot-confirm']);
    expect([windows.printed(), windows.queued()]).toEqual([2, 0]);
  });

  test('prints nothing that must come from one tray, and nothing on a printer of which nobody said that it takes PDF', async () => {
    open();
    expect(await print(sampleElderCard, 'tray-2')).toEqual(['not-printed no-such-tray']);
    await printer.close();
    open({ takesPdf: false });
    expect(await printer.status()).toEqual({ kind: 'out-of-service', reason: 'no-pdf' });
    expect(await print()).toEqual(['not-printed no-pdf']);
    expect(windows.printed()).toBe(0);
  });

  test.each<[string, () => void, object, string]>([
    ['no paper', () => windows.printer(P.PAPER_OUT, 0), { kind: 'blocked', reason: 'paper-out' }, 'paper-out'],
    ['a jam', () => windows.printer(P.PAPER_JAM | P.ERROR, 0), { kind: 'blocked', reason: 'jam' }, 'jam'],
    ['off-line', () => windows.printer(P.OFFLINE, 0), { kind: 'offline', reason: 'no-answer' }, 'offline'],
    ['chosen to be off-line', () => windows.printer(0, PRINTER_ATTRIBUTE_WORK_OFFLINE), { kind: 'offline', reason: 'no-answer' }, 'offline'],
    ['the spooler stopped', () => windows.failOpen(1722), { kind: 'offline', reason: 'no-answer' }, 'offline'],
  ])('%s before the job: nothing is sent, and nothing comes out afterwards', async (_, wrong, status, reason) => {
    open();
    wrong();
    expect(await printer.status()).toEqual(status);
    expect(await print()).toEqual([`not-printed ${reason}`]);
    windows.printer(0, 0);
    windows.failOpen(0);
    expect(await print(sampleReceipt)).toEqual(['sent', 'printed']);
    expect(windows.printed()).toBe(1);
  });

  test.each<[string, number, string]>([
    ['paper ends', J.PAPEROUT, 'unknown paper-out'],
    ['the printer wants somebody', J.USER_INTERVENTION, 'unknown fault'],
    ['the printer leaves', J.OFFLINE, 'unknown not-available'],
  ])('%s in the job: cancelled, and unknown, since it had begun; the refill brings nothing', async (_, bits, outcome) => {
    open();
    windows.stop(bits);
    expect(await print()).toEqual(['sent', outcome]);
    windows.stop(0);
    expect(await print(sampleReceipt)).toEqual(['sent', 'printed']);
    expect([windows.printed(), windows.queued()]).toEqual([1, 0]);
  });

  test('a spooler that does not answer in the job: the citizen is told that it is looked for, and it ends as unknown', async () => {
    printer = openDocumentPrinter({ ...place(), clock: systemClock, timing: { ...timing, quiet: 100 } });
    windows.sheet(60_000);
    const running = print();
    await expect.poll(() => windows.queued()).toBe(1);
    windows.failOpen(1722);
    expect(await running).toEqual(['sent', 'looking connection-lost', 'unknown connection-lost']);
    // What is left of it is deleted as soon as it can be reached.
    windows.failOpen(0);
    await expect.poll(() => windows.queued(), { timeout: 10_000 }).toBe(0);
    expect(windows.printed()).toBe(0);
  });

  test('the end of a visit cancels what runs', async () => {
    open();
    windows.sheet(60_000);
    const running = print();
    await expect.poll(() => windows.queued()).toBe(1);
    await printer.cancel([PrintId.parse(ulid(prints, new Uint8Array(10)))]);
    expect((await running).at(-1)).toBe('unknown cancelled');
    expect([windows.queued(), windows.printed()]).toEqual([0, 0]);
  });
});
