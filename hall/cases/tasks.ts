import { sql } from 'kysely';
import { z } from 'zod';
import { awaitedPreReviews, type Process, processOf, standings, type Task, type TaskStanding } from '../../domain/approval/process.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { addDays, daysLeft, type WorkingCalendar } from '../../domain/calendar/working-days.ts';
import { isClosed } from '../../domain/case/fold.ts';
import type { CaseState } from '../../domain/case/types.ts';
import { dueWithPauses } from '../../domain/clock/limits.ts';
import type { TaskRow } from '../../domain/contracts/cases.ts';
import { ANSWER_DAYS } from '../../domain/documents/legal.ts';
import { CaseId } from '../../domain/ids.ts';
import type { Item } from '../../domain/item/types.ts';
import { never } from '../../domain/result.ts';
import type { Scope } from '../../domain/staff/scope.ts';
import { itemsByReference } from '../catalogue/items.ts';
import type { CaseTaskRow, Write } from '../db/schema.ts';
import type { Ground } from '../ground.ts';
import { inboxRows } from './inbox.ts';
import { withinScope } from './scope.ts';

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

/** A place in the list of steps: due date, case, step. */
const TaskKey = z.tuple([z.iso.date(), CaseId, z.string().max(64)]);

/** The steps that wait for the departments of a scope, soonest first. @returns null for a page key that this hall never made */
export async function readTasks(ground: Ground, scope: Scope, { after, limit }: { after: string; limit: number }): Promise<{ rows: TaskRow[]; next: string } | null> {
  const { db: { read }, division, clock } = ground;
  const key = after === '' ? null : TaskKey.safeParse(after.split('|'));
  if (key !== null && !key.success) return null;
  const tasks = await read.selectFrom('case_task').selectAll('case_task').where('case_task.division', '=', division).where(sql<boolean>`case_task.kind in ('pre-review', 'open')`)
    .$if(scope.departments !== null, (select) => select.where(({ eb, fn, val }) => eb('case_task.department', '=', fn.any(val(scope.departments ?? [])))))
    .$if(key !== null, (select) => {
      const [due, id, step] = key?.data ?? ['', '', ''];
      return select.where(sql<boolean>`(case_task.due_by, case_task.case_id, case_task.step) > (${due}::date, ${id}, ${step})`);
    })
    .where(({ exists, selectFrom }) => exists(selectFrom('case_view').select('case_view.id').whereRef('case_view.division', '=', 'case_task.division').whereRef('case_view.id', '=', 'case_task.case_id').where(withinScope(scope))))
    .orderBy('case_task.due_by').orderBy('case_task.case_id').orderBy('case_task.step').limit(limit + 1).execute();
  const page = tasks.slice(0, limit);
  const cases = page.length === 0 ? [] : await read.selectFrom('case_view').selectAll('case_view').where('division', '=', division).where('id', '=', ({ fn, val }) => fn.any(val(page.map((task) => task.case_id)))).execute();
  const rows = new Map((await inboxRows(ground, cases)).map((row) => [row.id as string, row]));
  const items = await itemsByReference(read, division, cases.map((row) => ({ code: row.item_code, version: row.item_version })));
  const named = new Map(cases.map((row) => [row.id, items.get(`${row.item_code}@${row.item_version}`)]));
  const today = civilDate(clock.now());
  const last = page.at(-1);
  return {
    rows: page.flatMap((task) => {
      const row = rows.get(task.case_id);
      const item = named.get(task.case_id);
      if (row === undefined || item === undefined || (task.kind !== 'open' && task.kind !== 'pre-review')) return [];
      const standing = task.due_by === STANDING;
      const unit = task.kind === 'open' ? item.promised.unit : 'working';
      return [{ row, step: task.step, name: item.steps.find(({ key: step }) => step === task.step)?.name ?? task.step, kind: task.kind, since: task.since, dueBy: standing ? null : task.due_by, daysLeft: standing ? null : daysLeft(today, task.due_by, unit) }];
    }),
    next: tasks.length > limit && last !== undefined ? [last.due_by, last.case_id, last.step].join('|') : '',
  };
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
