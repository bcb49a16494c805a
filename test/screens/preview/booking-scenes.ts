import { addNaturalDays, startOfDay, weekday } from '../../../domain/calendar/civil-date.ts';
import type { AppointmentRow, FreeSlot } from '../../../domain/contracts/appointments.ts';
import type { BookedView, BookingView } from '../../../domain/contracts/booking.ts';
import type { PrintView, SessionView, TerminalView } from '../../../domain/contracts/kiosk.ts';
import { PrintId } from '../../../domain/ids.ts';
import type { Item } from '../../../domain/item/types.ts';
import type { Scene } from './scenes.ts';
import { desk, LONG_BUSINESS } from './ticket-scenes.ts';

/** Times at the hall's counters. Every person here is fictional. */
const PRINT = PrintId.parse('01J5PR1NT00000000000000031');
const [HOUSEHOLD, SOCIAL, ESTATE] = ['01J5CA1ENDAR00000000000001', '01J5CA1ENDAR00000000000002', '01J5CA1ENDAR00000000000003'] as const;
const TODAY = '2026-06-08';

/** Two weeks of half hours: mornings, afternoons, one late evening a week, and two Saturdays. */
function times(free: (serial: number) => number): FreeSlot[] {
  let serial = 0;
  const slot = (day: string, minutes: number, extended = false): FreeSlot => {
    const at = (more: number) => new Date(startOfDay(day) + (minutes + more) * 60_000).toISOString();
    return { from: at(0), until: at(30), capacity: 4, free: free((serial += 1)), extended };
  };
  return Array.from({ length: 13 }, (_, place) => addNaturalDays(TODAY, place + 1)).flatMap((day) => {
    if (weekday(day) === 7) return [];
    if (weekday(day) === 6) return [540, 570, 600, 630].map((minutes) => slot(day, minutes, true));
    return [...[510, 540, 570, 600, 630, 660, 840, 870, 900, 930, 960].map((minutes) => slot(day, minutes)), ...(weekday(day) === 3 ? [1050, 1080, 1110].map((minutes) => slot(day, minutes, true)) : [])];
  });
}
export const slots = times((serial) => (serial <= 11 ? 0 : (serial * 7) % 5));
const [first] = slots.filter(({ free }) => free > 0);
const chosen = { name: '户籍与身份证', slots };
const slot = { from: first?.from ?? '', until: first?.until ?? '' };

export const bookingAsked: BookingView = {
  free: 'known',
  lines: [{ calendar: HOUSEHOLD, name: '户籍与身份证', free: 84, next: slot.from }, { calendar: SOCIAL, name: '社保医保', free: 12, next: '2026-06-08T06:30:00.000Z' }, { calendar: ESTATE, name: LONG_BUSINESS, free: 0, next: null }],
  chosen: null, slot: null, rules: { ahead: 0, horizon: 14, cancel: 120, early: 30, late: 15, most: 3, noShows: 3, within: 90, rest: 30 }, item: null, phone: '', wrongPhone: false, doing: null, unsure: false, failure: null, booked: null, print: null, mine: null, trouble: null,
};
const row: AppointmentRow = { id: '01J5APP01NT000000000000001', number: '0610-007', calendar: HOUSEHOLD, site: '儒岙镇便民服务中心', business: 'household', name: '户籍与身份证', ...slot, state: 'booked', way: 'terminal', mayChange: true, holder: { name: '王**', card: '', phone: '' }, ticket: null };
export const booked: BookedView = { row, opens: new Date(Date.parse(slot.from) - 1_800_000).toISOString(), closes: new Date(Date.parse(slot.from) + 900_000).toISOString(), cancelUntil: new Date(Date.parse(slot.from) - 7_200_000).toISOString() };
const past = (number: string, from: string, state: AppointmentRow['state']): AppointmentRow => ({ ...row, id: `01J5APP01NT00000000000000${number.slice(-1)}`, number, from, until: new Date(Date.parse(from) + 1_800_000).toISOString(), state, mayChange: false });
export const ownRows: AppointmentRow[] = [row, { ...row, id: '01J5APP01NT000000000000009', number: '0608-011', name: LONG_BUSINESS, from: '2026-06-08T02:30:00.000Z', until: '2026-06-08T03:00:00.000Z', mayChange: false }, past('0512-002', '2026-05-12T01:00:00.000Z', 'no-show'), past('0503-003', '2026-05-03T01:00:00.000Z', 'kept'), past('0428-004', '2026-04-28T01:00:00.000Z', 'cancelled'), past('0421-005', '2026-04-21T01:00:00.000Z', 'unsettled')];

