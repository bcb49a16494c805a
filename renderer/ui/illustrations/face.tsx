import type { ReactNode } from 'react';
import './face.css';

/** Mouth and brows from very dissatisfied (1) to very satisfied (5). Same colour for all: no face is meant to be the wanted one. */
const FEATURES: Record<number, string> = {
  1: 'M34 76c8-14 24-14 32 0M28 36l12 6M72 36l-12 6',
  2: 'M34 72c8-8 24-8 32 0',
  3: 'M34 68h32',
  4: 'M34 64c8 9 24 9 32 0',
  5: 'M30 60c8 18 32 18 40 0z',
};

export function Face({ level }: { level: 1 | 2 | 3 | 4 | 5 }): ReactNode {
  return (
    <svg className="face" viewBox="0 0 100 100" aria-hidden="true" focusable="false">
      <circle cx="50" cy="50" r="44" className="face-skin" />
      <circle cx="36" cy="46" r="5" className="face-eye" />
      <circle cx="64" cy="46" r="5" className="face-eye" />
      <path d={FEATURES[level]} className={level === 5 ? 'face-laugh' : 'face-line'} />
    </svg>
  );
}
