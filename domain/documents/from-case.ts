/**
 * Which legal papers an action of a case gives rise to, and the facts of each: from the case's own log, its item as published, and what the hall says of
 * itself. Nothing is looked up and nothing is reckoned anew but Art. 44's ten days.
 */
import type { Payload, PayloadOf } from '../action/payload.ts';
import type { Action, Actor } from '../action/types.ts';
import { isJoint, processOf } from '../approval/process.ts';
import { civilDate } from '../calendar/civil-date.ts';
import { addDays, type WorkingCalendar } from '../calendar/working-days.ts';
import { foldCase } from '../case/fold.ts';
import { caseToken } from '../case/token.ts';
import type { CaseState } from '../case/types.ts';
import type { Limits } from '../clock/limits.ts';
import type { ActionId } from '../ids.ts';
import { fieldsOf } from '../item/form.ts';
import { legalName } from '../item/form.ts';
import { fieldAt } from '../item/rows.ts';
import type { Item } from '../item/types.ts';
import { maskName, maskNumber } from '../masking.ts';
import { err, never, ok, type Result } from '../result.ts';
import { paperParties, paperPerson } from './parties.ts';
import { DELIVERY_DAYS, type LegalKind, LegalPaper, type Remedies } from './legal.ts';

/** What a paper is made from. `receivedOn`: the day on which the application was received, as the hall reckons it from the evidence. */
export type CaseFile = { actions: readonly Action[]; item: Item; receivedOn: string; calendar: WorkingCalendar };

/** What the hall says of itself. `remedies` null: nobody has set which authority and court it is. A phone that is null is the item's own. */
export type HallFacts = { name: string; remedies: ((item: Item) => Remedies) | null; phone: string | null; complaintPhone: string | null };

/**
 * - `no-such-paper`: the action gives rise to no paper of the kind.
 * - `remedies-unknown`: the law wants both remedies on it, and the hall does not know them.
 * - `not-printable`: `path` names the fact that cannot stand on a paper, such as words that hold a whole identity number.
 */
export type PaperGap = { kind: 'no-such-paper' } | { kind: 'remedies-unknown' } | { kind: 'not-printable'; path: string };

/** The papers of an action, first the one that it is for. */
export function papersOf(payload: Payload, item: Pick<Item, 'steps' | 'body'>): LegalKind[] {
  switch (payload.kind) {
    case 'handed-in':
    case 'supplemented':
      return ['materials-receipt'];
    case 'accepted':
      return ['acceptance-notice', ...(payload.lacking === undefined ? [] : ['lacking-commitment' as const]), ...(isJoint(processOf(item)) ? ['joint-acceptance' as const] : [])];
    case 'refused':
      return ['refusal-notice'];
    case 'correction-asked':
      return ['correction-notice'];
    case 'withdrawn':
      return ['withdrawal-confirmation'];
    case 'paused':
      return payload.why === 'special-procedure' ? ['special-procedure-notice'] : [];
    case 'resumed':
      return ['resumption-notice'];
    case 'extended':
      return ['extension-notice'];
    case 'decided':
      return [payload.granted ? 'approval-decision' : 'denial-decision'];
    case 'finished':
      return payload.result === 'returned' ? ['return-notice'] : payload.result === 'lapsed' ? ['lapse-notice'] : [];
    case 'handed-over':
      return ['hand-over-receipt'];
    case 'delivered':
      return ['delivery-receipt'];
    default:
      return [];
  }
}

/** The facts of one paper as they stood when its action was done. @param paperNumber 文书编号 */
export function paperOf(kind: LegalKind, { action: id, paperNumber }: { action: ActionId; paperNumber: string }, file: CaseFile, hall: HallFacts): Result<LegalPaper, PaperGap> {
  const at = file.actions.findIndex((action) => action.id === id);
  const action = file.actions[at];
  if (action === undefined || !papersOf(action.payload, file.item).includes(kind)) return err({ kind: 'no-such-paper' });
  const folded = foldCase(file.actions.slice(0, at + 1));
  if (!folded.ok) throw new Error('a case whose log does not fold');
  const own = ownFacts(kind, { action, state: folded.value, file, remedies: hall.remedies?.(file.item) ?? null });
  if (own === null) return err({ kind: 'remedies-unknown' });
  const parsed = LegalPaper.safeParse({ ...commonFacts(kind, action, folded.value, file.item, hall), ...own, paperNumber, kind });
  return parsed.success ? ok(parsed.data) : err({ kind: 'not-printable', path: parsed.error.issues[0]?.path.join('.') ?? '' });
}

