import type { ReactNode } from 'react';
import type { Shelf, Shelves } from '../../../domain/contracts/kiosk.ts';
import { Icon } from '../../ui/icons.tsx';
import { useVisit } from '../visit.tsx';
import './shelves.css';

/** With so few there is nothing to look through: the list is shorter than the way to it. */
export const FEW = 8;

/** How the items are looked through without a word for them. `all`: the plain list. */
export type Browsing = Shelf['by'] | 'all';
const WAYS = ['topic', 'office', 'audience', 'all'] as const satisfies readonly Browsing[];

export function BrowseTabs({ way, onWay }: { way: Browsing; onWay(way: Browsing): void }): ReactNode {
  const { t } = useVisit();
  return (
    <nav className="browse-tabs" aria-label={t('browse.label')}>
      {WAYS.map((name) => (
        <button key={name} type="button" className="browse-tab" aria-current={way === name} onClick={() => onWay(name)}>
          {t(`browse.${name}`)}
        </button>
      ))}
    </nav>
  );
}

/** What a shelf is called: the pack's own word, or whom it is for. */
export function useShelfName(): (shelf: Shelf) => string {
  const { word } = useVisit();
  return ({ by, name }) => (by === 'audience' ? word('audience.', name, 'audience.other') : name);
}

/** The shelves of one kind, fullest first, each with how much stands on it. */
export function ShelfGrid({ by, shelves, onShelf }: { by: Shelf['by']; shelves: Shelves; onShelf(shelf: Shelf): void }): ReactNode {
  const { t } = useVisit();
  const nameOf = useShelfName();
  return (
    <ul className="shelves">
      {shelves[by].map(({ name, count }) => (
        <li key={name}>
          <button type="button" className="shelf" onClick={() => onShelf({ by, name })}>
            <span className="shelf-name">{nameOf({ by, name })}</span>
            <span className="shelf-count">
              {t('browse.count', { count })}
              <Icon name="next" size={1.2} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
