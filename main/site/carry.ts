/**
 * What was arranged holds from day to day, and each day's list begins with the settings. So every machine wishes the newest arrangement that it knows of an earlier day into the day's list while that has an older one: the highest version
 * stays, whoever is first and whoever leads, and a machine that was off turns nothing back.
 */
import { z } from 'zod';
import { fittedTo } from '../../domain/queue/arrangement.ts';
import type { QueueWish } from '../../domain/queue/decide.ts';
import type { Queue } from '../../domain/queue/state.ts';
import { type Arrangement, QueueEntry } from '../../domain/queue/types.ts';
import { drop } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';

/** How often it is looked whether the day has it, milliseconds: nobody led, or a window that it takes away is open. */
const AGAIN = 2000;

/** @property day in whose list it stands */
type Known = { day: string; version: number; arrangement: Arrangement | null };

/** `version` of the arrangement; `whole` false: a business of it is no longer in the settings, and what went with that was left out. */
export type CarryEvent = { event: 'site-arrangement-carried'; version: number; whole: boolean };

export type Carrying = {
  /** What holds in a day's list, as far as this machine knows it. */
  learn(day: string, arranged: Pick<Queue['arranged'], 'version' | 'arrangement'>): void;
  /** The earlier day whose list is kept until today's has what stands in it; null: none. */
  needs(): string | null;
  /** Looks at once: the day has changed. */
  look(): void;
  close(): void;
};

/** @param current the day's list @param known of earlier days @param wish in the name of this machine */
export function openCarrying({ current, known, wish, clock, log }: { current(): { day: string; queue: Queue }; known: readonly Known[]; wish(wish: QueueWish): Promise<{ ok: boolean }>; clock: Pick<Clock, 'after'>; log(event: CarryEvent): void }): Carrying {
  let newest: Known | null = null;
  let [carrying, closed, cancel] = [false, false, () => {}];

  /** Of two of one version the later day's: it was made while nobody there knew the other. */
  function keep(next: Known): void {
    if (newest === null || next.version > newest.version || (next.version === newest.version && next.day > newest.day)) newest = next;
  }

  function lacking(): Known | null {
    const { day, queue } = current();
    return newest !== null && newest.day < day && newest.version > queue.arranged.version ? newest : null;
  }

  async function carry(): Promise<void> {
    const wanted = lacking();
    if (wanted === null || carrying || closed) return;
    carrying = true;
    try {
      const arrangement = fittedTo(current().queue.began, wanted.arrangement);
      const carried = await wish({ kind: 'carry', version: wanted.version, arrangement });
      if (carried.ok) log({ event: 'site-arrangement-carried', version: wanted.version, whole: JSON.stringify(arrangement) === JSON.stringify(wanted.arrangement) });
    } finally {
      carrying = false;
    }
  }

  function look(): void {
    cancel();
    if (closed) return;
    cancel = clock.after(AGAIN, look);
    drop(carry());
  }

  for (const one of known) keep(one);
  look();
  return {
    learn(day, { version, arrangement }) {
      if (version === 0) return;
      keep({ day, version, arrangement });
      drop(carry());
    },
    needs: () => lacking()?.day ?? null,
    look,
    close() {
      closed = true;
      cancel();
    },
  };
}

const Arranged = z.looseObject({ deed: z.looseObject({ kind: z.literal('arranged') }) });

/** The newest arrangement among a list's agreed values; null: none. Whoever led decided on each of them, so each held. */
export function arrangedIn(day: string, values: readonly unknown[]): Known | null {
  const last = values.findLast((value) => Arranged.safeParse(value).success);
  const { deed } = last === undefined ? { deed: null } : QueueEntry.parse(last);
  return deed?.kind === 'arranged' ? { day, version: deed.version, arrangement: deed.arrangement } : null;
}
