import { Input, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import type { PayloadOf } from '../../../domain/action/payload.ts';
import { isJoint, processOf } from '../../../domain/approval/process.ts';
import { addDays } from '../../../domain/calendar/working-days.ts';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import type { CaseState } from '../../../domain/case/types.ts';
import { type Limits, reckonLimits } from '../../../domain/clock/limits.ts';
import type { Item } from '../../../domain/item/types.ts';
import { useNow } from '../clock.ts';
import { t } from '../texts.ts';
import { dayWords } from '../words.ts';
import { ConfirmDialog, type Fault } from './confirm-dialog.tsx';
import type { NamedCalendar } from './dialogs.tsx';

type Common = { state: CaseState; item: Item; calendar: NamedCalendar; onClose: () => void };
/** 行政许可法 Art 42: what the head of the body may add, and for a joint case the head of the government. */
const LONGEST_EXTENSION = { single: 10, joint: 15 } as const;
const LONGEST_REASON = 500;

/** Both due dates as they would stand, beside those of now. */
function Moved({ before, after, now }: { before: Limits | null; after: Limits | null; now: number }): ReactNode {
  const row = (name: string, from: string | undefined, to: string | undefined) => (
    <p className="moved"><span>{name}</span>{from !== undefined && from !== to && <del>{dayWords(from, now)}</del>}<strong>{to === undefined ? t('clock.unknown') : dayWords(to, now)}</strong></p>
  );
  return (
    <>
      {row(t('guide.promised'), before?.promisedBy, after?.promisedBy)}
      {row(t('guide.statutory'), before?.statutoryBy, after?.statutoryBy)}
      {after?.provisional === true && <p>{t('accept.provisional')}</p>}
    </>
  );
}

/** The due dates of an accepted case with these pauses and this extension. */
function limitsWith({ state, item, calendar }: Pick<Common, 'state' | 'item' | 'calendar'>, pauses: readonly { from: string; to: string | null }[], extension: number): Limits | null {
  return state.accepted === null ? null : reckonLimits({ acceptedOn: state.accepted.acceptedOn, promised: item.promised, statutory: item.statutory, pauses, extension }, calendar);
}

/** 挂起: a special procedure of the item, a report to above, or a hold that is accounted for. */
export function PauseDialog({ state, item, calendar, confirm, onClose }: Common & { confirm: (why: Omit<PayloadOf<'paused'>, 'kind' | 'on'>) => Promise<Fault | null> }): ReactNode {
  const now = useNow();
  const today = civilDate(now);
  const [choice, setChoice] = useState(item.specialProcedures[0] ?? 'transfer');
  const [days, setDays] = useState('');
  const [reason, setReason] = useState('');
  const special = item.specialProcedures.includes(choice);
  const count = /^[1-9]\d{0,2}$/.test(days) && Number(days) <= 400 ? Number(days) : null;
  const ends = count === null ? null : addDays(today, count, 'working', calendar).date;
  const lacks = special && count === null ? t('pause.needs-days') : days !== '' && count === null ? t('pause.needs-days') : reason.trim() === '' ? t('reason.needed') : '';
  return (
    <ConfirmDialog
      title={t('pause.title')}
      ok={t('pause.ok')}
      width={640}
      lacks={lacks}
      citizenSees={special ? <p>{t('pause.sees', { procedure: choice, days: count ?? '—' })}</p> : undefined}
      clock={(
        <>
          <p>{t('pause.clock')}</p>
          {ends !== null && <><p>{t('pause.if-ends', { date: dayWords(ends, now) })}</p><Moved before={state.limits} after={limitsWith({ state, item, calendar }, [...state.pauses, { from: today, to: ends }], state.extension?.days ?? 0)} now={now} /></>}
        </>
      )}
      confirm={() => confirm({ why: special ? 'special-procedure' : choice === 'transfer' ? 'transfer' : 'hold', procedure: special ? choice : '', allowed: count === null ? null : { days: count, unit: 'working' }, reason: reason.trim() })}
      onClose={onClose}
    >
      <fieldset className="field" data-first="true">
        <legend>{t('pause.why')}</legend>
        <Radio.Group className="stacked-radios" value={choice} onChange={(event) => setChoice(String(event.target.value))} options={[...item.specialProcedures.map((name) => ({ value: name, label: `${t('pause.special-procedure')}${name}` })), { value: 'transfer', label: t('pause.transfer') }, { value: 'hold', label: t('pause.hold') }]} />
      </fieldset>
      <label className="field"><span>{special ? t('pause.days.needed') : t('pause.days')}</span><Input inputMode="numeric" className="short-input" value={days} onChange={(event) => setDays(event.target.value.trim())} suffix={t('unit.working')} /></label>
      <Reason label={t('reason')} value={reason} onChange={setReason} />
    </ConfirmDialog>
  );
}

/** 恢复: the days of the pause are not counted; both dates are told before. */
export function ResumeDialog({ state, item, calendar, confirm, onClose }: Common & { confirm: (words: string) => Promise<Fault | null> }): ReactNode {
  const now = useNow();
  const today = civilDate(now);
  const [words, setWords] = useState('');
  const pause = state.pauses.at(-1);
  const after = limitsWith({ state, item, calendar }, state.pauses.map(({ from, to }) => ({ from, to: to ?? today })), state.extension?.days ?? 0);
  return (
    <ConfirmDialog
      title={t('resume.title')}
      ok={t('resume.ok')}
      clock={<><p>{t('resume.clock', { from: dayWords(pause?.from ?? today, now), to: dayWords(today, now) })}</p><Moved before={null} after={after} now={now} /></>}
      confirm={() => confirm(words.trim())}
      onClose={onClose}
    >
      <Reason label={t('resume.words')} value={words} onChange={setWords} />
    </ConfirmDialog>
  );
}

/** 延期: once, approved by the head of the body. */
export function ExtendDialog({ state, item, calendar, confirm, onClose }: Common & { confirm: (extension: { days: number; approvedBy: string; reason: string }) => Promise<Fault | null> }): ReactNode {
  const now = useNow();
  const most = isJoint(processOf(item)) ? LONGEST_EXTENSION.joint : LONGEST_EXTENSION.single;
  const [days, setDays] = useState(String(most));
  const [approvedBy, setApprovedBy] = useState('');
  const [reason, setReason] = useState('');
  const count = /^\d{1,2}$/.test(days) ? Number(days) : 0;
  const fits = count >= 1 && count <= most;
  return (
    <ConfirmDialog
      title={t('extend.title')}
      ok={t('extend.ok')}
      width={640}
      lacks={!fits ? t('extend.most', { most }) : approvedBy.trim() === '' ? t('extend.who.needed') : reason.trim() === '' ? t('reason.needed') : ''}
      citizenSees={<p>{t('extend.sees')}</p>}
      clock={<><p>{t('extend.clock', { most })}</p>{fits && <Moved before={state.limits} after={limitsWith({ state, item, calendar }, state.pauses, count)} now={now} />}</>}
      confirm={() => confirm({ days: count, approvedBy: approvedBy.trim(), reason: reason.trim() })}
      onClose={onClose}
    >
      <label className="field"><span>{t('extend.days')}</span><Input data-first="true" inputMode="numeric" className="short-input" value={days} onChange={(event) => setDays(event.target.value.trim())} suffix={t(item.statutory.unit === 'working' ? 'unit.working' : 'unit.natural')} /></label>
      <label className="field"><span>{t('extend.who')}</span><Input value={approvedBy} maxLength={60} onChange={(event) => setApprovedBy(event.target.value)} /></label>
      <Reason label={t('reason.sees')} value={reason} onChange={setReason} />
    </ConfirmDialog>
  );
}

export function Reason({ label, value, onChange }: { label: string; value: string; onChange: (words: string) => void }): ReactNode {
  return <label className="field"><span>{label}</span><Input.TextArea value={value} maxLength={LONGEST_REASON} autoSize={{ minRows: 2, maxRows: 6 }} onChange={(event) => onChange(event.target.value)} /></label>;
}
