import { drop } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import type { HallTransport } from '../transport/types.ts';

/** Before a line that the hall ended (its token was over, or another hall took its place) is opened again, milliseconds. */
const REOPEN = 2_000;
/** After a hall that has no live lines is asked again: with the next token. */
const NOT_SPOKEN = 15 * 60_000;

/** One live line to the hall, for as long as it is wanted. */
export type LiveLine = {
  /** Opens it, unless it is open; when it broke a moment ago, after a wait. */
  open(): void;
  close(): Promise<void>;
};

/**
 * @param settings `backOff`: how long to wait after this many failures on end, milliseconds; `jittered`: a wait that differs from terminal to terminal;
 *   `hear`: the feed stands at this position; `lost`: the line broke, and whoever keeps it should look whether there is one
 */
export function createLiveLine({ transport, clock, backOff, jittered, hear, lost }: {
  transport: Pick<HallTransport, 'live'>; clock: Clock; backOff(failures: number): number; jittered(milliseconds: number): number; hear(feed: number): void; lost(): void;
}): LiveLine {
  let open: { abort: AbortController; done: Promise<void> } | null = null;
  let failures = 0;
  let notBefore = Number.NEGATIVE_INFINITY;
  let cancel = () => {};

  async function follow(abort: AbortController): Promise<void> {
    const answer = await transport.live(({ feed }) => {
      failures = 0;
      hear(feed);
    }, { signal: abort.signal });
    if (abort.signal.aborted) return;
    open = null;
    if (!answer.ok) {
      failures += 1;
      notBefore = clock.monotonic() + backOff(failures);
      lost();
    } else if (answer.value === 'not-spoken') notBefore = clock.monotonic() + NOT_SPOKEN;
    else cancel = clock.after(jittered(REOPEN), begin);
  }

  function begin(): void {
    cancel();
    const abort = new AbortController();
    const done = follow(abort);
    open = { abort, done };
    drop(done);
  }

  return {
    open() {
      cancel();
      if (open !== null) return;
      const wait = notBefore - clock.monotonic();
      if (wait <= 0) begin();
      else cancel = clock.after(wait, begin);
    },
    async close() {
      cancel();
      open?.abort.abort();
      await open?.done;
      open = null;
    },
  };
}
