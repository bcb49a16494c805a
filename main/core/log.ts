import type { SyncEvent } from '../../sync/types.ts';

/**
 * Everything core may write to its log. An event holds ids, kinds and counts; never a name, a number of a person, a form value, a
 * key, or free text, so that no redactor is needed to keep them out.
 */
export type CoreEvent =
  | { event: 'core-started'; machine: string; boot: string; resumed: boolean }
  | { event: 'core-cannot-start'; why: string }
  /** The terminal was started for an act of its own; `why` names what kept it from that, with the mend. */
  | { event: 'act-complete'; act: string }
  | { event: 'act-failed'; act: string; why: string }
  /** This machine is another's spare now: its chain goes on from `head`; `waiting` actions that the lost one had made travel next. */
  | { event: 'taken-over'; machine: string; generation: number; head: number; waiting: number }
  | { event: 'enrolled'; machine: string }
  | { event: 'enrolment-failed'; why: string }
  | { event: 'session-opened' | 'session-ended'; session: string; why: string }
  | { event: 'card-read'; session: string; card: string; samId: string }
  /** A receipt's code opened its case, masked, without a card. */
  | { event: 'receipt-read'; session: string; case: string }
  | { event: 'card-refused'; session: string; why: string }
  | { event: 'handed-in'; session: string; case: string; action: string; provisional: boolean }
  | { event: 'action-made'; session: string; case: string; action: string; kind: string }
  /** A message, what was said to its reply, or a survey's sheet waits for the hall. */
  | { event: 'letter-made'; session: string; letter: string; kind: string }
  /** A number of the site's queue; `held`: it was taken before. */
  | { event: 'ticket-taken'; session: string; ticket: string; business: string; way: 'card' | 'phone'; held: boolean; alone: boolean }
  | { event: 'ticket-given-up'; session: string; ticket: string }
  /** At the hall; never by whom, and no telephone. */
  | { event: 'appointment-booked' | 'appointment-cancelled'; session: string; appointment: string }
  /** `away`: it did not answer, and nobody knows. */
  | { event: 'appointment-refused'; session: string; why: string }
  | { event: 'print'; print: string; paper: string; state: string; reason: string }
  /** The disk has no room for the last word about a paper: it is shown, and written when there is some. */
  | { event: 'print-unwritten'; print: string; state: string; reason: string }
  /** A closed case was removed from this machine; the hall has it. */
  | { event: 'case-purged'; case: string }
  | { event: 'backup-complete' }
  | { event: 'backup-failed'; why: string }
  | { event: 'caretaker-entered' }
  | { event: 'caretaker-refused' | 'caretaker-left'; why: string }
  /** What became of an export onto a stick (`put`) or an import from one (`take`). */
  | { event: 'courier'; deed: string; outcome: string }
  /** What the caretaker did about paper and devices: `close`, `load`, `spoil`, `look`, `tamper`. */
  | { event: 'caretaker-papers'; deed: string; outcome: string }
  | { event: 'exchange-started' | 'exchange-ended'; device: string }
  /** It did not end: `why` is the device's keyword, or how its test print ended. */
  | { event: 'exchange-goes-on'; device: string; why: string }
  | { event: 'self-test'; checks: number; faults: string[] }
  | { event: 'hall-card-taken'; hall: string }
  | SyncEvent
  | { event: 'wish-refused'; wish: string; why: string }
  /** A surprise in core. `cause` is the error's class; its message may quote what was typed and stays out. */
  | { event: 'wish-failed'; cause: string }
  /** Something on a window's port that is no message of the RPC codec. */
  | { event: 'message-refused' };

export type CoreLog = (event: CoreEvent) => void;

/** One JSON line an event on standard output, which the shell keeps. */
export function createCoreLog(write: (line: string) => void, now: () => number): CoreLog {
  return (event) => write(`${JSON.stringify({ at: new Date(now()).toISOString(), process: 'core', level: level(event), ...event })}\n`);
}

function level(event: CoreEvent): 'info' | 'warn' | 'error' {
  switch (event.event) {
    case 'core-cannot-start':
    case 'act-failed':
    case 'backup-failed':
    case 'wish-failed':
      return 'error';
    case 'acknowledgement-refused':
    case 'feed-entry-refused':
    case 'action-kept-aside':
    case 'action-not-held':
    case 'action-not-taken':
    case 'letter-refused':
    case 'letter-not-taken':
    case 'enrolment-failed':
    case 'card-refused':
    case 'caretaker-refused':
    case 'appointment-refused':
    case 'wish-refused':
    case 'message-refused':
      return 'warn';
    case 'sync-run-complete':
      // Nothing this machine does mends it: somebody must update it.
      return event.report.failure?.kind === 'outdated' ? 'error' : 'info';
    case 'self-test':
      return event.faults.length > 0 ? 'warn' : 'info';
    case 'device-clock-off':
    case 'exchange-goes-on':
    case 'print-unwritten':
      return 'warn';
    case 'print':
      return event.state === 'unknown' || event.state === 'not-printed' ? 'warn' : 'info';
    default:
      return 'info';
  }
}
