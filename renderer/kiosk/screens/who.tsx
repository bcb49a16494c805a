import type { ReactNode } from 'react';
import { drop } from '../../../domain/result.ts';
import { Icon } from '../../ui/icons.tsx';
import { Screen } from '../screen.tsx';
import { useVisit } from '../visit.tsx';
import '../finding/situation.css';
import './who.css';

/** 为谁办: one question, before anything about anybody is known. */
export function WhoScreen(): ReactNode {
  const { t, view, wish } = useVisit();
  const { item, who } = view;
  if (item === null || who === null) return null;
  return (
    <Screen title={t('who.title')} lead={t('who.lead', { item: item.name })} back={{ words: t('back.guide'), onPress: () => drop(wish((core) => core.openGuide({ code: item.code }))) }}>
      <ul className="situation-options">
        {who.ways.map((way) => (
          <li key={way}>
            <button type="button" className="situation-option" onClick={() => drop(wish((core) => core.who.choose({ way })))}>
              <span className="who-way">
                {t(`who.way.${way}`)}
                <small>{t(`who.way.${way}.words`)}</small>
              </span>
              <Icon name="next" size={1.4} />
            </button>
          </li>
        ))}
      </ul>
    </Screen>
  );
}
