import { checkInOf } from '../../../domain/appointments/rules.ts';
import type { BookFailure } from '../../../domain/contracts/appointments.ts';
import type { BookedView, BookingView } from '../../../domain/contracts/booking.ts';
import type { Refused } from '../../../domain/contracts/refused.ts';
import { CaseId, type PrintId } from '../../../domain/ids.ts';
import { phone as readPhone } from '../../../domain/numbers/phone.ts';
import { businessOf } from '../../../domain/queue/business.ts';
import { err, never, ok, type Result } from '../../../domain/result.ts';
import type { BookingSlots, BookOutcome } from '../../../sync/transport/types.ts';
import { appointmentSlip } from '../papers.ts';
import type { Printing } from '../printing.ts';
import { type BookingNews, type BookingState, NOTHING_BOOKED } from './booking-state.ts';
import { startShown } from './papers-of-visit.ts';
import type { SessionState } from './state.ts';
import { done, refuse, type Visit, type Wish } from './visit.ts';

const MINUTE = 60_000;
/** The hall keeps so many characters of a name: enough for whoever reads it out. */
const MOST_NAME = 60;

type Booking = { state: SessionState; booking: BookingState };
type Line = BookingSlots['calendars'][number];

/** 预约: what may be booked here; with an item, its business alone. One that nobody knows of yet whether it was booked comes first. */
export async function beginBooking(visit: Visit, { item }: { item: string | null }): Wish {
  const state = visit.state();
  if (state === null) return refuse({ kind: 'no-session' });
  if (state.booking !== null && state.booking.asked !== null) {
    await visit.change({ errand: 'booking', step: 'booking-confirm' });
    return done;
  }
  await visit.change({ errand: 'booking', step: 'booking', booking: { ...NOTHING_BOOKED, item } });
  lookForSlots(visit);
  return done;
}

/** Asks the hall anew for what is free. */
export async function lookAgain(visit: Visit): Wish {
  const asking = bookingOf(visit);
  if (!asking.ok) return asking;
  lookForSlots(visit);
  return done;
}

export async function chooseLine(visit: Visit, calendar: string): Wish {
  const asking = bookingOf(visit);
  if (!asking.ok) return asking;
  const line = linesOf(visit, asking.value.booking).find((one) => one.calendar.id === calendar);
  if (line === undefined || asking.value.booking.asked !== null) return refuse({ kind: 'wrong-step' });
  await visit.change(chosen(asking.value.booking, line));
  return done;
}

function chosen(booking: BookingState, { calendar: { id, business, name } }: Line): Pick<SessionState, 'step' | 'errand' | 'booking'> {
  return { errand: 'booking', step: 'booking-slot', booking: { ...booking, wants: 'book', line: { calendar: id, business, name }, slot: null, failure: null, booked: null } };
}

/** Then whoever comes is asked for, unless a card was read in this visit. */
export async function pickSlot(visit: Visit, from: string): Wish {
  const asking = bookingOf(visit);
  if (!asking.ok) return asking;
  const { state, booking } = asking.value;
  const slot = slotsOfLine(visit, booking).find((one) => one.from === from);
  if (slot === undefined || slot.free === 0 || booking.asked !== null) return refuse({ kind: 'slot-gone' });
  await visit.change({ step: state.holder === null && booking.phone === '' ? 'identify' : 'booking-phone', booking: { ...booking, wants: 'book', slot: { from, until: slot.until }, failure: null } });
  return done;
}

/** A mobile number: to be reminded, or in the card's place. */
export async function holdBookingByPhone(visit: Visit, typed: string): Wish {
  const asking = bookingOf(visit);
  if (!asking.ok) return asking;
  const { state, booking } = asking.value;
  if (booking.slot === null || booking.asked !== null) return refuse({ kind: 'wrong-step' });
  const read = readPhone(typed);
  const none = typed.trim() === '' && state.holder !== null;
  if (!none && (!read.ok || read.value.line !== 'mobile')) {
    await visit.change({ booking: { ...booking, wrongPhone: true } });
    return refuse({ kind: 'incomplete' });
  }
  await visit.change({ step: 'booking-confirm', booking: { ...booking, phone: read.ok && !none ? read.value.number : '', wrongPhone: false, failure: null } });
  return done;
}

