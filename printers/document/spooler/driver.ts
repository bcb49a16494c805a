/**
 * The driver of a printer behind the Windows spooler. It sends the PDF as it is, so the printer must take PDF; and it says of a job what the spooler says of
 * it, which is often no more than that it has left. No tray, no sides: a PDF sent as it is carries no such wish.
 */
import { err, ok } from '../../../domain/result.ts';
import type { Result } from '../../../domain/result.ts';
import type { Clock } from '../../../domain/time.ts';
import { createLock } from '../../../wire/lock.ts';
import type { Driver, DriverFailure, JobReading } from '../driver.ts';
import { hasEnded } from '../outcome.ts';
import { hasBegun, spoolerJobState, spoolerPrinter } from './words.ts';
import type { EndOfJob } from './words.ts';
import { SET_JOB } from './winspool.ts';
import type { Handle, JobInfo, Winspool } from './winspool.ts';

export type SpoolerDriverSettings = {
  load: () => Promise<Result<Winspool, { kind: 'no-library' }>>;
  /** The printer's name in Windows. */
  printer: string;
  takesPdf: boolean;
  endOfJob: EndOfJob;
  clock: Clock;
  /** One exchange with the spooler. */
  milliseconds: number;
};

/** Win32 error codes of OpenPrinter. Every other means that the spooler does not answer: RPC_S_SERVER_UNAVAILABLE, RPC_S_CALL_FAILED, … */
const ERROR = { FILE_NOT_FOUND: 2, ACCESS_DENIED: 5, INVALID_NAME: 123, INVALID_PRINTER_NAME: 1801 } as const;

/** Octets of one WritePrinter: between two a job can be given up. */
const PIECE = 64 * 1024;
/** Jobs of which the end is kept after the queue has let go of them; only the last few are asked for again. */
const MOST_ENDED = 100;

type Reply<Value> = Result<Value, DriverFailure>;

