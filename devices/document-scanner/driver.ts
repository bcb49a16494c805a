/**
 * What both kinds of scanner are to the service. Answers are facts; what follows from them is decided in `service.ts` and `status.ts`.
 */
import type { ScannerCapabilities, ScanStop, ScanWish } from '../../domain/contracts/document-scanner.ts';
import type { Result } from '../../domain/result.ts';

export type DriverFailure =
  /** Nobody answers, or there is no such device. */
  | { kind: 'unreachable'; detail: string }
  /** It answered, and then the connection or the program broke. */
  | { kind: 'lost'; detail: string }
  | { kind: 'timeout' }
  | { kind: 'cancelled' }
  | { kind: 'busy' }
  | { kind: 'not-permitted'; detail: string }
  /** The scanner, or its driver, said no. */
  | { kind: 'refused'; detail: string }
  /** What it sent is not what the protocol says. */
  | { kind: 'garbled'; detail: string }
  | { kind: 'no-program' };

/** What hinders the feeder, in the words of `ScanStop`. */
export type FeederFault = Extract<ScanStop, 'jam' | 'misfeed' | 'cover-open' | 'tray' | 'double-feed' | 'page-size'>;

export type ScannerFacts = {
  /** eSCL's own states; `idle` where a driver cannot tell more than that the scanner answers. */
  state: 'idle' | 'busy' | 'stopped' | 'down';
  /** `unknown` without a feeder, or without a sensor in it. */
  feeder: 'loaded' | 'empty' | 'unknown' | FeederFault;
};

/** A page as it came, not yet looked at. */
export type RawPage = {
  bytes: Uint8Array;
  dpi: number;
  /** The feeder's sensor saw two sheets. */
  doubleFeed: boolean;
};

export type ScanEnd =
  | { kind: 'done' }
  /** `empty`: the feeder had nothing at the beginning. */
  | { kind: 'stopped'; reason: ScanStop }
  | { kind: 'failed'; failure: DriverFailure };

export type ScanDriver = {
  /** How long the service waits between two looks at an idle scanner, milliseconds: what a look costs differs. */
  readonly lookEvery: number;
  look(signal: AbortSignal): Promise<Result<ScannerFacts, DriverFailure>>;
  capabilities(signal: AbortSignal): Promise<Result<ScannerCapabilities, DriverFailure>>;
  /**
   * The next page is fetched when it is asked for. However the iteration ends, by its end, `return()` or the signal, the scanner has been told to stop before it is over.
   * @param wish one that `capabilities` holds, its resolution exactly
   */
  scan(wish: DriverWish, signal: AbortSignal): AsyncGenerator<RawPage, ScanEnd, void>;
  /** Ends what an earlier scan may have left in the scanner. @returns false while something may still be there */
  discard(): Promise<boolean>;
  /** Lets go of connections and processes. Running calls end as `cancelled` or `lost`. */
  close(): Promise<void>;
};

/** A wish at a resolution that the scanner has. */
export type DriverWish = Omit<ScanWish, 'resolution'> & { resolution: number };

/** The failure's kind and what there is to say besides, for a technician's log. */
export function detailOf(failure: DriverFailure): string {
  return 'detail' in failure ? failure.detail : '';
}
