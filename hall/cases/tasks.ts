import { awaitedPreReviews, type Process, processOf, standings, type Task, type TaskStanding } from '../../domain/approval/process.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { addDays, type WorkingCalendar } from '../../domain/calendar/working-days.ts';
import { isClosed } from '../../domain/case/fold.ts';
import type { CaseState } from '../../domain/case/types.ts';
import { dueWithPauses } from '../../domain/clock/limits.ts';
import { ANSWER_DAYS } from '../../domain/documents/legal.ts';
import type { Item } from '../../domain/item/types.ts';
import { never } from '../../domain/result.ts';
import type { CaseTaskRow, Write } from '../db/schema.ts';

/** Sorts behind every real day: while the legal clock stands a step's own clock stands as well. */
const STANDING = '9999-12-31';

/** The last day of a step's own time box. The box counts in the promise's unit from the day its step could begin; half days end with the whole one. */
export function taskDueBy({ task, since }: { task: Task; since: string }, state: Pick<CaseState, 'pauses'>, item: Pick<Item, 'promised'>, calendar: WorkingCalendar): string | null {
  return dueWithPauses(since, { days: Math.ceil(task.days), unit: item.promised.unit }, state.pauses, calendar)?.date ?? null;
}

/** Every step of a case, as its department's list shows it. */
export function tasksOf(division: string, state: CaseState, item: Item, calendar: WorkingCalendar): CaseTaskRow[] {
  const process = processOf(item);
  const handedInOn = dayOfHandIn(state);
  const row = (task: Task, kind: CaseTaskRow['kind'], since: string, due: string | null): CaseTaskRow => ({ division, case_id: state.id, step: task.key, department: task.department, kind, since, due_by: due ?? STANDING });
  if (isClosed(state.stage) || state.stage === 'decided') return process.tasks.map((task) => row(task, 'over', handedInOn, null));
  if (state.stage === 'accepted') {
    return standings(process, state.accepted?.acceptedOn ?? null, state.reviews).map((standing) => {
      switch (standing.kind) {
        case 'waiting':
          return row(standing.task, 'later', handedInOn, null);
        case 'open':
          return row(standing.task, 'open', standing.since, taskDueBy(standing, state, item, calendar));
        case 'done':
          return row(standing.task, 'over', standing.since, null);
        default:
          return never(standing);
      }
    });
  }
  const awaited = state.stage === 'correction-asked' ? [] : awaitedPreReviews(process, state.preReviews);
  return process.tasks.map((task) => (awaited.includes(task) ? row(task, 'pre-review', handedInOn, addDays(handedInOn, ANSWER_DAYS, 'working', calendar).date) : row(task, 'later', handedInOn, null)));
}

/** The steps that may be done now. */
export function openStandings(process: Process, state: Pick<CaseState, 'accepted' | 'reviews'>): Extract<TaskStanding, { kind: 'open' }>[] {
  return standings(process, state.accepted?.acceptedOn ?? null, state.reviews).filter((standing) => standing.kind === 'open');
}

/** Writes the lists of departments anew for cases that changed, in the transaction that changed them. */
export async function saveTasks(write: Write, division: string, changed: readonly { state: CaseState; isNew: boolean; item: Item }[], calendar: WorkingCalendar): Promise<void> {
  const joined = changed.filter(({ item }) => processOf(item).tasks.length > 0);
  if (joined.length === 0) return;
  const before = joined.filter(({ isNew }) => !isNew).map(({ state }) => state.id);
  if (before.length > 0) await write.deleteFrom('case_task').where('division', '=', division).where('case_id', 'in', before).execute();
  const rows = joined.flatMap(({ state, item }) => tasksOf(division, state, item, calendar));
  if (rows.length > 0) await write.insertInto('case_task').values(rows).execute();
}

/** The day on which a case was handed in as its own first line says: exact enough for a list. */
function dayOfHandIn(state: CaseState): string {
  const at = state.handedIn.late?.happenedAt ?? state.history[0]?.at ?? state.handedIn.signature.signedAt;
  return civilDate(Date.parse(at));
}
