import { HallKeys } from '../domain/contracts/hall.ts';
import { drop, err, ok } from '../domain/result.ts';
import { CLOCK_OFF } from '../domain/time.ts';
import { createGovernor } from './blobs/governor.ts';
import { sendBlobs } from './blobs/send.ts';
import { HALL_KEYS } from './cursors.ts';
import { feedCheckpoint, hallProtocol, takeFeed } from './feeds/feed.ts';
import { createLiveLine } from './feeds/live-line.ts';
import { sendLetters } from './letters/send.ts';
import { sendRecordings } from './letters/send-recordings.ts';
import { LEASES, renewLeases } from './leases/renew.ts';
import { createOutbox } from './outbox/outbox.ts';
import { createReporter } from './reports/report.ts';
import type { SiteDays } from './site-days/send.ts';
import { isFull } from './store/index.ts';
import type { Run, RunFailure, Sync, SyncIntervals, SyncPhase, SyncReport, SyncSettings, SyncStatus } from './types.ts';

/**
 * A minute between runs: without a live line the progress a citizen sees is at most that old. Two seconds after a first failure, since most are
 * one lost packet; five minutes at most. While there is no line it is looked for every few seconds, which costs one refused connection.
 */
export const INTERVALS: SyncIntervals = { idle: 60_000, retry: 2_000, retryMost: 300_000, look: 5_000 };

/** A line that is good for anything answers a question of some hundred bytes within this time, milliseconds; one that is not is asked anew. */
const LOOK_WITHIN = 8_000;

/** The report of a run that has done nothing yet. */
export function emptyReport(): SyncReport {
  return { failure: null, acknowledged: 0, keptAside: 0, notHeld: 0, forgedAcknowledgements: 0, hallActions: 0, ignoredEntries: 0, items: 0, leases: 0, blobs: 0, letters: 0, queueEntries: 0 };
}

