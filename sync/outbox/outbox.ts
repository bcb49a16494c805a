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

  return {
    async send(run) {
      let after = 0;
      let faults = 0;
      let fault: TransportFailure | null = null;
      for (;;) {
        const batch = await next(run, after);
        const last = batch.at(-1);
        if (last === undefined) return fault;
        const began = clock.monotonic();
        const answer = await run.transport.intake(batch, { signal: run.signal });
        const took = clock.monotonic() - began;
        if (!answer.ok) {
          size = Math.max(1, Math.floor(batch.length / 2));
          const ofThisBatch = answer.error.kind === 'too-large' || (answer.error.kind === 'server-fault' && answer.error.status === 500);
          if (!ofThisBatch) return answer.error;
          if (batch.length > 1) continue;
          // The hall does not manage this one action: its case rests, the others go on.
          run.log({ event: 'action-not-taken', action: last.id, case: last.case, why: answer.error.kind });
          lanes.rest(last.case, 'refused');
          fault = answer.error;
          faults += 1;
          if (faults > MOST_FAULTS) return fault;
          after = last.sequence;
          continue;
        }
        if (answer.value.outcomes.length !== batch.length) return { kind: 'protocol', status: 200 };
        const settled = settle(run, batch, answer.value.outcomes);
        await run.store.log.settle(settled);
        // Whatever was not settled in this round waits for the next run, so that it cannot hold up those behind it. An action that
        // went through may be the one that others waited for: then they are looked at once more.
        after = settled.length > 0 && lanes.closeGap() ? 0 : last.sequence;
        restUnheld(batch, answer.value.outcomes);
        if (took > LONG) size = Math.max(1, Math.floor(batch.length / 2));
        else if (took < QUICK && batch.length >= size) size = Math.min(MAX_BATCH, size * 2);
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
