import type { Action } from '../../domain/action/types.ts';
import type { Clock } from '../../domain/time.ts';
import type { HallTransport } from '../transport/types.ts';

type IntakeAnswer = Awaited<ReturnType<HallTransport['intake']>>;
/** A batch on its way: its last sequence, and what comes back after how many milliseconds. */
export type Flight = { batch: readonly Action[]; last: number; landed: Promise<{ answer: IntakeAnswer; took: number }> };

/** Batches on their way to the hall, in the chain's order. */
export type Flights = {
  /** Sends batches until `depth` are on the way or nothing else waits. Each but the first says which it comes after. */
  fill(depth: number): Promise<void>;
  /** The one that was sent first. */
  next(): Flight | undefined;
  /** Gives up what is on the way, and goes on behind `sequence`. What the hall took of it all the same it answers as repeated. */
  recall(sequence: number): Promise<void>;
};

/** @param nextBatch what waits behind a sequence; empty when nothing does */
export function createFlights(parts: { transport: Pick<HallTransport, 'intake'>; signal: AbortSignal; clock: Pick<Clock, 'monotonic'>; nextBatch(behind: number): Promise<Action[]> }): Flights {
  const { transport, signal, clock, nextBatch } = parts;
  const flying: (Flight & { abort: AbortController })[] = [];
  let behind = 0;

  function depart(batch: readonly Action[], after: number): void {
    const abort = new AbortController();
    const began = clock.monotonic();
    const landed = transport.intake(batch, { signal: AbortSignal.any([signal, abort.signal]), after }).then((answer) => ({ answer, took: clock.monotonic() - began }));
    // Whoever waits for it learns of its failure; after an earlier one's, nobody does.
    landed.catch(() => undefined);
    behind = batch.at(-1)?.sequence ?? behind;
    flying.push({ batch, last: behind, landed, abort });
  }

  return {
    async fill(depth) {
      while (flying.length < depth) {
        const batch = await nextBatch(behind);
        if (batch.length === 0) return;
        depart(batch, flying.at(-1)?.last ?? 0);
      }
    },
    next: () => flying.shift(),
    async recall(sequence) {
      const given = flying.splice(0);
      for (const { abort } of given) abort.abort();
      await Promise.allSettled(given.map(({ landed }) => landed));
      behind = sequence;
    },
  };
}
