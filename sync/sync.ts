import { HallKeys } from '../domain/contracts/hall.ts';
import { drop, err, ok } from '../domain/result.ts';
import { createGovernor } from './blobs/governor.ts';
import { sendBlobs } from './blobs/send.ts';
import { HALL_KEYS } from './cursors.ts';
import { hallProtocol, takeFeed } from './feeds/feed.ts';
import { LEASES, renewLeases } from './leases/renew.ts';
import { createOutbox } from './outbox/outbox.ts';
import type { Run, RunFailure, Sync, SyncIntervals, SyncPhase, SyncReport, SyncSettings, SyncStatus } from './types.ts';

/**
 * A minute between runs: the progress a citizen sees is at most that old. Two seconds after a first failure, since most are one lost
 * packet; five minutes at most, so that a line that comes back for ten minutes is used.
 */
export const INTERVALS: SyncIntervals = { idle: 60_000, retry: 2_000, retryMost: 300_000 };

/** Keeps a terminal and its hall in step. One run at a time; every failure is forgotten by the next run. */
export function createSync({ store, transport, verifier, clock, random, log, intervals = INTERVALS, leases = LEASES, busy = () => false }: SyncSettings): Sync {
  const outbox = createOutbox(clock);
  const governor = createGovernor({ clock, busy });
  const watchers = new Set<(status: SyncStatus) => void>();
  let status: SyncStatus = { phase: 'stopped', line: 'offline', lastContact: store.time.lastContact(), failure: null, failures: 0 };
  let running: { done: Promise<SyncReport>; abort: AbortController } | null = null;
  let started = false;
  /** Aborted by a nudge while a run is in flight: what it was for may have been passed already. */
  let text = new AbortController();
  let cancelTimer = () => {};

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
    const run: Run = { store, transport, verifier, hall, report, signal, log };
    const phases: [SyncPhase, () => Promise<RunFailure | null>][] = [
      ['sending-actions', () => outbox.send(run)],
      ['taking-feed', () => takeFeed(run)],
      ['renewing-leases', () => renewLeases(run, leases, random)],
      ['sending-blobs', () => sendBlobs(run, governor, text.signal)],
    ];
    for (const [phase, act] of phases) {
      show({ phase });
      const failure = await act();
      if (failure !== null) return failure;
    }
    return null;
  }

  async function runOnce(signal: AbortSignal): Promise<SyncReport> {
    cancelTimer();
    text = new AbortController();
    log({ event: 'sync-run-init' });
    const report: SyncReport = { failure: null, acknowledged: 0, keptAside: 0, notHeld: 0, forgedAcknowledgements: 0, hallActions: 0, ignoredEntries: 0, items: 0, leases: 0, blobs: 0 };
    const contacts: Promise<void>[] = [];
    const unwatch = transport.watchContact((contact) => {
      contacts.push(store.time.contact(contact));
      if (status.line !== 'online') show({ line: 'online' });
    });
    try {
      report.failure = await work(report, signal);
      await Promise.all(contacts);
    } finally {
      unwatch();
    }
    log({ event: 'sync-run-complete', report });
    return report;
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

  /** Whoever answers in the hall's words is at the other end of a line. */
  function lineAfter(failure: RunFailure | null): SyncStatus['line'] {
    if (failure === null || failure.kind === 'outdated') return 'online';
    return failure.kind === 'unreachable' ? 'offline' : status.line;
  }

  function finish(change: Partial<SyncStatus>): void {
    running = null;
    const failed = (change.failures ?? 0) > 0;
    show({ ...change, phase: started ? (failed ? 'backing-off' : 'idle') : 'stopped' });
    if (started) schedule(text.signal.aborted && !failed ? 0 : failed ? backOff() : jittered(intervals.idle));
  }

  function backOff(): number {
    return jittered(Math.min(intervals.retryMost, intervals.retry * 2 ** Math.min(30, status.failures - 1)));
  }

  /** Between half and the whole of it, so that two hundred terminals do not come back in the same second. */
  function jittered(milliseconds: number): number {
    return Math.round(milliseconds * (0.5 + (random(1)[0] ?? 0) / 510));
  }

  function schedule(wait: number): void {
    cancelTimer();
    cancelTimer = clock.after(wait, () => drop(run()));
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
      running?.abort.abort();
      text.abort();
      // Its failure is its caller's; here it only has to be over.
      await running?.done.catch(() => undefined);
      show({ phase: 'stopped' });
    },
    runNow: run,
    nudge() {
      text.abort();
      if (started && running === null) schedule(0);
    },
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
