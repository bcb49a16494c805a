import type { TerminalStore } from '../../../sync/terminal-store/types.ts';
import { isHandedIn } from './hand-in.ts';
import { SessionState } from './state.ts';
import type { Visit } from './visit.ts';

/**
 * Destroys what was filled in and never handed in: of a new case its key and with it every page; of a case that stays, the files that no
 * action of the log names. Of a message that was never sent, its recording.
 */
export async function forget(visit: Pick<Visit, 'store'>, { case: id, supplementing, talk }: Pick<SessionState, 'case' | 'supplementing' | 'talk'>): Promise<void> {
  if (talk.draft !== null) await visit.store.letters.recordings.drop(talk.draft.letter);
  if (id === null) return;
  if (supplementing === null && !(await isHandedIn(visit, id))) await visit.store.discardCase(id);
  else await visit.store.blobs.dropUnnamed(id);
}

/** Ends the visit that a store still holds: for a machine where its person does not stand. */
export async function dropVisit(store: TerminalStore): Promise<void> {
  for (const { id, value } of await store.drafts.list()) {
    const saved = SessionState.safeParse(value);
    if (saved.success) await forget({ store }, saved.data);
    await store.drafts.remove(id);
  }
  await store.scrub();
}
