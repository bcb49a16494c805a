import { drop } from '../../../domain/result.ts';
import { useVisit } from '../visit.tsx';

/** The way on to the application: the card first, unless it was shown; a form that is begun is gone back to, not begun anew. */
export function useStart(): () => void {
  const { view, wish } = useVisit();
  return () => drop(wish((core) => (view.person === null ? core.go({ step: 'identify', errand: 'apply' }) : view.form === null || view.handedIn !== null ? core.begin() : core.go({ step: 'form', errand: 'apply' }))));
}
