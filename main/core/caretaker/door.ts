import { z } from 'zod';
import { passwordMatches } from '../../../crypto/passwords.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { type Clock, Instant } from '../../../domain/time.ts';
import { isFull } from '../../../sync/store/index.ts';
import type { TerminalStore } from '../../../sync/terminal-store/types.ts';

/** Wrong PINs that are forgiven; the next locks for a minute, each further one twice as long, up to an hour. */
const FORGIVEN = 5;
const FIRST_LOCK_MS = 60_000;
const LONGEST_LOCK_MS = 3_600_000;
/** The count outlives a restart: pulling the plug is no new try. */
const CURSOR = 'caretaker-door';
const Kept = z.object({ failures: z.int().min(0), lockedUntil: Instant.nullable() });

export type Door = {
  lockedUntil(): string | null;
  try(pin: string): Promise<Result<null, { kind: 'wrong-pin' } | { kind: 'locked'; until: string }>>;
};

/** The caretaker's PIN against guessing. Tries come one after another. @param stored its hash */
export async function createDoor({ cursors }: Pick<TerminalStore, 'cursors'>, clock: Clock, stored: string): Promise<Door> {
  const parsed = Kept.safeParse(await cursors.get(CURSOR));
  let kept = parsed.success ? parsed.data : { failures: 0, lockedUntil: null };
  let last: Promise<unknown> = Promise.resolve();

  async function keep(next: typeof kept): Promise<void> {
    kept = next;
    try {
      await cursors.set(CURSOR, kept);
    } catch (cause) {
      // A caretaker is the one who can make room. Until then the count is core's alone: pulling the plug wins a few tries a minute out of a million.
      if (!isFull(cause)) throw cause;
    }
  }
  function lockedUntil(): string | null {
    const left = kept.lockedUntil === null ? 0 : Date.parse(kept.lockedUntil) - clock.now();
    // No lock is this long: the clock was ahead when it was made. The count of failures stays.
    return left > 0 && left <= LONGEST_LOCK_MS ? kept.lockedUntil : null;
  }
  async function tryOnce(pin: string): ReturnType<Door['try']> {
    const until = lockedUntil();
    // Not even the right one is tried: a lock tells nothing.
    if (until !== null) return err({ kind: 'locked', until });
    const failures = kept.failures + 1;
    const lock = failures < FORGIVEN ? null : new Date(clock.now() + Math.min(FIRST_LOCK_MS * 2 ** (failures - FORGIVEN), LONGEST_LOCK_MS)).toISOString();
    // Counted before it is tried, so that a cut in between wins nothing.
    await keep({ failures, lockedUntil: lock });
    if (await passwordMatches(pin, stored)) {
      await keep({ failures: 0, lockedUntil: null });
      return ok(null);
    }
    return err(lock === null ? { kind: 'wrong-pin' } : { kind: 'locked', until: lock });
  }

  return {
    lockedUntil,
    try(pin) {
      const mine = last.then(() => tryOnce(pin));
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}
