/** A live line of the site. It is held by one machine at a time, and goes on with the next one when nothing is heard. */
import { drop } from '../../domain/result.ts';
import type { Ring } from './ring.ts';
import { type CallFailure, failureOf, SILENCE } from './machines.ts';

/** One word of a line. @property at the machine's clock */
export type Word<View> = { view: View; at: string; agreement: { kind: 'agreed' | 'alone'; leader: string | null } };

/**
 * @property word the last one; null before the first
 * @property heard when it was heard, milliseconds by `now`
 * @property live false: nothing is heard, and what stands there is of then
 * @property alone since when every machine that spoke was without the others; null: the last one was with them
 */
export type LineStand<View> = { word: Word<View> | null; heard: number; live: boolean; alone: number | null };

export type LineRoad<View> = {
  ring: Ring;
  open(origin: string, signal: AbortSignal): Promise<AsyncIterable<Word<View>>>;
  told(stand: LineStand<View>): void;
  /** The line is refused for good: nobody is signed in, or may not. null: whatever a machine answers, the next one is asked. */
  ended: ((failure: CallFailure) => void) | null;
  /** Milliseconds, since whenever. */
  now(): number;
  after(milliseconds: number, call: () => void): () => void;
};

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 2000;
/** A machine that stays without the others for so long may be cut off alone: the next one may be with them, milliseconds. */
const ALONE = SILENCE;

/** Holds the line until it is closed. @returns what closes it */
export function holdLine<View>({ ring, open, told, ended, now, after }: LineRoad<View>): () => void {
  let closed = false;
  let stand: LineStand<View> = { word: null, heard: now(), live: true, alone: null };
  /** Machines that were asked in vain since something was heard. */
  let tries = 0;
  let cut: () => void = () => {};
  let wake: () => void = () => {};

  async function listen(origin: string): Promise<CallFailure | null> {
    const controller = new AbortController();
    cut = () => controller.abort();
    let stopWatch = after(SILENCE, cut);
    const begun = now();
    try {
      for await (const word of await open(origin, controller.signal)) {
        if (controller.signal.aborted) break;
        stopWatch();
        stopWatch = after(SILENCE, cut);
        tries = 0;
        stand = { word, heard: now(), live: true, alone: word.agreement.kind === 'alone' ? (stand.alone ?? now()) : null };
        told(stand);
        if (stand.alone !== null && now() - Math.max(stand.alone, begun) >= ALONE) break;
      }
      return null;
    } catch (cause) {
      return controller.signal.aborted ? null : failureOf(cause);
    } finally {
      stopWatch();
      controller.abort();
    }
  }

  async function hold(): Promise<void> {
    while (!closed) {
      const origin = ring.now();
      const failure = await listen(origin);
      if (closed) return;
      if (failure !== null && failure.kind !== 'away' && ended !== null) return ended(failure);
      ring.goOn(origin);
      tries += 1;
      // One machine that is gone is nobody's concern as long as the next one speaks.
      if (stand.live && (tries > ring.all().length || now() - stand.heard >= SILENCE)) {
        stand = { ...stand, live: false };
        told(stand);
      }
      await new Promise<void>((resolve) => {
        const stop = after(Math.min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE), resolve);
        wake = () => {
          stop();
          resolve();
        };
      });
    }
  }

  // A wish found that the machine is gone before the line did.
  const unfollow = ring.follow(() => cut());
  drop(hold());
  return () => {
    closed = true;
    unfollow();
    cut();
    wake();
  };
}
