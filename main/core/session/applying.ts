import { civilDate, yearsBetween } from '../../../domain/calendar/civil-date.ts';
import type { WhoError, WhoField } from '../../../domain/contracts/kiosk.ts';
import type { Refused } from '../../../domain/contracts/refused.ts';
import type { ApplicantWay } from '../../../domain/identity/applicant.ts';
import { isMinor, suffices, typedPerson } from '../../../domain/identity/assurance.ts';
import type { CardHolder } from '../../../domain/identity/card-holder.ts';
import { answersOfWay, asksWayFirst, assuranceOf, mostTogether, waysOpen, youngestOf } from '../../../domain/item/applicants.ts';
import { answersOf, situationOf } from '../../../domain/item/situation.ts';
import type { Item } from '../../../domain/item/types.ts';
import { creditCode } from '../../../domain/numbers/credit-code.ts';
import { normaliseNumber } from '../../../domain/numbers/fault.ts';
import { identityNumber } from '../../../domain/numbers/identity-number.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { begin, knownOf } from './filling.ts';
import { isForLegalPerson, partiesOf, visitor, wayTaken } from './parties.ts';
import type { SessionState } from './state.ts';
import { done, refuse, type Card, type Visit, type Wish } from './visit.ts';
import { NOBODY_ELSE, type WhoState } from './who-state.ts';

type WhoErrors = Partial<Record<WhoField, WhoError>>;

/** Goes on to the form: by way of whatever is still to be said of who applies. */
export async function goOn(visit: Visit): Wish {
  const state = visit.state();
  if (state === null) return refuse({ kind: 'no-session' });
  const item = state.item === null ? null : await visit.item(state.item);
  if (item === null) return state.holder === null ? refuse({ kind: 'not-identified' }) : refuse({ kind: 'unknown-item' });
  const here = visitor(state);
  const today = civilDate(visit.clock.now());
  if (here !== null && tooYoung(here, item, state, today)) return refuse({ kind: 'too-young' });
  const parties = partiesOf(item, state, today);
  if ('missing' in parties) {
    if (parties.missing === 'identify') return refuse({ kind: 'not-identified' });
    await visit.change({ step: parties.missing });
    return done;
  }
  if (mostTogether(item, state.answers) > 0 && !state.who.complete) {
    await visit.change({ step: 'together' });
    return done;
  }
  if (!state.who.midway) return begin(visit, parties);
  // What their card says fills what is still empty, as it would have at the beginning.
  const known = knownOf(item, parties);
  await visit.change({ step: 'form', who: { ...state.who, midway: false }, form: { ...known.values, ...state.form }, prefilled: { ...known.sources, ...state.prefilled } });
  return done;
}

/** Whether somebody may not do alone what they are about to do: apply, or act for another. */
export function tooYoung(here: { birth: string }, item: Item, state: Pick<SessionState, 'answers' | 'who'>, today: string): boolean {
  if (item.applicants === undefined) return false;
  return wayTaken(item, state) === 'self' ? yearsBetween(here.birth, today) < youngestOf(item) : isMinor(here, today);
}

/** What speaks against a card that was just read: it is shown at the reader, and another may be laid down. */
export async function againstCard(visit: Visit, holder: CardHolder): Promise<Card | null> {
  const state = visit.state();
  const item = state?.item == null ? null : await visit.item(state.item);
  if (state === null || item === null || state.errand !== 'apply') return null;
  const today = civilDate(visit.clock.now());
  if (state.step === 'identify') return tooYoung(holder, item, state, today) ? { kind: 'minor' } : null;
  const { who } = state;
  const known = [state.holder?.number, who.typed?.number, ...(who.reading === 'together' ? [who.principal?.holder.number, ...who.together.map((one) => one.holder.number)] : [])];
  if (known.includes(holder.number)) return { kind: 'same-person' };
  // A minor is applied for by a guardian, and by nobody whom the minor asked to.
  return isMinor(holder, today) && !(who.reading === 'principal' && wayTaken(item, state) === 'guardian') ? { kind: 'minor' } : null;
}

/** Another person's card was read. */
export async function takeOther(visit: Visit, holder: CardHolder): Promise<void> {
  const state = visit.state();
  if (state === null || state.step !== 'second-card') return;
  const card = { holder, offline: !visit.online() };
  const { who } = state;
  const read: Partial<WhoState> = who.reading === 'together' ? { together: [...who.together, card] } : { principal: card, told: false };
  await visit.change({ touchedAt: visit.clock.now(), step: who.reading === 'together' ? 'together' : 'for-whom', who: { ...who, ...read, reading: null } });
}

/** 为谁办. What was said of another way is forgotten, and the answers that the way takes for granted are given. Next come the questions that are still to be asked, then the card. */
export async function chooseWay(visit: Visit, way: ApplicantWay): Wish {
  const asked = await asking(visit);
  if (!asked.ok) return asked;
  const { state, item } = asked.value;
  if (!waysOpen(item, state.answers).includes(way)) return refuse({ kind: 'wrong-step' });
  const answers = answersOf(situationOf(item, { ...state.answers, ...answersOfWay(item, way) }));
  const who = way === state.who.way ? state.who : { ...NOBODY_ELSE, way, together: state.who.together };
  await visit.change({ answers, who });
  if (visitor(visit.state() ?? state) !== null) return goOn(visit);
  const { complete, end } = situationOf(item, answers);
  await visit.change({ step: asksWayFirst(item) && item.situations !== undefined && !complete && end === null ? 'situation' : 'identify' });
  return done;
}

