import { Button, Input, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import type { ConsoleCase } from '../../../domain/contracts/cases.ts';
import { civilDate, isCivilDate } from '../../../domain/calendar/civil-date.ts';
import { addDays, type WorkingCalendar } from '../../../domain/calendar/working-days.ts';
import { outstanding } from '../../../domain/case/fold.ts';
import type { CaseState } from '../../../domain/case/types.ts';
import { needOf } from '../../../domain/item/situation.ts';
import { reckonLimits } from '../../../domain/clock/limits.ts';
import { useNow } from '../clock.ts';
import { t } from '../texts.ts';
import { dayWords, limitWords } from '../words.ts';
import { CertificatePaper } from './certificate.tsx';
import { ConfirmDialog, type Fault } from './confirm-dialog.tsx';
import { type NoticeLine, refusalTemplates } from './letters.ts';
import { NoticeArea } from '../sentences/sentences.tsx';

/** Longest reason, as the contract has it. */
const LONGEST = 1000;
/** A promise to bring what lacks is for this many working days unless the clerk says otherwise. */
const FOLLOWS_WITHIN = 10;

export type NamedCalendar = WorkingCalendar & { name: string };

type Common = { opened: ConsoleCase; onClose: () => void };

/**
 * 受理: the clock starts. Required materials that were not handed in may follow by a day against a promise (容缺受理): ticking one asks for its day.
 * @property confirm gets the materials that follow
 */
export function AcceptDialog({ opened: { item, situation, materials }, state, calendar, confirm, onClose }: Common & { state: CaseState; calendar: NamedCalendar; confirm: (lacking: { key: string; by: string }[]) => Promise<Fault | null> }): ReactNode {
  const now = useNow();
  const today = civilDate(now);
  const [lacking, setLacking] = useState<ReadonlyMap<string, string>>(() => new Map(outstanding(state).filter(({ by }) => by >= today).map(({ key, by }) => [key, by])));
  const limits = reckonLimits({ acceptedOn: today, promised: item.promised, statutory: item.statutory, pauses: [], extension: 0 }, calendar);
  const absent = item.materials.filter((material) => needOf(material, item, situation) === 'needed' && !materials.some(({ key }) => key === material.key) && !(state.promises ?? []).some(({ kind, key }) => kind === 'commitment' && key === material.key));
  const promised = new Map(outstanding(state).map(({ key, by }) => [key, by]));
  const set = (key: string, by: string | null) => {
    const next = new Map(lacking);
    if (by === null) next.delete(key);
    else next.set(key, by);
    setLacking(next);
  };
  const wrong = [...lacking.values()].some((by) => !isCivilDate(by) || by < today);
  if (limits === null) return null;
  return (
    <ConfirmDialog
      title={t('accept.title')}
      ok={t('accept.ok')}
      lacks={wrong ? t('accept.lacking.when') : ''}
      citizenSees={<p>{t('accept.sees', { item: item.name, date: dayWords(limits.promisedBy, now) })}{lacking.size > 0 && t('accept.lacking.sees', { count: lacking.size })}</p>}
      clock={(
        <>
          <p>{t('accept.clock', { promised: dayWords(limits.promisedBy, now), promisedDays: limitWords(item.promised), statutory: dayWords(limits.statutoryBy, now), statutoryDays: limitWords(item.statutory) })}</p>
          {limits.provisional && <p>{t('accept.provisional')}</p>}
        </>
      )}
      confirm={() => confirm([...lacking].map(([key, by]) => ({ key, by })))}
      onClose={onClose}
    >
      <p>{t('accept.checked')}</p>
      {absent.length > 0 && (
        <fieldset className="lacking">
          <legend>{t('accept.lacking')}</legend>
          {absent.map(({ key, name }) => (
            <div key={key}>
              <label className="tick"><input type="checkbox" checked={lacking.has(key)} onChange={(event) => set(key, event.target.checked ? promised.get(key) ?? addDays(today, FOLLOWS_WITHIN, 'working', calendar).date : null)} /><span>{name}{promised.has(key) && <em>{t('accept.promised', { date: dayWords(promised.get(key) ?? '', now) })}</em>}</span></label>
              {lacking.has(key) && <input type="date" aria-label={t('accept.lacking.by', { name })} min={today} value={lacking.get(key) ?? ''} onChange={(event) => set(key, event.target.value)} />}
            </div>
          ))}
        </fieldset>
      )}
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
        <NoticeArea use="refusal" value={reason} maxLength={LONGEST} showCount minRows={4} placeholder={t('refuse.reason.placeholder')} onChange={setReason} />
      </label>
    </ConfirmDialog>
  );
}

/** 一次性告知: the notice as the citizen will read it, with what the departments lack among it and whose each line is. */
export function CorrectDialog({ asks, confirm, onClose }: Omit<Common, 'opened'> & { asks: readonly NoticeLine[]; confirm: () => Promise<Fault | null> }): ReactNode {
  return (
    <ConfirmDialog
      title={t('correct.title')}
      ok={t('correct.ok')}
      width={680}
      citizenSees={(
        <>
          <p>{t('correct.sees', { count: asks.length })}</p>
          <ol className="asks">{asks.map(({ target, key, label, words, from }) => <li key={`${target}/${key}`}><strong>{label}{from !== '' && <span className="mark">{t('correct.from', { who: from })}</span>}</strong><span>{words}</span></li>)}</ol>
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
