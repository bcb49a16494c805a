import { isKept, openKept, sealKept } from '../../../crypto/kept.ts';
import { addNaturalDays, civilDate } from '../../../domain/calendar/civil-date.ts';
import { WhoField } from '../../../domain/contracts/kiosk.ts';
import { CaseId } from '../../../domain/ids.ts';
import { goingOn, isWeakCode, type KeptVisit, type KeptWho, readKept, withoutLongest, worthKeeping } from '../../../domain/item/kept.ts';
import type { Item } from '../../../domain/item/types.ts';
import { mayPrint } from '../../../domain/print-ledger/ledger.ts';
import { keptSlip } from '../papers.ts';
import type { Printing } from '../printing.ts';
import { goOn, tooYoung } from './applying.ts';
import { againstApplying, fillable } from './filling.ts';
import { forget } from './forget.ts';
import { startShown } from './papers-of-visit.ts';
import { NO_SLIP, type SessionState } from './state.ts';
import { NO_TALK } from './talk-state.ts';
import { shownPaper } from './ticket.ts';
import { done, refuse, type Visit, type Wish } from './visit.ts';
import { NOBODY_ELSE, type WhoState } from './who-state.ts';

/** How long a slip opens: an item seldom changes in a month, and a paper that is older than that lies about. */
const OPENS_DAYS = 30;
/** Slips of one machine in an hour, like those that need no card: its paper must last. */
const MOST_AN_HOUR = 20;
const HOUR_MS = 3_600_000;
/** Seconds before the next try, by how many were wrong. Only this machine makes anybody wait: the slip itself can be tried elsewhere. */
const WAITS = [0, 0, 5, 15, 60, 300] as const;

/** 以后再办: seals what is filled in and prints it. The digits are used and forgotten: a slip that did not come out is made anew. */
export async function keepForLater(visit: Visit, printing: Printing, code: string): Wish {
  const filling = await fillable(visit);
  if (!filling.ok) return filling;
  const { state, item } = filling.value;
  if (state.holder === null || !isOwn(state)) return refuse({ kind: 'wrong-step' });
  if (isWeakCode(code, state.holder.number)) return refuse({ kind: 'weak-code' });
  const own = (await printing.ofCase(CaseId.parse(state.id))).filter(({ paper }) => paper === 'kept-slip');
  const since = new Date(visit.clock.now() - HOUR_MS).toISOString();
  const lately = (await printing.all()).filter((entry) => entry.paper === 'kept-slip' && entry.state !== 'not-printed' && (entry.history[0]?.at ?? '') > since).length;
  if (!mayPrint(own, 'kept-slip') || lately >= MOST_AN_HOUR) return refuse({ kind: 'enough-printed' });
  const until = addNaturalDays(civilDate(visit.clock.now()), OPENS_DAYS);
  const sealed = await sealFitting(visit, state, item, { until, code, card: state.holder.number });
  if (sealed === null) return refuse({ kind: 'incomplete' });
  const ticket = keptSlip(visit.config, { item: item.name, until, at: new Date(visit.clock.now()).toISOString(), code: sealed.text, left: sealed.left, pages: state.pages.length, number: shownPaper(state)?.code ?? null });
  await visit.change({ lost: sealed.left });
  await startShown(visit, printing, { paper: 'kept-slip', case: CaseId.parse(state.id), session: state.id, licence: '', content: { kind: 'ticket', ticket } }, own.at(-1)?.id ?? null);
  return done;
}

/** Whether something is filled in that is worth taking along: it takes the card to lock it. */
export function hasWorth(state: SessionState, item: Item | null): boolean {
  return item !== null && state.holder !== null && state.form !== null && isOwn(state) && Object.keys(worthKeeping(item, state.form, state.prefilled)).length > 0;
}

/** A form that is begun here, of the item that the visit stands at: while another is looked at, its answers are not those that belong to the form. */
function isOwn({ item, filling, supplementing, handedIn }: SessionState): boolean {
  return supplementing === null && handedIn === null && item !== null && item.code === filling?.code && item.version === filling.version;
}

