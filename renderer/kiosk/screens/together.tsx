import type { ReactNode } from 'react';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { CardOnReader } from '../../ui/illustrations/card-on-reader.tsx';
import { Screen } from '../screen.tsx';
import { useVisit } from '../visit.tsx';
import { CardWords } from './identify.tsx';
import './identify.css';
import './who.css';

/** Co-applicants, each by their card: a list to add to and take from. */
export function TogetherScreen(): ReactNode {
  const { t, view, wish, busy } = useVisit();
  const { who, item } = view;
  if (who === null) return null;
  const { together, most } = who;
  return (
    <Screen
      title={t('together.title')}
      lead={t('together.lead', { most })}
      back={{ words: t('back.guide'), onPress: () => drop(wish((core) => core.openGuide({ code: item?.code ?? '' }))) }}
      actions={
        <Button size="main" tone="main" busy={busy} iconAfter={<Icon name="forward" />} onPress={() => drop(wish((core) => core.who.complete()))}>
          {t(together.length === 0 ? 'together.alone' : 'together.done')}
        </Button>
      }
    >
      <div className="who">
        {together.length === 0 ? <p className="who-none">{t('together.none')}</p> : (
          <ol className="who-people">
            {together.map((person, index) => (
              <li key={`${person.name} ${person.number}`}>
                <Icon name="person" size={1.4} />
                <span>{person.name}</span>
                <span className="number">{person.number}</span>
                <Button tone="quiet" label={t('together.remove.label', { number: index + 1, name: person.name })} onPress={() => drop(wish((core) => core.who.remove({ of: 'together', index })))}>{t('together.remove')}</Button>
              </li>
            ))}
          </ol>
        )}
        {together.length >= most ? <p>{t('together.full')}</p> : (
          <Button size="main" wide icon={<Icon name="card" />} onPress={() => drop(wish((core) => core.who.read({ of: 'together' })))}>
            {t('together.add')}
          </Button>
        )}
      </div>
    </Screen>
  );
}

/** Another person's card, at the same reader. */
export function SecondCardScreen(): ReactNode {
  const { t, view, wish } = useVisit();
  const reading = view.who?.reading ?? 'principal';
  const { kind } = view.card;
  const failed = kind === 'unrecognised' || kind === 'expired' || kind === 'unavailable' || kind === 'minor' || kind === 'same-person';
  return (
    <Screen centred title={t(`second-card.title.${reading}`)} lead={t('second-card.lead')} back={{ words: t('back.who'), onPress: () => drop(wish((core) => core.go({ step: reading === 'principal' ? 'for-whom' : 'together', errand: view.errand }))) }}>
      <div className="identify">
        <CardOnReader state={kind === 'reading' ? 'reading' : failed ? 'still' : 'waiting'} />
        <div className="identify-words" role="status" aria-live="assertive">
          <CardWords />
        </div>
      </div>
    </Screen>
  );
}
