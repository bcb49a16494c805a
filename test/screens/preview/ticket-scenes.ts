import type { PrintView, SessionView, TerminalView } from '../../../domain/contracts/kiosk.ts';
import type { TicketDesk, TicketPaper } from '../../../domain/contracts/site.ts';
import type { TicketView } from '../../../domain/contracts/tickets.ts';
import { PrintId } from '../../../domain/ids.ts';
import { TicketId } from '../../../domain/queue/types.ts';
import type { Item } from '../../../domain/item/types.ts';
import type { Scene } from './scenes.ts';

/** Numbers of the hall's counters. Every person here is fictional. */
const PRINT = PrintId.parse('01J5PR1NT00000000000000021');
const SLIP = PrintId.parse('01J5PR1NT00000000000000022');
export const numberAsked: TicketView = {
  business: null, way: null, wrongPhone: false, offers: ['elderly', 'disabled', 'expecting', 'military'], priority: null, checkIn: { kind: 'none' }, paper: null, held: false, print: null, copies: false, missed: { kind: 'after', tickets: 3, times: 2 },
};
export const numberTaken: TicketPaper = {
  ticket: TicketId.parse('01J5T1CKET0000000000000027'), code: 'A027', business: '户籍与身份证', at: '2026-06-08T01:32:00.000Z', wait: { ahead: 6, least: 11, most: 24 }, windows: [3, 12],
  position: 'http://192.168.20.31:8470/q/01J5T1CKET0000000000000027', alone: false, appointment: null,
};
export const LONG_BUSINESS = '不动产登记、房屋交易、税费缴纳与公积金贷款还款方式变更';

const line = (business: string, name: string, windows: number[], ahead: number, minutes: [number, number] | null, items: string[] = []): TicketDesk['lines'][number] => ({ business, name, items, waiting: ahead, wait: { ahead, least: minutes?.[0] ?? null, most: minutes?.[1] ?? null }, windows });
export const desk: TicketDesk = {
  open: true, next: null, alone: false, elderlyFrom: 65,
  lines: [line('household', '户籍与身份证', [3, 12], 6, [11, 24]), line('social', '社保医保', [4, 5, 6], 0, [0, 0]), line('estate', LONG_BUSINESS, [], 17, null), line('tax', '办税', [8], 1, [5, 5])],
};

