import { CloudOff, FileText, Hourglass } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { blobAddress } from '../hall.ts';
import { t } from '../texts.ts';
import type { Page } from './pages.ts';

/** All pages at a glance, under the names of their materials. */
export function Thumbs({ id, pages, selected, turns, onSelect }: { id: string; pages: readonly Page[]; selected: number; turns: Readonly<Record<string, number>>; onSelect: (index: number) => void }): ReactNode {
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  return (
    <nav className="thumbs" aria-label={t('scan.pages')} ref={list}>
      {pages.map((page, index) => (
        <div key={`${page.material}/${page.page}`}>
          {page.page === 1 && <p className="thumbs-name" title={page.name}>{page.name}</p>}
          <button type="button" className="thumb" data-here={page.here} aria-current={index === selected ? 'true' : undefined} aria-label={t('scan.alt', { name: page.name, page: page.page })} onClick={() => onSelect(index)}>
            <Picture id={id} page={page} turn={turns[page.hash] ?? 0} />
            <span className="thumb-page">{page.page}</span>
          </button>
        </div>
      ))}
    </nav>
  );
}

function Picture({ id, page, turn }: { id: string; page: Page; turn: number }): ReactNode {
  const [broken, setBroken] = useState(false);
  const shown = page.thumbnail ?? (page.here ? page.hash : null);
  if (shown === null) return <Hourglass aria-hidden="true" size={20} strokeWidth={1.5} />;
  if (page.thumbnail === null && page.mediaType === 'application/pdf') return <FileText aria-hidden="true" size={20} strokeWidth={1.5} />;
  if (broken) return <CloudOff aria-hidden="true" size={20} strokeWidth={1.5} />;
  return <img src={blobAddress(id, shown)} alt="" loading="lazy" draggable={false} style={{ transform: `rotate(${turn * 90}deg)` }} onError={() => setBroken(true)} />;
}
