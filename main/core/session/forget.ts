import type { TerminalStore } from '../../../sync/terminal-store/types.ts';
import { actionsOf } from '../cases.ts';
import { isHandedIn } from './hand-in.ts';
import { hashesOf } from './materials.ts';
import { SessionState } from './state.ts';
import type { Visit } from './visit.ts';

/**
 * Destroys what was filled in and never handed in: of a new case its key and with it every page, of a supplement the pages, which lie
 * under the key of a case that stays. Does nothing to what an action of the log names.
 */
export async function forget(visit: Pick<Visit, 'store'>, { case: id, supplementing, pages }: Pick<SessionState, 'case' | 'supplementing' | 'pages'>): Promise<void> {
  const { store } = visit;
  if (id === null) return;
  if (supplementing === null) {
    if (!(await isHandedIn(visit, id))) await store.discardCase(id);
    return;
  }
  const sent = new Set((await actionsOf(store, id)).flatMap(({ payload }) => (payload.kind === 'supplemented' ? payload.materials.flatMap((material) => material.pages.map(({ hash }) => hash)) : [])));
  for (const { blob } of pages) {
    if (sent.has(blob.hash)) continue;
    for (const hash of hashesOf(blob)) await store.blobs.remove(id, hash);
  }
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
