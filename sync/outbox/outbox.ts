import { acknowledgementText, type Action, type Acknowledgement, type ActionVerifier } from '../../domain/action/types.ts';
import { type HallKeys, type IntakeOutcome, MAX_BATCH, MAX_BODY } from '../../domain/contracts/hall.ts';
import { never } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import type { SettledAction } from '../terminal-store/types.ts';
import type { TransportFailure } from '../transport/types.ts';
import type { Run } from '../types.ts';
import { createLanes } from './lanes.ts';

/** Most bytes of actions in one batch; the rest of a body is the envelope. */
const MOST_BYTES = MAX_BODY - 1024;
/** First batch of a process: about 200 KB, half a minute at 64 kbit/s. */
const FIRST_BATCH = 50;

/**
 * A batch that took longer than this makes the next one smaller, milliseconds: what a broken line loses is sent again, and a citizen's hand-in
 * waits behind it. One that took less than the other makes it larger.
 */
const LONG = 30_000;
const QUICK = 10_000;

/** Actions that the hall failed on alone before the whole run counts as failed: one may be poison, four are a sick hall. */
const MOST_FAULTS = 3;

export type Outbox = {
  /** Sends what waits, in the chain's order, until nothing does or the line fails. */
  send(run: Run): Promise<TransportFailure | null>;
};

/** Keeps the batch size and the resting cases from run to run: the size shrinks when a batch does not get through and grows when the line is good. */
export function createOutbox(clock: Pick<Clock, 'monotonic'>): Outbox {
  const lanes = createLanes(clock);
  let size = FIRST_BATCH;

  /** The next batch behind `after`, without the cases that rest; empty when nothing else waits. */
  async function next(run: Run, after: number): Promise<Action[]> {
    for (let looked = after; ; ) {
      const page = await run.store.log.unacknowledged(size, looked);
      const batch = fitting(page.filter((action) => !lanes.rests(action.case)));
      if (batch.length > 0 || page.length < size) return batch;
      looked = page.at(-1)?.sequence ?? looked;
    }
  }

  function restUnheld(batch: readonly Action[], outcomes: readonly IntakeOutcome[]): void {
    batch.forEach((action, index) => {
      const outcome = outcomes[index];
      if (outcome?.kind === 'quarantined' && !outcome.held) lanes.rest(action.case, outcome.reason === 'chain-gap' ? 'gap' : 'refused');
      else lanes.wake(action.case);
    });
  }

  /** What went out together, what came back, and how long it took. */
  type Sent = { batch: readonly Action[]; answer: Awaited<ReturnType<Run['transport']['intake']>>; took: number };

  /** Sends the next batch; null when nothing else waits. */
  async function sendNext(run: Run, after: number): Promise<Sent | null> {
    const batch = await next(run, after);
    if (batch.length === 0) return null;
    const began = clock.monotonic();
    const answer = await run.transport.intake(batch, { signal: run.signal });
    return { batch, answer, took: clock.monotonic() - began };
  }

  return {
    async send(run) {
      let faults = 0;
      let fault: TransportFailure | null = null;
      let sending = sendNext(run, 0);
      for (;;) {
        const sent = await sending;
        const last = sent?.batch.at(-1);
        if (sent === null || last === undefined) return fault;
        const { batch, answer, took } = sent;
        if (!answer.ok) {
          size = Math.max(1, Math.floor(batch.length / 2));
          const ofThisBatch = answer.error.kind === 'too-large' || (answer.error.kind === 'server-fault' && answer.error.status === 500);
          if (!ofThisBatch) return answer.error;
          if (batch.length === 1) {
            // The hall does not manage this one action: its case rests, the others go on.
            run.log({ event: 'action-not-taken', action: last.id, case: last.case, why: answer.error.kind });
            lanes.rest(last.case, 'refused');
            fault = answer.error;
            faults += 1;
            if (faults > MOST_FAULTS) return fault;
          }
          sending = sendNext(run, batch.length === 1 ? last.sequence : (batch[0]?.sequence ?? 1) - 1);
          continue;
        }
        const { outcomes } = answer.value;
        if (outcomes.length !== batch.length) return { kind: 'protocol', status: 200 };
        if (took > LONG) size = Math.max(1, Math.floor(batch.length / 2));
        else if (took < QUICK && batch.length >= size) size = Math.min(MAX_BATCH, size * 2);
        // While the hall works on the next batch, this machine checks the words on this one and writes them down.
        const ahead = outcomes.every(({ kind }) => kind !== 'quarantined') ? sendNext(run, last.sequence) : null;
        // Awaited after the writing; if that fails, nobody asks any more.
        ahead?.catch(() => undefined);
        const settled = settle(run, batch, outcomes);
        await run.store.log.settle(settled);
        restUnheld(batch, outcomes);
        // Whatever was not settled in this round waits for the next run, so that it cannot hold up those behind it. An action that
        // went through may be the one that others waited for: then they are looked at once more.
        const gapClosed = settled.length > 0 && lanes.closeGap();
        if (ahead !== null && gapClosed) await ahead;
        sending = ahead !== null && !gapClosed ? ahead : sendNext(run, gapClosed ? 0 : last.sequence);
      }
    },
  };
}

/** As many of the first actions as one request body holds, at least one. */
export function fitting(actions: readonly Action[]): Action[] {
  let bytes = 0;
  const batch: Action[] = [];
  for (const action of actions) {
    bytes += Buffer.byteLength(JSON.stringify(action)) + 1;
    if (batch.length > 0 && bytes > MOST_BYTES) break;
    batch.push(action);
  }
  return batch;
}

/** What the hall's answers let the terminal go of, or keep as held there. An action that the hall does not hold is left out: it stays waiting. */
export function settle(run: Pick<Run, 'hall' | 'verifier' | 'report' | 'log'>, batch: readonly Pick<Action, 'id' | 'hash' | 'case'>[], outcomes: readonly IntakeOutcome[]): SettledAction[] {
  const settled: SettledAction[] = [];
  batch.forEach((action, index) => {
    const outcome = outcomes[index];
    if (outcome === undefined) throw new Error('an outcome for every action was checked before');
    switch (outcome.kind) {
      case 'stored':
      case 'duplicate':
        if (isGenuine(outcome.acknowledgement, action, run.hall, run.verifier)) {
          run.report.acknowledged += 1;
          settled.push({ action: action.id, travel: { kind: 'received', acknowledgement: outcome.acknowledgement } });
        } else {
          run.report.forgedAcknowledgements += 1;
          run.log({ event: 'acknowledgement-refused', action: action.id });
        }
        return;
      case 'quarantined':
        if (!outcome.held) {
          run.report.notHeld += 1;
          run.log({ event: 'action-not-held', action: action.id, case: action.case, reason: outcome.reason });
          return;
        }
        run.report.keptAside += 1;
        run.log({ event: 'action-kept-aside', action: action.id, case: action.case, reason: outcome.reason });
        settled.push({ action: action.id, travel: { kind: 'kept-aside', reason: outcome.reason } });
        return;
      default:
        never(outcome);
    }
  });
  return settled;
}

/** Whether the hall that this machine is bound to signed for this very action. */
export function isGenuine(acknowledgement: Acknowledgement, action: Pick<Action, 'id' | 'hash'>, hall: HallKeys, verifier: ActionVerifier): boolean {
  return acknowledgement.action === action.id && acknowledgement.hash === action.hash && acknowledgement.hall === hall.hall
    && verifier.verify(hall.signing, verifier.sha256(acknowledgementText(acknowledgement)), acknowledgement.signature);
}
