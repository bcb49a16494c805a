import { type ReactNode, useState } from 'react';
import type { FoundItems, ItemCard, Shelf } from '../../../domain/contracts/kiosk.ts';
import { drop, never } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { EmptyTray } from '../../ui/illustrations/quiet-scenes.tsx';
import { StatusPill } from '../../ui/status-pill.tsx';
import { ElsewhereLine } from '../elsewhere.tsx';
import { type Browsing, BrowseTabs, FEW, ShelfGrid, useShelfName } from '../finding/shelves.tsx';
import { notHereWords } from '../not-here-words.ts';
import { materialsWords } from '../finding/materials-words.ts';
import { Screen } from '../screen.tsx';
import { useItems, useShelves } from '../use-items.ts';
import { useVisit } from '../visit.tsx';
import './items.css';

/** Finding an item: everyday words, a name, pinyin initials, or the shelves. Each says whether it can be done here now, and if not, why. */
export function ItemsScreen(): ReactNode {
  const { t, wish } = useVisit();
  const [query, setQuery] = useState('');
  const shelves = useShelves();
  const [chosen, setChosen] = useState<Browsing | null>(null);
  const [shelf, setShelf] = useState<Shelf | null>(null);
  const way = chosen ?? (shelves === null || shelves.all <= FEW ? 'all' : 'topic');
  const words = query.trim();
  const { found, failed } = useItems(words, words === '' ? shelf : null);
  const browse = (next: Browsing) => {
    setChosen(next);
    setShelf(null);
    setQuery('');
  };
  const onShelves = words === '' && way !== 'all' && shelf === null && shelves !== null;
  return (
    <Screen
      title={t('items.title')}
      lead={t('items.lead')}
      back={{ words: t('back.home'), onPress: () => drop(wish((core) => core.go({ step: 'home', errand: null }))) }}
      actions={
        <Button size="main" icon={<Icon name="list" />} onPress={() => drop(wish((core) => core.go({ step: 'lists', errand: null })))}>
          {t('lists.open')}
        </Button>
      }
      top={
        <>
          <search className="search">
            <Icon name="search" size={1.3} />
            <input
              className="search-input"
              type="text"
              inputMode="none"
              autoComplete="off"
              spellCheck={false}
              maxLength={40}
              data-keyboard="text"
              aria-label={t('items.search')}
              placeholder={t('items.search.placeholder')}
              value={query}
              onChange={(event) => setQuery(event.target.value)}
            />
            {query === '' ? null : (
              <Button tone="quiet" icon={<Icon name="clear" />} onPress={() => setQuery('')}>
                {t('items.search.clear')}
              </Button>
            )}
          </search>
          {words === '' && shelves !== null && shelves.all > 0 ? <BrowseTabs way={way} onWay={browse} /> : null}
        </>
      }
    >
      <p className="unseen" role="status">
        {found === null ? t('loading') : t('items.found', { count: found.total })}
      </p>
      {onShelves ? (
        <ShelfGrid by={way} shelves={shelves} onShelf={setShelf} />
      ) : failed ? (
        <Notice tone="fault" title={t('items.failed')} live />
      ) : found === null ? (
        <p className="quiet-line">{t('loading')}</p>
      ) : found.total === 0 ? (
        <Nothing query={words} onBrowse={shelves !== null && shelves.all > 0 ? () => browse('topic') : null} />
      ) : (
        <>
          {words === '' && shelf !== null ? <ShelfHead shelf={shelf} count={found.total} onBack={() => setShelf(null)} /> : null}
          {found.close ? <Notice tone="info" title={t('items.close')} /> : null}
          <Found found={found} />
        </>
      )}
    </Screen>
  );
}

/** Nothing found: what to do next. */
function Nothing({ query, onBrowse }: { query: string; onBrowse: (() => void) | null }): ReactNode {
  const { t, help } = useVisit();
  return (
    <div className="nothing">
      <EmptyTray />
      <h2>{query === '' ? t('items.none') : t('items.none.for', { query })}</h2>
      <p>{t('items.none.words')}</p>
      {onBrowse === null ? null : (
        <Button tone="main" icon={<Icon name="list" />} onPress={onBrowse}>
          {t('items.none.browse')}
        </Button>
      )}
      <Button icon={<Icon name="phone" />} onPress={help}>
        {t('items.none.ask')}
      </Button>
    </div>
  );
}

function ShelfHead({ shelf, count, onBack }: { shelf: Shelf; count: number; onBack(): void }): ReactNode {
  const { t } = useVisit();
  const nameOf = useShelfName();
  return (
    <header className="shelf-head">
      <h2>{t('browse.in', { name: nameOf(shelf), count })}</h2>
      <Button icon={<Icon name="back" />} onPress={onBack}>
        {t('browse.back')}
      </Button>
    </header>
  );
}

/** What can be done here stands first; the rest has its reason and its guide. */
function Found({ found: { cards, total } }: { found: FoundItems }): ReactNode {
  const { t } = useVisit();
  const here = cards.filter((card) => card.availability.kind !== 'not-here');
  const elsewhere = cards.filter((card) => card.availability.kind === 'not-here');
  return (
    <>
      {here.length === 0 ? null : <ItemList title={t('items.here')} cards={here} />}
      {elsewhere.length === 0 ? null : <ItemList title={t('items.elsewhere')} cards={elsewhere} />}
      {cards.length < total ? <p className="quiet-line">{t('items.first', { total, count: cards.length })}</p> : null}
    </>
  );
}

function ItemList({ title, cards }: { title: string; cards: readonly ItemCard[] }): ReactNode {
  const { t, wish } = useVisit();
  return (
    <section className="item-list">
      <h2>{title}</h2>
      <ul>
        {cards.map((card) => (
          <li key={card.code}>
            <button type="button" className={`item-card${card.availability.kind === 'not-here' ? ' item-card-off' : ''}`} onClick={() => drop(wish((core) => core.openGuide({ code: card.code })))}>
              <span className="item-card-words">
                <span className="item-card-name">{card.name}</span>
                <span className="item-card-summary">{card.summary}</span>
                <span className="item-card-facts">
                  <Available card={card} />
                  <span>{card.office}</span>
                  <span>{card.handling === 'on-the-spot' ? t('item.on-the-spot') : t('item.days', { days: card.promisedDays })}</span>
                  <span>{materialsWords(card.materials, t)}</span>
                </span>
                {card.availability.kind === 'not-here' ? <ElsewhereLine wish={{ kind: 'item', code: card.code }} /> : null}
              </span>
              <Icon name="next" size={1.6} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Available({ card }: { card: ItemCard }): ReactNode {
  const { t, word } = useVisit();
  const { availability } = card;
  switch (availability.kind) {
    case 'works':
      return <StatusPill tone="good" icon="done">{t('available.works')}</StatusPill>;
    case 'works-result-later':
      return <StatusPill tone="info" icon="clock">{t('available.later')}</StatusPill>;
    case 'not-here':
      return <StatusPill tone="warn" icon="warning">{notHereWords(availability, word)}</StatusPill>;
    default:
      return never(availability);
  }
}
