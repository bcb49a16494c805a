/** The document printer: status, printing once, cancelling. The only stateful file; every decision is in the pure ones beside it. */
import { isOutcome, type DeviceStatus, type PrintProgress } from '../../domain/contracts/devices.ts';
import type { PrintId } from '../../domain/ids.ts';
import { drop, never } from '../../domain/result.ts';
import { pause } from '../../wire/clock.ts';
import type { Driver, DriverFailure, PrinterReading } from './driver.ts';
import { runJob } from './follow.ts';
import { listen, teller } from './listen.ts';
import type { Teller } from './listen.ts';
import { openDriverAt } from './open.ts';
import { hasEnded } from './outcome.ts';
import { judge } from './reasons.ts';
import { renderDocument } from '../papers/render.ts';
import { sidesOf } from './sides.ts';
import { TIMING } from './types.ts';
import type { DocumentPrinter, DocumentPrinterSettings, Outcome, PrintJob, Reason, Warning } from './types.ts';
import { countPages } from '../papers/verify.ts';

/** A print that this process knows. It is kept after its end, so that the same id cannot print again. */
type Print = {
  told: PrintProgress[];
  outcome: Promise<Outcome>;
  /** Wakes the streams that wait for the next word. */
  wake: Set<() => void>;
  stop: AbortController;
};

/** Ended prints kept for repeated ids: weeks of the busiest machine. What must be known longer is in the print ledger. */
const MOST_PRINTS = 20_000;

/** Does not touch the printer: it may be away now and come later. */
export function openDocumentPrinter(settings: DocumentPrinterSettings): DocumentPrinter {
  const { clock, ignore = [], log = () => undefined } = settings;
  const timing = { ...TIMING, ...settings.timing };
  const driver = openDriverAt(settings, { clock, milliseconds: timing.exchange });
  const prints = new Map<PrintId, Print>();
  const watchers = new Set<(status: DeviceStatus) => void>();
  /** Jobs that may still lie in the printer and must not come out for the next person. */
  const leftBehind = new Set<PrintId>();
  let last: DeviceStatus | undefined;
  let counts = true;
  let closed = false;
  let loop: Promise<void> | undefined;
  let loopStop = new AbortController();
  let turn: Promise<unknown> = Promise.resolve();

  async function look(from: Driver = driver): Promise<{ status: DeviceStatus; reading: PrinterReading | null }> {
    const answer = await from.readPrinter();
    const status = answer.ok ? statusOf(answer.value, ignore) : statusWithout(answer.error);
    if (JSON.stringify(status) !== JSON.stringify(last)) {
      last = status;
      log({ event: 'document-printer-status', status, reasons: answer.ok ? answer.value.reasons : [] });
      for (const tell of watchers) tell(status);
    }
    return { status, reading: answer.ok ? answer.value : null };
  }

  /** Cancels what was left behind, as far as the printer can be reached; true when nothing of it is left. */
  async function sweep(from: Driver = driver): Promise<boolean> {
    for (const print of leftBehind) {
      const found = await from.findJob(print);
      if (!found.ok) return false;
      if (found.value === null || hasEnded(found.value)) leftBehind.delete(print);
      else await from.cancelJob(found.value.id);
    }
    return leftBehind.size === 0;
  }

  /** Looks at the printer while somebody wants to know, or while something is left to cancel. */
  function keepLooking(): void {
    loop ??= (async () => {
      while (!closed && (watchers.size > 0 || leftBehind.size > 0)) {
        await look();
        await sweep();
        await pause(clock, timing.watch, loopStop.signal);
      }
      loop = undefined;
    })();
    drop(loop);
  }

  function begin({ print: id, document, tray }: PrintJob): Print {
    const print: Print = { told: [], wake: new Set(), stop: new AbortController(), outcome: Promise.resolve({ kind: 'printed' }) };
    const tell = (progress: PrintProgress) => {
      print.told.push(progress);
      for (const wake of print.wake) wake();
    };
    // One job at a time, in the order they were asked for; a job that fails does not hold up the next.
    const run = turn.then(() => printOnce({ print: id, document, tray }, print.stop.signal, tell));
    turn = run.catch(() => undefined);
    print.outcome = run.then((outcome) => {
      log({ event: 'document-print-outcome', print: id, kind: outcome.kind, reason: outcome.kind === 'printed' ? '' : outcome.reason });
      tell(outcome);
      return outcome;
    });
    drop(print.outcome);
    prints.set(id, print);
    // A map keeps the order of insertion, and a print ends in the order of its asking: the first is the oldest.
    if (prints.size > MOST_PRINTS) for (const oldest of [...prints.keys()].slice(0, 1)) prints.delete(oldest);
    return print;
  }

  async function printOnce(job: PrintJob, signal: AbortSignal, tell: (progress: PrintProgress) => void): Promise<Outcome> {
    if (signal.aborted) return notPrinted('cancelled');
    const told = teller(tell);
    const listening = listen(driver, { clock, patience: timing.quiet, silent: told.silent });
    try {
      return await printHeard(job, signal, listening.driver, told);
    } finally {
      listening.stop();
    }
  }

  async function printHeard({ print: id, document, tray }: PrintJob, signal: AbortSignal, heard: Driver, { sending, missing }: Teller): Promise<Outcome> {
    const { status, reading } = await look(heard);
    if (reading === null || status.kind !== 'online') return notPrinted(refusal(status));
    if (!(await sweep(heard))) return notPrinted('busy');
    // A certificate on the wrong paper is worse than none.
    if (tray !== null && !reading.trays.includes(tray)) return notPrinted('no-such-tray');
    const rendered = await renderDocument(document, settings.render);
    if (!rendered.ok) return notPrinted('missing-glyph');
    const pdf = rendered.value;
    const pages = countPages(pdf);
    const end = await runJob(
      { driver: heard, clock, timing, ignore, counts },
      { name: id, pdf, pages, wishes: reading.wishes, sides: sidesOf(document, pages), tray, signal, sending, missing },
    );
    counts = end.counts;
    if (end.left) {
      leftBehind.add(id);
      log({ event: 'document-print-left-behind', print: id });
      keepLooking();
    }
    await look();
    return end.outcome;
  }

  return {
    async status() {
      return (await look()).status;
    },
    watch(tell) {
      watchers.add(tell);
      if (last !== undefined) tell(last);
      keepLooking();
      return () => {
        watchers.delete(tell);
        if (watchers.size === 0 && leftBehind.size === 0) loopStop = renew(loopStop);
      };
    },
    print(job, signal) {
      const known = prints.get(job.print);
      if (known !== undefined) return streamOf(known, signal);
      if (closed) return streamOf(refused('cancelled'), signal);
      const print = begin(job);
      if (signal?.aborted === true) print.stop.abort();
      signal?.addEventListener('abort', () => print.stop.abort(), { once: true });
      return streamOf(print, undefined);
    },
    async cancel(ids) {
      const known = ids.flatMap((id) => (prints.has(id) ? [{ id, print: prints.get(id) as Print }] : []));
      for (const { print } of known) print.stop.abort();
      const ended = await Promise.all(known.map(async ({ id, print }) => ({ id, outcome: await print.outcome })));
      return ended.filter(({ id, outcome }) => outcome.kind !== 'printed' && !leftBehind.has(id)).map(({ id }) => id);
    },
    async close() {
      closed = true;
      for (const print of prints.values()) print.stop.abort();
      loopStop.abort();
      await turn;
      await loop;
      driver.close();
    },
  };
}

