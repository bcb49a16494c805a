import type { ReactNode } from 'react';
import { Icon } from '../../ui/icons.tsx';
import { Unplugged } from '../../ui/illustrations/quiet-scenes.tsx';
import { useVisit } from '../visit.tsx';
import './plain-screens.css';

/** In place of the first screen while the battery is nearly empty: nobody begins what the machine cannot finish. */
export function PowerOutScreen(): ReactNode {
  const { t, terminal } = useVisit();
  return (
    <div className="please-wait power-out" role="status">
      <Unplugged />
      <h1>{t('power-out.title')}</h1>
      <p>{t('power-out.words')}</p>
      <p className="power-out-safe">
        <Icon name="done" />
        {t('power-out.safe')}
      </p>
      <p>{t('power-out.phone')}</p>
      <p className="help-phone number">
        <Icon name="phone" size={1} />
        {terminal.phone}
      </p>
    </div>
  );
}
