import { type ReactNode, useState } from 'react';
import type { SurveyView } from '../../../domain/contracts/talk.ts';
import { drop } from '../../../domain/result.ts';
import type { Question, SurveyAnswers } from '../../../domain/surveys/survey.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/card.tsx';
import { ChoiceField } from '../../ui/field/choice-field.tsx';
import { FieldFrame, type FieldWords } from '../../ui/field/field-frame.tsx';
import { TextField } from '../../ui/field/text-field.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Screen } from '../screen.tsx';
import { useVisit } from '../visit.tsx';
import './survey.css';

type Answer = SurveyAnswers[string] | null;

/** A survey's questions, each saved as it is answered. */
export function SurveyScreen(): ReactNode {
  const { t, view, wish } = useVisit();
  const { survey } = view.talk;
  const back = { words: t('back.talk'), onPress: () => drop(wish((core) => core.go({ step: 'talk', errand: 'talk' }))) };
  if (survey === null) return <Screen title={t('survey.over')} back={back}>{null}</Screen>;
  return <Sheet survey={survey} back={back} />;
}

function Sheet({ survey, back }: { survey: SurveyView; back: { words: string; onPress(): void } }): ReactNode {
  const { t, wish, busy, client } = useVisit();
  const [given, setGiven] = useState<Record<string, Answer>>({});
  const { title, intro, questions, once } = survey.body;
  function put(key: string, value: Answer): void {
    setGiven((held) => ({ ...held, [key]: value }));
    drop(client.talk.answer({ question: key, value }).then(() => undefined, () => undefined));
  }
  async function send(): Promise<void> {
    await wish(async (core) => {
      // What a core that went away has not kept is said again first.
      for (const [question, value] of Object.entries(given)) await core.talk.answer({ question, value });
      return core.talk.sendSurvey();
    });
  }
  return (
    <Screen
      title={title}
      lead={intro}
      back={back}
      actions={
        <Button size="main" tone="main" busy={busy} icon={<Icon name="send" />} onPress={() => drop(send())}>
          {t('survey.send')}
        </Button>
      }
    >
      <Notice tone="info">{t(once === 'card-day' ? 'survey.lead.card' : 'survey.lead.anonymous')}</Notice>
      {questions.map((question) => (
        <Asked key={question.key} question={question} value={given[question.key] === undefined ? (survey.answers[question.key] ?? null) : (given[question.key] ?? null)} fault={survey.faults[question.key] ?? ''} onChange={(value) => put(question.key, value)} />
      ))}
    </Screen>
  );
}

function Asked({ question, value, fault, onChange }: { question: Question; value: Answer; fault: string; onChange(value: Answer): void }): ReactNode {
  const { t, word } = useVisit();
  const id = `survey-${question.key}`;
  const words: FieldWords = { label: question.asked, help: question.kind === 'multi' ? t('survey.most', { count: question.most }) : '', error: fault === '' ? '' : word('survey.fault.', fault, 'survey.fault.other'), example: '', source: '', optional: question.required ? '' : t('form.optional'), saved: '' };
  switch (question.kind) {
    case 'single':
      return <ChoiceField id={id} words={words} value={typeof value === 'string' ? value : null} options={question.options} onChange={onChange} />;
    case 'multi': {
      const chosen = Array.isArray(value) ? value : [];
      const toggle = (option: string) => onChange(chosen.includes(option) ? chosen.filter((one) => one !== option) : [...chosen, option].slice(-question.most));
      return (
        <FieldFrame id={id} words={words} group>
          <div className="survey-options" role="group" aria-labelledby={`${id}-label`}>
            {question.options.map((option) => (
              <button key={option.value} type="button" className="rate-tag" aria-pressed={chosen.includes(option.value)} onClick={() => toggle(option.value)}>
                {option.label}
              </button>
            ))}
          </div>
        </FieldFrame>
      );
    }
    case 'scale':
      return (
        <FieldFrame id={id} words={words} group>
          <div className="survey-scale" role="group" aria-labelledby={`${id}-label`}>
            {Array.from({ length: question.steps }, (_, index) => index + 1).map((step) => (
              <button key={step} type="button" className="rate-tag number" aria-pressed={value === step} onClick={() => onChange(step)}>
                {step}
              </button>
            ))}
          </div>
          <p className="survey-ends"><span>{question.low}</span><span>{question.high}</span></p>
        </FieldFrame>
      );
    case 'text':
      return <TextField id={id} words={words} value={typeof value === 'string' ? value : ''} keyboard="text" lines={3} most={question.longest} onChange={(text) => onChange(text === '' ? null : text)} />;
  }
}