export function bookingScenes({ here, terminal, offline, person, visited }: { here: SessionView; terminal: TerminalView; offline: TerminalView; person: SessionView['person']; /** In the guide of an item. */ visited: SessionView & { item: Item } }): Record<string, Scene> {
  const online: TerminalView = { ...terminal, tickets: { desk }, bookings: [{ calendar: HOUSEHOLD, business: 'household', items: [visited.item.code] }] };
  const cut: TerminalView = { ...offline, tickets: { desk } };
  const asking = (step: SessionView['step'], part: Partial<BookingView> = {}, more: Partial<SessionView> = {}): SessionView => ({ ...here, step, errand: 'booking', person, booking: { ...bookingAsked, ...part }, ...more });
  const picked = { chosen, slot };
  const print = (state: PrintView['state'], reason = ''): PrintView[] => [{ print: PRINT, paper: 'appointment-slip', state, reason }];
  const done = (part: Partial<BookingView>, prints: PrintView[], more: Partial<SessionView> = {}) => asking('booked', { ...picked, booked, print: prints.length === 0 ? null : PRINT, ...part }, { prints, ...more });
  const mine = (rows: AppointmentRow[], missed = 0, limitedUntil: string | null = null): Partial<BookingView> => ({ mine: { kind: 'known', rows, standing: { missed, limitedUntil } } });
  const failed = (step: SessionView['step'], failure: BookingView['failure'], part: Partial<BookingView> = {}): Scene => ({ view: asking(step, { ...picked, failure, ...part }), terminal: online });
  return {
    'guide-bookable': { view: visited, terminal: online },
    booking: { view: asking('booking'), terminal: online },
    'booking-asking': { view: asking('booking', { free: 'asking', lines: [], rules: null }), terminal: online },
    'booking-no-line': { view: asking('booking', { free: 'no-line', lines: [], rules: null }), terminal: cut },
    'booking-no-line-alone': { view: asking('booking', { free: 'no-line', lines: [], rules: null }), terminal: { ...offline, tickets: null } },
    'booking-none': { view: asking('booking', { lines: [] }), terminal: online },
    'booking-no-calendar': failed('booking', { kind: 'unknown-calendar' }),
    'booking-slot': { view: asking('booking-slot', { chosen }), terminal: online },
    'booking-slot-full': { view: asking('booking-slot', { chosen: { ...chosen, slots: times(() => 0) } }), terminal: online },
    'booking-slot-gone': failed('booking-slot', { kind: 'full' }, { chosen: { ...chosen, name: LONG_BUSINESS } }),
    'booking-card': { view: asking('identify', picked, { person: null, card: { kind: 'place-card' } }), terminal: online },
    'booking-phone': { view: asking('booking-phone', picked), terminal: online },
    'booking-phone-only': { view: asking('booking-phone', { ...picked, wrongPhone: true }, { person: null }), terminal: online },
    'booking-phone-refused': failed('booking-phone', { kind: 'bad-phone' }, { wrongPhone: true, phone: '17000000000' }),
    'booking-confirm': { view: asking('booking-confirm', { ...picked, phone: '13800001234' }), terminal: online },
    'booking-confirm-long': { view: asking('booking-confirm', { ...picked, chosen: { ...chosen, name: LONG_BUSINESS } }), terminal: online },
    'booking-confirm-busy': { view: asking('booking-confirm', { ...picked, doing: 'booking' }), terminal: online },
    'booking-confirm-unsure': { view: asking('booking-confirm', { ...picked, unsure: true }), terminal: cut },
    'booking-confirm-cut': { view: asking('booking-confirm', { ...picked, free: 'no-line', rules: null }), terminal: cut },
    'booking-confirm-holds-one': failed('booking-confirm', { kind: 'holds-one' }, mine(ownRows)),
    'booking-confirm-too-many': failed('booking-confirm', { kind: 'too-many' }),
    'booking-confirm-limited': failed('booking-confirm', { kind: 'limited', until: '2026-07-04T01:00:00.000Z' }),
    'booking-confirm-bad-card': failed('booking-confirm', { kind: 'bad-card' }),
    booked: { view: done({ item: visited.item.code }, print('printed'), { item: visited.item }), terminal: online },
    'booked-no-paper': { view: done({ booked: { ...booked, row: { ...row, name: LONG_BUSINESS } } }, print('not-printed', 'paper-out'), { person: null }), terminal: online },
    'booked-unknown': { view: done({ booked: { ...booked, cancelUntil: null } }, print('unknown', 'interrupted')), terminal: online },
    'my-bookings': { view: asking('my-bookings', mine(ownRows, 1)), terminal: online },
    'my-bookings-none': { view: asking('my-bookings', mine([])), terminal: online },
    'my-bookings-asking': { view: asking('my-bookings', { mine: { kind: 'asking' } }), terminal: online },
    'my-bookings-no-line': { view: asking('my-bookings', { mine: { kind: 'no-line' } }), terminal: cut },
    'my-bookings-limited': { view: asking('my-bookings', mine(ownRows.slice(2), 3, '2026-07-04T01:00:00.000Z')), terminal: online },
    'my-bookings-away': { view: asking('my-bookings', { ...mine(ownRows), trouble: { kind: 'away' }, doing: 'cancelling' }), terminal: online },
    'my-bookings-too-late': { view: asking('my-bookings', { ...mine(ownRows), trouble: { kind: 'too-late' } }), terminal: online },
  };
}