/** Keeps a terminal and its hall in step. One run at a time; every failure is forgotten by the next run. */
export function createSync({ store, transport, verifier, clock, random, log, intervals = INTERVALS, leases = LEASES, busy = () => false, report: makeReport, siteDays, heardHelp = () => {} }: SyncSettings): Sync {
  const outbox = createOutbox(clock);
  const governor = createGovernor({ clock, busy });
  const reporter = makeReport === undefined ? null : createReporter(clock, makeReport);
  const watchers = new Set<(status: SyncStatus) => void>();
  let status: SyncStatus = { phase: 'stopped', line: 'offline', lastContact: store.time.lastContact(), failure: null, failures: 0 };
  let running: { done: Promise<SyncReport>; abort: AbortController } | null = null;
  let started = false;
  /** Aborted by a nudge while a run is in flight: what it was for may have been passed already. */
  let text = new AbortController();
  let cancelTimer = () => {};
  let clockOff = false;
  /** The hall answered in this run. */
  let heard = false;
  let looking: AbortController | null = null;
  const live = createLiveLine({
    transport, clock, jittered, backOff: (failures) => backOff(failures), lost: nudge,
    // What came while a run was reading the feed may have been passed already: the run asks once more.
    hear: (feed) => drop(feedCheckpoint(store).then((checkpoint) => (feed > checkpoint ? nudge() : undefined))),
  });

  function show(change: Partial<SyncStatus>): void {
    status = { ...status, ...change };
    for (const tell of watchers) tell(status);
  }

  async function pinned(): Promise<HallKeys | null> {
    const keys = HallKeys.safeParse(await store.cursors.get(HALL_KEYS));
    return keys.success ? keys.data : null;
  }

  async function work(report: SyncReport, signal: AbortSignal): Promise<RunFailure | null> {
    const hall = await pinned();
    if (hall === null) return { kind: 'not-enrolled' };
    const run: Run = { store, transport, verifier, hall, report, signal, log, heardHelp };
    const phases: [SyncPhase, () => Promise<RunFailure | null>][] = [
      ['sending-actions', () => outbox.send(run)],
      ['sending-letters', () => sendLetters(run)],
      ['taking-feed', () => takeFeed(run)],
      ...(reporter === null ? [] : [['reporting', () => reporter.send(run)] satisfies [SyncPhase, () => Promise<RunFailure | null>]]),
      ['renewing-leases', () => renewLeases(run, leases, random)],
      ['sending-blobs', async () => await sendBlobs(run, governor, text.signal) ?? sendRecordings(run, governor, text.signal)],
      ...(siteDays === undefined ? [] : [['sending-site-days', () => bringSiteDays(siteDays, run)] satisfies [SyncPhase, () => Promise<RunFailure | null>]]),
    ];
    for (const [phase, act] of phases) {
      show({ phase });
      const failure = await act();
      if (failure !== null) return failure;
    }
    return null;
  }

  /** Behind everything else, and given up at once when a text waits: what went is there, and the rest comes with a later run. */
  async function bringSiteDays(days: SiteDays, run: Run): Promise<RunFailure | null> {
    const { sent, failure } = await days.send(transport, AbortSignal.any([run.signal, text.signal]));
    run.report.queueEntries += sent;
    return failure;
  }

  async function runOnce(signal: AbortSignal): Promise<SyncReport> {
    cancelTimer();
    looking?.abort();
    text = new AbortController();
    log({ event: 'sync-run-init' });
    const report = emptyReport();
    const contacts: Promise<void>[] = [];
    heard = false;
    const unwatch = transport.watchContact((contact) => {
      heard = true;
      const kept = store.time.contact(contact);
      // Whether it failed is asked after the work; until then nobody holds the promise.
      kept.catch(() => undefined);
      contacts.push(kept);
      if (status.line !== 'online') show({ line: 'online' });
    });
    try {
      report.failure = await work(report, signal);
      await Promise.all(contacts);
    } catch (cause) {
      if (!isFull(cause)) throw cause;
      report.failure = { kind: 'store-full' };
    } finally {
      unwatch();
    }
    watchClock();
    log({ event: 'sync-run-complete', report });
    return report;
  }

  function watchClock(): void {
    const offset = store.time.evidence().drift?.offset ?? 0;
    const off = Math.abs(offset) > CLOCK_OFF;
    if (off && !clockOff) log({ event: 'device-clock-off', minutes: Math.round(offset / 60_000) });
    clockOff = off;
  }

  function run(): Promise<SyncReport> {
    if (running !== null) return running.done;
    const abort = new AbortController();
    const done = runOnce(abort.signal).then(
      (report) => {
        const { failure } = report;
        finish({ failure, failures: failure === null ? 0 : status.failures + 1, lastContact: store.time.lastContact(), line: lineAfter(failure) });
        return report;
      },
      (cause: unknown) => {
        finish({ failures: status.failures + 1 });
        throw cause;
      },
    );
    running = { done, abort };
    return done;
  }

  /** Whoever answers in the hall's words is at the other end of a line; a captive portal is not. */
  function lineAfter(failure: RunFailure | null): SyncStatus['line'] {
    if (failure === null || failure.kind === 'outdated' || failure.kind === 'refused') return 'online';
    return heard && failure.kind !== 'unreachable' ? 'online' : 'offline';
  }

  function finish(change: Partial<SyncStatus>): void {
    running = null;
    const failed = (change.failures ?? 0) > 0;
    show({ ...change, phase: started ? (failed ? 'backing-off' : 'idle') : 'stopped' });
    if (!started) return;
    schedule(text.signal.aborted && !failed ? 0 : failed ? backOff(status.failures) : jittered(intervals.idle));
    if (status.line === 'online') live.open();
    else look(false);
  }

  function backOff(failures: number): number {
    return jittered(Math.min(intervals.retryMost, intervals.retry * 2 ** Math.min(30, failures - 1)));
  }

  /**
   * Looks for the line every few seconds, and runs as soon as it is back. A line that was there all along, and only cut the run, is left to the back-off.
   * @param dark whether an earlier look found none
   */
  function look(dark: boolean): void {
    looking?.abort();
    const mine = new AbortController();
    looking = mine;
    const cancel = clock.after(jittered(intervals.look), () => drop(ask()));
    mine.signal.addEventListener('abort', cancel);

    async function ask(): Promise<void> {
      const limit = new AbortController();
      const tooLong = clock.after(LOOK_WITHIN, () => limit.abort());
      const answer = await transport.about({ signal: AbortSignal.any([limit.signal, mine.signal]) });
      tooLong();
      if (mine.signal.aborted) return;
      if (!answer.ok) look(true);
      else if (dark) schedule(0);
    }
  }

  /** Between half and the whole of it, so that two hundred terminals do not come back in the same second. */
  function jittered(milliseconds: number): number {
    return Math.round(milliseconds * (0.5 + (random(1)[0] ?? 0) / 510));
  }

  function schedule(wait: number): void {
    cancelTimer();
    cancelTimer = clock.after(wait, () => drop(run()));
  }

  function nudge(): void {
    text.abort();
    if (started && running === null) schedule(0);
  }

  return {
    start() {
      if (started) return;
      started = true;
      show({ phase: 'idle' });
      schedule(0);
    },
    async stop() {
      started = false;
      cancelTimer();
      looking?.abort();
      await live.close();
      running?.abort.abort();
      text.abort();
      // Its failure is its caller's; here it only has to be over.
      await running?.done.catch(() => undefined);
      show({ phase: 'stopped' });
    },
    runNow: run,
    nudge,
    status: () => status,
    watch(tell) {
      watchers.add(tell);
      return () => void watchers.delete(tell);
    },
    async enrol(request) {
      const answer = await transport.enrol(request);
      if (!answer.ok) return answer;
      const { keys } = answer.value;
      const before = await pinned();
      if (before !== null && (before.hall !== keys.hall || before.signing !== keys.signing || before.wrapping !== keys.wrapping)) return err({ kind: 'other-hall' });
      if (before === null) await store.cursors.set(HALL_KEYS, keys);
      return ok(keys);
    },
    hallKeys: pinned,
    hallProtocol: () => hallProtocol(store),
  };
}
