import { ShieldAlert, ShieldCheck, ShieldQuestion } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Payload } from '../../../domain/action/payload.ts';
import type { ConsoleCase } from '../../../domain/contracts/cases.ts';
import { never } from '../../../domain/result.ts';
import { useNow } from '../clock.ts';
import { t, word } from '../texts.ts';
import { clockWords, dateWords, happened, machineWords, momentWords } from '../words.ts';
import { partyWords } from './identity.tsx';
import { PaperLinks } from './paper-link.tsx';

type Entry = ConsoleCase['actions'][number];

/** Who did what, when, where, and how sure the time is; newest first, since the last step decides what is next. A visit at a queue stands behind the last step before its end: steps keep the order of their log. */
export function History({ actions, visits, item }: Pick<ConsoleCase, 'actions' | 'visits' | 'item'>): ReactNode {
  const rows = actions.map((action) => ({ at: Date.parse(happened(action.machine, action.time).at), row: <Step key={action.id} action={action} item={item} /> }));
  for (const visit of visits) {
    const at = Date.parse(visit.steps.at(-1)?.at ?? '');
    rows.splice(rows.findLastIndex((before) => before.at <= at) + 1, 0, { at, row: <Visit key={`${visit.site} ${visit.code} ${visit.steps[0]?.at}`} visit={visit} /> });
  }
  return <ol className="history">{rows.toReversed().map(({ row }) => row)}</ol>;
}

/** 排队: one ticket, from the machine to the window. */
function Visit({ visit: { site, code, steps } }: { visit: ConsoleCase['visits'][number] }): ReactNode {
  const now = useNow();
  const last = steps.at(-1)?.at ?? '';
  return (
    <li data-kind="visit">
      <p className="history-what"><strong>{t('history.visit', { code })}</strong><time dateTime={last}>{momentWords(last, now)}</time></p>
      <p className="history-who">{site}</p>
      <p className="history-words">{steps.map(({ kind, at, window }) => `${clockWords(at)} ${word('history.visit', kind)}${window === null ? '' : t('history.visit.window', { window })}`).join(' → ')}</p>
    </li>
  );
}

const SHIELDS = { sure: ShieldCheck, reckoned: ShieldQuestion, unsure: ShieldAlert } as const;

function Step({ action, item }: { action: Entry; item: ConsoleCase['item'] }): ReactNode {
  const now = useNow();
  const when = happened(action.machine, action.time);
  const Shield = SHIELDS[when.sure];
  const words = wordsOf(action.payload, now);
  return (
    <li data-kind={action.payload.kind}>
      <p className="history-what"><strong>{titleOf(action.payload)}</strong><time dateTime={when.at}>{momentWords(when.at, now)}</time></p>
      <p className="history-who">{actorWords(action.actor)}<span aria-hidden="true">·</span>{machineWords(action.machine)}</p>
      {words.map((sentence) => <p className="history-words" key={sentence}>{sentence}</p>)}
      <PaperLinks action={action} item={item} />
      <p className="history-evidence" data-sure={when.sure}><Shield size={13} aria-hidden="true" />{when.words}</p>
    </li>
  );
}

function actorWords(actor: Entry['actor']): string {
  switch (actor.kind) {
    case 'citizen':
      return t('history.citizen');
    case 'staff':
      return t('history.staff', { account: actor.account, role: word('role', actor.role) });
    case 'machine':
      return t('history.machine');
    default:
      return never(actor);
  }
}

function titleOf(payload: Payload): string {
  return payload.kind === 'decided' ? t(payload.granted ? 'history.decided.granted' : 'history.decided.denied') : word('history', payload.kind);
}

/** What a step said, beside its name. */
function wordsOf(payload: Payload, now: number): string[] {
  switch (payload.kind) {
    case 'handed-in':
      return [t(payload.number.provisional ? 'history.number.provisional' : 'history.number', { number: payload.number.value })];
    case 'supplemented':
      return [t('history.changed', { fields: Object.keys(payload.form).length, materials: payload.materials.length })];
    case 'accepted':
      return [t('history.accepted.dates', { promised: dateWords(payload.promisedBy, now), statutory: dateWords(payload.statutoryBy, now) })];
    case 'correction-asked':
      return [t('history.within', { date: dateWords(payload.within, now) }), ...payload.asks.map(({ words }) => words)];
    case 'withdrawn':
    case 'refused':
    case 'decided':
      return spoken(payload.reason);
    case 'finished':
      return [...spoken(payload.words), ...(payload.certificate === null ? [] : [`${payload.certificate.title} ${payload.certificate.number}`])];
    case 'pre-reviewed':
      return [word('verdict', payload.verdict), ...spoken(payload.words), ...payload.asks.map(({ words }) => words)];
    case 'reviewed':
      return [word('outcome', payload.outcome), ...spoken(payload.opinion)];
    case 'survey-appointed':
      return [t('history.survey', { date: dateWords(payload.on, now), time: payload.time, place: payload.place, contact: payload.contact })];
    case 'survey-held':
    case 'resumed':
      return spoken(payload.words);
    case 'paused':
      return [word('pause', payload.why) + payload.procedure, ...(payload.allowed === null ? [] : [t('history.pause.allowed', { days: payload.allowed.days, unit: word('unit', payload.allowed.unit) })]), ...spoken(payload.reason)];
    case 'extended':
      return [t('history.extended.words', { days: payload.days, who: payload.approvedBy, date: dateWords(payload.limits.promisedBy, now) }), ...spoken(payload.reason)];
    case 'limits-set':
      return [t('history.accepted.dates', { promised: dateWords(payload.limits.promisedBy, now), statutory: dateWords(payload.limits.statutoryBy, now) })];
    case 'staff-corrected':
      return [t('history.corrected', { fields: Object.keys(payload.form).length }), ...spoken(payload.reason)];
    case 'originals-seen':
      return [t('history.originals', { count: payload.materials.length })];
    case 'identity-checked':
      return [t('history.identity', { party: partyWords(payload.party), outcome: word('identity', payload.outcome) }), ...spoken(payload.words)];
    case 'handed-over':
      return [t('history.handed-over.to', { to: payload.to, papers: payload.papers.join('、') }), ...spoken(payload.words)];
    case 'taken-over':
      return payload.missing.length === 0 ? [] : [t('history.taken-over.missing', { papers: payload.missing.join('、') })];
    case 'delivered':
      return [t('history.delivered.to', { way: word('delivery', payload.way), collector: payload.collector })];
    case 'archived':
      return [];
    case 'rated':
      return [t('case.rated.level', { level: payload.level, words: word('rating', String(payload.level)) }), ...spoken(payload.words)];
    case 'result-printed':
      return [t(`history.print.${payload.outcome}`), ...(payload.blank === undefined ? [] : [t('history.print.blank', { number: payload.blank })])];
    default:
      return never(payload);
  }
}

function spoken(words: string): string[] {
  return words === '' ? [] : [words];
}
