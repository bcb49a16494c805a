import { type Acknowledgement, signedText } from '../../domain/action/acknowledgement.ts';
import type { Action, ActionVerifier } from '../../domain/action/types.ts';
import { type HallKeys, type IntakeOutcome, MAX_BATCH, MAX_BODY } from '../../domain/contracts/hall.ts';
import { never } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import type { SettledAction } from '../terminal-store/types.ts';
import type { TransportFailure } from '../transport/types.ts';
import type { Run } from '../types.ts';
import { createFlights, type Flight } from './flights.ts';
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

/** A batch that took less than this is followed by two at once, milliseconds: the hall checks one while it writes the other. On a slower line they would only share it. */
const GOOD = 2_000;
/** The first protocol whose halls take a batch behind another that is on the way. */
const TWO_SINCE = 2;

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
      const flights = createFlights({ transport: run.transport, signal: run.signal, clock, nextBatch: (behind) => next(run, behind) });
      let faults = 0;
      let fault: TransportFailure | null = null;
      let depth = 1;

      /** A batch that did not get through. @returns what ends the run, or null when only this batch is at fault */
      async function shrink({ batch, last }: Flight, failure: TransportFailure): Promise<TransportFailure | null> {
        depth = 1;
        size = Math.max(1, Math.floor(batch.length / 2));
        const ofThisBatch = failure.kind === 'too-large' || (failure.kind === 'server-fault' && failure.status === 500);
        if (!ofThisBatch) return failure;
        const [first] = batch;
        if (batch.length === 1 && first !== undefined) {
          // The hall does not manage this one action: its case rests, the others go on.
          run.log({ event: 'action-not-taken', action: first.id, case: first.case, why: failure.kind });
          lanes.rest(first.case, 'refused');
          fault = failure;
          faults += 1;
          if (faults > MOST_FAULTS) return fault;
        }
        await flights.recall(batch.length === 1 ? last : (first?.sequence ?? 1) - 1);
        return null;
      }

      try {
        for (;;) {
          await flights.fill(depth);
          const flight = flights.next();
          if (flight === undefined) return fault;
          const { batch, last } = flight;
          const { answer, took } = await flight.landed;
          if (!answer.ok) {
            const end = await shrink(flight, answer.error);
            if (end !== null) return end;
            continue;
          }
          const { outcomes, protocol } = answer.value;
          if (took > LONG) size = Math.max(1, Math.floor(batch.length / 2));
          else if (took < QUICK && batch.length >= size) size = Math.min(MAX_BATCH, size * 2);
          const isSmooth = outcomes.every(({ kind }) => kind !== 'quarantined');
          depth = isSmooth && took < GOOD && protocol >= TWO_SINCE ? 2 : 1;
          // While the hall works on those behind it, this machine checks the words on this one and writes them down.
          if (isSmooth) await flights.fill(depth);
          else await flights.recall(last);
          const settled = settle(run, batch, outcomes);
          await run.store.log.settle(settled);
          restUnheld(batch, outcomes);
          // Whatever was not settled in this round waits for the next run, so that it cannot hold up those behind it. An action that
          // went through may be the one that others waited for: then they are looked at once more.
          if (settled.length > 0 && lanes.closeGap()) {
            depth = 1;
            await flights.recall(0);
          }
        }
      } finally {
        await flights.recall(0);
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
  const verifier = checkingOnce(run.verifier);
  batch.forEach((action, index) => {
    const outcome = outcomes[index];
    if (outcome === undefined) throw new Error('an outcome for every action was checked before');
    switch (outcome.kind) {
      case 'stored':
      case 'duplicate':
        if (isGenuine(outcome.acknowledgement, action, run.hall, verifier)) {
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
  if (acknowledgement.action !== action.id || acknowledgement.hash !== action.hash || acknowledgement.hall !== hall.hall) return false;
  const text = signedText(acknowledgement, verifier);
  return text !== null && verifier.verify(hall.signing, verifier.sha256(text), acknowledgement.signature);
}

/** The same signature under the same text is checked once: it stands for a whole batch. */
function checkingOnce(verifier: ActionVerifier): ActionVerifier {
  const checked = new Map<string, boolean>();
  return {
    ...verifier,
    verify(publicKey, hash, signature) {
      const key = `${publicKey}/${hash}/${signature}`;
      const right = checked.get(key) ?? verifier.verify(publicKey, hash, signature);
      checked.set(key, right);
      return right;
    },
  };
}