function commonFacts(kind: LegalKind, action: Action, state: CaseState, item: Item, hall: HallFacts) {
  const { applicant } = state.handedIn;
  return {
    hall: hall.name, department: item.body.name, item: item.name, itemCode: item.code, power: item.type === '01' ? 'licence' : 'other', number: state.number,
    person: paperPerson(applicant), maskedNumber: maskNumber(applicant.number), ...paperParties(state.handedIn), date: dayOf(action), basis: basisOf(kind, item, state),
    token: caseToken(state.id), actionHash: action.hash,
    place: { name: item.place.name, address: item.place.address, hours: item.place.hours }, phone: hall.phone ?? item.place.phone, complaintPhone: hall.complaintPhone ?? item.complaints.phone,
  };
}

/** The day that counts in law: the action's own where it says one. */
function dayOf({ payload, time }: Action): string {
  return 'on' in payload ? payload.on : civilDate(Date.parse(time.wall));
}

type Facts = { action: Action; state: CaseState; file: CaseFile; remedies: Remedies | null };

/** What differs from one kind to the next; null when the remedies are wanted and not known. Which payload has which paper says `papersOf`. */
function ownFacts(kind: LegalKind, { action, state, file, remedies }: Facts): object | null {
  const { item, receivedOn } = file;
  const said = action.payload;
  const acceptedOn = state.accepted?.acceptedOn;
  switch (kind) {
    case 'acceptance-notice': {
      const { deemed, lacking, promisedBy, statutoryBy, provisional } = said as PayloadOf<'accepted'>;
      const ground = deemed === true ? { ground: 'deemed' } : lacking === undefined ? {} : { ground: 'lacking' };
      return { receivedOn, acceptedOn, materials: materialsOf(state.materials, item), promised: daysOf(item.promised), promisedBy, statutory: daysOf(item.statutory), statutoryBy, provisional, excluded: item.specialProcedures, ...ground };
    }
    case 'correction-notice': {
      const { asks, within } = said as PayloadOf<'correction-asked'>;
      return { receivedOn, asks: asksOf(asks, item), within, ifLate: '到期没有补正的，本次申请终止办理，您可以重新申请。' };
    }
    case 'refusal-notice':
      return remedies === null ? null : { receivedOn, reason: (said as PayloadOf<'refused'>).reason, applyTo: null, remedies };
    case 'approval-decision': {
      const { reason } = said as PayloadOf<'decided'>;
      return { acceptedOn, content: reason.trim() === '' ? `准予${item.name}。` : reason, result: item.result.name, deliverBy: addDays(dayOf(action), DELIVERY_DAYS, 'working', file.calendar).date };
    }
    case 'denial-decision':
      return remedies === null ? null : { acceptedOn, reason: (said as PayloadOf<'decided'>).reason, remedies };
    case 'withdrawal-confirmation':
      return { receivedOn, withdrawnOn: dayOf(action), reason: (said as PayloadOf<'withdrawn'>).reason };
    case 'special-procedure-notice': {
      const { procedure, allowed, reason, on } = said as PayloadOf<'paused'>;
      return { acceptedOn, procedure, from: on, allowed, reason };
    }
    case 'resumption-notice': {
      const { on, limits } = said as PayloadOf<'resumed'>;
      const pause = state.pauses.at(-1);
      return { pause: pause === undefined ? '' : PAUSES[pause.why] ?? pause.procedure, from: pause?.from, resumedOn: on, ...datesOf(limits) };
    }
    case 'extension-notice': {
      const { days, approvedBy, reason, limits } = said as PayloadOf<'extended'>;
      // The days are added to both limits, in the unit of each; the law counts in the statutory one's.
      return { acceptedOn, extended: { days, unit: item.statutory.unit }, approvedBy, reason, ...datesOf(limits) };
    }
    case 'return-notice':
      return remedies === null ? null : { receivedOn, reason: (said as PayloadOf<'finished'>).words, materials: materialsOf(state.materials, item), remedies };
    case 'lapse-notice': {
      const asked = file.actions.find(({ payload }) => payload.kind === 'correction-asked');
      if (remedies === null) return null;
      return { receivedOn, askedOn: asked === undefined ? undefined : dayOf(asked), within: state.correction?.within, asks: asksOf(state.correction?.asks ?? [], item), reason: (said as PayloadOf<'finished'>).words, remedies };
    }
    case 'materials-receipt': {
      const supplement = said.kind === 'supplemented';
      return { receivedOn: supplement ? dayOf(action) : receivedOn, occasion: supplement ? 'supplement' : 'hand-in', materials: materialsOf((said as PayloadOf<'handed-in' | 'supplemented'>).materials, item) };
    }
    case 'lacking-commitment':
      return { acceptedOn, lacking: ((said as PayloadOf<'accepted'>).lacking ?? []).map(({ key, by }) => ({ name: materialName(key, item), by })) };
    case 'joint-acceptance': {
      const { promisedBy, statutoryBy, provisional } = said as PayloadOf<'accepted'>;
      const { tasks } = processOf(item);
      const steps = tasks.map(({ name, who, days, after }) => ({ name, department: who, days, unit: item.promised.unit, after: tasks.filter(({ key }) => after.includes(key)).map((task) => task.name) }));
      return { acceptedOn, steps, promisedBy, statutoryBy, provisional };
    }
    case 'hand-over-receipt': {
      const { to, papers, words } = said as PayloadOf<'handed-over'>;
      return { from: deskOf(action.actor), to, papers, words };
    }
    case 'delivery-receipt': {
      const { way, collector, relation, on } = said as PayloadOf<'delivered'>;
      return { deliveredOn: on, way, collector: maskName(collector), relation, papers: deliveredPapers(state, item) };
    }
    default:
      return never(kind);
  }
}

