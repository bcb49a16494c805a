import { Button, Input, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import type { ConsoleCase } from '../../../domain/contracts/cases.ts';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { dueDate } from '../../../domain/calendar/working-days.ts';
import { useNow } from '../clock.ts';
import { t } from '../texts.ts';
import { dayWords, limitWords } from '../words.ts';
import { CertificatePaper } from './certificate.tsx';
import { ConfirmDialog, type Fault } from './confirm-dialog.tsx';
import { type asksOf, refusalTemplates } from './letters.ts';

/** Longest reason, as the contract has it. */
const LONGEST = 1000;

type Common = { opened: ConsoleCase; onClose: () => void };

/** 受理: the clock starts. */
export function AcceptDialog({ opened: { item }, confirm, onClose }: Common & { confirm: () => Promise<Fault | null> }): ReactNode {
  const now = useNow();
  const promised = dueDate(civilDate(now), item.promised);
  const statutory = dueDate(civilDate(now), item.statutory);
  return (
    <ConfirmDialog
      title={t('accept.title')}
      ok={t('accept.ok')}
      citizenSees={<p>{t('accept.sees', { item: item.name, date: dayWords(promised.date, now) })}</p>}
      clock={(
        <>
          <p>{t('accept.clock', { promised: dayWords(promised.date, now), promisedDays: limitWords(item.promised), statutory: dayWords(statutory.date, now), statutoryDays: limitWords(item.statutory) })}</p>
          {(promised.provisional || statutory.provisional) && <p>{t('accept.provisional')}</p>}
        </>
      )}
      confirm={confirm}
      onClose={onClose}
    >
      <p>{t('accept.checked')}</p>
    </ConfirmDialog>
  );
}

/** 不予受理: never without a reason. */
export function RefuseDialog({ opened: { item, row }, confirm, onClose }: Common & { confirm: (reason: string) => Promise<Fault | null> }): ReactNode {
  const [reason, setReason] = useState('');
  return (
    <ConfirmDialog
      title={t('refuse.title')}
      ok={t('refuse.ok')}
      danger
      width={640}
      lacks={reason.trim() === '' ? t('refuse.needed') : ''}
      citizenSees={<p>{t('refuse.sees')}</p>}
      clock={<p>{t('refuse.clock')}</p>}
      confirm={() => confirm(reason.trim())}
      onClose={onClose}
    >
      <div className="pick-templates" role="group" aria-label={t('refuse.templates')}>
        {refusalTemplates(item, row.stage).map(({ name, words }) => <Button key={name} size="small" aria-pressed={reason === words} onClick={() => setReason(words)}>{name}</Button>)}
      </div>
      <label className="field">
        <span>{t('refuse.reason')}</span>
        <Input.TextArea value={reason} maxLength={LONGEST} showCount autoSize={{ minRows: 4, maxRows: 8 }} placeholder={t('refuse.reason.placeholder')} onChange={(event) => setReason(event.target.value)} />
      </label>
    </ConfirmDialog>
  );
}

/** 一次性告知: the notice as the citizen will read it. */
export function CorrectDialog({ asks, confirm, onClose }: Omit<Common, 'opened'> & { asks: ReturnType<typeof asksOf>; confirm: () => Promise<Fault | null> }): ReactNode {
  return (
    <ConfirmDialog
      title={t('correct.title')}
      ok={t('correct.ok')}
      width={680}
      citizenSees={(
        <>
          <p>{t('correct.sees', { count: asks.length })}</p>
          <ol className="asks">{asks.map(({ target, key, label, words }) => <li key={`${target}/${key}`}><strong>{label}</strong><span>{words}</span></li>)}</ol>
        </>
      )}
      clock={<p>{t('correct.clock')}</p>}
      confirm={confirm}
      onClose={onClose}
    >
      <p className="once"><strong>{t('correct.once')}</strong><span>{t('correct.law')}</span></p>
    </ConfirmDialog>
  );
}

/** 办结: decides and finishes; what is issued stands beside it. */
export function FinishDialog({ opened: { item, proposed, actions }, confirm, onClose }: Common & { confirm: (granted: boolean, words: string) => Promise<Fault | null> }): ReactNode {
  const decided = actions.findLast((action) => action.payload.kind === 'decided')?.payload;
  const [granted, setGranted] = useState(decided?.kind === 'decided' ? decided.granted : true);
  const [words, setWords] = useState('');
  const issues = granted && proposed !== null;
  return (
    <ConfirmDialog
      title={t('finish.title')}
      ok={t(!granted ? 'finish.ok.denied' : issues ? 'finish.ok.issue' : 'finish.ok.granted')}
      danger={!granted}
      width={980}
      lacks={!granted && words.trim() === '' ? t('finish.needed') : ''}
      citizenSees={<p>{!granted ? t('finish.sees.denied') : issues ? t('finish.sees.issue', { item: item.name, title: proposed.title }) : t('finish.sees.granted', { item: item.name, result: item.result.name })}</p>}
      clock={<p>{t('finish.clock')}</p>}
      confirm={() => confirm(granted, words.trim())}
      onClose={onClose}
      beside={(
        <section className="preview" aria-label={t('finish.preview')}>
          <h3>{t('finish.preview')}</h3>
          {issues ? <><CertificatePaper certificate={proposed} /><p className="faint">{t('finish.preview.number')}</p></> : <p className="preview-none">{t(granted ? 'finish.no-certificate' : 'finish.no-issue')}</p>}
        </section>
      )}
    >
      <fieldset className="field" data-first="true">
        <legend>{t('finish.decision')}</legend>
        <Radio.Group value={granted} disabled={decided !== undefined} onChange={(event) => setGranted(event.target.value === true)} options={[{ value: true, label: t('finish.granted') }, { value: false, label: t('finish.denied') }]} />
      </fieldset>
      <label className="field">
        <span>{t(granted ? 'finish.words.granted' : 'finish.words.denied')}</span>
        <Input.TextArea value={words} maxLength={LONGEST} autoSize={{ minRows: 3, maxRows: 7 }} onChange={(event) => setWords(event.target.value)} />
      </label>
    </ConfirmDialog>
  );
}
