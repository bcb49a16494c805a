import type { CaseState } from '../../../domain/case/types.ts';
import type { SessionView, Travel } from '../../../domain/contracts/kiosk.ts';
import { NOBODY } from '../../../domain/contracts/kiosk-start.ts';
import type { Person } from '../../../domain/identity/applicant.ts';
import { suffices } from '../../../domain/identity/assurance.ts';
import { assuranceOf, itemForWay, mostTogether, wayOf, waysOpen } from '../../../domain/item/applicants.ts';
import type { Item } from '../../../domain/item/types.ts';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { offersFor } from '../../../domain/item/dictionary.ts';
import { legalName } from '../../../domain/item/form.ts';
import { maskName, maskNumber } from '../../../domain/masking.ts';
import { caseToken } from '../../../domain/case/token.ts';
import { casesOfPerson, knownState } from '../cases.ts';
import type { Printing } from '../printing.ts';
import { type Around, detail, summarise } from '../progress.ts';
import { stampText } from '../../../domain/material/stamp.ts';
import { bookingView } from './booking.ts';
import { declarationText } from './filling.ts';
import { hasWorth } from './keeping.ts';
import { mayConfirm } from './hand-in.ts';
import { mayType } from './applying.ts';
import { visitor, wayTaken } from './parties.ts';
import { secondsUntil } from './steps.ts';
import { masked } from './receipt.ts';
import { offersOf } from './promises.ts';
import type { SessionState } from './state.ts';
import { talkView } from './talk-view.ts';
import { ticketView } from './ticket.ts';
import type { Visit } from './visit.ts';

/** Steps on which the person's cases are shown; a supplement also shows, all the way, what was asked. */
const SHOWS_CASES = new Set(['progress', 'case', 'result', 'rate', 'talk', 'message']);

/** What the window may see of the visit. The full identity number and the card's address stay behind. */
export async function sessionView(visit: Visit, printing: Printing, state: SessionState | null): Promise<SessionView> {
  if (state === null) return NOBODY;
  const { holder, step } = state;
  const here = visitor(state);
  const known = state.item === null ? null : await visit.item(state.item);
  // Where it is known how somebody applies, the window sees the materials of that way.
  const item = known === null || state.supplementing !== null ? known : itemForWay(known, state.form === null ? wayOf(known, state.answers, state.who.way) : wayTaken(known, state));
  const cases = holder !== null && (SHOWS_CASES.has(step) || state.supplementing !== null) ? await casesOfPerson(visit.store, holder.number) : [];
  const around = (known: CaseState) => aroundOf(visit, printing, known);
  const opened = cases.find(({ id }) => id === state.opened);
  const byReceipt = holder === null && step === 'case' && state.receipt !== null ? await knownState(visit.store, state.receipt) : null;
  const { idle: { warning, secondsLeft }, powerCut } = visit.ending.at(state);
  return {
    session: state.id,
    step,
    errand: state.errand,
    person: here === null ? null : person(here),
    who: item === null ? null : whoView(item, state),
    card: visit.card,
    receipt: visit.receipt,
    item,
    answers: state.answers,
    form: state.form === null ? null : { values: state.form, prefilled: state.prefilled, errors: state.errors },
    materials: (item?.materials ?? []).map(({ key }) => ({ key, pages: state.pages.filter((page) => page.material === key).map(({ id, width, height }) => ({ id, width, height })) })),
    promisable: item !== null && step === 'materials' ? await offersOf(visit, state, item) : [],
    promises: state.promises.map((promise) => ({ key: promise.key, kind: promise.kind, by: promise.kind === 'deferral' ? promise.by : null })),
    stamp: item !== null && step === 'materials' && state.case !== null ? stampText({ itemName: item.name, id: state.case, at: visit.clock.now() }) : null,
    declaration: item !== null && step === 'check' ? declarationText(item, state, civilDate(visit.clock.now())) : null,
    confirmable: step === 'check' && await mayConfirm(visit, state),
    supplementing: state.supplementing,
    offers: item === null || step !== 'form' ? {} : offersFor(item, state.form ?? {}, state.known),
    slip: { kind: state.slip.text === null ? visit.slip : 'read', wait: secondsUntil(state.slip.waitUntil, visit.clock.now()), lost: state.lost, worth: hasWorth(state, known) },
    handedIn: state.handedIn === null ? null : await handedInView(visit, state.handedIn, item?.name ?? ''),
    cases: await Promise.all(cases.map(async (known) => summarise(known, await around(known)))),
    case: opened !== undefined ? detail(opened, await around(opened)) : byReceipt === null ? null : masked(detail(byReceipt, await around(byReceipt))),
    prints: await printing.views(state.prints),
    talk: await talkView(visit, state),
    ticket: await ticketView(visit, printing, state),
    booking: await bookingView(visit, printing, state),
    // Only the last seconds are counted out; before that a view a second would be noise.
    idle: { warning, secondsLeft: warning ? secondsLeft : 0 },
    powerCut,
  };
}

function person(holder: Person): NonNullable<SessionView['person']> {
  return { name: maskName(legalName(holder)), number: maskNumber(holder.number), card: holder.card };
}

function whoView(item: Item, state: SessionState): SessionView['who'] {
  if (item.applicants === undefined) return null;
  const { who, answers } = state;
  const { principal } = assuranceOf(item);
  return {
    ways: waysOpen(item, answers), way: wayOf(item, answers, who.way), noCard: mayType(item, state), typed: state.holder === null && who.typed !== null, mustRead: !suffices('typed', principal),
    values: { name: '', number: '', company: '', creditCode: '', representative: '', ...who.values }, errors: who.errors,
    principal: who.principal === null ? null : person(who.principal.holder), together: who.together.map(({ holder }) => person(holder)), most: mostTogether(item, answers), reading: who.reading,
  };
}

async function handedInView(visit: Visit, id: CaseId, itemName: string): Promise<SessionView['handedIn']> {
  const known = await knownState(visit.store, id);
  if (known === null) return null;
  const { number } = known.handedIn;
  const last = known.history.findLast(({ kind }) => kind === 'handed-in' || kind === 'supplemented');
  return { case: id, number: number.value, provisional: number.provisional, itemName, at: last?.at ?? new Date(visit.clock.now()).toISOString(), ...await travelOf(visit, known), token: caseToken(id) };
}

async function aroundOf(visit: Visit, printing: Printing, known: CaseState): Promise<Around> {
  return { item: await visit.item(known.item), ...await travelOf(visit, known), asOf: visit.lastContact(), now: visit.clock.now(), prints: await printing.ofCase(known.id) };
}

/** Where the citizen's last own word on the case is, and since when: here, at the hall, or kept aside there. */
export async function travelOf(visit: Pick<Visit, 'store' | 'config'>, known: CaseState): Promise<{ travel: Travel; travelSince: string | null }> {
  const own = known.history.findLast(({ machine, kind }) => machine === visit.config.machine && (kind === 'handed-in' || kind === 'supplemented'));
  if (own === undefined) return { travel: 'received-by-hall', travelSince: null };
  const logged = (await visit.store.log.ofCase(known.id)).find(({ action }) => action.id === own.action);
  switch (logged?.travel.kind) {
    case 'waiting':
      return { travel: 'waiting-to-travel', travelSince: own.at };
    case 'kept-aside':
      return { travel: 'kept-aside', travelSince: null };
    case 'received':
      return { travel: 'received-by-hall', travelSince: logged.travel.acknowledgement.receivedAt };
    default:
      return { travel: 'received-by-hall', travelSince: null };
  }
}