/**
 * Asks the hall, and answers at once: a line may take its time, and whoever stands here may go. The id is on the disk before the hall is asked, so that a hall that died with the answer, or a core that did,
 * is asked for the same one again.
 */
export async function book(visit: Visit, printing: Printing): Wish {
  const asking = bookingOf(visit);
  if (!asking.ok) return asking;
  const { state, booking } = asking.value;
  if (state.step !== 'booking-confirm' || booking.line === null || booking.slot === null) return refuse({ kind: 'wrong-step' });
  if (state.holder === null && booking.phone === '') return refuse({ kind: 'not-identified' });
  if (visit.bookingNews.doing !== null) return done;
  // Without a line nothing is asked, so that nothing is open.
  if (booking.asked === null && !visit.online()) {
    tell(visit, { free: { kind: 'no-line' } });
    return done;
  }
  if (booking.asked === null) await visit.change({ booking: { ...booking, asked: visit.newId(), failure: null } });
  askHall(visit, printing);
  return done;
}

/** The asking that stands in the draft; a core that died goes on with it. */
export function askHall(visit: Visit, printing: Printing): void {
  const state = visit.state();
  const { asked, line, slot, phone } = state?.booking ?? NOTHING_BOOKED;
  if (state === null || asked === null || line === null || slot === null) return;
  const { holder } = state;
  tell(visit, { doing: 'booking' });
  const wanted = { id: asked, calendar: line.calendar, from: slot.from, holder: { name: (holder?.name ?? '').slice(0, MOST_NAME), card: holder?.number ?? '', phone } };
  // The rules say when its holder is taken; a core that died has to ask for them first.
  const rules = visit.bookingNews.free.kind === 'known' ? Promise.resolve(ok(visit.bookingNews.free)) : visit.appointments.slots();
  visit.behind(rules.then(async (known) => (known.ok ? { rules: known.value.rules, said: await visit.appointments.book(wanted) } : { rules: null, said: known })), async ({ rules: by, said }) => {
    tell(visit, { doing: null });
    if (said.ok && by !== null) await settle(visit, printing, said.value, by);
    else {
      visit.log({ event: 'appointment-refused', session: state.id, why: 'away' });
      // A hall without appointments has booked nothing.
      if (!said.ok && said.error.kind === 'none') await visit.show({ step: 'booking', booking: { ...(visit.state()?.booking ?? NOTHING_BOOKED), asked: null } });
    }
  });
}

async function settle(visit: Visit, printing: Printing, outcome: BookOutcome, rules: BookingSlots['rules']): Promise<void> {
  const asking = bookingOf(visit);
  if (!asking.ok) return;
  const { state, booking } = asking.value;
  if (!outcome.ok) {
    visit.log({ event: 'appointment-refused', session: state.id, why: outcome.error.kind });
    await visit.show({ ...afterFailure(outcome.error), booking: { ...booking, asked: null, failure: outcome.error, wrongPhone: outcome.error.kind === 'bad-phone' } });
    // What was shown as free is not: everything is asked for anew.
    lookForSlots(visit);
    if (outcome.error.kind === 'holds-one' || outcome.error.kind === 'too-many') lookAtMine(visit);
    return;
  }
  const { row } = outcome.value;
  visit.log({ event: 'appointment-booked', session: state.id, appointment: row.id });
  const { from: opens, until: closes } = checkInOf(row, rules);
  const booked: BookedView = { row, opens, closes, cancelUntil: cancelUntil(visit, row, rules) };
  await visit.show({ step: 'booked', booking: { ...booking, asked: null, failure: null, phone: '', booked } });
  await printAppointment(visit, printing);
}

