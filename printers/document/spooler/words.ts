/**
 * The status words of the Windows spooler → IPP's words, which the rest of this folder decides by. Pure.
 * Source: winspool.h; Win32 reference, JOB_INFO_2 (Status) and PRINTER_INFO_2 (Status, Attributes). Reserved bits are left out.
 */
import type { JobState, PrinterState } from '../ipp/values.ts';

/** JOB_INFO_2.Status */
export const JOB_STATUS = {
  PAUSED: 0x0001,
  ERROR: 0x0002,
  DELETING: 0x0004,
  SPOOLING: 0x0008,
  PRINTING: 0x0010,
  OFFLINE: 0x0020,
  PAPEROUT: 0x0040,
  PRINTED: 0x0080,
  DELETED: 0x0100,
  BLOCKED_DEVQ: 0x0200,
  USER_INTERVENTION: 0x0400,
  RESTART: 0x0800,
  COMPLETE: 0x1000,
  RETAINED: 0x2000,
  RENDERING_LOCALLY: 0x4000,
} as const;

/** PRINTER_INFO_2.Status */
export const PRINTER_STATUS = {
  PAUSED: 0x0000_0001,
  ERROR: 0x0000_0002,
  PENDING_DELETION: 0x0000_0004,
  PAPER_JAM: 0x0000_0008,
  PAPER_OUT: 0x0000_0010,
  MANUAL_FEED: 0x0000_0020,
  PAPER_PROBLEM: 0x0000_0040,
  OFFLINE: 0x0000_0080,
  IO_ACTIVE: 0x0000_0100,
  BUSY: 0x0000_0200,
  PRINTING: 0x0000_0400,
  OUTPUT_BIN_FULL: 0x0000_0800,
  NOT_AVAILABLE: 0x0000_1000,
  WAITING: 0x0000_2000,
  PROCESSING: 0x0000_4000,
  INITIALIZING: 0x0000_8000,
  WARMING_UP: 0x0001_0000,
  TONER_LOW: 0x0002_0000,
  NO_TONER: 0x0004_0000,
  PAGE_PUNT: 0x0008_0000,
  USER_INTERVENTION: 0x0010_0000,
  OUT_OF_MEMORY: 0x0020_0000,
  DOOR_OPEN: 0x0040_0000,
  SERVER_UNKNOWN: 0x0080_0000,
  POWER_SAVE: 0x0100_0000,
  SERVER_OFFLINE: 0x0200_0000,
  DRIVER_UPDATE_NEEDED: 0x0400_0000,
} as const;

/** PRINTER_INFO_2.Attributes, as far as they say anything of the state: "Use Printer Offline" is chosen, by a person or by the system for a printer that left. */
export const PRINTER_ATTRIBUTE_WORK_OFFLINE = 0x0000_0400;

/** What the port says of the end of a job, see `SpoolerPlace`. */
export type EndOfJob = 'sent' | 'printed';

const J = JOB_STATUS;
const P = PRINTER_STATUS;
const JOB_STOPS = J.PAUSED | J.ERROR | J.OFFLINE | J.PAPEROUT | J.BLOCKED_DEVQ | J.USER_INTERVENTION;

/**
 * | bits | state |
 * |---|---|
 * | DELETED | canceled |
 * | PRINTED | completed |
 * | COMPLETE alone ("sent to the printer, but may not be printed yet") | completed where the port says no more than that, else processing |
 * | PAUSED, ERROR, OFFLINE, PAPEROUT, BLOCKED_DEVQ, USER_INTERVENTION | processing-stopped |
 * | PRINTING, RESTART, DELETING | processing |
 * | SPOOLING, RENDERING_LOCALLY, none, others | pending |
 */
export function spoolerJobState(status: number, endOfJob: EndOfJob): JobState {
  if (has(status, J.DELETED)) return 'canceled';
  if (has(status, J.PRINTED)) return 'completed';
  if (has(status, J.COMPLETE)) return endOfJob === 'sent' ? 'completed' : has(status, JOB_STOPS) ? 'processing-stopped' : 'processing';
  if (has(status, JOB_STOPS)) return 'processing-stopped';
  return has(status, J.PRINTING | J.RESTART | J.DELETING) ? 'processing' : 'pending';
}

/** Whether anything of the job may have left for the printer by now. */
export function hasBegun(status: number): boolean {
  return has(status, J.PRINTING | J.PRINTED | J.COMPLETE | J.RETAINED | J.RESTART);
}

/** Job bits that say why the printer stands; many drivers say it there and nowhere else. */
const JOB_REASONS: readonly (readonly [number, string])[] = [
  [J.PAPEROUT, 'media-empty-error'],
  [J.ERROR, 'other-error'],
  [J.BLOCKED_DEVQ, 'other-error'],
  [J.USER_INTERVENTION, 'other-error'],
];

const PRINTER_REASONS: readonly (readonly [number, string])[] = [
  [P.PAUSED, 'paused-error'],
  [P.PENDING_DELETION, 'shutdown-error'],
  [P.PAPER_JAM, 'media-jam-error'],
  [P.PAPER_OUT, 'media-empty-error'],
  [P.MANUAL_FEED, 'media-needed-error'],
  [P.OUTPUT_BIN_FULL, 'output-area-full-error'],
  [P.NO_TONER, 'toner-empty-error'],
  [P.TONER_LOW, 'toner-low-warning'],
  [P.DOOR_OPEN, 'cover-open-error'],
  [P.ERROR, 'other-error'],
  [P.PAPER_PROBLEM, 'other-error'],
  [P.PAGE_PUNT, 'other-error'],
  [P.USER_INTERVENTION, 'other-error'],
  [P.OUT_OF_MEMORY, 'other-error'],
  [P.SERVER_UNKNOWN, 'other-warning'],
  [P.DRIVER_UPDATE_NEEDED, 'other-warning'],
];

/** BUSY, WAITING, INITIALIZING, WARMING_UP, POWER_SAVE and IO_ACTIVE hinder nobody: it will print. */
const WORKING = P.BUSY | P.PRINTING | P.PROCESSING | P.IO_ACTIVE;

export type SpoolerPrinter = { away: boolean; state: PrinterState; reasons: string[] };

/**
 * @param jobs the status of every job in its queue
 * @returns `away`: the printer, or the computer it is connected to, does not answer the spooler
 */
export function spoolerPrinter({ status, attributes }: { status: number; attributes: number }, jobs: readonly number[]): SpoolerPrinter {
  const of = (bits: number, table: readonly (readonly [number, string])[]) => table.flatMap(([bit, reason]) => (has(bits, bit) ? [reason] : []));
  const reasons = new Set([...of(status, PRINTER_REASONS), ...jobs.flatMap((job) => of(job, JOB_REASONS))]);
  const away = has(status, P.OFFLINE | P.NOT_AVAILABLE | P.SERVER_OFFLINE) || has(attributes, PRINTER_ATTRIBUTE_WORK_OFFLINE) || jobs.some((job) => has(job, J.OFFLINE));
  const stopped = [...reasons].some((reason) => reason.endsWith('-error'));
  return { away, state: stopped ? 'stopped' : has(status, WORKING) ? 'processing' : 'idle', reasons: reasons.size === 0 ? ['none'] : [...reasons] };
}

function has(status: number, bits: number): boolean {
  return (status & bits) !== 0;
}
