import { applyAction, foldCase } from '../../domain/case/fold.ts';
import type { Action } from '../../domain/action/types.ts';
import type { CaseState } from '../../domain/case/types.ts';
import type { CaseId } from '../../domain/ids.ts';
import type { TerminalStore } from '../../sync/terminal-store/types.ts';

/**
 * A case as this terminal knows it, for the person whose card lies on the reader; anybody else's case is not there.
 * An action that does not fold (the hall knows something this machine has not heard yet) ends the fold before it: what is shown is
 * older, never wrong.
 */
export async function caseState(store: TerminalStore, id: CaseId, number: string): Promise<CaseState | null> {
  const mine = await store.log.casesOf(store.log.personKey(number));
  return mine.includes(id) ? knownState(store, id) : null;
}

/** All cases of a person on this terminal, newest hand-in first. */
export async function casesOfPerson(store: TerminalStore, number: string): Promise<CaseState[]> {
  const ids = await store.log.casesOf(store.log.personKey(number));
  const states = await Promise.all(ids.map((id) => knownState(store, id)));
  return states.filter((state) => state !== null);
}

/** A case's actions, this machine's and the hall's, in the order in which they became known here. */
export async function actionsOf(store: Pick<TerminalStore, 'log'>, id: CaseId): Promise<Action[]> {
  return (await store.log.ofCase(id)).map(({ action }) => action);
}

/** A case as this terminal knows it, whoever asks: for what shows it to nobody. */
export async function knownState(store: Pick<TerminalStore, 'log'>, id: CaseId): Promise<CaseState | null> {
  const [first, ...rest] = await actionsOf(store, id);
  const begun = first === undefined ? null : foldCase([first]);
  if (begun === null || !begun.ok) return null;
  // The hall decides what a case is. A word of it that does not fit what was heard here follows on one that an older program could not read.
  return rest.reduce((state, action) => {
    const next = applyAction(state, action);
    return next.ok ? next.value : state;
  }, begun.value);
}
