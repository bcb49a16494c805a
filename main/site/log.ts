import type { RaftEvent } from '../../sync/raft/types.ts';
import type { CarryEvent } from './carry.ts';
import type { SerialEvent } from './serial.ts';
import type { SiteDaysEvent } from '../../sync/site-days/send.ts';
import type { TicketEvent } from './tickets.ts';

/** Everything that the site host writes to its log: ids, kinds and counts; never a number of a person or a word that somebody typed. */
export type SiteEvent =
  | { event: 'site-started'; machine: string; members: number; page: string }
  | { event: 'site-cannot-start'; why: string }
  | { event: 'site-signed-in'; account: string }
  | { event: 'site-sign-in-refused'; why: 'wrong' | 'too-many' }
  /** A manager's or clerk's deed that others may ask about: priority given, a roll entered, another's window closed, the site arranged. */
  | { event: 'site-deed'; account: string; deed: string; subject: string }
  /** A surprise. `cause` is the error's class; its message may quote what came in and stays out. */
  | { event: 'site-failed'; where: string; cause: string }
  | TicketEvent
  | CarryEvent
  | SerialEvent
  | SiteDaysEvent
  | RaftEvent;

export type SiteLog = (event: SiteEvent) => void;

/** One JSON line an event. */
export function createSiteLog(write: (line: string) => void, now: () => number): SiteLog {
  return (event) => write(`${JSON.stringify({ at: new Date(now()).toISOString(), process: 'site', level: level(event), ...event })}\n`);
}

function level({ event }: SiteEvent): 'info' | 'warn' | 'error' {
  switch (event) {
    case 'site-cannot-start':
    case 'site-failed':
    case 'site-ticket-lost':
    case 'site-day-refused':
    case 'raft-contradiction':
    case 'raft-halted':
      return 'error';
    case 'site-sign-in-refused':
    case 'raft-message-refused':
    case 'site-day-not-taken':
      return 'warn';
    default:
      return 'info';
  }
}
