import { type ReactNode, useEffect, useState } from 'react';
import type { TerminalView } from '../../domain/contracts/kiosk.ts';
import type { Speech } from './text.ts';
import './attract.css';

/** A slide stays long enough to be read twice at two metres. */
const SLIDE_MS = 9000;

export type Slide = { title: string; words: string };

/** What an idle machine says about itself, in turn; the first is what its home screen says anyway. */
export function slidesOf({ surveys }: Pick<TerminalView, 'surveys'>, { t }: Pick<Speech, 't'>): Slide[] {
  const [survey] = surveys;
  return [
    { title: t('attract.do'), words: t('attract.do.words') },
    survey === undefined ? { title: t('attract.talk'), words: t('attract.talk.words') } : { title: t('attract.survey', { title: survey.title }), words: t('attract.survey.words', { count: survey.questions }) },
    { title: t('attract.modes'), words: t('attract.modes.words') },
  ];
}

/** Turns the slides while nobody is here. For whoever wants less motion, and from the first touch on, the first words stand still. */
export function Attract({ idle, first, slides }: { idle: boolean; first: ReactNode; slides: readonly Slide[] }): ReactNode {
  const at = useTurn(idle, slides.length + 1);
  const slide = slides[at - 1];
  if (slide === undefined) return first;
  return (
    <div key={at} className="attract">
      <h1>{slide.title}</h1>
      <p>{slide.words}</p>
    </div>
  );
}

function useTurn(idle: boolean, count: number): number {
  const [at, setAt] = useState(0);
  useEffect(() => {
    if (!idle || window.matchMedia('(prefers-reduced-motion: reduce)').matches) return undefined;
    const timer = setInterval(() => setAt((now) => (now + 1) % count), SLIDE_MS);
    return () => clearInterval(timer);
  }, [idle, count]);
  return idle ? at : 0;
}