/** Until when it may be cancelled; null where that is over already. */
function cancelUntil({ clock }: Pick<Visit, 'clock'>, { from }: { from: string }, { cancel }: Pick<BookingSlots['rules'], 'cancel'>): string | null {
  const until = Date.parse(from) - cancel * MINUTE;
  return until < clock.now() ? null : new Date(until).toISOString();
}

/** Where somebody does what can be done about it. */
function afterFailure({ kind }: BookFailure): Partial<Pick<SessionState, 'step'>> {
  switch (kind) {
    case 'unknown-calendar':
      return { step: 'booking' };
    case 'no-slot':
    case 'full':
    case 'too-soon':
    case 'too-late':
    case 'too-far':
      return { step: 'booking-slot' };
    case 'bad-phone':
    case 'no-holder':
      return { step: 'booking-phone' };
    case 'holds-one':
    case 'too-many':
    case 'limited':
    case 'bad-card':
      return {};
    default:
      return never(kind);
  }
}

/** 我的预约. */
export async function openMine(visit: Visit): Wish {
  const asking = bookingOf(visit);
  if (!asking.ok) return asking;
  const { state, booking } = asking.value;
  if (booking.asked !== null) return refuse({ kind: 'wrong-step' });
  await visit.change({ errand: 'booking', step: state.holder === null ? 'identify' : 'my-bookings', booking: { ...booking, wants: 'mine' } });
  if (state.holder !== null) lookAtMine(visit);
  return done;
}

/** A card was read on this errand. */
export async function identifiedForBooking(visit: Visit, holder: SessionState['holder']): Promise<void> {
  const { wants, slot } = visit.state()?.booking ?? NOTHING_BOOKED;
  await visit.change({ holder, step: wants === 'mine' ? 'my-bookings' : slot === null ? 'booking' : 'booking-phone' });
  if (wants === 'mine') lookAtMine(visit);
}

export async function cancelBooking(visit: Visit, id: string): Wish {
  const asking = bookingOf(visit);
  if (!asking.ok) return asking;
  const { state } = asking.value;
  if (state.holder === null) return refuse({ kind: 'not-identified' });
  if (visit.bookingNews.doing !== null) return done;
  tell(visit, { doing: 'cancelling', trouble: null });
  visit.behind(visit.appointments.cancel({ id, card: state.holder.number }), async (said) => {
    const trouble: BookingNews['trouble'] = !said.ok ? { kind: 'away' } : said.value.ok ? null : said.value.error;
    if (trouble === null) visit.log({ event: 'appointment-cancelled', session: state.id, appointment: id });
    else visit.log({ event: 'appointment-refused', session: state.id, why: trouble.kind });
    tell(visit, { doing: null, trouble });
    lookAtMine(visit);
  });
  return done;
}

/** Its paper. Asked again, by a core that died in between too, it prints nothing that the ledger already holds. @param instead the try whose place it takes on the screen */
export async function printAppointment(visit: Visit, printing: Printing, instead: PrintId | null = null): Promise<void> {
  const state = visit.state();
  const booked = state?.booking?.booked ?? null;
  if (state === null || booked === null) return;
  const item = state.booking?.item == null ? null : await visit.currentItem(state.booking.item);
  const asked = item === null ? null : { item, answers: state.item?.code === item.code ? state.answers : {} };
  await startShown(visit, printing, { paper: 'appointment-slip', case: CaseId.parse(booked.row.id), session: state.id, licence: '', content: { kind: 'ticket', ticket: appointmentSlip(visit.config, booked, asked) } }, instead);
}

/** Core died: what the hall said is asked for again, and so is what it was asked for. */
export async function resumeBooking(visit: Visit, printing: Printing): Promise<void> {
  const state = visit.state();
  if (state === null || state.booking === null) return;
  if (state.booking.asked !== null) askHall(visit, printing);
  else if (state.step === 'booked') await printAppointment(visit, printing);
  if (state.step === 'my-bookings') lookAtMine(visit);
  lookForSlots(visit);
}

