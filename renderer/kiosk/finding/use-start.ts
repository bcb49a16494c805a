import type { SessionView } from '../../../domain/contracts/kiosk.ts';
import { drop } from '../../../domain/result.ts';
import { useVisit } from '../visit.tsx';

/** Whether it must be asked for whom it is: more than one way is open, and none was chosen. */
export function isAsked({ who }: SessionView): boolean {
  return who !== null && who.way === null && who.ways.length > 1;
}

/** The way on to the application: for whom, where that is open; then the card, unless it was shown; a form that is begun is gone back to, not begun anew. */
export function useStart(): () => void {
  const { view, wish } = useVisit();
  return () => drop(wish((core) => (isAsked(view) ? core.go({ step: 'who', errand: 'apply' }) : view.person === null ? core.go({ step: 'identify', errand: 'apply' }) : view.form === null || view.handedIn !== null ? core.begin() : core.go({ step: 'form', errand: 'apply' }))));
}
