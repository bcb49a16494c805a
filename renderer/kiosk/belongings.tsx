import type { ReactNode } from 'react';
import type { SessionView } from '../../domain/contracts/kiosk.ts';
import { Icon } from '../ui/icons.tsx';
import type { Speech, TextKey } from './text.ts';
import './belongings.css';

type Belonging = { icon: 'card' | 'paper' | 'print'; words: TextKey };

/** What somebody may leave behind who goes now: only what this visit had in hand. */
export function belongingsOf({ person, materials, prints }: Pick<SessionView, 'person' | 'materials' | 'prints'>): Belonging[] {
  const own: Belonging[] = [];
  if (person !== null) own.push({ icon: 'card', words: 'goodbye.card' });
  if (materials.some(({ pages }) => pages.length > 0)) own.push({ icon: 'paper', words: 'goodbye.originals' });
  if (prints.length > 0) own.push({ icon: 'print', words: 'goodbye.papers' });
  return own;
}

/** The list to go through before one goes: a picture and a word each. */
export function Belongings({ view, t }: { view: SessionView; t: Speech['t'] }): ReactNode {
  const own = belongingsOf(view);
  if (own.length === 0) return null;
  return (
    <ul className="belongings">
      {own.map(({ icon, words }) => (
        <li key={icon}>
          <span>
            <Icon name={icon} size={1} />
          </span>
          {t(words)}
        </li>
      ))}
    </ul>
  );
}
