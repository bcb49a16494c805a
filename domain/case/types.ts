import type { Ask, Certificate, PauseWhy, PayloadOf } from '../action/payload.ts';
import type { Actor, ItemReference } from '../action/types.ts';
import type { Limits } from '../clock/limits.ts';
import type { ActionId, CaseId } from '../ids.ts';

/**
 * The legal state of a case, folded from its actions.
 *
 * | stage | 中文 | whose turn | legal clock |
 * |---|---|---|---|
 * | handed-in | 收件 | hall | not running; the 5-day duty to answer counts from the hand-in evidence |
 * | correction-asked | 补正 | citizen | not running |
 * | supplemented | 补正已交 | hall | not running |
 * | accepted | 受理 | hall | running, but for pauses |
 * | decided | 决定 | hall | running |
 * | finished | 办结 | nobody | stopped |
 * | refused | 不予受理 | nobody | never ran |
 * | withdrawn | 撤回 | nobody | stopped |
 */
export type Stage = 'handed-in' | 'correction-asked' | 'supplemented' | 'accepted' | 'decided' | 'finished' | 'refused' | 'withdrawn';

/** A time in which the legal clock stood still; `to` null while it stands. */
export type CasePause = { why: PauseWhy; procedure: string; allowed: PayloadOf<'paused'>['allowed']; reason: string; from: string; to: string | null };

/** What was said of a step of the process, before acceptance or after, and by whom. */
export type PreReview = { step: string; verdict: PayloadOf<'pre-reviewed'>['verdict']; asks: Ask[]; words: string; on: string; by: string };
export type Review = { step: string; outcome: PayloadOf<'reviewed'>['outcome']; opinion: string; on: string; by: string };

export type IdentityCheck = Omit<PayloadOf<'identity-checked'>, 'kind'> & { by: string };

export type CaseState = {
  id: CaseId;
  item: ItemReference;
  stage: Stage;
  handedIn: PayloadOf<'handed-in'>;
  /** Form and materials with every supplement and correction applied; trust as the window last saw it. */
  form: PayloadOf<'handed-in'>['form'];
  materials: PayloadOf<'handed-in'>['materials'];
  /** Case number for people: the acceptance number once there is one, else the hand-in number. */
  number: string;
  correction: PayloadOf<'correction-asked'> | null;
  accepted: PayloadOf<'accepted'> | null;
  /** The due dates as they stand; null before acceptance and while the clock stands. */
  limits: Limits | null;
  /** In the order they began; at most the last is open. */
  pauses: CasePause[];
  /** Days by which both limits were extended, and why; null when they were not. */
  extension: { days: number; approvedBy: string; reason: string; on: string } | null;
  /** The last word of each step's department before acceptance. */
  preReviews: PreReview[];
  /** Steps that are done. */
  reviews: Review[];
  survey: (Omit<PayloadOf<'survey-appointed'>, 'kind'> & { held: Omit<PayloadOf<'survey-held'>, 'kind'> | null }) | null;
  /** The last word of a window on each party whose identity it looked at. Absent: none yet, and in states that were kept before there were such words. */
  identityChecks?: IdentityCheck[];
  /** Where the papers are, when they changed hands last. `taken`: the other desk said that they came. */
  papers: { to: string; papers: string[]; taken: boolean; missing: string[] } | null;
  decision: PayloadOf<'decided'> | null;
  finish: PayloadOf<'finished'> | null;
  refusal: PayloadOf<'refused'> | null;
  certificate: Certificate | null;
  delivery: Omit<PayloadOf<'delivered'>, 'kind'> | null;
  archive: Omit<PayloadOf<'archived'>, 'kind'> | null;
  rating: PayloadOf<'rated'> | null;
  prints: PayloadOf<'result-printed'>[];
  /** Every step in order, for the time line. `at` is the wall clock of the machine that did it. */
  history: { action: ActionId; kind: string; at: string; machine: string }[];
};

export type FoldFault = { kind: 'no-hand-in' } | { kind: 'illegal-transition'; action: ActionId; from: Stage | 'nothing'; by: string };

/** Who an actor is in the words of a state: an account, or the kind of actor that has none. */
export function actorName(actor: Actor): string {
  return actor.kind === 'staff' ? actor.account : actor.kind;
}
