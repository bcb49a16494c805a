import { queueHolder } from '../../../crypto/queue-holder.ts';
import { checkInAt } from '../../../domain/appointments/rules.ts';
import { civilDate, yearsBetween } from '../../../domain/calendar/civil-date.ts';
import type { Step } from '../../../domain/contracts/kiosk.ts';
import type { Refused } from '../../../domain/contracts/refused.ts';
import type { TicketPaper } from '../../../domain/contracts/site.ts';
import type { SiteConfig } from '../../../domain/contracts/site-config.ts';
import type { TicketView } from '../../../domain/contracts/tickets.ts';
import { CaseId, type PrintId } from '../../../domain/ids.ts';
import { phone } from '../../../domain/numbers/phone.ts';
import { isSettled, mayPrintCopy } from '../../../domain/print-ledger/ledger.ts';
import { businessOf } from '../../../domain/queue/business.ts';
import { Priority, TicketId } from '../../../domain/queue/types.ts';
import { drop, err, never, ok, type Result } from '../../../domain/result.ts';
import { findAppointment, type FoundAppointment } from '../appointments.ts';
import { queueTicketPaper } from '../papers.ts';
import type { Printing } from '../printing.ts';
import type { TakeWish } from '../site-road.ts';
import { startShown } from './papers-of-visit.ts';
import type { SessionState } from './state.ts';
import type { TicketState } from './ticket-state.ts';
import { done, refuse, type Visit, type Wish } from './visit.ts';

const NOTHING_TAKEN: TicketState = { business: null, case: null, byPhone: null, wrongPhone: false, appointment: null, priority: 'offered', asked: null, papers: [], shown: null };

type Taking = { state: SessionState; ticket: TicketState; queue: SiteConfig };

/** 取号: opens the choice of business, or, with an item, goes on with the business that it is done in. A case that was handed in here goes along. */
export async function beginTicket(visit: Visit, { item }: { item: string | null }): Wish {
  const state = visit.state();
  if (state === null) return refuse({ kind: 'no-session' });
  if (visit.config.queue === null) return refuse({ kind: 'wrong-step' });
  const desk = visit.queue.desk.get();
  if (desk === null) return refuse({ kind: 'queue-away' });
  letGo(visit, state.ticket);
  const line = item === null ? null : businessOf(desk.lines, item);
  await visit.change({ errand: 'ticket', step: 'tickets', ticket: { ...NOTHING_TAKEN, papers: state.ticket?.papers ?? [], case: state.handedIn } });
  return line === null || !desk.open ? done : chooseBusiness(visit, line.business);
}

/** Then whoever holds it is asked for, unless a card was read in this visit. */
export async function chooseBusiness(visit: Visit, business: string): Wish {
  const taking = takingOf(visit);
  if (!taking.ok) return taking;
  const { state, ticket } = taking.value;
  if (visit.queue.desk.get()?.lines.some((line) => line.business === business) !== true) return refuse({ kind: 'unknown-business' });
  letGo(visit, ticket);
  const step: Step = state.holder === null && ticket.byPhone === null ? 'identify' : 'ticket-confirm';
  // By telephone it stays with what was found: the number is not known any more.
  await visit.change({ errand: 'ticket', step, ticket: { ...ticket, business, asked: null, shown: null, appointment: state.holder === null ? ticket.appointment : null } });
  if (state.holder !== null) lookForAppointment(visit, state.holder.number);
  return done;
}

/** A card was read on this errand. */
export async function identifiedForTicket(visit: Visit, holder: NonNullable<SessionState['holder']>): Promise<void> {
  const ticket = visit.state()?.ticket ?? null;
  if (ticket?.business == null) return visit.change({ holder, step: 'tickets' });
  await visit.change({ holder, step: 'ticket-confirm', ticket: { ...ticket, appointment: null } });
  lookForAppointment(visit, holder.number);
}

