import { z } from 'zod';
import { type Clock, TimeEvidence } from '../../domain/time.ts';
import type { Cursors, Timekeeper } from './types.ts';

const CURSOR = 'trusted-time';
const Kept = z.object({ trusted: TimeEvidence.shape.trusted.unwrap(), drift: TimeEvidence.shape.drift.unwrap() });
type Kept = z.infer<typeof Kept>;

/**
 * A contact is written down at most this often (milliseconds): one fsync a minute on a good line, and a crash makes the last
 * trusted time at most a minute older than it was.
 */
const WRITE_EVERY = 60_000;

/**
 * What a hall's clock can say: from the year this program began to a century on. Anything else is a clock that was never set, or not the hall's, and
 * no evidence of the time.
 */
const BELIEVABLE = { from: Date.UTC(2026, 0, 1), before: Date.UTC(2126, 0, 1) };

/** Reads the kept contact back and answers time evidence from then on. */
export async function createTimekeeper({ clock, boot, cursors }: { clock: Clock; boot: string; cursors: Cursors }): Promise<Timekeeper> {
  const stored = Kept.safeParse(await cursors.get(CURSOR));
  let kept: Kept | null = stored.success ? stored.data : null;
  let written = Number.NEGATIVE_INFINITY;
  return {
    evidence() {
      return { wall: new Date(clock.now()).toISOString(), monotonic: Math.floor(clock.monotonic()), boot, trusted: kept?.trusted ?? null, drift: kept?.drift ?? null };
    },
    async contact({ hallNow, sentMonotonic, answeredMonotonic, answeredWall }) {
      const hall = Date.parse(hallNow);
      if (!(hall >= BELIEVABLE.from && hall < BELIEVABLE.before)) return;
      // The hall read its clock somewhere between the two; the middle is off by half the round trip at most (Cristian 1989).
      const half = Math.max(0, answeredMonotonic - sentMonotonic) / 2;
      kept = {
        trusted: { at: hallNow, monotonic: Math.floor(answeredMonotonic - half), boot },
        drift: { offset: Math.round(answeredWall - half - hall), bound: Math.ceil(half) },
      };
      if (clock.monotonic() - written < WRITE_EVERY) return;
      written = clock.monotonic();
      await cursors.set(CURSOR, kept);
    },
    lastContact: () => kept?.trusted.at ?? null,
  };
}
