/** One job from its first byte to its end. Holds no state beyond the job; every wait is bounded and uses the injected clock. */
import { never } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { pause } from '../../wire/clock.ts';
import type { Driver, DriverFailure, JobReading, PrinterReading, Wishes } from './driver.ts';
import { hasEnded, outcomeOf } from './outcome.ts';
import type { Evidence } from './outcome.ts';
import { judge } from './reasons.ts';
import type { Judgement } from './reasons.ts';
import type { Sides } from './sides.ts';
import type { Outcome, Reason, Timing } from './types.ts';

export type Job = {
  /** The print id: the job's name at the printer. */
  name: string;
  pdf: Uint8Array;
  pages: number;
  /** These three as `Driver.send` has them. */
  wishes: Wishes;
  sides: Sides;
  tray: string | null;
  /** Asks for the job's end. */
  signal: AbortSignal;
  /** Told when the first byte is about to leave. */
  sending: () => void;
  /** Told whether the printer, which answers, does not know the job that it may have. */
  missing: (on: boolean) => void;
};

export type Follower = {
  driver: Driver;
  clock: Clock;
  timing: Timing;
  ignore: readonly string[];
  /** Whether this printer's count of impressions is believed; see `Evidence`. */
  counts: boolean;
};

/** `left` tells that the job may still be at the printer and must be cancelled when the printer can be reached. */
export type End = { outcome: Outcome; left: boolean; counts: boolean };

/** Sends the document, or follows a job of this name that the printer has already, and stays with it until it has ended. */
export async function runJob(follower: Follower, job: Job): Promise<End> {
  const { driver, counts } = follower;
  const end = (outcome: Outcome): End => ({ outcome, left: false, counts });
  // The host may have been restarted since: a job of this name must not be printed a second time.
  const earlier = await driver.findJob(job.name, job.signal);
  if (!earlier.ok) return end({ kind: 'not-printed', reason: failureReason(earlier.error) });
  if (earlier.value !== null) {
    job.sending();
    return followJob(follower, job, earlier.value.id, false);
  }
  if (job.signal.aborted) return end({ kind: 'not-printed', reason: 'cancelled' });
  job.sending();
  const sent = await send(follower, job);
  switch (sent.kind) {
    case 'accepted':
      return followJob(follower, job, sent.id, true);
    case 'nothing-sent':
      return end({ kind: 'not-printed', reason: sent.reason });
    case 'perhaps':
      job.missing(true);
      return followJob(follower, job, null, false);
  }
}

type Sending = { kind: 'accepted'; id: number } | { kind: 'nothing-sent'; reason: Reason } | { kind: 'perhaps' };

/** A busy printer has refused the job, so asking again prints nothing twice. */
async function send(follower: Follower, job: Job): Promise<Sending> {
  const { driver, clock, timing } = follower;
  const until = clock.monotonic() + timing.busy;
  for (;;) {
    const answer = await driver.send({ name: job.name, pdf: job.pdf, wishes: job.wishes, sides: job.sides, tray: job.tray }, job.signal);
    if (answer.ok) return { kind: 'accepted', id: answer.value };
    const failure = answer.error;
    if (failure.kind !== 'busy') return mayHaveArrived(failure) ? { kind: 'perhaps' } : { kind: 'nothing-sent', reason: failureReason(failure) };
    if (clock.monotonic() >= until) return { kind: 'nothing-sent', reason: 'busy' };
    await pause(clock, timing.follow, job.signal);
    if (job.signal.aborted) return { kind: 'nothing-sent', reason: 'cancelled' };
  }
}

/**
 * @param known the printer's id of the job; null when only the name is known, because the answer to Print-Job was lost
 * @param confirmed whether the printer answered that it has the document. Otherwise its size must agree, or the job is cancelled:
 *   printers are known to take a document that was cut off for a whole one.
 */
