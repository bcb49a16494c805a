import { isOutcome, type DeviceStatus, type PrintProgress } from '../../domain/contracts/devices.ts';
import type { Ticket } from '../../domain/documents/types.ts';
import type { PrintId } from '../../domain/ids.ts';
import { drop } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { openWire } from '../../wire/open.ts';
import type { Transport, WireAddress } from '../../wire/types.ts';
import { createWatched } from '../../wire/watched.ts';
import { composeTicket } from './compose.ts';
import type { DrawLine } from './draw-line.ts';
import { lineDrawer } from './draw-line.ts';
import { runJob } from './job.ts';
import { AUTO_STATUS_OFF, printerLink } from './link.ts';
import type { PrinterModel } from './model.ts';
import type { RawStatus } from './replies.ts';
import { deviceStatus } from './replies.ts';
import type { TicketPrinter } from './types.ts';

/** How often an idle printer is asked: a refill shows on the screen soon enough, and four bytes cost nothing. */
const POLL_INTERVAL = 3000;
/** Outcomes kept for repeated ids: weeks of the busiest machine. What must survive longer is in the print ledger. */
const MOST_JOBS = 20_000;

/** How long a job may wait for a printer that does not answer before that is told: the screen must not say "printing" for longer than 5 s. */
const QUIET = 3000;

/** `waiting`: nothing of it was sent. What was on the ticket is not kept. */
type Job = { state: 'waiting' | 'begun' | 'ended'; progress: PrintProgress[]; listeners: number; changed: Set<() => void>; stopWaiting: () => void };

/**
 * A ticket printer that is kept connected, watched and used one job at a time. The only stateful part: connection, public status
 * and jobs.
 * @param options.address an address of `terminal.yaml`, or a maker of fresh transports
 * @param options.drawLine draws lines with characters that the printer's font lacks; the bundled font unless given
 */