/** Core died: what is known of the number alone goes on. A mobile number is typed again if nothing came of it. */
export async function resumeTicket(visit: Visit, printing: Printing): Promise<void> {
  const state = visit.state();
  if (state?.ticket == null) return;
  const { step, ticket, holder } = state;
  if (step === 'ticket' && ticket.shown?.held === false) await printTicket(visit, printing, ticket.shown.ticket);
  if (step !== 'ticket-confirm' || ticket.appointment !== null) return;
  if (holder !== null) lookForAppointment(visit, holder.number);
  else if (ticket.asked === null) await visit.change({ step: 'ticket-phone', ticket: { ...ticket, byPhone: null } });
}

/** Whether somebody with this number has an appointment about now; known without the line. The screen does not wait for it: each try takes its time. */
function lookForAppointment(visit: Visit, number: string): void {
  const looking = findAppointment(visit, number, visit.state()?.ticket?.business ?? null);
  visit.checkIn = looking;
  visit.behind(looking, async (found) => {
    const ticket = visit.state()?.ticket ?? null;
    if (ticket !== null && visit.checkIn === looking) await visit.show({ ticket: { ...ticket, appointment: foundAs(found) } });
  });
}

function foundAs(found: FoundAppointment | null): NonNullable<TicketState['appointment']> {
  if (found === null || found.kind === 'none') return { kind: 'none' };
  const { checks: _checks, ...appointment } = found.appointment;
  return { kind: 'found', appointment };
}

/** 没带身份证: a mobile number in place of the card. Only its hash is kept. */
export async function holdByPhone(visit: Visit, typed: string): Wish {
  const taking = takingOf(visit);
  if (!taking.ok) return taking;
  const { ticket, queue } = taking.value;
  const read = phone(typed);
  if (!read.ok || read.value.line !== 'mobile') {
    await visit.change({ ticket: { ...ticket, wrongPhone: true } });
    return refuse({ kind: 'incomplete' });
  }
  await visit.change({ step: 'ticket-confirm', ticket: { ...ticket, wrongPhone: false, byPhone: queueHolder(queue.holderKey, dayOf(visit), read.value.number), appointment: null } });
  lookForAppointment(visit, read.value.number);
  return done;
}

export async function prioritise(visit: Visit, priority: Priority | null): Wish {
  const taking = takingOf(visit);
  if (!taking.ok) return taking;
  const { state, ticket } = taking.value;
  if (priority !== null && !offersTo(visit, state).includes(priority)) return refuse({ kind: 'wrong-step' });
  await visit.change({ ticket: { ...ticket, priority } });
  return done;
}

/**
 * Takes the number, shows it and prints it. Its id is on the disk before the queue is asked, so that a queue that died with the answer, or a core that did, is asked for the same one again. Whoever holds one
 * is shown that.
 */
export async function takeTicket(visit: Visit, printing: Printing): Wish {
  const taking = takingOf(visit);
  if (!taking.ok) return taking;
  const { state, ticket, queue } = taking.value;
  const { business } = ticket;
  if (state.step !== 'ticket-confirm' || business === null) return refuse({ kind: 'wrong-step' });
  const holder = state.holder === null ? ticket.byPhone : queueHolder(queue.holderKey, dayOf(visit), state.holder.number);
  if (holder === null) return refuse({ kind: 'not-identified' });
  const way = wayOf(state) ?? 'card';
  const id = ticket.asked ?? TicketId.parse(visit.newId());
  if (ticket.asked === null) await visit.change({ ticket: { ...ticket, asked: id } });
  // Whoever comes in time for an appointment of this business goes before those without one; nobody has to have one.
  const appointment = takenFor(visit, ticket.appointment ?? foundAs(await visit.checkIn), business);
  const taken = await visit.queue.take({ ticket: id, business, holder, way: appointment === null ? way : 'appointment', priority: priorityOf(visit, state), appointment, case: ticket.case });
  if (taken.ok) return showTaken(visit, printing, taken.value, { way, held: false });
  const { error } = taken;
  return error.kind === 'holds-one' ? showTaken(visit, printing, error.paper, { way, held: true }) : refuse(refusedAs(error.kind));
}