function renew(controller: AbortController): AbortController {
  controller.abort();
  return new AbortController();
}

function notPrinted(reason: string): Outcome {
  return { kind: 'not-printed', reason };
}

/** A print that was never begun. */
function refused(reason: Reason): Print {
  const outcome = notPrinted(reason);
  return { told: [outcome], outcome: Promise.resolve(outcome), wake: new Set(), stop: new AbortController() };
}

/** Everything told so far, then what comes, until the outcome; or until `signal` ends this stream alone. */
async function* streamOf(print: Print, signal: AbortSignal | undefined): AsyncGenerator<PrintProgress, void, void> {
  for (let index = 0; ; ) {
    const progress = print.told[index];
    if (progress !== undefined) {
      index += 1;
      yield progress;
      if (isOutcome(progress)) return;
      continue;
    }
    if (signal?.aborted === true) return;
    await new Promise<void>((resolve) => {
      const wake = () => {
        print.wake.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      print.wake.add(wake);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }
}

function statusOf(reading: PrinterReading, ignore: readonly string[]): DeviceStatus {
  if (reading.takesPdf === false) return { kind: 'out-of-service', reason: 'no-pdf' };
  const { blocked, warnings } = judge(reading.reasons, ignore);
  if (blocked !== null) return { kind: 'blocked', reason: blocked.reason };
  if (reading.state === 'stopped' || !reading.accepting) return { kind: 'blocked', reason: 'not-available' };
  return { kind: 'online', warnings: reading.hasA4 === false ? [...warnings, 'paper-size' satisfies Warning] : warnings };
}

function statusWithout(failure: DriverFailure): DeviceStatus {
  switch (failure.kind) {
    case 'unreachable':
    case 'lost':
    case 'timeout':
    case 'cancelled':
      return { kind: 'offline', reason: 'no-answer' };
    case 'busy':
      return { kind: 'blocked', reason: 'not-available' };
    case 'refused':
      return { kind: 'out-of-service', reason: failure.why };
    case 'garbled':
      return { kind: 'out-of-service', reason: 'not-ipp' };
    default:
      return never(failure);
  }
}

function refusal(status: DeviceStatus): string {
  return status.kind === 'online' || status.kind === 'offline' ? 'offline' : status.reason;
}