export function openTicketPrinter(options: { address: WireAddress | (() => Transport); model: PrinterModel; clock: Clock; drawLine?: DrawLine }): TicketPrinter {
  const { address, model, clock, drawLine = lineDrawer() } = options;
  const connect = typeof address === 'function' ? address : () => openWire(address);
  const link = printerLink({ connect, model, clock, onGone: () => publish({ kind: 'offline', reason: 'unplugged' }, null), onAutoStatus: hear });
  const closing = new AbortController();
  const status = createWatched<DeviceStatus>({ kind: 'offline', reason: 'starting' });
  const jobs = new Map<PrintId, Job>();
  let bits: RawStatus | null = null;
  let stopPoll: () => void = () => {};
  let working: Promise<unknown> = Promise.resolve();
  let printing = false;
  /** The printer said something by itself since the last poll. */
  let heard = false;
  let closed: Promise<void> | null = null;

  /** Runs after whatever was asked before, whether that failed or not. */
  function withPrinter<Value>(work: () => Promise<Value>): Promise<Value> {
    const mine = working.then(work, work);
    working = mine.catch(() => {});
    return mine;
  }

  function publish(next: DeviceStatus, nextBits: RawStatus | null): void {
    bits = nextBits;
    status.become(next);
  }

  async function ready(): ReturnType<typeof link.ready> {
    if (!model.realTimeStatus) return { status: { kind: 'out-of-service', reason: 'no-status-support' }, bits: null, driver: null };
    return link.ready(closing.signal);
  }

  /**
   * What the printer says by itself. Bad news shows at once; good news must wait for the answer to a question, which is asked now: only that one knows
   * whether an old job's rest is out of the way. While a job runs it is asked all the time anyway.
   */
  function hear(said: RawStatus): void {
    if (closing.signal.aborted || printing || JSON.stringify(said) === JSON.stringify(bits)) return;
    const next = deviceStatus(said);
    if (next.kind !== 'online') publish(next, said);
    heard = true;
    poll();
  }

  /** Asks for the state now and again after the interval. */
  function poll(): void {
    drop(look());
  }

  function look(): Promise<void> {
    stopPoll();
    return withPrinter(async () => {
      if (closing.signal.aborted) return;
      const now = await ready();
      if (closing.signal.aborted) return;
      // A change that it did not say: it was switched off and on in between, and has forgotten that it should.
      if (!heard && JSON.stringify(now.status) !== JSON.stringify(status.now())) link.silenced();
      heard = false;
      publish(now.status, now.bits);
      stopPoll();
      stopPoll = clock.after(POLL_INTERVAL, poll);
    });
  }

  function tell(job: Job, progress: PrintProgress): void {
    job.progress.push(progress);
    if (progress.kind !== 'looking') job.stopWaiting();
    if (isOutcome(progress)) job.state = 'ended';
    for (const wake of [...job.changed]) wake();
  }

  async function work(job: Job, ticket: Ticket): Promise<void> {
    if (job.state !== 'waiting') return;
    const composed = composeTicket(ticket, model, drawLine);
    if (!composed.ok) return tell(job, { kind: 'not-printed', reason: composed.error.kind });
    const now = await ready();
    if (closing.signal.aborted) return;
    publish(now.status, now.bits);
    // While the printer was asked, the job may have been cancelled.
    if (job.state !== 'waiting') return;
    if (now.status.kind === 'offline') return tell(job, { kind: 'not-printed', reason: 'offline' });
    if (now.status.kind !== 'online') return tell(job, { kind: 'not-printed', reason: now.status.reason });
    if (now.driver === null) throw new Error('an online printer without a driver');
    job.state = 'begun';
    printing = true;
    const commands = model.autoStatus ? [AUTO_STATUS_OFF, ...composed.value] : composed.value;
    const end = await runJob({ commands, driver: now.driver, model, clock, signal: closing.signal, tell: (progress) => tell(job, progress) });
    printing = false;
    link.silenced();
    // First the buffer, then the news: whoever hears that the paper is out may refill it at once.
    if (end.kind === 'unknown') await link.spoiled(closing.signal);
    tell(job, end);
    if (closing.signal.aborted) return;
    const after = await ready();
    publish(after.status, after.bits);
  }

  /** A printer that takes its time with the job before is no silent one. */
  function watchWait(job: Job): void {
    job.stopWaiting = clock.after(QUIET, () => {
      if (printing) watchWait(job);
      else tell(job, { kind: 'looking', reason: 'no-answer' });
    });
  }

  function cancel(job: Job): boolean {
    if (job.state !== 'waiting') return false;
    tell(job, { kind: 'not-printed', reason: 'cancelled' });
    return true;
  }

  function begin(print: PrintId, ticket: Ticket): Job {
    const job: Job = { state: 'waiting', progress: [], listeners: 0, changed: new Set(), stopWaiting: () => {} };
    watchWait(job);
    jobs.set(print, job);
    for (const [oldest, { state }] of jobs) {
      if (jobs.size <= MOST_JOBS) break;
      if (state === 'ended') jobs.delete(oldest);
    }
    if (closing.signal.aborted) cancel(job);
    else drop(withPrinter(() => work(job, ticket)));
    return job;
  }

  function changed(job: Job, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        job.changed.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      job.changed.add(wake);
      signal?.addEventListener('abort', wake);
    });
  }

  async function* follow(job: Job, signal: AbortSignal | undefined, leave: () => void): AsyncGenerator<PrintProgress> {
    let next = 0;
    try {
      for (;;) {
        const progress = job.progress[next];
        if (progress !== undefined) {
          next += 1;
          yield progress;
        } else if (job.state === 'ended' || signal?.aborted) {
          return;
        } else {
          await changed(job, signal);
        }
      }
    } finally {
      leave();
    }
  }

  poll();

  return {
    status: status.now,
    bits: () => bits,
    watch: status.watch,
    look,
    print({ print, ticket }, signal) {
      const job = jobs.get(print) ?? begin(print, ticket);
      job.listeners += 1;
      let listening = true;
      const leave = (): void => {
        if (!listening) return;
        listening = false;
        signal?.removeEventListener('abort', leave);
        job.listeners -= 1;
        if (job.listeners === 0) cancel(job);
      };
      signal?.addEventListener('abort', leave);
      if (signal?.aborted) leave();
      return follow(job, signal, leave);
    },
    cancel(prints) {
      return prints.filter((print) => {
        const job = jobs.get(print);
        return job !== undefined && cancel(job);
      });
    },
    close() {
      closed ??= (async () => {
        closing.abort();
        stopPoll();
        for (const job of jobs.values()) cancel(job);
        await working;
        await link.close();
      })();
      return closed;
    },
  };
}