/** What a code holds of it: the longest texts stay behind until the rest fits. null: not even without them. */
async function sealFitting(visit: Visit, { form, prefilled, answers, who }: SessionState, item: Item, about: { until: string; code: string; card: string }): Promise<{ text: string; left: string[] } | null> {
  const left: string[] = [];
  let carried = worthKeeping(item, form ?? {}, prefilled);
  for (;;) {
    const kept: KeptVisit = { division: divisionOf(visit), item: item.code, version: item.version, until: about.until, answers, form: carried, ...keptWho(who) };
    const sealed = await sealKept(JSON.stringify(kept), about.card, about.code);
    if (sealed.ok) return { text: sealed.value, left };
    const shorter = withoutLongest(item, carried);
    if (shorter === null) return null;
    carried = shorter.form;
    left.push(shorter.label);
  }
}

/** What a card said of whoever is applied for is not carried: it is read again. */
function keptWho({ way, values }: WhoState): { who?: KeptWho } {
  return way === null ? {} : { who: { way, values: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')) } };
}

/** 继续办理: opens the slip that was scanned with the card that was read and the digits, and goes on in the form. */
export async function openSlip(visit: Visit, code: string): Wish {
  const state = visit.state();
  if (state === null) return refuse({ kind: 'no-session' });
  const { holder, slip } = state;
  if (holder === null) return refuse({ kind: 'not-identified' });
  if (state.step !== 'resume' || slip.text === null || visit.clock.now() < slip.waitUntil) return refuse({ kind: 'wrong-step' });
  const opened = await openKept(slip.text, holder.number, code);
  if (!opened.ok) {
    const wrong = slip.wrong + 1;
    await visit.change({ slip: { ...slip, wrong, waitUntil: visit.clock.now() + (WAITS[wrong] ?? WAITS[5]) * 1000 } });
    return refuse({ kind: 'wrong-code' });
  }
  const today = civilDate(visit.clock.now());
  const kept = readKept(opened.value, { division: divisionOf(visit), today });
  if (!kept.ok) return refuse(kept.error);
  const item = await visit.currentItem(kept.value.item);
  if (item === null) return refuse({ kind: 'unknown-item' });
  const against = await againstApplying(visit, item);
  if (against !== null) return refuse(against);
  const before = item.version === kept.value.version ? item : await visit.item({ code: kept.value.item, version: kept.value.version });
  const { answers, form, lost, who: keptFor } = goingOn(item, before, kept.value);
  const who = whoOf(keptFor);
  if (tooYoung(holder, item, { answers, who }, today)) return refuse({ kind: 'too-young' });
  const id = CaseId.parse(visit.newId());
  await visit.store.caseKeys.create(id);
  await visit.change({
    errand: 'apply', step: 'form', item: { code: item.code, version: item.version }, filling: { code: item.code, version: item.version }, answers, who, case: id, lost,
    form, prefilled: Object.fromEntries(Object.keys(form).map((key) => [key, 'slip'])),
    errors: {}, pages: [], supplementing: null, handedIn: null, slip: NO_SLIP,
  });
  await forget(visit, { ...state, talk: NO_TALK });
  // Whoever is applied for, or with, is asked for first; where nobody is, this ends in the form.
  return goOn(visit);
}

/** For whom it was. */
function whoOf(kept: KeptWho | null): WhoState {
  const nobody = { ...NOBODY_ELSE, midway: true };
  return kept === null ? nobody : { ...nobody, way: kept.way, values: Object.fromEntries(Object.entries(kept.values).filter(([field]) => WhoField.safeParse(field).success)) };
}

/** What a scanner read at the step: a slip is kept until the digits open it. @returns whether it was one */
export async function takeSlip(visit: Visit, text: string): Promise<boolean> {
  const state = visit.state();
  if (state?.step !== 'resume' || !isKept(text)) return false;
  await visit.change({ slip: { ...state.slip, text }, touchedAt: visit.clock.now() });
  return true;
}

/** A machine's name begins with its county: T330624-0007. */
function divisionOf({ config }: Pick<Visit, 'config'>): string {
  return config.machine.slice(1, 7);
}
