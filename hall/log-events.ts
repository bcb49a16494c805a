import pino from 'pino';
import { never } from '../domain/result.ts';

/**
 * Everything the hall may write to its log. An event holds ids, kinds, counts and durations; never a name, a person's number, a phone,
 * a form value, a search word, a password, a token, a key or free text, so that no redactor is needed to keep them out.
 */
export type HallEvent =
  /** `database`: `postgresql` or `pglite`. */
  | { event: 'hall-started'; hall: string; database: string; version: number; port: number }
  | { event: 'hall-stopped' }
  /** `what`: `pglite` not for production, `key-file` keys kept in a file. */
  | { event: 'not-for-production'; what: 'pglite' | 'key-file' }
  | { event: 'items-published'; count: number }
  /** A pack speaks of a code that the console keeps. */
  | { event: 'pack-item-passed-over'; code: string; version: number }
  /** `route` is the pattern of the address, never the address itself: a query may hold a name. */
  | { event: 'request'; method: string; route: string; status: number; milliseconds: number }
  /** A surprise. `where` is the code's own place, `cause` the error's class or SQLSTATE; the message may quote a row and stays out. */
  | { event: 'failed'; where: string; cause: string }
  | { event: 'machine-enrolled'; machine: string }
  /** A lost machine's key was revoked; `generation` counts its keys. Then a spare took its place: it goes on from `head`, the former key vouches up to `through`. */
  | { event: 'machine-replaced'; machine: string; generation: number }
  | { event: 'machine-taken-over'; machine: string; generation: number; head: number; through: number }
  | { event: 'machine-refused'; machine: string; why: string }
  /** What keeps a machine from serving citizens has changed; empty: nothing does. A device's name with the keyword of its state, or the kind of the alarm. */
  | { event: 'machine-faults'; machine: string; faults: string[] }
  | { event: 'batch-taken'; machine: string; entries: number; stored: number; duplicates: number; quarantined: number; milliseconds: number }
  | { event: 'quarantined'; machine: string; reason: string; action: string }
  | { event: 'judged-again'; machine: string; account: string; applied: number; aside: number }
  /** Entries of a site's queue came. */
  | { event: 'site-day-taken'; machine: string; day: string; entries: number }
  /** A machine brought a list that does not agree with what is here, or one of another site: somebody has to look. */
  | { event: 'site-day-refused'; machine: string; day: string; why: string }
  | { event: 'lease-granted'; machine: string; lease: string; kind: string; count: number }
  | { event: 'blob-stored'; machine: string; blob: string; bytes: number }
  | { event: 'blob-refused'; machine: string; why: string }
  | { event: 'parcel-taken'; machine: string; serial: number; part: number; of: number }
  | { event: 'parcel-made'; machine: string; serial: number }
  | { event: 'parcel-refused'; machine: string; why: string }
  | { event: 'signed-in' | 'signed-out' | 'sign-in-locked'; account: string }
  | { event: 'sign-in-refused' }
  /** The hall did not sign where a journal stands: somebody changed it. Nothing more is sealed. */
  | { event: 'journal-broken'; journal: string }
  | { event: 'case-acted'; case: string; account: string; kind: string }
  /** Supervision raised a card, or one grew. */
  | { event: 'card-raised'; card: string; rule: string; level: string }
  /** `kind`: `window`, or `late` for what was first taken on paper. */
  | { event: 'case-entered'; case: string; account: string; kind: 'window' | 'late' }
  | { event: 'claimed' | 'released'; case: string; account: string }
  | { event: 'rating-overdue'; case: string }
  /** `what`: the decision on a complaint, or the reply. */
  | { event: 'message-overdue'; message: string; what: string }
  | { event: 'help-called'; machine: string; call: string }
  | { event: 'letter-refused'; machine: string; letter: string; why: string }
  | { event: 'message-registered'; message: string; kind: string; channel: string }
  /** A text's new state; `cause` is the gateway's code or ours. */
  | { event: 'sms'; sms: string; state: string; cause: string };

export type HallLog = (event: HallEvent) => void;

/** One JSON line an event. @param destination where lines go; standard output when not given */
export function createHallLog(destination?: { write(line: string): void }): HallLog {
  const logger = pino({ base: { process: 'hall' }, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } }, destination ?? pino.destination({ dest: 1, sync: true }));
  return (event) => logger[level(event)](event);
}

/** Class of an error or its SQLSTATE, which say what went wrong without quoting what was being handled. */
export function causeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return typeof cause;
  const code = 'code' in cause && typeof cause.code === 'string' && /^[A-Z0-9_]{2,40}$/.test(cause.code) ? cause.code : null;
  return code === null ? cause.name : `${cause.name} ${code}`;
}

function level(event: HallEvent): 'debug' | 'info' | 'warn' | 'error' {
  switch (event.event) {
    case 'failed':
    case 'journal-broken':
      return 'error';
    case 'not-for-production':
    case 'pack-item-passed-over':
    case 'machine-refused':
    case 'machine-faults':
    case 'quarantined':
    case 'blob-refused':
    case 'parcel-refused':
    case 'sign-in-locked':
    case 'sign-in-refused':
    case 'rating-overdue':
    case 'message-overdue':
    case 'letter-refused':
    case 'site-day-refused':
      return 'warn';
    case 'request':
      return 'debug';
    case 'hall-started':
    case 'hall-stopped':
    case 'items-published':
    case 'machine-enrolled':
    case 'machine-replaced':
    case 'machine-taken-over':
    case 'batch-taken':
    case 'judged-again':
    case 'lease-granted':
    case 'blob-stored':
    case 'parcel-taken':
    case 'parcel-made':
    case 'signed-in':
    case 'signed-out':
    case 'case-acted':
    case 'case-entered':
    case 'claimed':
    case 'released':
    case 'card-raised':
    case 'message-registered':
    case 'help-called':
    case 'site-day-taken':
    case 'sms':
      return 'info';
    default:
      return never(event);
  }
}
