import type { DeviceStatus } from '../../domain/contracts/devices.ts';
import type { PageReading, ScannerCapabilities, ScanStop, ScanWish } from '../../domain/contracts/document-scanner.ts';

/**
 * The public service. Its states are `DeviceStatus`.
 *
 * | kind | reason or warning | what to tell, who can help |
 * |---|---|---|
 * | online | `feeder-loaded` | paper lies in the feeder and nobody scans: whose is it? |
 * | blocked | `jam`, `misfeed`, `cover-open`, `tray`, `double-feed`, `page-size` | the caretaker: the paper path |
 * | blocked | `busy` | another program or person has the scanner |
 * | blocked | `stopped` | the scanner asks for somebody and does not say why: its panel does |
 * | offline | `starting` | nobody: it is being asked for the first time |
 * | offline | `unplugged` | the caretaker: cable, power, network |
 * | offline | `not-permitted` | a technician: rights, password |
 * | offline | `no-program` | a technician: `scanimage` is not installed |
 * | out-of-service | `down`, `garbled`, `refused` | a technician |
 */
export type DocumentScanner = {
  status(): DeviceStatus;
  /** Tells the present status at once, then every change; the answer stops it. */
  watch(tell: (status: DeviceStatus) => void): () => void;
  /** Asks the scanner once what it does now has ended; resolves when the status says what it answered. */
  look(): Promise<void>;
  /** What the scanner has; null until it answered for the first time. */
  capabilities(): ScannerCapabilities | null;
  /**
   * Scans all that lies in the source: one page from the glass, sheet after sheet from the feeder. It begins with the call. Aborting the signal, or leaving
   * the stream, stops the scanner and throws away whatever it still has of this scan; the next scan waits for that. A newer call does the same to an older one.
   */
  scan(wish: ScanWish, signal: AbortSignal): AsyncIterable<PageReading>;
  /** Stops a scan, waits for its end, lets go of the scanner. Idempotent. */
  close(): Promise<void>;
};

/** What a technician's log may hold of the scanner: never a page, nor what is on one. */
export type DocumentScannerLogEntry =
  | { kind: 'status'; status: DeviceStatus }
  | { kind: 'scan-ended'; end: ScanEndWord; pages: number }
  /** `detail`: the failure's own keyword and number, as `http 500`. */
  | { kind: 'failure'; failure: string; detail: string }
  /** A scan that may still be in the scanner; it is ended before the next one begins. */
  | { kind: 'left-behind' };

/** `left`: whoever wanted the pages went away. */
export type ScanEndWord = 'done' | 'left' | 'unavailable' | ScanStop;
