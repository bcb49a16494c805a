import { drop } from '../../../domain/result.ts';
import { isFull } from '../../../sync/store/index.ts';
import { forget } from './forget.ts';
import { DRAFT, type SessionState } from './state.ts';
import type { Visit } from './visit.ts';

/** Last touch of a visit that is over. */
const LONG_AGO = 0;

/** What visits leave behind on the disk, and its end. To remove something SQLite must write, too: on a full disk it is done later. */
export type Traces = {
  /** Of a visit that has just ended: everything but what was handed in. */
  wipe(ended: SessionState): Promise<void>;
  /** A visit is over and its wipe found no room on the disk: nobody else may be let in before it is done. */
  waiting(): boolean;
  /** Goes on with the wipe that waits. */
  goOn(): Promise<void>;
  /** Of a visit that ended with the core before this one. @throws when the disk is full */
  clean(ended: SessionState): Promise<void>;
  /** Pages that the hall has confirmed, but for those of the visit that is going on. */
  dropSent(): Promise<void>;
};

export function createTraces({ store, state }: Pick<Visit, 'store' | 'state'>): Traces {
  let unwiped: SessionState | null = null;

  async function goOn(): Promise<void> {
    if (unwiped === null) return;
    try {
      // Written down as over before anything is destroyed: a core that dies in here goes on wiping when it starts.
      await store.drafts.save(DRAFT, { ...unwiped, touchedAt: LONG_AGO });
      await clean(unwiped);
      unwiped = null;
      drop(dropSent());
    } catch (cause) {
      if (!isFull(cause)) throw cause;
    }
  }

  async function clean(ended: SessionState): Promise<void> {
    await forget({ store }, ended);
    await store.drafts.remove(DRAFT);
    await store.scrub();
  }

  async function dropSent(): Promise<void> {
    try {
      await store.blobs.dropUploaded(state()?.case ?? null);
    } catch (cause) {
      // They go after a later run.
      if (!isFull(cause)) throw cause;
    }
  }

  return {
    async wipe(ended) {
      unwiped = ended;
      await goOn();
    },
    waiting: () => unwiped !== null,
    goOn,
    clean,
    dropSent,
  };
}