async function followJob(follower: Follower, job: Job, known: number | null, confirmed: boolean): Promise<End> {
  const { driver, clock, timing } = follower;
  const started = clock.monotonic();
  let id = known;
  let blockedSince: number | null = null;
  let lostSince: number | null = null;
  let absentSince: number | null = null;
  let sheetInDoubt: Reason | null = null;
  let cancel: { reason: Reason; since: number; asked: boolean } | null = null;
  const stop = (outcome: Outcome, left: boolean): End => ({ outcome, left, counts: follower.counts });

  for (;;) {
    const now = clock.monotonic();
    if (cancel === null && job.signal.aborted) cancel = { reason: 'cancelled', since: now, asked: false };
    if (cancel === null && now - started > timing.job) cancel = { reason: 'too-slow', since: now, asked: false };

    const look = await findAgain(driver, job.name, id);
    if (look.kind === 'unreachable') {
      lostSince ??= now;
      if (now - lostSince > timing.lost) return stop({ kind: 'unknown', reason: 'connection-lost' }, true);
    } else if (look.kind === 'forgotten') {
      lostSince = null;
      // Known once and gone: the printer lost power and memory, perhaps after a sheet.
      if (id !== null) return stop({ kind: 'unknown', reason: 'job-forgotten' }, false);
      absentSince ??= now;
      if (now - absentSince > timing.settle) return stop({ kind: 'unknown', reason: cancel?.reason ?? 'connection-lost' }, true);
    } else {
      lostSince = null;
      job.missing(false);
      id = look.job.id;
      const whole = confirmed || look.job.size === Math.ceil(job.pdf.length / 1024);
      const printer = await driver.readPrinter();
      const state = printer.ok ? judge(printer.value.reasons, follower.ignore) : null;
      if (state?.blocked?.sheet === true) sheetInDoubt = state.blocked.reason;
      if (hasEnded(look.job)) {
        return finish(follower, look.job, { pages: job.pages, whole, confirms: driver.confirms, counts: follower.counts, sheetInDoubt, cancelledFor: cancel?.reason ?? null, after: state });
      }
      if (cancel === null && !whole) cancel = { reason: 'connection-lost', since: now, asked: false };
      const block = blockOf(look.job, printer.ok ? printer.value : null, state);
      blockedSince = block === null ? null : (blockedSince ?? now);
      if (cancel === null && block !== null && now - (blockedSince ?? now) >= timing.blockGrace) cancel = { reason: block, since: now, asked: false };
      if (cancel !== null && !cancel.asked) cancel.asked = (await driver.cancelJob(id)).ok;
    }
    if (cancel !== null && now - cancel.since > timing.cancel) return stop({ kind: 'unknown', reason: cancel.reason }, true);
    await pause(clock, timing.follow, cancel === null ? job.signal : undefined);
  }
}

function finish(follower: Follower, job: JobReading, evidence: Evidence): End {
  // A printer that ends a job well, which nobody stopped, and says it made no impression does not count them: from now on its 0 proves nothing.
  const counts = follower.counts && !(job.state === 'completed' && job.impressions === 0 && evidence.cancelledFor === null);
  return { outcome: outcomeOf(job, { ...evidence, counts }), left: false, counts };
}

type Look = { kind: 'found'; job: JobReading } | { kind: 'forgotten' } | { kind: 'unreachable' };

/** By id first; a printer that lost power counts its ids from 1 again, so the name must agree, else the name decides. */
async function findAgain(driver: Driver, name: string, id: number | null): Promise<Look> {
  if (id !== null) {
    const byId = await driver.readJob(id);
    if (!byId.ok) return { kind: 'unreachable' };
    if (byId.value !== null && byId.value.name === name) return { kind: 'found', job: byId.value };
  }
  const byName = await driver.findJob(name);
  if (!byName.ok) return { kind: 'unreachable' };
  return byName.value === null ? { kind: 'forgotten' } : { kind: 'found', job: byName.value };
}

/** Why a running job does not go on; null when it does. */
function blockOf(job: JobReading, printer: PrinterReading | null, state: Judgement | null): Reason | null {
  if (state?.blocked !== null && state?.blocked !== undefined && !state.blocked.newJobsOnly) return state.blocked.reason;
  return job.state === 'processing-stopped' || printer?.state === 'stopped' ? 'not-available' : null;
}

function mayHaveArrived(failure: DriverFailure): boolean {
  switch (failure.kind) {
    case 'unreachable':
    case 'busy':
    case 'refused':
      return false;
    case 'cancelled':
      return failure.sent;
    case 'lost':
    case 'timeout':
    case 'garbled':
      return true;
    default:
      return never(failure);
  }
}

function failureReason(failure: DriverFailure): Reason {
  switch (failure.kind) {
    case 'busy':
    case 'cancelled':
    case 'refused':
      return failure.kind;
    case 'garbled':
      return 'refused';
    case 'unreachable':
    case 'lost':
    case 'timeout':
      return 'offline';
    default:
      return never(failure);
  }
}
