import type { InboxRow } from '../../domain/contracts/cases.ts';
import { isHallsTurn } from './words.ts';

/**
 * The case to go to after one is done: the next in the list's order that waits for the hall and for no colleague, then from its top.
 * Null when nothing is left to do in the list.
 */
export function nextToDo(rows: readonly InboxRow[], done: string, account: string): InboxRow | null {
  const at = rows.findIndex(({ id }) => id === done);
  const inOrder = at < 0 ? rows : [...rows.slice(at + 1), ...rows.slice(0, at)];
  return inOrder.find((row) => isHallsTurn(row.stage) && (row.claimedBy === null || row.claimedBy === account)) ?? null;
}

/** The row so many places further, or null past an end. */
export function neighbour(rows: readonly InboxRow[], id: string, step: 1 | -1): InboxRow | null {
  const at = rows.findIndex((row) => row.id === id);
  return at < 0 ? null : rows[at + step] ?? null;
}
