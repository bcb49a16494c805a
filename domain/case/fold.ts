import type { Action } from '../action/types.ts';
import type { FinishResult, FormValues, Material, Payload, PayloadOf } from '../action/payload.ts';
import { err, never, ok, type Result } from '../result.ts';
import { checksDue } from './identity.ts';
import { actorName, type CaseState, type FoldFault, type Stage } from './types.ts';

/** What may be said of a case whoever's turn it is, while it is open. */
const ON_THE_WAY = ['staff-corrected', 'originals-seen', 'identity-checked', 'handed-over', 'taken-over'] as const;

/**
 * Which action kinds a stage lets in. Everything else is an illegal transition: the hall keeps such an action aside,
 * a terminal never makes it. Most say what happened around a case and do not change its stage.
 * The legal lifecycle is 行政许可法 Art. 32 and 42–45: correction is told once, so `supplemented` leads to an answer, not to a second request.
 */
const ALLOWED: Record<Stage, readonly Payload['kind'][]> = {
  'handed-in': ['accepted', 'refused', 'correction-asked', 'withdrawn', 'pre-reviewed', 'finished', ...ON_THE_WAY],
  'correction-asked': ['supplemented', 'refused', 'withdrawn', 'finished', ...ON_THE_WAY],
  supplemented: ['accepted', 'refused', 'withdrawn', 'pre-reviewed', 'finished', ...ON_THE_WAY],
  accepted: ['reviewed', 'survey-appointed', 'survey-held', 'paused', 'resumed', 'extended', 'limits-set', 'decided', 'finished', 'withdrawn', 'rated', ...ON_THE_WAY],
  decided: ['finished', 'limits-set', 'rated', ...ON_THE_WAY],
  finished: ['result-printed', 'rated', 'handed-over', 'taken-over', 'delivered', 'archived'],
  refused: ['rated', 'delivered', 'archived'],
  withdrawn: ['archived'],
};

/** How a case may end before it was accepted: nothing was decided, so nothing is granted or denied. */
const ENDS_UNDECIDED: Partial<Record<Stage, readonly FinishResult[]>> = { 'handed-in': ['returned', 'transferred'], 'correction-asked': ['returned', 'lapsed'], supplemented: ['returned', 'transferred'] };

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
    limits: null,
    pauses: [],
    extension: null,
    preReviews: [],
    reviews: [],
    survey: null,
    papers: null,
    decision: null,
    finish: null,
    refusal: null,
    certificate: null,
    delivery: null,
    archive: null,
    rating: null,
    prints: [],
    history: [entry(action)],
  };
}

/** One more action on a case. */
export function applyAction(state: CaseState, action: Action): Result<CaseState, FoldFault> {
  const { payload } = action;
  if (!mayFollow(state.stage, payload.kind) || isOutOfTurn(state, payload)) return err({ kind: 'illegal-transition', action: action.id, from: state.stage, by: payload.kind });
  return ok({ ...state, ...effect(state, payload, actorName(action.actor)), history: [...state.history, entry(action)] });
}

/** What the stage would let in, but what was said before does not. */
export function isOutOfTurn(state: CaseState, payload: Payload): boolean {
  switch (payload.kind) {
    // One service, one rating.
    case 'rated':
      return state.rating !== null;
    case 'paused':
      return isPaused(state);
    case 'resumed':
      return !isPaused(state);
    case 'extended':
      return state.extension !== null || isPaused(state);
    case 'limits-set':
      return isPaused(state);
    // Who is decided on has had the time that the law gives; a step is done once.
    case 'decided':
      return isPaused(state);
    case 'reviewed':
      return isPaused(state) || state.reviews.some(({ step }) => step === payload.step);
    case 'survey-held':
      return state.survey === null || state.survey.held !== null;
    case 'identity-checked':
      return !checksDue(state).some(({ party }) => party === payload.party);
    case 'taken-over':
      return state.papers === null || state.papers.taken;
    case 'delivered':
      return state.delivery !== null;
    case 'archived':
      return state.archive !== null;
    case 'finished':
      return isPaused(state) || !(ENDS_UNDECIDED[state.stage] ?? ENDS_DECIDED).includes(payload.result);
    default:
      return false;
  }
}

const ENDS_DECIDED: readonly FinishResult[] = ['granted', 'denied', 'withdrawn', 'returned', 'transferred'];

/** Whether the legal clock stands still. */
export function isPaused(state: Pick<CaseState, 'pauses'>): boolean {
  return state.pauses.at(-1)?.to === null;
}

function effect(state: CaseState, payload: Payload, by: string): Partial<CaseState> {
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
      return { stage: 'accepted', accepted: payload, number: payload.number, limits: { promisedBy: payload.promisedBy, statutoryBy: payload.statutoryBy, provisional: payload.provisional, calendar: payload.calendar ?? '' } };
    case 'refused':
      return { stage: 'refused', refusal: payload };
    case 'correction-asked':
      return { stage: 'correction-asked', correction: payload };
    case 'pre-reviewed': {
      const { kind: _kind, ...said } = payload;
      return { preReviews: [...state.preReviews.filter(({ step }) => step !== payload.step), { ...said, by }] };
    }
    case 'reviewed': {
      const { kind: _kind, ...said } = payload;
      return { reviews: [...state.reviews, { ...said, by }] };
    }
    case 'survey-appointed': {
      const { kind: _kind, ...said } = payload;
      return { survey: { ...said, held: null } };
    }
    case 'survey-held': {
      const { kind: _kind, ...held } = payload;
      return { survey: state.survey === null ? null : { ...state.survey, held } };
    }
    case 'paused': {
      const { why, procedure, allowed, reason, on } = payload;
      return { pauses: [...state.pauses, { why, procedure, allowed, reason, from: on, to: null }], limits: null };
    }
    case 'resumed':
      return { pauses: state.pauses.map((pause) => (pause.to === null ? { ...pause, to: payload.on } : pause)), limits: payload.limits };
    case 'extended': {
      const { days, approvedBy, reason, on, limits } = payload;
      return { extension: { days, approvedBy, reason, on }, limits };
    }
    case 'limits-set':
      return { limits: payload.limits };
    case 'staff-corrected':
      return { form: mergeForm(state.form, payload.form) };
    case 'originals-seen':
      return { materials: state.materials.map((material) => ({ ...material, trust: payload.materials.find(({ key }) => key === material.key)?.trust ?? material.trust })) };
    case 'identity-checked': {
      const { kind: _kind, ...said } = payload;
      return { identityChecks: [...(state.identityChecks ?? []).filter(({ party }) => party !== payload.party), { ...said, by }] };
    }
    case 'handed-over':
      return { papers: { to: payload.to, papers: payload.papers, taken: false, missing: [] } };
    case 'taken-over':
      return { papers: state.papers === null ? null : { ...state.papers, taken: true, missing: payload.missing } };
    case 'decided':
      return { stage: 'decided', decision: payload };
    case 'finished':
      return { stage: 'finished', finish: payload, certificate: payload.certificate };
    case 'delivered': {
      const { kind: _kind, ...delivery } = payload;
      return { delivery };
    }
    case 'archived': {
      const { kind: _kind, ...archive } = payload;
      return { archive };
    }
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
