import type { ReactNode } from 'react';
import { Ulid } from '../../../domain/ids.ts';
import { Failed } from '../parts.tsx';
import { go } from '../route.ts';
import { t, type TextKey } from '../texts.ts';
import { DraftPage } from './draft-page.tsx';
import { DraftsPage } from './drafts-page.tsx';
import { ImportPage } from './import-page.tsx';
import { ItemPage } from './item-page.tsx';
import { ListPage } from './list-page.tsx';
import { ShelfPage } from './shelf-page.tsx';
import { ThemesPage } from './themes-page.tsx';
import './catalogue.css';
import './editor.css';

const ROOMS: readonly { at: string; title: TextKey }[] = [
  { at: '', title: 'catalogue.room.items' }, { at: 'drafts', title: 'catalogue.room.drafts' }, { at: 'shelf', title: 'catalogue.room.shelf' }, { at: 'themes', title: 'catalogue.room.themes' }, { at: 'files', title: 'catalogue.room.files' },
];

/** 事项库. @param props.at where in it: `items/CODE`, `drafts/ID`, or a room */
export function CataloguePage({ at }: { at: string }): ReactNode {
  const [room = '', id = ''] = at.split('/');
  if (room === 'items' && id !== '') return <ItemPage key={id} code={id} />;
  if (room === 'drafts' && Ulid.safeParse(id).success) return <DraftPage key={id} id={id} />;
  return (
    <section className="catalogue" aria-labelledby="catalogue-title">
      <header className="catalogue-head">
        <h1 id="catalogue-title">{t('catalogue.title')}</h1>
        <nav aria-label={t('catalogue.rooms')}>
          {ROOMS.map((one) => <a key={one.at} href={`#/catalogue${one.at === '' ? '' : `/${one.at}`}`} aria-current={one.at === room ? 'page' : undefined}>{t(one.title)}</a>)}
        </nav>
      </header>
      <div className="catalogue-room"><Room room={room} /></div>
    </section>
  );
}

function Room({ room }: { room: string }): ReactNode {
  switch (room) {
    case '': return <ListPage />;
    case 'drafts': return <DraftsPage />;
    case 'shelf': return <ShelfPage />;
    case 'themes': return <ThemesPage />;
    case 'files': return <ImportPage />;
    default: return <Failed kind="unknown-page" onRetry={() => go({ page: 'catalogue', at: '' })} />;
  }
}
