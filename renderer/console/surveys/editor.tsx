import { Alert, Button, Checkbox, Input, InputNumber, Radio, Select } from 'antd';
import { ArrowUp, Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { drop } from '../../../domain/result.ts';
import { ConfirmDialog, type Fault } from '../case/confirm-dialog.tsx';
import { useDeed } from '../desk/deed.ts';
import { t, word } from '../texts.ts';
import { bodyOf, type Draft, draftOf, type DraftQuestion, EMPTY_QUESTION } from './draft.ts';
import type { ListedSurvey } from './surveys-page.tsx';

const KINDS = ['single', 'multi', 'scale', 'text'] as const;
/** Most questions of one survey: it is answered standing. */
const MOST = 20;

/** A draft: changed as often as wanted, until it is published. */
export function SurveyEditor({ survey, isNew, onDone }: { survey: ListedSurvey; isNew: boolean; onDone: () => void }): ReactNode {
  const [draft, setDraft] = useState<Draft>(() => draftOf(survey.body));
  const [saved, setSaved] = useState(!isNew);
  const [fault, setFault] = useState<Fault | null>(null);
  const [publishing, setPublishing] = useState(false);
  const deed = useDeed((kind) => word('survey.fault', kind), onDone);
  const change = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }));
    setSaved(false);
  };
  const save = async () => {
    const body = bodyOf(draft);
    if (body === null) return setFault({ words: t('survey.wrong'), final: false });
    const failed = await deed((hall) => hall.saveSurvey({ id: survey.id, body }));
    setFault(failed);
    if (failed === null) setSaved(true);
  };
  return (
    <section className="desk-sheet survey-editor" aria-label={t('surveys.list.draft')}>
      <div className="desk-form">
        <label className="field"><span>{t('survey.title')}</span><Input value={draft.title} maxLength={60} onChange={(event) => change({ title: event.target.value })} /></label>
        <label className="field"><span>{t('survey.intro')}</span><Input.TextArea value={draft.intro} maxLength={500} autoSize={{ minRows: 2, maxRows: 5 }} onChange={(event) => change({ intro: event.target.value })} /></label>
        <div className="desk-form-row">
          <label className="field"><span>{t('survey.from')}</span><Input type="date" value={draft.from} onChange={(event) => change({ from: event.target.value })} /></label>
          <label className="field"><span>{t('survey.to')}</span><Input type="date" value={draft.to} onChange={(event) => change({ to: event.target.value })} /></label>
        </div>
        <fieldset className="field"><legend>{t('survey.once')}</legend><Radio.Group value={draft.once} options={(['card-day', 'anonymous'] as const).map((value) => ({ value, label: word('survey.once', value) }))} onChange={(event) => change({ once: event.target.value === 'anonymous' ? 'anonymous' : 'card-day' })} /></fieldset>
        <label className="field"><span>{t('survey.sites')}</span><Input value={draft.sites} maxLength={2000} onChange={(event) => change({ sites: event.target.value })} /></label>
        <h2>{t('survey.questions')}</h2>
        <ol className="survey-questions">
          {draft.questions.map((question, index) => (
            <li key={index}>
              <QuestionEditor
                question={question}
                onChange={(part) => change({ questions: draft.questions.map((one, place) => (place === index ? { ...one, ...part } : one)) })}
                onUp={index === 0 ? null : () => change({ questions: draft.questions.map((one, place) => (place === index - 1 ? question : place === index ? draft.questions[index - 1] ?? one : one)) })}
                onRemove={draft.questions.length === 1 ? null : () => change({ questions: draft.questions.filter((_, place) => place !== index) })}
              />
            </li>
          ))}
        </ol>
        {draft.questions.length < MOST && <p><Button icon={<Plus size={15} aria-hidden="true" />} onClick={() => change({ questions: [...draft.questions, EMPTY_QUESTION] })}>{t('survey.add')}</Button></p>}
        {fault !== null && <Alert type="error" showIcon role="alert" title={fault.words} />}
        <div className="desk-actions">
          <Button type="primary" onClick={() => drop(save())}>{t('survey.save')}</Button>
          <Button disabled={!saved} onClick={() => setPublishing(true)}>{t('survey.publish')}</Button>
        </div>
      </div>
      {publishing && <ConfirmDialog title={t('survey.publish.title')} ok={t('survey.publish')} confirm={() => deed((hall) => hall.publishSurvey({ id: survey.id }))} onClose={() => setPublishing(false)}><p>{t('survey.publish.words')}</p></ConfirmDialog>}
    </section>
  );
}

function QuestionEditor({ question, onChange, onUp, onRemove }: { question: DraftQuestion; onChange: (part: Partial<DraftQuestion>) => void; onUp: (() => void) | null; onRemove: (() => void) | null }): ReactNode {
  const chooses = question.kind === 'single' || question.kind === 'multi';
  return (
    <>
      <div className="survey-question-line">
        <Input aria-label={t('survey.asked')} placeholder={t('survey.asked')} value={question.asked} maxLength={200} onChange={(event) => onChange({ asked: event.target.value })} />
        <Select aria-label={t('survey.kind')} value={question.kind} options={KINDS.map((value) => ({ value, label: word('survey.kind', value) }))} onChange={(kind) => onChange({ kind })} />
        <Checkbox checked={question.required} onChange={(event) => onChange({ required: event.target.checked })}>{t('survey.required')}</Checkbox>
        <Button type="text" size="small" aria-label={t('survey.up')} title={t('survey.up')} disabled={onUp === null} icon={<ArrowUp size={15} aria-hidden="true" />} onClick={onUp ?? undefined} />
        <Button type="text" size="small" aria-label={t('survey.remove')} title={t('survey.remove')} disabled={onRemove === null} icon={<Trash2 size={15} aria-hidden="true" />} onClick={onRemove ?? undefined} />
      </div>
      {chooses && <Input.TextArea aria-label={t('survey.options')} placeholder={t('survey.options')} value={question.options} autoSize={{ minRows: 2, maxRows: 10 }} onChange={(event) => onChange({ options: event.target.value })} />}
      {question.kind === 'scale' && <label className="survey-steps">{t('survey.steps')}<InputNumber value={question.steps} min={3} max={10} precision={0} onChange={(steps) => onChange({ steps: steps ?? EMPTY_QUESTION.steps })} /></label>}
    </>
  );
}