async function showTaken(visit: Visit, printing: Printing, paper: TicketPaper, { way, held }: { way: 'card' | 'phone'; held: boolean }): Wish {
  const taking = takingOf(visit);
  if (!taking.ok) return taking;
  const { state, ticket } = taking.value;
  visit.log({ event: 'ticket-taken', session: state.id, ticket: paper.ticket, business: ticket.business ?? '', way, held, alone: paper.alone });
  // It stands in the queue, whether or not the disk has room for the visit.
  await visit.show({ step: 'ticket', ticket: { ...ticket, asked: null, papers: [...ticket.papers.filter(({ ticket: known }) => known !== paper.ticket), paper], shown: { ticket: paper.ticket, held } } });
  if (held) await showOpen(visit, printing, paper.ticket);
  else await printTicket(visit, printing, paper.ticket);
  return done;
}

/** What somebody is taken for now: theirs, of this business, while its check-in is open. */
function takenFor(visit: Visit, found: NonNullable<TicketState['appointment']>, business: string): TakeWish['appointment'] {
  if (found.kind === 'none' || found.appointment.business !== business) return null;
  const { id, from, until, opens, closes } = found.appointment;
  return checkInAt({ from: opens, until: closes }, visit.clock.now()) === 'open' ? { id, from, until } : null;
}

function refusedAs(kind: 'away' | 'unknown-business' | 'closed' | 'no-numbers' | 'disk-full'): Refused {
  switch (kind) {
    case 'away':
      return { kind: 'queue-away' };
    case 'closed':
      return { kind: 'tickets-closed' };
    case 'disk-full':
      return { kind: 'store-full' };
    case 'no-numbers':
    case 'unknown-business':
      return { kind };
    default:
      return never(kind);
  }
}

/** The paper of a number that was just taken. Asked again, by a core that died in between too, it prints nothing that the ledger already holds. */
export async function printTicket(visit: Visit, printing: Printing, id: TicketId): Promise<void> {
  const job = jobOf(visit, id);
  if (job !== null) await startShown(visit, printing, job, null);
}

/** Another paper of a number, for its holder: a copy of one that was taken before, or another try. @param instead the try whose place it takes on the screen */
export async function printTicketCopy(visit: Visit, printing: Printing, id: string, instead: PrintId | null = null): Wish {
  const job = jobOf(visit, id);
  if (job === null) return refuse({ kind: 'wrong-step' });
  // Somebody has to say first whether the last one came out.
  if (await showOpen(visit, printing, id)) return done;
  if (!mayPrintCopy(await printing.ofCase(job.case))) return refuse({ kind: 'enough-printed' });
  await startShown(visit, printing, { ...job, copy: true }, instead);
  return done;
}

/** Shows a paper of the number of which nobody knows yet whether it came out: of an earlier visit, say. @returns whether there is one */
async function showOpen(visit: Visit, printing: Printing, id: string): Promise<boolean> {
  const open = (await printing.ofCase(CaseId.parse(id))).findLast(({ state }) => state === 'unknown' || !isSettled(state));
  const prints = visit.state()?.prints ?? [];
  if (open !== undefined && !prints.includes(open.id)) await visit.show({ prints: [...prints, open.id] });
  return open !== undefined;
}

/** Who waits no longer says so, and somebody else is called. */
export async function giveUpTicket(visit: Visit): Wish {
  const taking = takingOf(visit);
  if (!taking.ok) return taking;
  const { state, ticket } = taking.value;
  if (ticket.shown === null) return refuse({ kind: 'wrong-step' });
  const { ticket: id } = ticket.shown;
  const left = await visit.queue.leave(id);
  // It may have been called, served or given up meanwhile: then there is nothing to give up.
  if (!left.ok && left.error.kind !== 'ticket-moved' && left.error.kind !== 'unknown-ticket') return refuse({ kind: 'queue-away' });
  visit.log({ event: 'ticket-given-up', session: state.id, ticket: id });
  await visit.show({ step: 'goodbye', ticket: { ...ticket, papers: ticket.papers.filter((paper) => paper.ticket !== id), shown: null } });
  return done;
}

