/**
 * One wish at a time, brought until it is answered. A wish that got no answer, or that the machines could not agree on, is brought again under the same id, so that it is done once; where a machine does
 * not answer, to the next one. Meanwhile no second wish is taken.
 */
import type { SiteWishFailure } from '../../domain/contracts/site.ts';
import { never, type Result } from '../../domain/result.ts';
import type { QueueWish } from '../../domain/queue/decide.ts';
import type { QueueEntry } from '../../domain/queue/types.ts';
import type { Ring } from '../site/ring.ts';
import type { CallFailure } from '../site/machines.ts';

export type Granted = { entry: QueueEntry; code: string | null };

/**
 * How a wish ends.
 * - `refused`: nothing was done, and why.
 * - `given-up`: whether it was done is not known.
 * - `signed-out`, `not-allowed`, `broken`: the machine did not look at it. `unknown`: an earlier try may have been done.
 * - `busy`: another wish is under way; this one was not begun.
 */
export type WishEnd =
  | { kind: 'granted'; granted: Granted }
  | { kind: 'refused'; failure: SiteWishFailure }
  | { kind: 'signed-out' | 'not-allowed' | 'broken'; unknown: boolean }
  | { kind: 'given-up' }
  | { kind: 'busy' };

/** Why a wish takes long: its answer is waited for; nobody answered; the machines do not agree now, it was not done; it may have been done. But for the first it is brought again. */
export type Again = 'slow' | 'no-answer' | 'not-leading' | 'unsure';
/** @property since when it was begun, milliseconds since 1970 */
export type WishStand = { kind: 'none' } | { kind: 'under-way'; since: number } | { kind: 'again'; why: Again; since: number };

export type Wishes = {
  bring(wish: QueueWish): Promise<WishEnd>;
  giveUp(): void;
  stand(): WishStand;
  /** Calls after every change of `stand`; returns what ends it. */
  follow(changed: () => void): () => void;
};

/** Milliseconds before a wish is brought again: the next machine is asked at once, and nobody is asked more often than every two seconds. */
const PAUSES = [100, 250, 500, 1000, 2000] as const;
/** Longer than an answer takes while all is well, milliseconds: from then on it is said that one is waited for. */
const SLOW = 1500;
const NONE: WishStand = { kind: 'none' };

export type WishRoad = {
  ring: Ring;
  send(origin: string, id: string, wish: QueueWish): Promise<Result<Result<Granted, SiteWishFailure>, CallFailure>>;
  newId(): string;
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls once after so many milliseconds; returns what cancels it. */
  after(milliseconds: number, call: () => void): () => void;
};

export function createWishes({ ring, send, newId, now, after }: WishRoad): Wishes {
  const watchers = new Set<() => void>();
  let stand: WishStand = NONE;
  let giveUp: () => void = () => {};
  /** A wish that was given up and would do something a second time under another id. */
  let kept: { asked: string; id: string } | null = null;

  function show(next: WishStand): void {
    stand = next;
    for (const changed of [...watchers]) changed();
  }

  async function brought(wish: QueueWish, id: string, givenUp: Promise<'given-up'>): Promise<WishEnd> {
    const since = now();
    let origin = ring.now();
    let unknown = false;
    for (let tries = 0; ; tries += 1) {
      const sayNothing = after(SLOW, () => stand.kind === 'under-way' && show({ kind: 'again', why: 'slow', since }));
      const answer = await Promise.race([send(origin, id, wish), givenUp]);
      sayNothing();
      if (answer === 'given-up') return { kind: answer };
      let why: Again;
      if (!answer.ok) {
        if (answer.error.kind !== 'away') return { kind: answer.error.kind, unknown };
        why = 'no-answer';
        ring.goOn(origin);
        origin = ring.now();
      } else if (answer.value.ok) {
        return { kind: 'granted', granted: answer.value.value };
      } else if (answer.value.error.kind === 'not-leading' || answer.value.error.kind === 'unsure') {
        why = answer.value.error.kind;
        origin = ring.after(origin);
      } else {
        return { kind: 'refused', failure: answer.value.error };
      }
      unknown ||= why !== 'not-leading';
      show({ kind: 'again', why: unknown && why === 'not-leading' ? 'unsure' : why, since });
      const goOn = await Promise.race([pause(PAUSES[Math.min(tries, PAUSES.length - 1)] ?? 0), givenUp]);
      if (goOn === 'given-up') return { kind: goOn };
    }
  }
  function pause(milliseconds: number): Promise<'go-on'> {
    return new Promise((resolve) => void after(milliseconds, () => resolve('go-on')));
  }

  return {
    async bring(wish) {
      if (stand.kind !== 'none') return { kind: 'busy' };
      const asked = JSON.stringify(wish);
      const id = kept?.asked === asked ? kept.id : newId();
      kept = null;
      show({ kind: 'under-way', since: now() });
      const end = await brought(wish, id, new Promise((resolve) => (giveUp = () => resolve('given-up'))));
      if (end.kind === 'given-up' && isDoneTwiceUnderTwoIds(wish)) kept = { asked, id };
      show(NONE);
      return end;
    },
    giveUp: () => giveUp(),
    stand: () => stand,
    follow(changed) {
      watchers.add(changed);
      return () => void watchers.delete(changed);
    },
  };
}

/**
 * Whether the same wish under another id would do the same once more. What begins from a state of a ticket or a window is guarded by that state. 下一位 is not among these: wished for again it means
 * another person, and under the old id it would be answered with the call of then.
 */
function isDoneTwiceUnderTwoIds(wish: QueueWish): boolean {
  switch (wish.kind) {
    case 'take':
      return true;
    case 'do':
      return wish.deed.kind === 'served' || wish.deed.kind === 'noted' || wish.deed.kind === 'recalled';
    case 'next':
    // Of the second it is said that somebody arranged meanwhile.
    case 'arrange':
    case 'carry':
    case 'enter-roll':
    case 'lease':
    case 'bring':
      return false;
    default:
      return never(wish);
  }
}