function lookForSlots(visit: Visit): void {
  // What is known stays on the screen until it is known anew.
  if (visit.bookingNews.free.kind !== 'known') tell(visit, { free: { kind: 'asking' } });
  visit.behind(visit.appointments.slots(), async (said) => {
    const { booking, step } = visit.state() ?? { booking: null, step: 'home' };
    tell(visit, { free: said.ok ? { kind: 'known', ...said.value } : { kind: said.error.kind === 'none' ? 'none' : 'no-line' } });
    if (booking === null || step !== 'booking' || booking.item === null || booking.failure !== null) return;
    const [line, ...others] = linesOf(visit, booking);
    // Whoever comes from an item has chosen already.
    if (line !== undefined && others.length === 0 && line.slots.some(({ free }) => free > 0)) await visit.show(chosen(booking, line));
  });
}

function lookAtMine(visit: Visit): void {
  const card = visit.state()?.holder?.number;
  if (card === undefined) return;
  if (visit.bookingNews.mine?.kind !== 'known') tell(visit, { mine: { kind: 'asking' } });
  visit.behind(visit.appointments.mine({ card }), async (said) => tell(visit, { mine: said.ok ? { kind: 'known', ...said.value } : { kind: 'no-line' } }));
}

function tell(visit: Visit, news: Partial<BookingNews>): void {
  visit.bookingNews = { ...visit.bookingNews, ...news };
  visit.refresh();
}

/** What may be booked here; for an item that has a calendar, that alone. A calendar without items is for all that its business does. */
function linesOf(visit: Pick<Visit, 'bookingNews' | 'queue'>, { item }: BookingState): Line[] {
  const { free } = visit.bookingNews;
  if (free.kind !== 'known') return [];
  const own = item === null ? [] : free.calendars.filter(({ calendar }) => takes(calendar, item, businessOf(visit.queue.desk.get()?.lines ?? [], item)?.business ?? null));
  return own.length > 0 ? own : free.calendars;
}

/** Whether an item is done by appointments of this calendar. @param business of the item at this site; null: not known */
export function takes(calendar: { business: string; items: readonly string[] }, item: string, business: string | null): boolean {
  return calendar.items.includes(item) || (calendar.items.length === 0 && calendar.business === business);
}

function slotsOfLine(visit: Visit, { line }: BookingState): Line['slots'] {
  const { free } = visit.bookingNews;
  return free.kind === 'known' ? free.calendars.find(({ calendar }) => calendar.id === line?.calendar)?.slots ?? [] : [];
}

/** What the window sees of it. */
export async function bookingView(visit: Visit, printing: Pick<Printing, 'ofCase'>, { booking, prints }: SessionState): Promise<BookingView | null> {
  if (booking === null) return null;
  const { free, mine, doing, trouble } = visit.bookingNews;
  const entries = booking.booked === null ? [] : await printing.ofCase(CaseId.parse(booking.booked.row.id));
  return {
    free: free.kind,
    lines: linesOf(visit, booking).map(({ calendar: { id, name }, slots }) => ({ calendar: id, name, free: slots.reduce((sum, slot) => sum + slot.free, 0), next: slots.find((slot) => slot.free > 0)?.from ?? null })),
    chosen: booking.line === null ? null : { name: booking.line.name, slots: slotsOfLine(visit, booking) },
    slot: booking.slot, rules: free.kind === 'known' ? free.rules : null, item: booking.item, phone: booking.phone, wrongPhone: booking.wrongPhone,
    doing, unsure: booking.asked !== null && doing !== 'booking', failure: booking.failure, booked: booking.booked, print: entries.findLast(({ id }) => prints.includes(id))?.id ?? null, mine, trouble,
  };
}

function bookingOf(visit: Visit): Result<Booking, Refused> {
  const state = visit.state();
  if (state === null) return err({ kind: 'no-session' });
  return state.booking === null ? err({ kind: 'wrong-step' }) : ok({ state, booking: state.booking });
}
