/**
 * One method for each thing we ask the printer, whatever road leads to it. Answers are facts, in the words of IPP; what follows from them is decided in
 * `service.ts` and `follow.ts`.
 */
import type { Result } from '../../domain/result.ts';
import type { JobState, PrinterState } from './ipp/values.ts';
import type { Sides } from './sides.ts';

export type PrinterReading = {
  state: PrinterState;
  reasons: string[];
  /** False when the printer says that it takes no jobs; true when it does or does not say. */
  accepting: boolean;
  /** Null when the printer does not list its formats. */
  takesPdf: boolean | null;
  /** Null when the printer does not say what is loaded. */
  hasA4: boolean | null;
  /** The trays a job may name (`media-source-supported`, PWG 5100.7); empty when it cannot name one. */
  trays: string[];
  wishes: Wishes;
};

/** Which of the wishes for a job this printer knows. */
export type Wishes = { media: boolean; sides: readonly Sides[]; scaling: boolean };

export type JobReading = {
  id: number;
  name: string;
  state: JobState;
  reasons: string[];
  /** job-impressions-completed; null when the printer does not count. */
  impressions: number | null;
  /** job-k-octets: size of the document in units of 1024 octets, rounded up; null when the printer does not say. */
  size: number | null;
};

export type DriverFailure =
  /** Nothing was sent. */
  | { kind: 'unreachable' }
  /** The connection broke, no answer came in time, or none that can be read: the printer may have done it. */
  | { kind: 'lost' | 'timeout' | 'garbled' }
  | { kind: 'cancelled'; sent: boolean }
  /** It was not done; asking again does nothing twice. */
  | { kind: 'busy' }
  /** It was not done. */
  | { kind: 'refused'; why: 'no-permission' | 'no-such-printer' | 'no-spooler' };

export type Driver = {
  /** Whether a job that is `completed` here has come out by the printer's own word. Where it only left for the printer, nobody knows. */
  readonly confirms: boolean;
  readPrinter(signal?: AbortSignal): Promise<Result<PrinterReading, DriverFailure>>;
  /** Sends the document. On failure `kind` says whether the printer may have it. @param job.sides where `wishes` has it, else one-sided @param job.tray one of `trays`; null: any */
  send(job: { name: string; pdf: Uint8Array; wishes: Wishes; sides: Sides; tray: string | null }, signal?: AbortSignal): Promise<Result<number, DriverFailure>>;
  /** Null: the printer knows no job of this id. */
  readJob(id: number, signal?: AbortSignal): Promise<Result<JobReading | null, DriverFailure>>;
  /** The job of this name, running or ended, as far back as the printer remembers; null when there is none. */
  findJob(name: string, signal?: AbortSignal): Promise<Result<JobReading | null, DriverFailure>>;
  /** Asks for the end of a job. A job that has ended already is no failure. */
  cancelJob(id: number, signal?: AbortSignal): Promise<Result<null, DriverFailure>>;
  close(): void;
};