const PAUSES: Readonly<Partial<Record<PayloadOf<'paused'>['why'], string>>> = { transfer: '转报上级机关', hold: '暂停办理' };

/** 行政许可法 says what each paper of a licence rests on; of other powers only the item's own rules speak. */
const LICENSING = '《中华人民共和国行政许可法》';
const ARTICLES: Readonly<Record<LegalKind, string>> = {
  'acceptance-notice': '第三十二条第一款第五项、第二款', 'correction-notice': '第三十二条第一款第四项', 'refusal-notice': '第三十二条', 'approval-decision': '第三十八条第一款、第四十四条', 'denial-decision': '第三十八条第二款',
  'withdrawal-confirmation': '', 'special-procedure-notice': '第四十五条', 'resumption-notice': '第四十五条', 'extension-notice': '第四十二条', 'return-notice': '', 'lapse-notice': '第三十二条第一款第四项',
  'materials-receipt': '', 'lacking-commitment': '', 'joint-acceptance': '第二十六条第二款', 'hand-over-receipt': '', 'delivery-receipt': '第四十四条',
};
/** Of the item's own rules the first ones: a paper is no law book. */
const OWN_RULES = 2;

function basisOf(kind: LegalKind, item: Item, state: CaseState): { law: string; article: string }[] {
  const article = kind === 'acceptance-notice' && state.accepted?.deemed === true ? '第三十二条第一款第四项' : ARTICLES[kind];
  const asks = item.type !== '01' || article === '' ? [] : [{ law: LICENSING, article }];
  // What only shows that papers changed hands rests on no rule of the item.
  return article === '' ? asks : [...asks, ...item.legalBasis.slice(0, OWN_RULES).map(({ law, article: own }) => ({ law, article: own }))];
}

function daysOf({ days, unit }: Item['promised']) {
  return { days, unit };
}

function datesOf({ promisedBy, statutoryBy, provisional }: Limits) {
  return { promisedBy, statutoryBy, provisional };
}

function materialName(key: string, item: Item): string {
  return item.materials.find((material) => material.key === key)?.name ?? key;
}

function materialsOf(materials: CaseState['materials'], item: Item): { name: string; pages: number }[] {
  return materials.map(({ key, pages }) => ({ name: materialName(key, item), pages: pages.length }));
}

function asksOf(asks: PayloadOf<'correction-asked'>['asks'], item: Item): { target: string; words: string }[] {
  return asks.map(({ target, key, words }) => ({ target: target === 'material' ? materialName(key, item) : fieldAt(item.form, key)?.label ?? key, words }));
}

function deskOf(actor: Actor): string {
  return actor.kind === 'staff' ? `经办账号 ${actor.account}` : '大厅';
}

/** What is handed over at the end: the decision, and the paper that carries the right. */
function deliveredPapers({ decision, certificate, refusal }: CaseState, item: Item): string[] {
  const licence = item.type === '01' ? '行政许可' : '办理';
  return [
    ...(decision === null ? [] : [`${decision.granted ? '准予' : '不予'}${licence}决定书`]),
    ...(refusal === null ? [] : ['不予受理通知书']),
    ...(certificate === null ? [] : [`${certificate.title}（编号 ${certificate.number}）`]),
    ...(decision === null && refusal === null && certificate === null ? [`办结文书（${item.name}）`.slice(0, 200)] : []),
  ];
}
