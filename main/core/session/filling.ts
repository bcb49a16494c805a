import { civilDate } from '../../../domain/calendar/civil-date.ts';
import type { Refused } from '../../../domain/contracts/refused.ts';
import { CaseId } from '../../../domain/ids.ts';
import { whyNoRoom } from '../../../domain/item/availability.ts';
import { itemForWay } from '../../../domain/item/applicants.ts';
import { knownFrom, offersFor } from '../../../domain/item/dictionary.ts';
import { checkForm, fieldsOf, prefill } from '../../../domain/item/form.ts';
import { fieldAt, keptValue, placeOf, withoutRow, withRow } from '../../../domain/item/rows.ts';
import { answersAfter, answersOf, materialsAsked, situationOf, valuesFrom } from '../../../domain/item/situation.ts';
import type { Item } from '../../../domain/item/types.ts';
import type { Answers, FormValues, MaterialPromise } from '../../../domain/action/payload.ts';
import type { Result } from '../../../domain/result.ts';
import { actionsOf, caseState } from '../cases.ts';
import { asksOf } from '../progress.ts';
import { forget } from './forget.ts';
import { type Parties, partiesOf, partyLines, visitor, wayTaken } from './parties.ts';
import type { SessionState } from './state.ts';
import { NO_TALK } from './talk-state.ts';
import { done, refuse, type Visit, type Wish } from './visit.ts';

/** Starts filling the chosen item: a case id, its key, and what is known of the applicant already. */
export async function begin(visit: Visit, parties: Parties): Wish {
  const state = visit.state();
  if (state === null) return refuse({ kind: 'no-session' });
  if (state.item === null) return refuse({ kind: 'unknown-item' });
  const item = await visit.item(state.item);
  if (item === null) return refuse({ kind: 'unknown-item' });
  const against = await againstApplying(visit, item);
  if (against !== null) return refuse(against);
  const known = knownOf(item, parties);
  // What was asked once is not asked again.
  const said = valuesFrom(item, state.answers);
  const id = CaseId.parse(visit.newId());
  await visit.store.caseKeys.create(id);
  const earlier = state.form === null || state.supplementing !== null || state.filling === null ? null : await visit.item(state.filling);
  await visit.change({ case: id, filling: state.item, known: earlier === null ? state.known : { ...state.known, ...knownFrom(earlier, state.form ?? {}) }, form: { ...known.values, ...said }, prefilled: { ...known.sources, ...Object.fromEntries(Object.keys(said).map((name) => [name, 'answers'])) }, errors: {}, pages: [], promises: [], supplementing: null, handedIn: null, step: 'form' });
  // Whoever begins again has let go of what was filled in before.
  await forget(visit, { ...state, talk: NO_TALK });
  return done;
}

/** First values of the form. What was typed is no card's word, and is not said to be. */
export function knownOf(item: Item, { applicant }: Parties): { values: FormValues; sources: Record<string, string> } {
  const { values, sources } = prefill(item.form, applicant);
  const codes = fieldsOf(item.form).filter(({ widget }) => widget === 'credit-code');
  // One field for a credit code asks for the applicant's.
  const code = applicant.card === 'legal-person' && codes.length === 1 ? Object.fromEntries(codes.map(({ name }) => [name, applicant.number])) : {};
  if (applicant.card !== 'typed' && applicant.card !== 'legal-person') return { values, sources };
  return { values: { ...values, ...code }, sources: Object.fromEntries(Object.keys({ ...sources, ...code }).map((name) => [name, 'who'])) };
}

/** What stands in the way of applying for an item at this machine now. */
export async function againstApplying(visit: Pick<Visit, 'offShelf' | 'room'>, item: Item): Promise<Refused | null> {
  if ((await visit.offShelf())(item.code) !== null) return { kind: 'off-shelf' };
  return noRoom(visit, item.materials.some(({ required }) => required));
}

/** What stands in the way of beginning something now: better said before anything is filled in than at the end. */
export async function noRoom(visit: Pick<Visit, 'room'>, scans: boolean): Promise<Refused | null> {
  switch (whyNoRoom(scans, await visit.room.standing())) {
    case 'storage.full':
      return { kind: 'store-full' };
    case 'storage.no-scans':
      return { kind: 'no-room-for-scans' };
    case null:
      return null;
  }
}

