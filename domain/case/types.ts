import type { Certificate, PayloadOf } from '../action/payload.ts';
import type { ItemReference } from '../action/types.ts';
import type { ActionId, CaseId } from '../ids.ts';

/**
 * The legal state of a case, folded from its actions.
 *
 * | stage | 中文 | whose turn | legal clock |
 * |---|---|---|---|
 * | handed-in | 收件 | hall | not running; the 5-day duty to answer counts from the hand-in evidence |
 * | correction-asked | 补正 | citizen | not running |
 * | supplemented | 补正已交 | hall | not running |
 * | accepted | 受理 | hall | running |
 * | decided | 决定 | hall | running |
 * | finished | 办结 | nobody | stopped |
 * | refused | 不予受理 | nobody | never ran |
 * | withdrawn | 撤回 | nobody | stopped |
 */
export type Stage = 'handed-in' | 'correction-asked' | 'supplemented' | 'accepted' | 'decided' | 'finished' | 'refused' | 'withdrawn';

export type CaseState = {
  id: CaseId;
  item: ItemReference;
  stage: Stage;
  handedIn: PayloadOf<'handed-in'>;
  /** Form and materials with every supplement applied. */
  form: PayloadOf<'handed-in'>['form'];
  materials: PayloadOf<'handed-in'>['materials'];
  /** Case number for people: the acceptance number once there is one, else the hand-in number. */
  number: string;
  correction: PayloadOf<'correction-asked'> | null;
  accepted: PayloadOf<'accepted'> | null;
  decision: PayloadOf<'decided'> | null;
  finish: PayloadOf<'finished'> | null;
  refusal: PayloadOf<'refused'> | null;
  certificate: Certificate | null;
  rating: PayloadOf<'rated'> | null;
  prints: PayloadOf<'result-printed'>[];
  /** Every step in order, for the time line. `at` is the wall clock of the machine that did it. */
  history: { action: ActionId; kind: string; at: string; machine: string }[];
};

export type FoldFault = { kind: 'no-hand-in' } | { kind: 'illegal-transition'; action: ActionId; from: Stage | 'nothing'; by: string };
