import type { ReactNode } from 'react';
import { Waiting } from '../../ui/illustrations/quiet-scenes.tsx';
import type { Speech } from '../text.ts';
import './plain-screens.css';

/** Core is starting or starting again. What a citizen did is kept there; nothing needs to be done here. */
export function PleaseWait({ speech, phone, visiting }: { speech: Speech; phone: string | null; visiting: boolean }): ReactNode {
  const { t } = speech;
  return (
    <div className="please-wait" role="status">
      <Waiting />
      <h1>{t('wait.title')}</h1>
      <p>{t(visiting ? 'wait.kept' : 'wait.words')}</p>
      {phone === null ? null : <p className="please-wait-phone">{t('wait.phone', { phone })}</p>}
    </div>
  );
}
