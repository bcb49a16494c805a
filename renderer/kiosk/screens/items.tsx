import { type ReactNode, useState } from 'react';
import type { ItemCard } from '../../../domain/contracts/kiosk.ts';
import { drop, never } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { EmptyTray } from '../../ui/illustrations/quiet-scenes.tsx';
import { StatusPill } from '../../ui/status-pill.tsx';
import { ElsewhereLine } from '../elsewhere.tsx';
import { notHereWords } from '../not-here-words.ts';
import { Screen } from '../screen.tsx';
import { useItems } from '../use-items.ts';
import { useVisit } from '../visit.tsx';
import './items.css';

/** Finding an item: everyday words, a name, pinyin initials. Each says whether it can be done here now, and if not, why. */
export function ItemsScreen(): ReactNode {
  const { t, wish, help } = useVisit();
  const [query, setQuery] = useState('');
  const { cards, failed } = useItems(query.trim());
  const here = (cards ?? []).filter((card) => card.availability.kind !== 'not-here');
  const elsewhere = (cards ?? []).filter((card) => card.availability.kind === 'not-here');
  return (
    <Screen
      title={t('items.title')}
      lead={t('items.lead')}
      back={{ words: t('back.home'), onPress: () => drop(wish((core) => core.go({ step: 'home', errand: null }))) }}
      top={
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
      }
    >
      <p className="unseen" role="status">
        {cards === null ? t('loading') : t('items.found', { count: cards.length })}
      </p>
      {failed ? (
        <Notice tone="fault" title={t('items.failed')} live />
      ) : cards === null ? (
        <p className="quiet-line">{t('loading')}</p>
      ) : cards.length === 0 ? (
        <div className="nothing">
          <EmptyTray />
          <h2>{query === '' ? t('items.none') : t('items.none.for', { query })}</h2>
          <p>{t('items.none.words')}</p>
          <Button icon={<Icon name="phone" />} onPress={help}>
            {t('items.none.ask')}
          </Button>
        </div>
      ) : (
        <>
          {here.length === 0 ? null : <ItemList title={t('items.here')} cards={here} />}
          {elsewhere.length === 0 ? null : <ItemList title={t('items.elsewhere')} cards={elsewhere} />}
        </>
      )}
    </Screen>
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
                  <span>{t('item.materials', { count: card.materials })}</span>
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
