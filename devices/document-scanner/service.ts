import type { DeviceStatus } from '../../domain/contracts/devices.ts';
import type { PageReading, ScannerCapabilities, ScanStop, ScanWish } from '../../domain/contracts/document-scanner.ts';
import { drop } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { pause } from '../../wire/clock.ts';
import { createLock } from '../../wire/lock.ts';
import { createWatched } from '../../wire/watched.ts';
import { createStream } from '../stream.ts';
import type { Stream } from '../stream.ts';
import type { DriverFailure, DriverWish, ScanDriver, ScanEnd } from './driver.ts';
import { detailOf } from './driver.ts';
import { readPage } from './page/page.ts';
import { granted, statusOf, statusWithout, stopOf } from './status.ts';
import type { DocumentScanner, DocumentScannerLogEntry, ScanEndWord } from './types.ts';

/** How long an empty feeder waits for paper, milliseconds: somebody looks for the sheets and straightens them. */
const PAPER = 60_000;
/** Between two looks at the feeder meanwhile, milliseconds. */
const PAPER_AGAIN = 1_000;
/** How long a scanner that is busy is asked again, milliseconds: it may be putting out the sheets of a scan that was cancelled. */
const BUSY = 20_000;
const BUSY_AGAIN = 1_000;
/** Pages in one scan: a feeder holds fifty sheets, which have two sides. All of them may wait in memory for whoever wants them. */
const MOST_PAGES = 100;

/** A scan as its caller sees it. */
type Caller = { wish: ScanWish; stream: Stream<PageReading>; stop: AbortController };

/** Starts at once, and asks for as long as it lives. One scan at a time, each after the one before has left the scanner. */
export function openDocumentScanner(options: { driver: ScanDriver; clock: Clock; log?: (entry: DocumentScannerLogEntry) => void }): DocumentScanner {
  const { driver, clock, log = () => {} } = options;
  const status = createWatched<DeviceStatus>({ kind: 'offline', reason: 'starting' }, (next) => log({ kind: 'status', status: next }));
  const lock = createLock();
  const closed = new AbortController();
  let known: ScannerCapabilities | null = null;
  let current: Caller | null = null;
  let closing: Promise<void> | null = null;

  function become(next: DeviceStatus): void {
    if (!closed.signal.aborted) status.become(next);
  }

  function failed(failure: DriverFailure): void {
    log({ kind: 'failure', failure: failure.kind, detail: detailOf(failure) });
  }

  /** Asks the scanner how it is, and what it has when that is not known of it yet. */
  async function look(signal: AbortSignal): Promise<void> {
    const facts = await driver.look(signal);
    if (signal.aborted) return;
    if (!facts.ok) {
      const lost = statusWithout(facts.error);
      if (JSON.stringify(lost) !== JSON.stringify(status.now())) failed(facts.error);
      // Another scanner may be there when it comes back.
      if (lost.kind === 'offline') known = null;
      return become(lost);
    }
    if (known === null) {
      const answer = await driver.capabilities(signal);
      if (signal.aborted) return;
      if (!answer.ok) {
        failed(answer.error);
        return become(statusWithout(answer.error));
      }
      known = answer.value;
    }
    become(statusOf(facts.value));
  }

  async function keepLooking(): Promise<void> {
    while (!closed.signal.aborted) {
      // A scanner at work is left alone.
      await lock.withLock(() => look(closed.signal));
      await pause(clock, driver.lookEvery, closed.signal);
    }
  }

  async function run({ wish, stream, stop }: Caller): Promise<void> {
    let pages = 0;
    const finish = (last: PageReading): void => {
      const end: ScanEndWord = stop.signal.aborted ? 'left' : last.kind === 'stopped' ? last.reason : last.kind === 'done' ? 'done' : 'unavailable';
      log({ kind: 'scan-ended', end, pages });
      stream.put(last);
      stream.end();
    };
    const stopped = (reason: ScanStop) => finish({ kind: 'stopped', reason, pages });

    if (stop.signal.aborted) return;
    await look(stop.signal);
    // Busy with what it was told to stop, perhaps: it is asked again below.
    const now = status.now();
    if (now.kind !== 'online' && !(now.kind === 'blocked' && now.reason === 'busy')) return finish({ kind: 'unavailable', status: now });
    if (!(await driver.discard())) return stopped('busy');
    const asked = known === null ? null : granted(wish, known);
    if (asked === null) return stopped('unsupported');

    const from = clock.monotonic();
    let placed = false;
    stream.put({ kind: 'scanning' });
    for (;;) {
      const end = await onePass(asked, stop.signal, (reading) => {
        if (placed) stream.put({ kind: 'scanning' });
        placed = false;
        pages += 1;
        stream.put(reading);
      });
      if (pages > 0 || stop.signal.aborted) return finish(lastWord(end, pages));
      const empty = end.kind === 'stopped' && end.reason === 'empty';
      const busy = end.kind === 'failed' && end.failure.kind === 'busy';
      if (clock.monotonic() - from > (empty ? PAPER : BUSY) || !(empty || busy)) return finish(lastWord(end, pages));
      if (empty && !placed) stream.put({ kind: 'place-paper' });
      placed = empty;
      await pause(clock, empty ? PAPER_AGAIN : BUSY_AGAIN, stop.signal);
    }
  }

  /** One go of the scanner over what lies in the source. */
  async function onePass(wish: DriverWish, signal: AbortSignal, tell: (reading: PageReading) => void): Promise<ScanEnd> {
    const pages = driver.scan(wish, signal);
    let told = 0;
    try {
      for (;;) {
        const next = await pages.next();
        if (next.done === true) return next.value;
        if (told >= MOST_PAGES) return { kind: 'stopped', reason: 'too-many' };
        const page = await readPage(next.value);
        if (!page.ok) return { kind: 'failed', failure: page.error };
        told += 1;
        tell({ kind: 'page', page: page.value });
      }
    } finally {
      // Whatever is left of this scan goes before anybody can begin another.
      await pages.return({ kind: 'done' });
    }
  }

  function lastWord(end: ScanEnd, pages: number): PageReading {
    if (end.kind === 'failed') failed(end.failure);
    if (end.kind === 'done' && pages > 0) return { kind: 'done', pages };
    return { kind: 'stopped', reason: end.kind === 'stopped' ? end.reason : end.kind === 'failed' ? stopOf(end.failure) : 'empty', pages };
  }

  drop(keepLooking());

  return {
    status: status.now,
    watch: status.watch,
    look: () => lock.withLock(() => look(closed.signal)),
    capabilities: () => known,
    scan(wish, signal) {
      current?.stream.end();
      const stop = new AbortController();
      const stream = createStream<PageReading>(signal, () => stop.abort());
      if (closing !== null) stream.end();
      if (stop.signal.aborted) return stream;
      const mine: Caller = { wish, stream, stop };
      current = mine;
      drop(
        lock.withLock(async () => {
          await run(mine);
          stream.end();
          if (current === mine) current = null;
          if (!(await driver.discard())) log({ kind: 'left-behind' });
          await look(closed.signal);
        }),
      );
      return stream;
    },
    close() {
      closing ??= (async () => {
        closed.abort();
        current?.stream.end();
        status.dismiss();
        await lock.withLock(() => driver.close());
      })();
      return closing;
    },
  };
}
