/**
 * How a text message to a citizen stands. Pure: what the gateway said goes in, what to do next comes out. The rule that all else serves: a text is never
 * sent again while it may have gone out. After a time-out the gateway is asked by the text's id, and only its word that it never had it lets us send.
 */
import { addNaturalDays, civilDate } from '../calendar/civil-date.ts';
import { never } from '../result.ts';

/**
 * - `queued`: to be sent. `unknown`: sent, perhaps: the gateway is asked. `sent`: the gateway has it. `delivered`: it says the phone has it.
 * - `dead`: given up; somebody looks. `unsettled`: given up asking, and whether it arrived stays unknown.
 */
export type SmsState = 'queued' | 'unknown' | 'sent' | 'delivered' | 'dead' | 'unsettled';

/** @property next when something is to be done about it again, milliseconds since 1970; null: nothing */
export type SmsStand = { state: SmsState; attempts: number; asks: number; next: number | null; cause: string };

/** What became of sending. `unreachable`: nothing left this machine. `unknown`: it may have. */
export type SendOutcome = { kind: 'accepted' } | { kind: 'refused'; code: string; again: boolean } | { kind: 'unreachable' } | { kind: 'unknown' };
/** What the gateway says of an id. `never-had`: it has not taken it and will not. */
export type AskOutcome = { kind: 'accepted' } | { kind: 'delivered' } | { kind: 'failed'; code: string } | { kind: 'never-had' } | { kind: 'unreachable' };

const MINUTE = 60_000;
/** Waits before the next try: what is down for a minute is tried soon, what is down for a day is not hammered. */
const BACK_OFF = [1, 5, 15, 60, 240].map((minutes) => minutes * MINUTE);
/** Waits before asking: reports of delivery come within seconds, or after the phone was switched on. */
const ASK_AFTER = [1, 5, 30, 120, 480, 1440].map((minutes) => minutes * MINUTE);

/** Nobody is woken: texts rest from 21:00 to 08:00 in China. */
const QUIET_FROM = 21;
const QUIET_TO = 8;
const HOUR = 3_600_000;

/** The instant from which a text may go out, `now` or the next 08:00, milliseconds since 1970. */
export function afterQuiet(now: number): number {
  const today = civilDate(now);
  const hour = Math.floor((now - midnight(today)) / HOUR);
  if (hour >= QUIET_FROM) return midnight(addNaturalDays(today, 1)) + QUIET_TO * HOUR;
  return hour < QUIET_TO ? midnight(today) + QUIET_TO * HOUR : now;
}

function midnight(date: string): number {
  return Date.parse(`${date}T00:00:00.000+08:00`);
}

/** After a try to send. */
export function afterSend(stand: SmsStand, outcome: SendOutcome, now: number): SmsStand {
  const attempts = stand.attempts + 1;
  switch (outcome.kind) {
    case 'accepted':
      return ask({ ...stand, attempts, state: 'sent', asks: 0, cause: '' }, now);
    case 'unknown':
      return ask({ ...stand, attempts, state: 'unknown', asks: 0, cause: 'no-answer' }, now);
    case 'refused':
      return outcome.again ? again({ ...stand, attempts, cause: outcome.code }, now) : { ...stand, attempts, state: 'dead', next: null, cause: outcome.code };
    case 'unreachable':
      return again({ ...stand, attempts, cause: 'unreachable' }, now);
    default:
      return never(outcome);
  }
}

/** After asking what became of it. */
export function afterAsk(stand: SmsStand, outcome: AskOutcome, now: number): SmsStand {
  const asked = { ...stand, asks: stand.asks + 1 };
  switch (outcome.kind) {
    case 'delivered':
      return { ...asked, state: 'delivered', next: null, cause: '' };
    case 'accepted':
      return ask({ ...asked, state: 'sent', cause: '' }, now);
    case 'failed':
      return again({ ...asked, state: 'queued', cause: outcome.code }, now);
    case 'never-had':
      return again({ ...asked, state: 'queued', cause: 'never-had' }, now);
    case 'unreachable':
      return ask(asked, now);
    default:
      return never(outcome);
  }
}

function again(stand: SmsStand, now: number): SmsStand {
  const wait = BACK_OFF[Math.max(stand.attempts - 1, 0)];
  return wait === undefined ? { ...stand, state: 'dead', next: null } : { ...stand, state: 'queued', next: afterQuiet(now + wait) };
}

/** Nobody hears of a question: it may be asked at night. */
function ask(stand: SmsStand, now: number): SmsStand {
  const wait = ASK_AFTER[stand.asks];
  if (wait !== undefined) return { ...stand, next: now + wait };
  return { ...stand, state: stand.state === 'unknown' ? 'unsettled' : stand.state, next: null };
}