/** Saves one field as typed. Right or wrong is said when the form is submitted. */
export async function saveField(visit: Visit, name: string, value: FormValues[string]): Wish {
  const filling = await fillable(visit);
  if (!filling.ok) return filling;
  const { state, item } = filling.value;
  const field = fieldAt(item.form, name);
  if (field === null || field.computed !== undefined) return refuse({ kind: 'wrong-step' });
  const { [name]: _source, ...prefilled } = state.prefilled;
  const { [name]: _error, ...errors } = state.errors;
  const unchanged = state.form?.[name] === value;
  await visit.change({ form: { ...state.form, [name]: keptValue(name, value) }, answers: answersAfter(item, state.answers, name, value), prefilled: unchanged ? state.prefilled : prefilled, errors });
  return done;
}

/** 一表申请: takes what was filled in for an earlier item over, where the person wishes it. */
export async function takeOffers(visit: Visit, names: readonly string[]): Wish {
  const filling = await fillable(visit);
  if (!filling.ok) return filling;
  const { state, item } = filling.value;
  const taken = Object.entries(offersFor(item, state.form ?? {}, state.known)).filter(([name]) => names.includes(name));
  if (taken.length === 0) return refuse({ kind: 'wrong-step' });
  const errors = Object.fromEntries(Object.entries(state.errors).filter(([name]) => !taken.some(([one]) => one === name)));
  await visit.change({
    form: { ...state.form, ...Object.fromEntries(taken.map(([name, { value }]) => [name, value])) }, errors,
    prefilled: { ...state.prefilled, ...Object.fromEntries(taken.map(([name]) => [name, 'earlier'])) },
  });
  return done;
}

/** Begins one more row of a repeated section, or takes one out; those behind it move up with all that is in them. @param row null: one more */
export async function changeRows(visit: Visit, wish: { section: number; row: number | null }): Wish {
  const filling = await fillable(visit);
  if (!filling.ok) return filling;
  const { state, item } = filling.value;
  const section = item.form.sections[wish.section];
  const form = state.form ?? {};
  const changed = section === undefined ? null : wish.row === null ? withRow(section, form) : withoutRow(section, form, wish.row);
  if (section === undefined || changed === null) return refuse({ kind: 'wrong-step' });
  const names = new Set(section.fields.map(({ name }) => name));
  // What was said about the rows was said about other rows.
  const errors = wish.row === null ? state.errors : Object.fromEntries(Object.entries(state.errors).filter(([key]) => !names.has(placeOf(key).name)));
  await visit.change({ form: { ...form, ...changed }, errors });
  return done;
}

/** Checks the whole form; when it is right, goes on to the materials, or to the end where none are asked. */
export async function submitForm(visit: Visit): Wish {
  const filling = await fillable(visit);
  if (!filling.ok) return filling;
  const { state, item } = filling.value;
  const checked = checkForm(item.form, state.form ?? {});
  if (!checked.ok) {
    await visit.change({ errors: checked.error.errors });
    return refuse({ kind: 'incomplete' });
  }
  // An answer that was changed in the form may mean that somebody is applied for.
  const parties = partiesOf(item, state, civilDate(visit.clock.now()));
  if (state.supplementing === null && 'missing' in parties) {
    await visit.change({ errors: {}, step: parties.missing, who: { ...state.who, midway: true } });
    return done;
  }
  // What was typed stays as typed: a field that is hidden now may be shown again, and comes back with its value.
  await visit.change({ errors: {}, step: materialsAsked(item, state.answers).length === 0 ? 'check' : 'materials' });
  return done;
}

