/** What the window shows before core can say anything: the machine as it stands there, with nobody at it and its devices starting. */
import type { DeviceStates } from './devices.ts';
import type { Front } from './front.ts';
import type { SessionView, TerminalView } from './kiosk.ts';
import type { TalkView } from './talk.ts';

export const NOTHING_SAID: TalkView = { draft: null, message: null, mine: [], survey: null };

/** Nobody is at the machine. */
export const NOBODY: SessionView = {
  session: null, step: 'home', errand: null, person: null, who: null, card: { kind: 'not-asked' }, receipt: { kind: 'not-asked' }, item: null, answers: {}, form: null, materials: [], promisable: [], promises: [], stamp: null, declaration: null, confirmable: false,
  supplementing: null, handedIn: null, cases: [], case: null, prints: [], talk: NOTHING_SAID, ticket: null, booking: null, idle: { warning: false, secondsLeft: 0 }, powerCut: null, slip: { kind: 'not-asked', wait: 0, lost: [], worth: false }, offers: {},
};

/** While no device host answers, every device is off-line with this reason. */
const STARTING = { kind: 'offline', reason: 'host-starting' } as const;
export const DEVICES_STARTING: DeviceStates = { 'id-card-reader': STARTING, 'code-scanner': STARTING, 'document-scanner': STARTING, 'ticket-printer': STARTING, 'document-printer': STARTING, board: STARTING, ups: STARTING };

/** @param now an instant */
export function terminalStarting({ tickets, ...front }: Front, now: string): TerminalView {
  return {
    ...front, line: 'offline', lastContact: null, waiting: 0, waitingSince: null, power: 'mains', devices: DEVICES_STARTING, now,
    surveys: [], help: { kind: 'none' }, takesLetters: false, own: { phone: false, stick: false }, tickets: tickets ? { desk: null } : null, bookings: null,
  };
}