export function ticketScenes({ here, terminal, offline, person, begun, handedIn, visited }: { here: SessionView; terminal: TerminalView; offline: TerminalView; person: SessionView['person']; /** In the form, handed in, and in the guide of an item that this machine does not do now. */ begun: SessionView; handedIn: SessionView; visited: SessionView & { item: Item } }): Record<string, Scene> {
  const at = (part: Partial<TicketDesk> | null, on = terminal): TerminalView => ({ ...on, tickets: { desk: part === null ? null : { ...desk, ...part } } });
  const asking = (step: SessionView['step'], part: Partial<TicketView>, more: Partial<SessionView> = {}): SessionView => ({ ...here, step, errand: 'ticket', ticket: { ...numberAsked, business: 'household', ...part }, ...more });
  const print = (state: PrintView['state'], reason = ''): PrintView[] => [{ print: PRINT, paper: 'queue-ticket', state, reason }];
  const taken = (part: Partial<TicketView>, prints: PrintView[]): SessionView => asking('ticket', { paper: numberTaken, way: 'card', print: prints.length === 0 ? null : PRINT, ...part }, { person, prints });
  const found = { own: true, number: '0608-004', name: '户籍与身份证', from: '2026-06-08T02:00:00.000Z', until: '2026-06-08T02:30:00.000Z', opens: '2026-06-08T01:30:00.000Z', closes: '2026-06-08T02:15:00.000Z' };
  // With a form that is begun, at a machine that reads slips.
  const scanning: TerminalView = { ...at({}), devices: { ...terminal.devices, 'code-scanner': { kind: 'online', warnings: [] } } };
  const carrying = (part: Partial<SessionView>): Scene => ({ view: { ...begun, ...taken({}, print('printed')), item: begun.item, form: begun.form, materials: begun.materials, slip: { ...begun.slip, worth: true }, ...part }, terminal: scanning });
  const slip: PrintView = { print: SLIP, paper: 'kept-slip', state: 'printed', reason: '' };
  return {
    'home-numbers': { view: here, terminal: at({}) },
    'home-numbers-away': { view: here, terminal: at(null, offline) },
    tickets: { view: asking('tickets', { business: null }), terminal: at({}) },
    'tickets-alone': { view: asking('tickets', { business: null }), terminal: at({ alone: true }, offline) },
    'tickets-closed': { view: asking('tickets', { business: null }), terminal: at({ open: false, next: '2026-06-09T00:30:00.000Z' }) },
    'tickets-away': { view: asking('tickets', { business: null }), terminal: at(null) },
    'ticket-card': { view: asking('identify', {}, { card: { kind: 'place-card' } }), terminal: at({}) },
    'ticket-no-reader': { view: asking('identify', {}, { card: { kind: 'unavailable', reason: 'unplugged' } }), terminal: at({}) },
    'ticket-phone': { view: asking('ticket-phone', { wrongPhone: true }), terminal: at({}) },
    'ticket-confirm': { view: asking('ticket-confirm', { way: 'card', offers: ['disabled', 'expecting', 'military'] }, { person }), terminal: at({}) },
    'ticket-confirm-elderly': { view: { ...handedIn, step: 'ticket-confirm', errand: 'ticket', ticket: { ...numberAsked, business: 'estate', way: 'card', priority: 'elderly' } }, terminal: at({}) },
    'ticket-confirm-plain': { view: asking('ticket-confirm', { way: 'phone', offers: [] }), terminal: at({}) },
    'ticket-confirm-looking': { view: asking('ticket-confirm', { way: 'card', offers: [], checkIn: { kind: 'looking' } }, { person }), terminal: at({}) },
    'ticket-confirm-open': { view: asking('ticket-confirm', { way: 'card', offers: ['disabled', 'expecting', 'military'], checkIn: { ...found, kind: 'open' } }, { person }), terminal: at({}) },
    'ticket-confirm-early': { view: asking('ticket-confirm', { way: 'card', offers: [], checkIn: { ...found, kind: 'early' } }, { person }), terminal: at({}, offline) },
    'ticket-confirm-late': { view: asking('ticket-confirm', { way: 'phone', offers: [], checkIn: { ...found, kind: 'late' } }), terminal: at({}) },
    'ticket-confirm-other': { view: asking('ticket-confirm', { way: 'card', offers: [], checkIn: { ...found, kind: 'open', own: false, name: LONG_BUSINESS } }, { person }), terminal: at({}) },
    'ticket-appointment': { view: taken({ paper: { ...numberTaken, appointment: { from: found.from, until: found.until } } }, print('printed')), terminal: at({}) },
    ticket: { view: taken({}, print('printed')), terminal: at({}) },
    'ticket-no-paper': { view: taken({}, print('not-printed', 'paper-out')), terminal: at({}) },
    'ticket-unknown': { view: taken({ held: true }, print('unknown', 'interrupted')), terminal: at({}) },
    'ticket-alone': { view: taken({ paper: { ...numberTaken, business: LONG_BUSINESS, alone: true, position: null, wait: null, windows: [] }, missed: { kind: 'void' } }, print('sent')), terminal: at({ alone: true }, offline) },
    'ticket-held': { view: { ...taken({ held: true, copies: true, missed: { kind: 'end', times: 1 } }, []), form: begun.form, item: begun.item }, terminal: at({}) },
    'ticket-carry': carrying({}),
    'ticket-carry-held': carrying({ prints: [], ticket: { ...numberAsked, business: 'household', paper: numberTaken, way: 'card', held: true, copies: true } }),
    'ticket-carry-no-scanner': { ...carrying({}), terminal: at({}) },
    'ticket-carry-no-paper': carrying({ prints: [...print('printed'), { ...slip, state: 'not-printed', reason: 'paper-out' }] }),
    'ticket-carried': carrying({ prints: [...print('printed'), slip] }),
    'to-window': carrying({ step: 'keep' }),
    'to-window-printed': carrying({ step: 'keep', slip: { ...begun.slip, worth: true, lost: ['经营范围'] }, prints: [...print('printed'), slip] }),
    'handed-in-counter': { view: { ...handedIn, item: { ...visited.item, visits: { count: 1, reason: '核对原件' } } }, terminal: at({}) },
    'guide-counter': { view: visited, terminal: { ...at({}), devices: { ...terminal.devices, 'document-printer': { kind: 'blocked', reason: 'paper-out' }, 'ticket-printer': { kind: 'blocked', reason: 'paper-out' }, 'id-card-reader': { kind: 'offline', reason: 'unplugged' } } } },
  };
}
