import { Alert } from 'antd';
import type { ReactNode } from 'react';
import type { Item } from '../../../domain/item/types.ts';
import { t } from '../texts.ts';
import { answerWords, type DraftSlip, whoWords } from './slip.ts';

/** What a slip said beside the form, and what of it was lost. @property left how many fields still hold what it filled in */
export function SlipNote({ slip, item, left }: { slip: DraftSlip; item: Item; left: number }): ReactNode {
  const answers = answerWords(slip, item);
  const who = whoWords(slip);
  return (
    <>
      <Alert
        type="info"
        showIcon
        role="status"
        className="slip-note"
        title={(
          <>
            {t('slip.filled', { count: left })}
            {answers.length + who.length > 0 && (
              <ul className="slip-said">
                {who.length > 0 && <li>{t('slip.for', { who: who.join('，') })}</li>}
                {answers.map((words) => <li key={words}>{words}</li>)}
              </ul>
            )}
          </>
        )}
      />
      {slip.lost.length > 0 && <Alert type="warning" className="slip-note" showIcon role="alert" title={t('slip.lost', { names: slip.lost.join('、') })} />}
    </>
  );
}