/** Saves what was typed of who applies. */
export async function saveWho(visit: Visit, field: WhoField, value: string): Wish {
  const asked = await asking(visit);
  if (!asked.ok) return asked;
  const { who } = asked.value.state;
  const { [field]: _fixed, ...errors } = who.errors;
  await visit.change({ who: { ...who, values: { ...who.values, [field]: value }, errors, told: false } });
  return done;
}

/** Checks what was typed at this step, and goes on when it is right. */
export async function submitWho(visit: Visit): Wish {
  const asked = await asking(visit);
  if (!asked.ok) return asked;
  const { state, item } = asked.value;
  const today = civilDate(visit.clock.now());
  if (state.step === 'no-card') {
    if (!mayType(item, state)) return refuse({ kind: 'wrong-step' });
    const person = typedPerson({ name: state.who.values.name ?? '', number: state.who.values.number ?? '' }, today);
    const errors = personErrors(state.who, today);
    if (person === null || hasAny(errors)) return wrong(visit, state.who, errors);
    if (tooYoung(person, item, state, today)) return wrong(visit, state.who, { number: 'minor' });
    await visit.change({ who: { ...state.who, typed: person, errors: {} } });
    return goOn(visit);
  }
  if (state.step !== 'for-whom') return refuse({ kind: 'wrong-step' });
  const errors = errorsOf(item, state, today);
  if (hasAny(errors)) return wrong(visit, state.who, errors);
  await visit.change({ who: { ...state.who, told: true, errors: {} } });
  return goOn(visit);
}

/** Whether name and number may stand in for a card: the item says so, and nobody is applied for. */
export function mayType(item: Item, state: Pick<SessionState, 'answers' | 'who' | 'holder'>): boolean {
  return state.holder === null && suffices('typed', assuranceOf(item).self) && wayTaken(item, state) === 'self';
}

function errorsOf(item: Item, state: SessionState, today: string): WhoErrors {
  const { who, holder } = state;
  const way = wayTaken(item, state);
  if (way === null) return {};
  if (isForLegalPerson(way)) {
    const { company = '', creditCode: code = '', representative = '' } = who.values;
    return {
      ...required('company', company),
      ...(company.trim().length === 1 ? { company: 'too-short' } : {}),
      ...(code.trim() === '' ? { creditCode: 'required' } : creditCode(code).ok ? {} : { creditCode: 'credit-code' }),
      ...(way === 'legal-agent' ? required('representative', representative) : {}),
    };
  }
  if (who.principal !== null) return {};
  if (!suffices('typed', assuranceOf(item).principal)) return { number: 'card' };
  const errors = personErrors(who, today);
  if (hasAny(errors)) return errors;
  const person = typedPerson({ name: who.values.name ?? '', number: who.values.number ?? '' }, today);
  if (person?.number === holder?.number) return { number: 'same' };
  return person !== null && way === 'agent' && isMinor(person, today) ? { number: 'minor' } : {};
}

function personErrors({ values: { name = '', number = '' } }: WhoState, today: string): WhoErrors {
  const right = identityNumber(normaliseNumber(number)).ok && typedPerson({ name: name.trim() === '' ? '—' : name, number }, today) !== null;
  return { ...required('name', name), ...(number.trim() === '' ? { number: 'required' } : right ? {} : { number: 'number' }) };
}

function required(field: WhoField, value: string): WhoErrors {
  return value.trim() === '' ? { [field]: 'required' } : {};
}

function hasAny(errors: WhoErrors): boolean {
  return Object.keys(errors).length > 0;
}

async function wrong(visit: Visit, who: WhoState, errors: WhoErrors): Wish {
  await visit.change({ who: { ...who, errors } });
  return refuse({ kind: 'incomplete' });
}

/** Asks for another person's card. */
export async function readOther(visit: Visit, of: 'principal' | 'together'): Wish {
  const asked = await asking(visit);
  if (!asked.ok) return asked;
  const { state, item } = asked.value;
  const way = wayTaken(item, state);
  if (visitor(state) === null || way === null) return refuse({ kind: 'not-identified' });
  const may = of === 'principal' ? way === 'agent' || way === 'guardian' : state.who.together.length < mostTogether(item, state.answers);
  if (!may) return refuse({ kind: 'wrong-step' });
  await visit.change({ step: 'second-card', who: { ...state.who, reading: of } });
  return done;
}

/** Lets go of a card that was read. */
export async function removeOther(visit: Visit, { of, index }: { of: 'principal' | 'together'; index: number }): Wish {
  const asked = await asking(visit);
  if (!asked.ok) return asked;
  const { who } = asked.value.state;
  await visit.change({ who: of === 'principal' ? { ...who, principal: null } : { ...who, together: who.together.filter((_card, at) => at !== index), complete: false } });
  return done;
}

/** Nobody else applies. */
export async function completeWho(visit: Visit): Wish {
  const asked = await asking(visit);
  if (!asked.ok) return asked;
  await visit.change({ who: { ...asked.value.state.who, complete: true } });
  return goOn(visit);
}

async function asking(visit: Visit): Promise<Result<{ state: SessionState; item: Item }, Refused>> {
  const state = visit.state();
  if (state === null) return err({ kind: 'no-session' });
  if (state.item === null || state.supplementing !== null || state.handedIn !== null) return err({ kind: 'wrong-step' });
  const item = await visit.item(state.item);
  return item === null ? err({ kind: 'unknown-item' }) : ok({ state, item });
}
