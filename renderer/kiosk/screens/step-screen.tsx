import type { ReactNode } from 'react';
import type { Step } from '../../../domain/contracts/kiosk.ts';
import { HomeScreen } from './home.tsx';
import { useLaterScreens } from './later.ts';

/** The step decides the screen: there is no other way from one to the next. */
export function StepScreen({ step }: { step: Step }): ReactNode {
  return step === 'home' ? <HomeScreen /> : <LaterScreen step={step} />;
}

function LaterScreen({ step }: { step: Exclude<Step, 'home'> }): ReactNode {
  const later = useLaterScreens();
  return later === null ? null : <later.VisitScreen step={step} />;
}
