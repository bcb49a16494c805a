import type { Action } from '../action/types.ts';
import type { FormValues, Material, Payload, PayloadOf } from '../action/payload.ts';
import { err, never, ok, type Result } from '../result.ts';
import type { CaseState, FoldFault, Stage } from './types.ts';

/**
 * Which action kinds a stage lets in. Everything else is an illegal transition: the hall keeps such an action aside,
 * a terminal never makes it. `rated` and `result-printed` say what happened around a case and never change its stage.
 * The legal lifecycle is 行政许可法 Art. 32 and 42–44: correction is told once, so `supplemented` leads to an answer, not to a second request.
 */
const ALLOWED: Record<Stage, readonly Payload['kind'][]> = {
  'handed-in': ['accepted', 'refused', 'correction-asked', 'withdrawn'],
  'correction-asked': ['supplemented', 'refused', 'withdrawn'],
  supplemented: ['accepted', 'refused', 'withdrawn'],
  accepted: ['reviewed', 'decided', 'finished', 'withdrawn', 'rated'],
  decided: ['finished', 'rated'],
  finished: ['result-printed', 'rated'],
  refused: ['rated'],
  withdrawn: [],
};

/** Whether `kind` may follow on a case that stands at `stage`. */
export function mayFollow(stage: Stage, kind: Payload['kind']): boolean {
  return ALLOWED[stage].includes(kind);
}

/** The stages in which nothing more is to be done by anybody. */
export function isClosed(stage: Stage): boolean {
  return stage === 'finished' || stage === 'refused' || stage === 'withdrawn';
}

/** The one state that a case's actions, in order, add up to. The same function runs on terminal, hall and in tests. */
export function foldCase(actions: readonly Action[]): Result<CaseState, FoldFault> {
  const [first, ...rest] = actions;
  if (first === undefined || first.payload.kind !== 'handed-in') return err({ kind: 'no-hand-in' });
  let state = start(first, first.payload);
  for (const action of rest) {
    const next = applyAction(state, action);
    if (!next.ok) return next;
    state = next.value;
  }
  return ok(state);
}

function start(action: Action, handedIn: PayloadOf<'handed-in'>): CaseState {
  return {
    id: action.case,
    item: action.item,
    stage: 'handed-in',
    handedIn,
    form: handedIn.form,
    materials: handedIn.materials,
    number: handedIn.number.value,
    correction: null,
    accepted: null,
    decision: null,
    finish: null,
    refusal: null,
    certificate: null,
    rating: null,
    prints: [],
    history: [entry(action)],
  };
}

/** One more action on a case. A repeated rating is an illegal transition: one service, one rating. */
export function applyAction(state: CaseState, action: Action): Result<CaseState, FoldFault> {
  const { payload } = action;
  const refused = err({ kind: 'illegal-transition' as const, action: action.id, from: state.stage, by: payload.kind });
  if (!mayFollow(state.stage, payload.kind)) return refused;
  if (payload.kind === 'rated' && state.rating !== null) return refused;
  return ok({ ...state, ...effect(state, payload), history: [...state.history, entry(action)] });
}

function effect(state: CaseState, payload: Payload): Partial<CaseState> {
  switch (payload.kind) {
    case 'handed-in':
      throw new Error('a case is handed in once');
    case 'supplemented':
      return { stage: 'supplemented', form: mergeForm(state.form, payload.form), materials: mergeMaterials(state.materials, payload.materials) };
    case 'withdrawn':
      return { stage: 'withdrawn' };
    case 'rated':
      return { rating: payload };
    case 'result-printed':
      return { prints: [...state.prints, payload] };
    case 'accepted':
      return { stage: 'accepted', accepted: payload, number: payload.number };
    case 'refused':
      return { stage: 'refused', refusal: payload };
    case 'correction-asked':
      return { stage: 'correction-asked', correction: payload };
    case 'reviewed':
      return {};
    case 'decided':
      return { stage: 'decided', decision: payload };
    case 'finished':
      return { stage: 'finished', finish: payload, certificate: payload.certificate };
    default:
      return never(payload);
  }
}

function mergeForm(before: FormValues, changed: FormValues): FormValues {
  return { ...before, ...changed };
}

/** A supplemented material replaces the earlier one of the same key; the others stay. */
function mergeMaterials(before: readonly Material[], changed: readonly Material[]): Material[] {
  const replaced = new Set(changed.map((material) => material.key));
  return [...before.filter((material) => !replaced.has(material.key)), ...changed];
}

function entry(action: Action): CaseState['history'][number] {
  return { action: action.id, kind: action.payload.kind, at: action.time.wall, machine: action.machine };
}
