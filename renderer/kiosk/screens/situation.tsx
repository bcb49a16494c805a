import type { ReactNode } from 'react';
import { situationOf, type Situation } from '../../../domain/item/situation.ts';
import type { Item, SituationQuestion } from '../../../domain/item/types.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Phrase } from '../../ui/phrase.tsx';
import { AnswersSaid } from '../finding/answers-said.tsx';
import { useStart } from '../finding/use-start.ts';
import { TakeHome } from '../finding/take-home.tsx';
import { materialsOf } from '../form-rules.ts';
import { Screen } from '../screen.tsx';
import { useCard } from '../use-items.ts';
import { useVisit } from '../visit.tsx';
import { GuideMaterials } from './guide-materials.tsx';

/** 情形: a question at a time, then exactly what to bring, or what to do instead. Where somebody stands follows from the answers alone. */
export function SituationScreen(): ReactNode {
  const { view } = useVisit();
  const { item } = view;
  if (item === null) return null;
  const situation = situationOf(item, view.answers);
  if (situation.next !== null) return <Question key={situation.next.key} item={item} situation={situation} question={situation.next} />;
  return situation.end === null ? <Bring item={item} situation={situation} /> : <WrongErrand item={item} situation={situation} end={situation.end} />;
}

/** Back to the question before, or to the guide from the first. */
function useBack(item: Item, { answered }: Situation): { words: string; onPress(): void } {
  const { t, wish } = useVisit();
  return answered.length === 0
    ? { words: t('back.guide'), onPress: () => drop(wish((core) => core.openGuide({ code: item.code }))) }
    : { words: t('situation.back'), onPress: () => drop(wish((core) => core.unanswer())) };
}

function Question({ item, situation, question }: { item: Item; situation: Situation; question: SituationQuestion }): ReactNode {
  const { t, wish, busy } = useVisit();
  const start = useStart();
  return (
    <Screen
      title={question.question}
      lead={question.help === '' ? t('situation.lead', { item: item.name }) : question.help}
      back={useBack(item, situation)}
      actions={
        <Button size="main" busy={busy} onPress={start}>
          {t('situation.unsure')}
        </Button>
      }
    >
      <div className="situation">
        <AnswersSaid answered={situation.answered} />
        <p className="situation-count">{t('situation.count', { number: situation.answered.length + 1 })}</p>
        <ul className="situation-options">
          {question.options.map(({ value, label }) => (
            <li key={value}>
              <button type="button" className="situation-option" onClick={() => drop(wish((core) => core.answer({ question: question.key, value })))}>
                <span><Phrase>{label}</Phrase></span>
                <Icon name="next" size={1.4} />
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Screen>
  );
}

/** An answer that ends the way: what to do instead, and the way to it. */
function WrongErrand({ item, situation, end }: { item: Item; situation: Situation; end: NonNullable<Situation['end']> }): ReactNode {
  const { t, wish } = useVisit();
  const other = useCard(end.item ?? '');
  return (
    <Screen
      title={t('situation.end.title')}
      lead={end.words}
      back={useBack(item, situation)}
      actions={
        other === null ? (
          <Button size="main" tone="main" icon={<Icon name="search" />} onPress={() => drop(wish((core) => core.go({ step: 'items', errand: 'apply' })))}>
            {t('situation.end.items')}
          </Button>
        ) : (
          <Button size="main" tone="main" iconAfter={<Icon name="forward" />} onPress={() => drop(wish((core) => core.openGuide({ code: other.code })))}>
            {t('situation.end.other', { item: other.name })}
          </Button>
        )
      }
    >
      <AnswersSaid answered={situation.answered} />
    </Screen>
  );
}

/** The exact list: what a good one looks like, and the list on paper for whoever does not have it all here. */
function Bring({ item, situation }: { item: Item; situation: Situation }): ReactNode {
  const { t, view, busy } = useVisit();
  const start = useStart();
  const materials = materialsOf(view);
  return (
    <Screen
      title={t('situation.bring.title')}
      lead={materials.length === 0 ? t('situation.bring.none') : t('situation.bring.lead', { item: item.name, count: materials.length })}
      back={useBack(item, situation)}
      actions={
        <Button size="main" tone="main" busy={busy} iconAfter={<Icon name="forward" />} onPress={start}>
          {t('situation.bring.start')}
        </Button>
      }
    >
      <div className="situation">
        <AnswersSaid answered={situation.answered} />
        {materials.length === 0 ? null : (
          <Card icon="paper" title={t('guide.materials')}>
            <GuideMaterials item={item} materials={materials} brief />
          </Card>
        )}
        <TakeHome papers={['materials-slip', 'guide']} />
      </div>
    </Screen>
  );
}