export function openSpoolerDriver({ load, printer, takesPdf, endOfJob, clock, milliseconds }: SpoolerDriverSettings): Driver {
  const { withLock } = createLock();
  /** Jobs of which something may have left for the printer, as seen at any look. */
  const begun = new Set<number>();
  /** How jobs ended that are not in the queue any more. */
  const ended = new Map<number, JobReading>();

  /** One exchange in its turn, with the printer opened for it. One that takes too long is answered for, and goes on until the spooler lets go of it. */
  function exchange<Value>(work: (spool: Winspool, handle: Handle) => Promise<Reply<Value>>, signal: AbortSignal | undefined): Promise<Reply<Value>> {
    return new Promise((resolve, reject) => {
      const stop = clock.after(milliseconds, () => resolve(err({ kind: 'timeout' })));
      withLock(() => opened(work, signal))
        .then(resolve, reject)
        .finally(stop);
    });
  }

  async function opened<Value>(work: (spool: Winspool, handle: Handle) => Promise<Reply<Value>>, signal: AbortSignal | undefined): Promise<Reply<Value>> {
    if (signal?.aborted === true) return err({ kind: 'cancelled', sent: false });
    const spool = await load();
    if (!spool.ok) return err({ kind: 'refused', why: 'no-spooler' });
    const handle = await spool.value.openPrinter(printer);
    if (!handle.ok) return err(openFailure(handle.error.code));
    try {
      return await work(spool.value, handle.value);
    } finally {
      await spool.value.closePrinter(handle.value);
    }
  }

  async function jobs(spool: Winspool, handle: Handle): Promise<Reply<JobInfo[]>> {
    const found = await spool.enumJobs(handle);
    if (found === null) return err({ kind: 'unreachable' });
    for (const { id, status } of found) if (hasBegun(status)) begun.add(id);
    return ok(found);
  }

  function readingOf({ id, document, status, size }: JobInfo): JobReading {
    const state = spoolerJobState(status, endOfJob);
    // The spooler counts no pages of a RAW document. What never left the queue made no impression; what somebody else deleted may have, between two looks.
    return { id, name: document, state, reasons: [], impressions: begun.has(id) || state === 'canceled' ? null : 0, size: Math.ceil(size / 1024) };
  }

  function forget(id: number): void {
    ended.delete(id);
    begun.delete(id);
  }

  function keepEnd(reading: JobReading): void {
    ended.set(reading.id, reading);
    if (ended.size > MOST_ENDED) for (const oldest of [...ended.keys()].slice(0, 1)) forget(oldest);
  }

  /** A job that is through is taken out of the queue: its file holds somebody's paper. */
  async function settle(spool: Winspool, handle: Handle, reading: JobReading): Promise<JobReading> {
    if (reading.state !== 'completed') return reading;
    keepEnd(reading);
    await spool.setJob(handle, reading.id, SET_JOB.DELETE);
    return reading;
  }

  /** The job that fits, in the queue or in the memory of ended ones. */
  async function look(spool: Winspool, handle: Handle, fits: (job: { id: number; name: string }) => boolean): Promise<Reply<JobReading | null>> {
    const queue = await jobs(spool, handle);
    if (!queue.ok) return queue;
    const over = [...ended.values()].find(fits);
    if (over?.state === 'completed') return ok(over);
    // A job that was cancelled has ended when the queue has let go of it, not before.
    const queued = queue.value.map(readingOf).find(fits);
    if (queued === undefined || (over !== undefined && hasEnded(queued))) return ok(over ?? null);
    return ok(await settle(spool, handle, queued));
  }

  async function write(spool: Winspool, handle: Handle, pdf: Uint8Array, signal: AbortSignal | undefined): Promise<DriverFailure | null> {
    for (let at = 0; at < pdf.length; ) {
      if (signal?.aborted === true) return { kind: 'cancelled', sent: true };
      const written = await spool.write(handle, pdf.subarray(at, at + PIECE));
      if (written === 0) return { kind: 'lost' };
      at += written;
    }
    return (await spool.endDoc(handle)) ? null : { kind: 'lost' };
  }

  return {
    confirms: endOfJob === 'printed',
    readPrinter: (signal) =>
      exchange(async (spool, handle) => {
        const [info, queue] = [await spool.getPrinter(handle), await jobs(spool, handle)];
        if (info === null) return err({ kind: 'unreachable' });
        if (!queue.ok) return queue;
        const { away, state, reasons } = spoolerPrinter(info, queue.value.map(({ status }) => status));
        if (away) return err({ kind: 'unreachable' });
        return ok({ state, reasons, accepting: true, takesPdf, hasA4: null, trays: [], wishes: { media: false, sides: [], scaling: false } });
      }, signal),
    send: ({ name, pdf }, signal) =>
      exchange(async (spool, handle) => {
        const id = await spool.startDoc(handle, name);
        if (id === 0) return err({ kind: 'refused', why: 'no-permission' });
        forget(id);
        await spool.setJob(handle, id, SET_JOB.RETAIN);
        const failure = await write(spool, handle, pdf, signal);
        if (failure === null) return ok(id);
        await spool.abort(handle);
        return err(failure);
      }, signal),
    readJob: (id, signal) => exchange((spool, handle) => look(spool, handle, (job) => job.id === id), signal),
    findJob: (name, signal) => exchange((spool, handle) => look(spool, handle, (job) => job.name === name), signal),
    cancelJob: (id, signal) =>
      exchange(async (spool, handle) => {
        // Held first, then looked at: what has not begun by then cannot begin any more, and surely nothing of it comes out.
        const held = await spool.setJob(handle, id, SET_JOB.PAUSE);
        const queue = await jobs(spool, handle);
        if (!queue.ok) return queue;
        const job = queue.value.find((queued) => queued.id === id);
        if (job === undefined) return ok(null);
        if (!held) begun.add(id);
        const reading = readingOf(job);
        if (reading.state === 'completed') {
          await settle(spool, handle, reading);
          return ok(null);
        }
        if (!(await spool.setJob(handle, id, SET_JOB.DELETE))) return err({ kind: 'busy' });
        keepEnd({ ...reading, state: 'canceled' });
        return ok(null);
      }, signal),
    close: () => undefined,
  };
}

function openFailure(code: number): DriverFailure {
  switch (code) {
    case ERROR.ACCESS_DENIED:
      return { kind: 'refused', why: 'no-permission' };
    case ERROR.FILE_NOT_FOUND:
    case ERROR.INVALID_NAME:
    case ERROR.INVALID_PRINTER_NAME:
      return { kind: 'refused', why: 'no-such-printer' };
    default:
      return { kind: 'unreachable' };
  }
}