/** Starts a supplement to a case whose correction was asked for. */
export async function supplement(visit: Visit, id: CaseId): Wish {
  const state = visit.state();
  if (state === null) return refuse({ kind: 'no-session' });
  if (state.holder === null) return refuse({ kind: 'not-identified' });
  const folded = await caseState(visit.store, id, state.holder.number);
  const asks = folded === null ? [] : asksOf(folded);
  if (folded === null || asks.length === 0) return refuse({ kind: 'unknown-case' });
  const against = await noRoom(visit, asks.some((ask) => ask.target === 'material'));
  if (against !== null) return refuse(against);
  const asksForm = asks.some((ask) => ask.target === 'form');
  const supplementsBefore = await supplementsHere(visit, id);
  await visit.change({ item: folded.item, answers: folded.handedIn.situation ?? {}, case: id, supplementing: id, opened: id, form: folded.form, prefilled: {}, errors: {}, pages: [], promises: [], supplementsBefore, handedIn: null, step: asksForm ? 'form' : 'materials' });
  await forget(visit, state);
  return done;
}

/** The visit and its item, while a form is being filled. */
export async function fillable(visit: Visit): Promise<Result<{ state: SessionState; item: Item }, Refused>> {
  const state = visit.state();
  if (state === null) return { ok: false, error: { kind: 'no-session' } };
  if (visitor(state) === null || (state.supplementing !== null && state.holder === null)) return { ok: false, error: { kind: 'not-identified' } };
  if (state.form === null || state.case === null || state.item === null || state.handedIn !== null) return { ok: false, error: { kind: 'wrong-step' } };
  const item = await visit.item(state.item);
  if (item === null) return { ok: false, error: { kind: 'unknown-item' } };
  // A supplement brings what was asked for, whoever asked.
  return { ok: true, value: { state, item: state.supplementing === null ? itemForWay(item, wayTaken(item, state)) : item } };
}

/** The materials that must be here before handing in: those that this situation needs, or what the correction asked for. */
export async function missingMaterials(visit: Visit, state: SessionState, item: Item): Promise<string[]> {
  const here = new Set([...state.pages.map((page) => page.material), ...state.promises.map(({ key }) => key)]);
  if (state.supplementing === null) return materialsAsked(item, state.answers).filter(({ material, need }) => need === 'needed' && !here.has(material.key)).map(({ material }) => material.key);
  const folded = state.holder === null ? null : await caseState(visit.store, state.supplementing, state.holder.number);
  const asked = folded === null ? [] : asksOf(folded).filter(({ target }) => target === 'material').map(({ key }) => key);
  // What was promised for a day may come one after the other; a correction is answered whole.
  if (folded?.stage !== 'correction-asked') return asked.some((key) => here.has(key)) ? [] : asked;
  return asked.filter((key) => !here.has(key));
}

/** How many supplements this machine has made to a case. */
export async function supplementsHere({ store, config }: Pick<Visit, 'store' | 'config'>, id: CaseId): Promise<number> {
  return (await actionsOf(store, id)).filter(({ machine, payload }) => machine === config.machine && payload.kind === 'supplemented').length;
}

/** The situation as it is handed in: all its questions answered, and only those that were asked. null: nothing was declared. */
export function declaredSituation(item: Item, { answers }: Pick<SessionState, 'answers'>): Answers | null {
  const situation = situationOf(item, answers);
  return situation.complete ? answersOf(situation) : null;
}

/** The text above the signature, whose hash is signed: who declares what for which item, in which situation, and for whom. @param today civil date */
export function declarationText(item: Item, state: SessionState, today: string): string {
  const parties = partiesOf(item, state, today);
  const { answered, complete } = situationOf(item, state.answers);
  const situation = complete ? `\n申请情形：${answered.map(({ question, option }) => `${question.question}${option.label}`).join('；')}` : '';
  const promised = (kind: MaterialPromise['kind'], words: string) => {
    const names = state.promises.flatMap((promise) => (promise.kind === kind ? item.materials.filter(({ key }) => key === promise.key).map((material) => material.name) : []));
    return names.length === 0 ? '' : `\n${words}：${names.join('、')}`;
  };
  return `${item.declaration}\n申请事项：${item.name}${situation}${promised('commitment', '以承诺代替的材料')}${promised('deferral', '承诺后补的材料')}\n${'missing' in parties ? '申请人：' : partyLines(parties).join('\n')}`;
}
