import type { PreReview, Review } from '../case/types.ts';
import type { Item, StepTask } from '../item/types.ts';

/**
 * The process of an item as data: steps that are work of departments, and which must be done before which. A single department's item is a row
 * of them; 并联审批 is one where several departments' steps stand beside each other over one shared set of materials. Its picture
 * (`picture.ts`) and its running state come from the same definition, so they cannot differ.
 */
export type Task = StepTask & { key: string; name: string; who: string; days: number };
export type Process = { tasks: readonly Task[]; /** The body that leads: the item's own. */ lead: string };

export function processOf(item: Pick<Item, 'steps' | 'body'>): Process {
  return { lead: item.body.creditCode, tasks: item.steps.flatMap(({ key, name, who, days, task }) => (task === undefined ? [] : [{ key, name, who, days, ...task }])) };
}

/** A step of the whole way as a guide draws it: work of departments, and what merely happens, such as 收件. */
export type FlowStep = { key: string; name: string; who: string; days: number; after: string[] };

/**
 * The whole way of an item, from the hand-in to its end: steps that nobody's work stands behind come one after another, work of departments stands between
 * them as its own definition says (`processOf`).
 */
export function flowOf({ steps }: Pick<Item, 'steps'>): FlowStep[] {
  const flow: FlowStep[] = [];
  let before: string[] = [];
  for (const { key, name, who, days, task } of steps) {
    const ends = flow.map((step) => step.key).filter((one) => !flow.some(({ after }) => after.includes(one)));
    const after = task === undefined ? ends : task.after.length > 0 ? task.after : before;
    if (task === undefined) before = [key];
    flow.push({ key, name, who, days, after });
  }
  return flow;
}

/** Whether other bodies than the item's own have a part: 并联审批. */
export function isJoint(process: Process): boolean {
  return process.tasks.some(({ department }) => department !== process.lead);
}

/** Credit codes of every body that has a part, the lead first. */
export function departmentsOf(process: Process): string[] {
  return [...new Set([process.lead, ...process.tasks.map(({ department }) => department)])];
}

/**
 * Days of the whole: the longest way through steps that wait for one another (行政许可法 Art 26: 统一办理, 联合办理). Each step keeps its own time box beside it.
 * The process has no cycle: `processFaults` saw to that before publication.
 */
export function longestWay(tasks: readonly Pick<Task, 'key' | 'days' | 'after'>[]): number {
  const days = new Map<string, number>();
  const dayOf = (task: Pick<Task, 'key' | 'days' | 'after'>): number => {
    const known = days.get(task.key);
    if (known !== undefined) return known;
    const before = tasks.filter(({ key }) => task.after.includes(key)).map(dayOf);
    const sum = task.days + Math.max(0, ...before);
    days.set(task.key, sum);
    return sum;
  };
  return Math.max(0, ...tasks.map(dayOf));
}

/** Keywords of what may be wrong with a process, for the editor's texts. `path` begins with `steps`. */
export type ProcessFault = { kind: 'after-unknown' | 'after-in-circle'; path: string };

export function processFaults(tasks: readonly Pick<Task, 'key' | 'after'>[]): ProcessFault[] {
  const keys = new Set(tasks.map(({ key }) => key));
  const unknown = tasks.flatMap(({ key, after }) => after.filter((before) => !keys.has(before)).map((): ProcessFault => ({ kind: 'after-unknown', path: `steps.${key}` })));
  return [...unknown, ...tasks.filter(({ key }) => reaches(tasks, key, key)).map(({ key }): ProcessFault => ({ kind: 'after-in-circle', path: `steps.${key}` }))];
}

/** Whether a step waits for another, at once or over others. */
function reaches(tasks: readonly Pick<Task, 'key' | 'after'>[], from: string, to: string): boolean {
  const seen = new Set<string>();
  const open = tasks.find(({ key }) => key === from)?.after.slice() ?? [];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (key === to) return true;
    if (seen.has(key)) continue;
    seen.add(key);
    open.push(...(tasks.find((task) => task.key === key)?.after ?? []));
  }
  return false;
}

/**
 * Where a step stands.
 * - `waiting`: for steps before it, or for acceptance.
 * - `open` since the day on which its clock began: that of acceptance, or of the last step before it.
 * - `done`.
 */
export type TaskStanding = { task: Task; kind: 'waiting' } | { task: Task; kind: 'open'; since: string } | { task: Task; kind: 'done'; since: string; review: Review };

/** Where every step of an accepted case stands. @param acceptedOn null before acceptance: everything waits */
export function standings(process: Process, acceptedOn: string | null, reviews: readonly Review[]): TaskStanding[] {
  return process.tasks.map((task): TaskStanding => {
    const before = task.after.map((key) => reviews.find(({ step }) => step === key));
    if (acceptedOn === null || before.includes(undefined)) return { task, kind: 'waiting' };
    const since = before.reduce((last, review) => (review !== undefined && review.on > last ? review.on : last), acceptedOn);
    const review = reviews.find(({ step }) => step === task.key);
    return review === undefined ? { task, kind: 'open', since } : { task, kind: 'done', since, review };
  });
}

/**
 * What the lead may do with the whole.
 * - `running`: steps are open.
 * - `objected`: a department does not agree. Each still issues its own paper; the lead denies, or settles it with them first.
 * - `agreed`: all said yes.
 */
export function outcomeOf(process: Process, reviews: readonly Review[]): 'running' | 'objected' | 'agreed' {
  const own = reviews.filter(({ step }) => process.tasks.some(({ key }) => key === step));
  if (own.some(({ outcome }) => outcome === 'objects')) return 'objected';
  return process.tasks.every(({ key }) => own.some(({ step }) => step === key)) ? 'agreed' : 'running';
}

/** Steps whose departments look before acceptance and have not said anything yet. */
export function awaitedPreReviews(process: Process, said: readonly PreReview[]): Task[] {
  return process.tasks.filter(({ key, preReview }) => preReview && !said.some(({ step }) => step === key));
}

/** Everything that the departments lack, each once: the one correction that the law allows (行政许可法 Art 32 (1)(4)). */
export function mergedAsks(said: readonly PreReview[]): PreReview['asks'] {
  const asks = said.filter(({ verdict }) => verdict === 'lacks').flatMap(({ asks: own }) => own);
  const merged = new Map<string, PreReview['asks'][number]>();
  for (const ask of asks) {
    const name = `${ask.target} ${ask.key}`;
    const known = merged.get(name);
    if (known === undefined) merged.set(name, ask);
    else if (!known.words.includes(ask.words)) merged.set(name, { ...known, words: `${known.words}；${ask.words}`.slice(0, 500) });
  }
  return [...merged.values()];
}
