import type { Step } from '../../../domain/contracts/kiosk.ts';
import { mayGoBooking } from './booking-state.ts';
import { visitor } from './parties.ts';
import type { SessionState } from './state.ts';

/**
 * Where a citizen may go by wish alone. What stands in the way is named, so that the window can say it.
 *
 * | to | needs |
 * |---|---|
 * | home, items, lists, identify, talk, goodbye | nothing |
 * | guide, situation, who | an item |
 * | no-card, for-whom, together | an item; what more, `applying.ts` says |
 * | form, materials, check | a person, an item and a begun form; after hand-in there is no way back |
 * | keep | the same, and no supplement |
 * | resume | a card |
 * | progress | a card |
 * | case, result, rate | a card and an opened case |
 * | message, survey | one that was begun |
 * | tickets, ticket-phone, ticket-confirm, ticket | a number that is asked for: with a business, with whoever holds it, and one that was taken |
 * | booking, booking-slot, booking-phone, booking-confirm, booked | an appointment that is asked for: with a business, with a time, with whoever comes, and one that was booked |
 * | my-bookings | a card |
 * | message-sent, reply | a message that was opened: sent here, by its slip, or by card |
 * | second-card | never by wish: `who.read` leads there |
 * | handed-in | never by wish: only a durable hand-in leads there |
 */
export function mayGo(state: SessionState, to: Step): { kind: 'wrong-step' } | { kind: 'not-identified' } | null {
  switch (to) {
    case 'home':
    case 'items':
    case 'lists':
    case 'identify':
    case 'talk':
    case 'goodbye':
      return null;
    case 'guide':
    case 'situation':
    case 'who':
    case 'no-card':
    case 'for-whom':
    case 'together':
      return state.item === null ? { kind: 'wrong-step' } : null;
    case 'form':
    case 'materials':
    case 'check':
      if (visitor(state) === null) return { kind: 'not-identified' };
      return state.form === null || state.handedIn !== null ? { kind: 'wrong-step' } : null;
    case 'keep':
      if (state.holder === null) return { kind: 'not-identified' };
      return state.form === null || state.handedIn !== null || state.supplementing !== null ? { kind: 'wrong-step' } : null;
    case 'resume':
    case 'progress':
      return state.holder === null ? { kind: 'not-identified' } : null;
    case 'case':
    case 'result':
    case 'rate':
      if (state.holder === null) return { kind: 'not-identified' };
      return state.opened === null ? { kind: 'wrong-step' } : null;
    case 'message':
      return state.talk.draft === null ? { kind: 'wrong-step' } : null;
    case 'survey':
      return state.talk.survey === null ? { kind: 'wrong-step' } : null;
    case 'message-sent':
    case 'reply':
      return state.talk.message === null ? { kind: 'wrong-step' } : null;
    case 'tickets':
      return state.ticket === null ? { kind: 'wrong-step' } : null;
    case 'ticket-phone':
      return state.ticket?.business == null ? { kind: 'wrong-step' } : null;
    case 'ticket-confirm':
      if (state.ticket?.business == null) return { kind: 'wrong-step' };
      return state.holder === null && state.ticket.byPhone === null ? { kind: 'not-identified' } : null;
    case 'ticket':
      return state.ticket?.shown == null ? { kind: 'wrong-step' } : null;
    case 'booking':
    case 'booking-slot':
    case 'booking-phone':
    case 'booking-confirm':
    case 'booked':
    case 'my-bookings':
      return mayGoBooking(state, to);
    case 'second-card':
      return { kind: 'wrong-step' };
    case 'handed-in':
      return state.handedIn === null ? { kind: 'wrong-step' } : null;
  }
}

/**
 * Seconds without a touch until the visit ends, by step. Reading and filling take longer than choosing; a screen that shows
 * personal data after the work is done ends sooner. Public kiosks: 30–60 s with "more time" (domain facts, kiosk rules).
 */
export const IDLE_SECONDS: Record<Step, number> = {
  home: 45, items: 90, lists: 120, guide: 180, situation: 120, who: 90, identify: 60, 'no-card': 180, 'for-whom': 180, 'second-card': 90, together: 120, form: 180, materials: 180, check: 180,
  'handed-in': 90, progress: 90, case: 90, result: 120, rate: 60, talk: 90, message: 300, 'message-sent': 90, reply: 180, survey: 180, keep: 180, resume: 180, tickets: 90, 'ticket-phone': 120, 'ticket-confirm': 90, ticket: 90,
  booking: 90, 'booking-slot': 120, 'booking-phone': 120, 'booking-confirm': 120, booked: 90, 'my-bookings': 90, goodbye: 12,
};

/** The countdown is shown for at least this long before the end (WCAG 2.2, 2.2.1: at least 20 s to ask for more). */
export const WARNING_SECONDS = 25;

/** Seconds as a countdown shows them: 0 only when it is over. */
export function secondsUntil(end: number, now: number): number {
  return Math.max(0, Math.ceil((end - now) / 1000));
}

export type Idle = { warning: boolean; secondsLeft: number; over: boolean };

export function idleAt(step: Step, touchedAt: number, now: number): Idle {
  const secondsLeft = secondsUntil(touchedAt + IDLE_SECONDS[step] * 1000, now);
  // The farewell needs no warning: nothing is lost when it ends.
  return { warning: step !== 'goodbye' && secondsLeft <= WARNING_SECONDS, secondsLeft, over: secondsLeft === 0 };
}
