import type { Action } from '../../domain/action/types.ts';
import type { Write } from '../db/schema.ts';
import { type Ground, nowOf } from '../ground.ts';
import { queueNotices } from '../messages/notices.ts';
import { keepRatings } from '../ratings/keep.ts';
import { markForLook } from '../supervision/look.ts';

/**
 * What follows from actions that were just applied to their cases, whoever made them: called behind the writing of the cases, in the same transaction.
 * Each part is idempotent by the action's id, so an action that is judged twice has its consequences once.
 */
export async function onApplied(ground: Ground, write: Write, actions: readonly Action[]): Promise<void> {
  if (actions.length === 0) return;
  await keepRatings(ground, write, actions);
  await queueNotices(ground, write, actions);
  await markForLook(write, ground.division, actions.map((action) => action.case), nowOf(ground));
}