/** One that was asked for and never shown: nobody holds it, so nobody shall be called with it. */
export function letGo(visit: Pick<Visit, 'queue'>, ticket: TicketState | null): void {
  if (ticket !== null && ticket.asked !== null) drop(visit.queue.leave(ticket.asked));
}

/** What the window sees of it. */
export async function ticketView(visit: Visit, printing: Pick<Printing, 'ofCase'>, state: SessionState): Promise<TicketView | null> {
  const { ticket, prints } = state;
  if (ticket === null || visit.config.queue === null) return null;
  const paper = paperOf(ticket, ticket.shown?.ticket ?? null);
  const entries = paper === null ? [] : await printing.ofCase(CaseId.parse(paper.ticket));
  const print = entries.findLast(({ id }) => prints.includes(id))?.id ?? null;
  return {
    business: ticket.business, way: wayOf(state), wrongPhone: ticket.wrongPhone, offers: offersTo(visit, state), priority: priorityOf(visit, state), checkIn: checkInView(visit, ticket),
    paper, held: ticket.shown?.held ?? false, print, copies: ticket.shown?.held === true && print === null && mayPrintCopy(entries), missed: visit.config.queue.rules.missed,
  };
}

function checkInView(visit: Visit, { appointment: found, business }: TicketState): TicketView['checkIn'] {
  if (found === null) return { kind: 'looking' };
  if (found.kind === 'none') return found;
  const { appointment: { number, name, from, until, opens, closes, business: own } } = found;
  return { kind: checkInAt({ from: opens, until: closes }, visit.clock.now()), own: own === business, number, name, from, until, opens, closes };
}

function takingOf(visit: Visit): Result<Taking, Refused> {
  const state = visit.state();
  const { queue } = visit.config;
  if (state === null) return err({ kind: 'no-session' });
  return state.ticket === null || queue === null ? err({ kind: 'wrong-step' }) : ok({ state, ticket: state.ticket, queue });
}

function dayOf({ clock }: Pick<Visit, 'clock'>): string {
  return civilDate(clock.now());
}

function wayOf({ holder, ticket }: SessionState): TicketView['way'] {
  return holder !== null ? 'card' : ticket?.byPhone == null ? null : 'phone';
}

/** Nobody is asked for a proof, and nobody is told about an age that the card contradicts. */
function offersTo(visit: Visit, { holder }: SessionState): Priority[] {
  const rules = visit.config.queue?.rules;
  if (rules === undefined || rules.ordinaryEvery === 1) return [];
  const from = visit.queue.desk.get()?.elderlyFrom ?? rules.elderlyFrom;
  return Priority.options.filter((one) => one !== 'elderly' || holder === null || yearsBetween(holder.birth, dayOf(visit)) >= from);
}

function priorityOf(visit: Visit, state: SessionState): Priority | null {
  const chosen = state.ticket?.priority ?? null;
  if (chosen !== 'offered') return chosen;
  return state.holder !== null && offersTo(visit, state).includes('elderly') ? 'elderly' : null;
}

/** The paper of the number that is shown; null: none is. */
export function shownPaper({ ticket }: SessionState): TicketPaper | null {
  return ticket === null ? null : paperOf(ticket, ticket.shown?.ticket ?? null);
}

function paperOf({ papers }: TicketState, id: string | null): TicketPaper | null {
  return papers.find(({ ticket }) => ticket === id) ?? null;
}

function jobOf(visit: Visit, id: string) {
  const state = visit.state();
  const { queue } = visit.config;
  const paper = state?.ticket == null ? null : paperOf(state.ticket, id);
  if (state === null || paper === null || queue === null) return null;
  return { paper: 'queue-ticket' as const, case: CaseId.parse(id), session: state.id, licence: '', content: { kind: 'ticket' as const, ticket: queueTicketPaper(visit.config, paper, queue.rules.missed) } };
}
