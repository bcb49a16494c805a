/** What the document printer shows to others. Someone reading only this file knows every state and outcome. */
import type { DeviceStatus, PrintOutcome, PrintProgress } from '../../domain/contracts/devices.ts';
import type { PaperDocument } from '../../domain/documents/types.ts';
import type { PrintId } from '../../domain/ids.ts';
import type { Clock } from '../../domain/time.ts';
import type { RenderSettings } from '../papers/render.ts';
import type { EndOfJob } from './spooler/words.ts';

/**
 * `reason` of a `blocked` status and of `not-printed` or `unknown`:
 *
 * | keyword | what to tell | who helps |
 * |---|---|---|
 * | paper-out | 缺纸 | caretaker |
 * | jam, cover-open, tray-missing, tray-full | 打印机需要处理 | caretaker |
 * | toner-empty, waste-full, spool-full, fault | 打印机需要处理 | technician |
 * | not-available | 打印机暂停或正在启动 | wait, then caretaker |
 * | offline | 打印机没有应答 | caretaker |
 * | busy | another job has the printer | try again later |
 * | missing-glyph | a character has no font | window |
 * | no-such-tray | the printer has no tray of the name that this paper must come from | caretaker |
 * | cancelled, cancelled-at-printer | stopped on purpose | nobody |
 * | refused, aborted | the printer would not print this | technician |
 * | incomplete | fewer pages came out than were sent | caretaker |
 * | too-slow | no end within the time allowed | caretaker |
 * | connection-lost, job-forgotten, cannot-confirm | nobody can say what came out | person at the machine closes it |
 */
export type Reason =
  | BlockingReason
  | 'offline'
  | 'busy'
  | 'missing-glyph'
  | 'no-such-tray'
  | 'cancelled'
  | 'cancelled-at-printer'
  | 'refused'
  | 'aborted'
  | 'incomplete'
  | 'too-slow'
  | 'connection-lost'
  | 'job-forgotten'
  | 'cannot-confirm';

export type BlockingReason =
  | 'paper-out'
  | 'jam'
  | 'cover-open'
  | 'tray-missing'
  | 'tray-full'
  | 'toner-empty'
  | 'waste-full'
  | 'spool-full'
  | 'not-available'
  | 'fault';

/** `warnings` of an `online` status. */
export type Warning = 'paper-low' | 'paper-size' | 'tray-almost-full' | 'toner-low' | 'waste-almost-full' | 'fault';

export type Outcome = PrintOutcome;

export type DocumentPrinter = {
  /** Asks the printer now. */
  status(): Promise<DeviceStatus>;
  /** The last known status at once (when there is one), then every change. Answers how to stop. */
  watch(tell: (status: DeviceStatus) => void): () => void;
  /**
   * Prints once. The job begins with the call, not with the first `next`. `sent` is told before the first byte leaves, so whoever
   * keeps the ledger never believes less than what may have happened. `looking` comes whenever the printer has not answered for `Timing.quiet`, and
   * ends with `sent` when it answers again. The last progress is an `Outcome`.
   * The same id again, while it runs or after, tells that job's progress and prints nothing.
   * Aborting `signal` of the first call cancels the job; of a repeated call it only ends that call's stream.
   */
  print(job: PrintJob, signal?: AbortSignal): AsyncIterable<PrintProgress>;
  /** Cancels these jobs wherever they are; answers those that will not come out any more. */
  cancel(prints: readonly PrintId[]): Promise<PrintId[]>;
  /** Cancels what still runs, waits for its end, lets go of everything. May be called twice. */
  close(): Promise<void>;
};

/** @param tray the printer's own word for the tray that it must come from; null: any */
export type PrintJob = { print: PrintId; document: PaperDocument; tray: string | null };

/** Where a printer is. It need not be there. */
export type PrinterPlace = IppPlace | { spooler: SpoolerPlace };

export type IppPlace = {
  /** `ipp://host[:port]/path` or `ipps://…`. */
  uri: string;
  /** PEM that vouches for an `ipps` printer. */
  certificate?: string;
};

/** A printer of the Windows spooler. */
export type SpoolerPlace = {
  /** Its name in Windows. */
  printer: string;
  /** It takes PDF as it is. Windows cannot tell; of a printer that does not, nobody is given pages of signs. */
  takesPdf: boolean;
  /** What its port says of the end of a job. `sent`: that it has left; then every print ends as unknown. `printed`: that it was printed, as tried on this very printer. */
  endOfJob: EndOfJob;
  /** Where the functions are; Windows' own unless given. */
  files?: { winspool: string; kernel: string };
};

export type DocumentPrinterSettings = PrinterPlace & {
  clock: Clock;
  /** Receives events with keywords only: no names, numbers or document texts. */
  log?: (event: DocumentPrinterEvent) => void;
  /** Keywords of `printer-state-reasons` that this model shows without meaning, as `media-empty-report` for an unused bypass tray. */
  ignore?: readonly string[];
  render?: RenderSettings;
  timing?: Partial<Timing>;
};

export type DocumentPrinterEvent =
  | { event: 'document-printer-status'; status: DeviceStatus; reasons: readonly string[] }
  | { event: 'document-print-outcome'; print: PrintId; kind: Outcome['kind']; reason: string }
  | { event: 'document-print-left-behind'; print: PrintId };

/** All in milliseconds. */
export type Timing = {
  /** Between two looks at the printer while somebody watches. */
  watch: number;
  /** Between two looks at a running job. */
  follow: number;
  /** How long a block must last inside a job before the job is cancelled: printers stop for a moment to warm up or to feed again. */
  blockGrace: number;
  /** How long a cancelled job may take to say that it has ended. */
  cancel: number;
  /** How long a printer that was asked something in a job may say nothing before the citizen is told: the screen must not say "printing" for longer than 5 s. */
  quiet: number;
  /** How long to look for the printer again after the connection broke in a job. */
  lost: number;
  /** How long a job whose sending broke is looked for before it counts as never accepted: printers list it a moment late. */
  settle: number;
  /** How long a busy printer is asked again. */
  busy: number;
  /** How long a whole job may take. */
  job: number;
  /** One exchange with the printer. */
  exchange: number;
};

/**
 * A citizen stands before the machine: nothing lasts longer than three minutes. The grace is two looks long. Cancelling waits for
 * the sheet in the paper path (10 s on slow printers) with a margin of two.
 */
export const TIMING: Timing = { watch: 2_000, follow: 500, blockGrace: 2_000, cancel: 20_000, quiet: 3_000, lost: 60_000, settle: 5_000, busy: 20_000, job: 180_000, exchange: 15_000 };
