import type { ReactNode } from 'react';
import type { Situation } from '../../../domain/item/situation.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useVisit } from '../visit.tsx';
import './situation.css';

/** The answers that a list was made for, so that nobody takes home the list of somebody else's situation. */
export function AnswersSaid({ answered, onChange = null }: { answered: Situation['answered']; onChange?: (() => void) | null }): ReactNode {
  const { t } = useVisit();
  if (answered.length === 0) return null;
  return (
    <div className="answers-said">
      <ul aria-label={t('situation.said')}>
        {answered.map(({ question, option }) => (
          <li key={question.key}>
            <span>{question.question}</span> <strong>{option.label}</strong>
          </li>
        ))}
      </ul>
      {onChange === null ? null : (
        <Button tone="quiet" icon={<Icon name="sign" />} onPress={onChange}>
          {t('guide.answers.change')}
        </Button>
      )}
    </div>
  );
}
