import type { Clock } from '../../domain/time.ts';

/**
 * How scans share the line: how large their next piece is, and how long they leave the line alone after one. There is one for the life of a
 * process: the line is the same for every file, and what was learned of it by the last one holds for the next.
 */
export type Governor = {
  /** Bytes that the next piece may have. */
  piece(): number;
  /** A piece was answered, so long after it was begun. */
  arrived(bytes: number, milliseconds: number): void;
  lost(): void;
  /** Leaves the line to others for its share after a piece that took so long; at once when `hurry` is aborted. */
  rest(milliseconds: number, hurry: AbortSignal): Promise<void>;
};

/** First piece of a process, bytes: four seconds at 64 kbit/s. */
const FIRST_PIECE = 32 * 1024;
/** Smallest piece: with some 600 bytes of headers around it, below this a tenth of a thin line would be wasted. */
const LEAST_PIECE = 8 * 1024;
/** Largest piece: a good line is not held back, and the body stays under what proxies take. */
const MOST_PIECE = 4 * 1024 * 1024;
/** How long a piece may take, milliseconds: what a cut line costs to send again, and half of it is what the next one waits on average. */
const PIECE_TIME = 3000;
/** A good line is believed step by step: a proxy may have taken the last piece faster than the line behind it. */
const GROWTH = 4;
/** After a loss a quarter: a line that loses large bodies is found out within two tries. */
const SHRINK = 4;
/**
 * While a person is at the machine half of the line stays free: what a visit asks for is small, and behind full buffers of routers on
 * the way it would wait for seconds.
 */
const SHARE_BESIDE_A_VISIT = 0.5;

/** @param busy whether somebody is at the machine now */
export function createGovernor({ clock, busy }: { clock: Pick<Clock, 'after'>; busy(): boolean }): Governor {
  let size = FIRST_PIECE;
  /** Bytes a millisecond; null before the first piece arrived. */
  let rate: number | null = null;
  return {
    piece: () => size,
    arrived(bytes, milliseconds) {
      const seen = bytes / Math.max(1, milliseconds);
      // The rest of a file is mostly waiting for the answer: it shows that the line is at least so good, not that it is no better.
      if (bytes < size / 2 && rate !== null && seen < rate) return;
      rate = rate === null ? seen : (rate + seen) / 2;
      size = within(Math.min(size * GROWTH, rate * PIECE_TIME));
    },
    lost() {
      size = within(size / SHRINK);
    },
    rest(milliseconds, hurry) {
      const rest = busy() ? milliseconds / SHARE_BESIDE_A_VISIT - milliseconds : 0;
      if (rest === 0 || hurry.aborted) return Promise.resolve();
      return new Promise((rested) => {
        const cancel = clock.after(rest, end);
        function end(): void {
          cancel();
          hurry.removeEventListener('abort', end);
          rested();
        }
        hurry.addEventListener('abort', end);
      });
    },
  };
}

function within(size: number): number {
  return Math.floor(Math.min(MOST_PIECE, Math.max(LEAST_PIECE, size)));
}
