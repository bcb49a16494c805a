/** A screen of lists, rows and what one row holds: the frame that ratings and messages share. */
import { type ReactNode, type RefObject, useRef } from 'react';
import { useKeys } from '../keys.ts';
import { routeText } from '../route.ts';
import type { SheetName } from '../route.ts';
import { t } from '../texts.ts';
import './desk.css';

/** @property at where the list stands in the address of its page. @property late its count calls somebody */
export type DeskList = { at: string; title: string; count?: number; late?: boolean };

export type DeskProps = {
  page: SheetName;
  /** Of the list that is shown. */
  at: string;
  groups: readonly { title: string; lists: readonly DeskList[] }[];
  /** Stands below the lists. */
  foot?: ReactNode;
  children: ReactNode;
};

/** Lists on the left; the rest is the page's own. */
export function Desk({ page, at, groups, foot, children }: DeskProps): ReactNode {
  return (
    <div className="desk">
      <nav className="stages desk-lists" aria-label={t('desk.lists')}>
        {groups.map(({ title, lists }) => (
          <section key={title}>
            <h2>{title}</h2>
            {lists.map((list) => (
              <a key={list.at} href={routeText({ page, at: list.at })} aria-current={list.at === at ? 'true' : undefined}>
                <span>{list.title}</span>
                {list.count !== undefined && <span className="stages-count" data-late={list.late === true && list.count > 0}>{list.count}</span>}
              </a>
            ))}
          </section>
        ))}
        {foot !== undefined && <div className="desk-foot">{foot}</div>}
      </nav>
      {children}
    </div>
  );
}

/** Rows as links to what they hold. Moving among them opens nothing: what is opened is recorded as read. */
export function DeskRows<Row extends { id: string }>({ page, list, rows, open, name, draw }: { page: SheetName; list: string; rows: readonly Row[]; open: string; name: string; draw: (row: Row) => ReactNode }): ReactNode {
  return (
    <ul className="desk-rows" aria-label={name}>
      {rows.map((row) => <li key={row.id}><a href={routeText({ page, at: `${list}/${row.id}` })} data-row={row.id} aria-current={row.id === open ? 'true' : undefined}>{draw(row)}</a></li>)}
    </ul>
  );
}

/** J and K go from row to row, from the one that is open where none has the focus. */
export function useDeskKeys(commands: { reload: () => void; register?: () => void; search?: () => void }): RefObject<HTMLDivElement | null> {
  const rows = useRef<HTMLDivElement>(null);
  const step = (by: 1 | -1) => {
    const links = [...(rows.current?.querySelectorAll<HTMLAnchorElement>('a[data-row]') ?? [])];
    const focused = links.findIndex((link) => link === document.activeElement);
    const stands = focused === -1 ? links.findIndex((link) => link.getAttribute('aria-current') === 'true') : focused;
    links[Math.min(Math.max(stands + by, 0), links.length - 1)]?.focus();
  };
  useKeys(['desk'], { down: () => step(1), up: () => step(-1), ...commands });
  return rows;
}

/** What happened, oldest first. */
export function Timeline({ name, steps }: { name: string; steps: readonly { key: string; title: string; when: string; by: string; words: string; tone?: 'late' | 'good' }[] }): ReactNode {
  return (
    <ol className="timeline" aria-label={name}>
      {steps.map(({ key, title, when, by, words, tone }) => (
        <li key={key} data-tone={tone}>
          <p className="timeline-head"><strong>{title}</strong><span>{by}</span><time>{when}</time></p>
          {words !== '' && <p className="timeline-words">{words}</p>}
        </li>
      ))}
    </ol>
  );
}
