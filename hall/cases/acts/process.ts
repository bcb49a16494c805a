import type { PayloadOf } from '../../../domain/action/payload.ts';
import { processOf, type Task } from '../../../domain/approval/process.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { Scope } from '../../../domain/staff/scope.ts';
import type { Staff } from '../../identity/accounts.ts';
import { openStandings, taskDueBy } from '../tasks.ts';
import { type ActFailure, type Deed, type Loaded, sayOnly } from './deed.ts';

/** 同步预审: a department's word on the shared materials before acceptance. A later word takes the place of the earlier. */
export function preReview(staff: Staff, said: Omit<PayloadOf<'pre-reviewed'>, 'kind' | 'on'>): Deed {
  return {
    name: 'pre-review', keepsClaim: true,
    make({ state, item, today }) {
      const task = ownTask(processOf(item).tasks, said.step, staff.scope);
      if (task === null || !task.preReview) return err({ kind: 'not-your-step' });
      if ((said.verdict === 'lacks') !== (said.asks.length > 0) || (said.verdict === 'not-ours' && said.words === '')) return err({ kind: 'bad-act' });
      return sayOnly(state, { kind: 'pre-reviewed', ...said, on: today });
    },
  };
}

/** 审查: a department does its step. An objection needs its reasons. */
export function review(staff: Staff, said: { step: string; outcome: 'agrees' | 'objects'; opinion: string }): Deed {
  return {
    name: 'review', keepsClaim: true,
    make(loaded) {
      const { state, today } = loaded;
      const open = openTask(loaded, said.step, staff.scope);
      if (!open.ok) return open;
      if (said.outcome === 'objects' && said.opinion.trim() === '') return err({ kind: 'bad-act' });
      return sayOnly(state, { kind: 'reviewed', ...said, on: today });
    },
  };
}

/** 缺席默认: the step's own time is over, its department said nothing, and the item's rule takes that as consent. */
export function consentBySilence(step: string): Pick<Deed, 'name' | 'make'> {
  return {
    name: 'consent-by-silence',
    make({ state, item, calendar, today }) {
      const standing = state.stage === 'accepted' ? openStandings(processOf(item), state).find(({ task }) => task.key === step) : undefined;
      if (standing === undefined || standing.task.silence !== 'consents') return ok([]);
      const due = taskDueBy(standing, state, item, calendar);
      return due === null || due >= today ? ok([]) : sayOnly(state, { kind: 'reviewed', step, outcome: 'absent', opinion: '', on: today });
    },
  };
}

/** 联合踏勘: one visit for every step that needs one. */
export function appointSurvey(survey: Omit<PayloadOf<'survey-appointed'>, 'kind'>): Deed {
  return {
    name: 'appoint-survey', keepsClaim: true,
    make({ state, item, today }) {
      const known = new Set(processOf(item).tasks.map(({ key }) => key));
      if (!survey.steps.every((step) => known.has(step)) || survey.on < today) return err({ kind: 'bad-act' });
      return sayOnly(state, { kind: 'survey-appointed', ...survey });
    },
  };
}

export function holdSurvey(held: { present: string[]; words: string }): Deed {
  return { name: 'hold-survey', keepsClaim: true, make: ({ state, today }) => sayOnly(state, { kind: 'survey-held', ...held, on: today }) };
}

function openTask({ state, item }: Loaded, step: string, scope: Scope): Result<Task, ActFailure> {
  const standing = openStandings(processOf(item), state).find(({ task }) => task.key === step);
  const task = standing === undefined ? null : ownTask([standing.task], step, scope);
  return task === null ? err({ kind: 'not-your-step' }) : ok(task);
}

/** The step, when the scope reaches its department. */
function ownTask(tasks: readonly Task[], step: string, { departments }: Scope): Task | null {
  return tasks.find(({ key, department }) => key === step && (departments === null || departments.includes(department))) ?? null;
}
