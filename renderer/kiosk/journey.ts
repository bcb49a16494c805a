import type { SessionView, Step } from '../../domain/contracts/kiosk.ts';
import type { TextKey } from './text.ts';

/** Steps of handing a case in, as the citizen counts them. A supplement starts at what is to be put right. */
const APPLYING = ['guide', 'situation', 'identify', 'form', 'materials', 'check', 'handed-in'] as const satisfies readonly Step[];
const SUPPLEMENTING = ['form', 'materials', 'check', 'handed-in'] as const satisfies readonly Step[];
type JourneyStep = (typeof APPLYING)[number];

/** Screens that belong to a step of the count. */
const PARTS: Partial<Record<Step, JourneyStep>> = { 'no-card': 'identify', 'for-whom': 'identify', 'second-card': 'identify', together: 'identify' };

/** null: this step is no part of handing in. */
export function journeyOf(view: SessionView): { steps: readonly JourneyStep[]; current: number } | null {
  if (view.step === 'identify' && view.errand !== 'apply') return null;
  const asks = view.item?.situations !== undefined;
  const steps: readonly JourneyStep[] = view.supplementing === null ? APPLYING.filter((step) => step !== 'situation' || asks) : SUPPLEMENTING;
  // For whom it is, is part of what is asked; an item that asks nothing else asks it with the card.
  const part = view.step === 'who' ? (asks ? 'situation' : 'identify') : PARTS[view.step] ?? view.step;
  const current = steps.findIndex((step) => step === part);
  return current === -1 ? null : { steps, current };
}

export function journeyText(step: JourneyStep): TextKey {
  return `journey.${step}`;
}
