import { Radio, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Ask } from '../../../domain/action/payload.ts';
import type { Task } from '../../../domain/approval/process.ts';
import type { ConsoleCase } from '../../../domain/contracts/cases.ts';
import { visibleFields } from '../../../domain/item/form.ts';
import { NoticeArea } from '../sentences/sentences.tsx';
import { t, word } from '../texts.ts';
import { Reason } from './clock-dialogs.tsx';
import { ConfirmDialog, type Fault } from './confirm-dialog.tsx';
import { labelOf, targetKey } from './letters.ts';

type Common = { opened: ConsoleCase; steps: readonly Task[]; onClose: () => void };

function StepChoice({ steps, step, onChange }: { steps: readonly Task[]; step: string; onChange: (step: string) => void }): ReactNode {
  const [only] = steps;
  if (steps.length === 1 && only !== undefined) return <p><strong>{only.name}</strong>　<span className="faint">{only.who}</span></p>;
  return <fieldset className="field"><legend>{t('review.step')}</legend><Radio.Group className="stacked-radios" value={step} onChange={(event) => onChange(String(event.target.value))} options={steps.map(({ key, name, who }) => ({ value: key, label: `${name}（${who}）` }))} /></fieldset>;
}

/** 同步预审: fits, lacks with what, or not ours. What lacks goes into the one correction. */
export function PreReviewDialog({ opened, steps, confirm, onClose }: Common & { confirm: (said: { step: string; verdict: 'fits' | 'lacks' | 'not-ours'; asks: Ask[]; words: string }) => Promise<Fault | null> }): ReactNode {
  const { item, form } = opened;
  const [step, setStep] = useState(steps[0]?.key ?? '');
  const [verdict, setVerdict] = useState<'fits' | 'lacks' | 'not-ours'>('fits');
  const [asks, setAsks] = useState<readonly Ask[]>([]);
  const [words, setWords] = useState('');
  const targets: Pick<Ask, 'target' | 'key'>[] = [...item.materials.map(({ key }) => ({ target: 'material' as const, key })), ...visibleFields(item.form, form).map(({ name }) => ({ target: 'form' as const, key: name }))];
  const lacks = verdict === 'lacks' && (asks.length === 0 || asks.some((ask) => ask.words.trim() === '')) ? t('pre-review.asks.needed') : verdict === 'not-ours' && words.trim() === '' ? t('reason.needed') : '';
  return (
    <ConfirmDialog title={t('pre-review.title')} ok={t('pre-review.ok')} width={680} lacks={lacks} citizenSees={verdict === 'lacks' ? <p>{t('pre-review.sees')}</p> : undefined} confirm={() => confirm({ step, verdict, asks: verdict === 'lacks' ? asks.map((ask) => ({ ...ask, words: ask.words.trim() })) : [], words: words.trim() })} onClose={onClose}>
      <StepChoice steps={steps} step={step} onChange={setStep} />
      <fieldset className="field" data-first="true"><legend>{t('pre-review.verdict')}</legend><Radio.Group value={verdict} onChange={(event) => setVerdict(event.target.value as typeof verdict)} options={(['fits', 'lacks', 'not-ours'] as const).map((value) => ({ value, label: word('verdict', value) }))} /></fieldset>
      {verdict === 'lacks' && (
        <>
          <label className="field"><span>{t('pre-review.asks')}</span>
            <Select mode="multiple" value={asks.map(({ target, key }) => targetKey(target, key))} optionFilterProp="label" options={targets.map((target) => ({ value: targetKey(target.target, target.key), label: labelOf(item, target) }))} onChange={(chosen: string[]) => setAsks(targets.filter(({ target, key }) => chosen.includes(targetKey(target, key))).map((target) => asks.find((ask) => ask.target === target.target && ask.key === target.key) ?? { ...target, words: '' }))} />
          </label>
          {asks.map((ask) => <label className="field" key={targetKey(ask.target, ask.key)}><span>{labelOf(item, ask)}</span><NoticeArea use="correction" value={ask.words} maxLength={500} minRows={2} onChange={(next) => setAsks(asks.map((one) => (one === ask ? { ...ask, words: next } : one)))} /></label>)}
        </>
      )}
      {verdict !== 'lacks' && <Reason label={t(verdict === 'not-ours' ? 'reason' : 'review.opinion')} value={words} onChange={setWords} />}
    </ConfirmDialog>
  );
}

/** 审查: a department's word on its step. An objection needs its reasons. */
export function ReviewDialog({ steps, confirm, onClose }: Omit<Common, 'opened'> & { confirm: (said: { step: string; outcome: 'agrees' | 'objects'; opinion: string }) => Promise<Fault | null> }): ReactNode {
  const [step, setStep] = useState(steps[0]?.key ?? '');
  const [outcome, setOutcome] = useState<'agrees' | 'objects'>('agrees');
  const [opinion, setOpinion] = useState('');
  return (
    <ConfirmDialog title={t('review.title')} ok={t(outcome === 'agrees' ? 'review.ok.agrees' : 'review.ok.objects')} danger={outcome === 'objects'} lacks={outcome === 'objects' && opinion.trim() === '' ? t('reason.needed') : ''} confirm={() => confirm({ step, outcome, opinion: opinion.trim() })} onClose={onClose}>
      <StepChoice steps={steps} step={step} onChange={setStep} />
      <fieldset className="field" data-first="true"><legend>{t('review.outcome')}</legend><Radio.Group value={outcome} onChange={(event) => setOutcome(event.target.value as typeof outcome)} options={(['agrees', 'objects'] as const).map((value) => ({ value, label: word('outcome', value) }))} /></fieldset>
      <Reason label={t('review.opinion')} value={opinion} onChange={setOpinion} />
    </ConfirmDialog>
  );
}
