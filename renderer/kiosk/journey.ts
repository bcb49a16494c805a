import type { SessionView, Step } from '../../domain/contracts/kiosk.ts';
import type { TextKey } from './text.ts';

/** Steps of handing a case in, as the citizen counts them. A supplement starts at what is to be put right. */
const APPLYING = ['guide', 'situation', 'identify', 'form', 'materials', 'check', 'handed-in'] as const satisfies readonly Step[];
const SUPPLEMENTING = ['form', 'materials', 'check', 'handed-in'] as const satisfies readonly Step[];
type JourneyStep = (typeof APPLYING)[number];

/** Screens that belong to a step of the count. */
const PARTS: Partial<Record<Step, JourneyStep>> = { who: 'guide', 'no-card': 'identify', 'for-whom': 'identify', 'second-card': 'identify', together: 'identify' };

/** null: this step is no part of handing in. */
export function journeyOf(view: SessionView): { steps: readonly JourneyStep[]; current: number } | null {
  if (view.step === 'identify' && view.errand !== 'apply') return null;
  const asks = view.item?.situations !== undefined;
  const steps: readonly JourneyStep[] = view.supplementing === null ? APPLYING.filter((step) => step !== 'situation' || asks) : SUPPLEMENTING;
  const current = steps.findIndex((step) => step === (PARTS[view.step] ?? view.step));
  return current === -1 ? null : { steps, current };
}

export function journeyText(step: JourneyStep): TextKey {
  return `journey.${step}`;
}
