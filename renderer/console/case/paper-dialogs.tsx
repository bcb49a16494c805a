import { Checkbox, Input, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import type { PayloadOf } from '../../../domain/action/payload.ts';
import type { CaseState } from '../../../domain/case/types.ts';
import { TrustLevel } from '../../../domain/action/payload.ts';
import type { ConsoleCase } from '../../../domain/contracts/cases.ts';
import { civilDate, isCivilDate } from '../../../domain/calendar/civil-date.ts';
import { addDays } from '../../../domain/calendar/working-days.ts';
import { processOf } from '../../../domain/approval/process.ts';
import { useNow } from '../clock.ts';
import { NoticeArea } from '../sentences/sentences.tsx';
import { useAnswer, useSession } from '../session.tsx';
import { t, word } from '../texts.ts';
import { Reason } from './clock-dialogs.tsx';
import { ConfirmDialog, type Fault } from './confirm-dialog.tsx';

type Trust = (typeof TrustLevel.options)[number];

/** 核验原件: whoever opens this has the originals in hand, so what was only sent stands at B already; a letter changes the row one stands on. */
export function OriginalsDialog({ opened: { item, materials }, confirm, onClose }: { opened: ConsoleCase; confirm: (seen: { key: string; trust: Trust }[]) => Promise<Fault | null>; onClose: () => void }): ReactNode {
  const [trust, setTrust] = useState<Readonly<Record<string, Trust>>>(() => Object.fromEntries(materials.map(({ key, trust: now }) => [key, now === 'A' ? 'A' : 'B'])));
  const nameOf = (key: string) => item.materials.find((material) => material.key === key)?.name ?? t('case.unnamed', { key });
  return (
    <ConfirmDialog title={t('originals.title')} ok={t('originals.ok')} width={680} confirm={() => confirm(materials.map(({ key }) => ({ key, trust: trust[key] ?? 'B' })))} onClose={onClose}>
      <p>{t('originals.words')}</p>
      <div className="originals">
        {materials.map(({ key, trust: before }) => (
          <fieldset
            key={key}
            onKeyDown={(event) => {
              const letter = TrustLevel.safeParse(event.key.toUpperCase());
              if (letter.success && !event.ctrlKey && !event.metaKey) setTrust({ ...trust, [key]: letter.data });
            }}
          >
            <legend>{nameOf(key)}<small>{t('originals.before', { trust: before })}</small></legend>
            <Radio.Group value={trust[key]} onChange={(event) => setTrust({ ...trust, [key]: TrustLevel.parse(event.target.value) })} options={TrustLevel.options.map((level) => ({ value: level, label: t(`originals.${level}`) }))} />
          </fieldset>
        ))}
      </div>
    </ConfirmDialog>
  );
}

/** An end, or a step back, that needs nothing but its reason. @param use whose ready sentences are offered */
export function ReasonDialog({ title, ok, sees, clock, initial = '', confirm, onClose }: { title: string; ok: string; sees: string; clock: string; initial?: string; confirm: (reason: string) => Promise<Fault | null>; onClose: () => void }): ReactNode {
  const [reason, setReason] = useState(initial);
  return (
    <ConfirmDialog title={title} ok={ok} danger width={640} lacks={reason.trim() === '' ? t('reason.needed') : ''} citizenSees={<p>{sees}</p>} clock={<p>{clock}</p>} confirm={() => confirm(reason.trim())} onClose={onClose}>
      <label className="field"><span>{t('reason.sees')}</span><NoticeArea use="return" value={reason} maxLength={500} onChange={setReason} /></label>
    </ConfirmDialog>
  );
}

/** 材料交接: to a colleague or a desk, with what is in the folder. */
export function HandOverDialog({ papers: listed, confirm, onClose }: { papers: readonly string[]; confirm: (handed: { to: string; papers: string[]; words: string }) => Promise<Fault | null>; onClose: () => void }): ReactNode {
  const { ask, me } = useSession();
  const [colleagues] = useAnswer('colleagues', () => ask((hall) => hall.colleagues()));
  const [to, setTo] = useState('');
  const [papers, setPapers] = useState<readonly string[]>(listed);
  const [words, setWords] = useState('');
  const known = colleagues.kind === 'here' ? colleagues.value.filter(({ account }) => account !== me.account) : [];
  return (
    <ConfirmDialog title={t('hand-over.title')} ok={t('hand-over.ok')} width={640} lacks={to.trim() === '' ? t('hand-over.to.needed') : papers.length === 0 ? t('hand-over.papers.needed') : ''} confirm={() => confirm({ to: to.trim(), papers: [...papers], words: words.trim() })} onClose={onClose}>
      <label className="field">
        <span>{t('hand-over.to')}</span>
        <Input data-first="true" list="colleagues" value={to} maxLength={60} onChange={(event) => setTo(event.target.value)} />
        <datalist id="colleagues">{known.map(({ account, name, role }) => <option key={account} value={account}>{`${name}　${word('role', role)}`}</option>)}</datalist>
      </label>
      <fieldset className="field">
        <legend>{t('hand-over.papers')}</legend>
        <Checkbox.Group className="stacked-radios" value={[...papers]} onChange={(next) => setPapers(next.map(String))} options={[...listed]} />
      </fieldset>
      <Reason label={t('hand-over.words')} value={words} onChange={setWords} />
    </ConfirmDialog>
  );
}

/** The other desk's word that papers came; what did not is ticked off. */
export function TakeOverDialog({ state, confirm, onClose }: { state: CaseState; confirm: (missing: string[]) => Promise<Fault | null>; onClose: () => void }): ReactNode {
  const papers = state.papers?.papers ?? [];
  const [here, setHere] = useState<readonly string[]>(papers);
  return (
    <ConfirmDialog title={t('take-over.title')} ok={t(here.length < papers.length ? 'take-over.ok.missing' : 'take-over.ok')} danger={here.length < papers.length} confirm={() => confirm(papers.filter((paper) => !here.includes(paper)))} onClose={onClose}>
      <fieldset className="field">
        <legend>{t('take-over.papers')}</legend>
        <Checkbox.Group className="stacked-radios" value={[...here]} onChange={(next) => setHere(next.map(String))} options={[...papers]} />
      </fieldset>
    </ConfirmDialog>
  );
}

/** 送达: who took the result. */
export function DeliverDialog({ person, confirm, onClose }: { person: string; confirm: (delivery: Omit<PayloadOf<'delivered'>, 'kind' | 'on'>) => Promise<Fault | null>; onClose: () => void }): ReactNode {
  const [way, setWay] = useState<PayloadOf<'delivered'>['way']>('window');
  const [relation, setRelation] = useState<PayloadOf<'delivered'>['relation']>('applicant');
  const [name, setName] = useState('');
  const collector = relation === 'applicant' ? person : name.trim();
  return (
    <ConfirmDialog title={t('deliver.title')} ok={t('deliver.ok')} width={600} lacks={collector === '' ? t('deliver.who.needed') : ''} citizenSees={<p>{t('deliver.sees', { way: word('delivery', way), collector: collector === '' ? '—' : collector })}</p>} confirm={() => confirm({ way, collector, relation })} onClose={onClose}>
      <fieldset className="field">
        <legend>{t('deliver.way')}</legend>
        <Radio.Group value={way} onChange={(event) => setWay(event.target.value as typeof way)} options={(['window', 'post', 'electronic'] as const).map((value) => ({ value, label: word('delivery', value) }))} />
      </fieldset>
      <fieldset className="field">
        <legend>{t('deliver.who')}</legend>
        <Radio.Group value={relation} onChange={(event) => setRelation(event.target.value as typeof relation)} options={(['applicant', 'agent', 'relative'] as const).map((value) => ({ value, label: word('relation', value) }))} />
      </fieldset>
      {relation !== 'applicant' && <label className="field"><span>{t('deliver.name')}</span><Input value={name} maxLength={120} onChange={(event) => setName(event.target.value)} /></label>}
    </ConfirmDialog>
  );
}

/** 联合踏勘 is appointed: one visit for every step that needs it. */
export function SurveyDialog({ opened: { item }, calendar, confirm, onClose }: { opened: ConsoleCase; calendar: Parameters<typeof addDays>[3]; confirm: (survey: Omit<PayloadOf<'survey-appointed'>, 'kind'>) => Promise<Fault | null>; onClose: () => void }): ReactNode {
  const today = civilDate(useNow());
  const { tasks } = processOf(item);
  const [steps, setSteps] = useState<readonly string[]>(() => tasks.filter(({ role }) => role === 'survey').map(({ key }) => key));
  const [on, setOn] = useState(addDays(today, 1, 'working', calendar).date);
  const [time, setTime] = useState('09:30');
  const [place, setPlace] = useState('');
  const [contact, setContact] = useState('');
  const lacks = steps.length === 0 ? t('survey.steps.needed') : !isCivilDate(on) || on < today || time === '' ? t('survey.when.needed') : place.trim() === '' || contact.trim() === '' ? t('survey.where.needed') : '';
  return (
    <ConfirmDialog title={t('survey.title')} ok={t('survey.ok')} width={640} lacks={lacks} citizenSees={<p>{t('history.survey', { date: on, time, place: place === '' ? '—' : place, contact: contact === '' ? '—' : contact })}</p>} confirm={() => confirm({ steps: [...steps], on, time, place: place.trim(), contact: contact.trim() })} onClose={onClose}>
      <label className="field"><span>{t('survey.place')}</span><Input data-first="true" value={place} maxLength={200} onChange={(event) => setPlace(event.target.value)} /></label>
      <label className="field"><span>{t('survey.contact')}</span><Input value={contact} maxLength={100} onChange={(event) => setContact(event.target.value)} /></label>
      <div className="field-row">
        <label className="field"><span>{t('survey.on')}</span><input type="date" min={today} value={on} onChange={(event) => setOn(event.target.value)} /></label>
        <label className="field"><span>{t('survey.time')}</span><input type="time" value={time} onChange={(event) => setTime(event.target.value)} /></label>
      </div>
      <fieldset className="field"><legend>{t('survey.steps')}</legend><Checkbox.Group className="stacked-radios" value={[...steps]} onChange={(next) => setSteps(next.map(String))} options={tasks.map(({ key, name, who }) => ({ value: key, label: `${name}（${who}）` }))} /></fieldset>
    </ConfirmDialog>
  );
}

/** What was found on the spot, and who was there. */
export function MinutesDialog({ opened: { item }, state, confirm, onClose }: { opened: ConsoleCase; state: CaseState; confirm: (held: { present: string[]; words: string }) => Promise<Fault | null>; onClose: () => void }): ReactNode {
  const called = processOf(item).tasks.filter(({ key }) => state.survey?.steps.includes(key) === true);
  const [present, setPresent] = useState<readonly string[]>(called.map(({ key }) => key));
  const [words, setWords] = useState('');
  return (
    <ConfirmDialog title={t('survey-held.title')} ok={t('survey-held.ok')} width={640} lacks={words.trim() === '' ? t('survey-held.needed') : ''} confirm={() => confirm({ present: [...present], words: words.trim() })} onClose={onClose}>
      <label className="field"><span>{t('survey-held.words')}</span><Input.TextArea value={words} maxLength={2000} autoSize={{ minRows: 4, maxRows: 10 }} onChange={(event) => setWords(event.target.value)} /></label>
      <fieldset className="field"><legend>{t('survey-held.present')}</legend><Checkbox.Group className="stacked-radios" value={[...present]} onChange={(next) => setPresent(next.map(String))} options={called.map(({ key, name, who }) => ({ value: key, label: `${name}（${who}）` }))} /></fieldset>
    </ConfirmDialog>
  );
}
