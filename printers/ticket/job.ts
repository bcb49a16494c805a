import type { PrintProgress } from '../../domain/contracts/devices.ts';
import type { Clock } from '../../domain/time.ts';
import type { Command } from './codec.ts';
import { encode } from './codec.ts';
import type { TicketDriver } from './driver.ts';
import type { PrinterModel } from './model.ts';
import type { PaperBits } from './replies.ts';
import { deviceStatus } from './replies.ts';

/** How often the state is asked for while a print is under way: a fault is seen, and the buffer cleared, before anyone can act on it. */
const LOOK_INTERVAL = 500;
/**
 * How long a printer may work on one piece before its report. A ticket of 16 cm takes 1.5 s at 100 mm/s and 8 KB take 8.5 s at
 * 9600 bit/s; hot heads pause. It answers status all the while, so a dead one is noticed in seconds and not at this limit.
 */
const PIECE_LIMIT = 30_000;
/** Questions left unanswered one after another, a second each, before a printer counts as dead: one may go by while a cutter moves. */
const MOST_SILENT = 3;
/** So many, 3 s with the waiting between them, are told to the citizen: a screen must not say "printing" for longer than 5 s of silence. */
const TOLD_SILENT = 2;

/** The end of a job that began: never `not-printed`, since something may have reached paper. */
type End = Extract<PrintProgress, { kind: 'printed' | 'unknown' }>;

/** What is told on the way. */
type Tell = (progress: Extract<PrintProgress, { kind: 'sent' | 'looking' }>) => void;

/**
 * Sends a ticket and finds out what became of it. The printer was found online just before. `sent` is told when the first bytes
 * have left, `looking` when questions go unanswered, `sent` again when the next is answered. `printed` takes three things: every byte was taken, the GS r 1 behind the job was answered, and the state is clean.
 */
export async function runJob(options: { commands: readonly Command[]; driver: TicketDriver; model: PrinterModel; clock: Clock; signal: AbortSignal; tell: Tell }): Promise<End> {
  const { commands, driver, model, clock, signal, tell } = options;
  driver.forgetReports();
  for (const [index, piece] of piecesOf(commands, model).entries()) {
    const taken = await driver.send({ bytes: encode(model.queuedStatus ? [...piece, { type: 'report-paper' }] : piece) });
    if (!taken.ok) return unknown(taken.error.kind);
    if (index === 0) tell({ kind: 'sent' });
    const end = await worked({ driver, model, clock, signal, tell });
    if (end !== null) return end;
  }
  return { kind: 'printed' };
}

/**
 * A printer whose buffer can be cleared gets the ticket at once. One whose buffer cannot gets the next line only after it has
 * printed the last: if its paper ends, one line at most comes out when somebody refills it.
 */
export function piecesOf(commands: readonly Command[], model: PrinterModel): Command[][] {
  if (model.clearBuffer || !model.queuedStatus) return [[...commands]];
  const pieces: Command[][] = [[]];
  for (const command of commands) {
    pieces.at(-1)?.push(command);
    if (MOVES_PAPER.has(command.type)) pieces.push([]);
  }
  return pieces.filter((piece) => piece.length > 0);
}

const MOVES_PAPER: ReadonlySet<Command['type']> = new Set(['line-feed', 'feed', 'raster', 'qr-print', 'cut', 'feed-and-cut']);

/** Waits until the printer reports that it worked through what it has; null is success. */
async function worked({ driver, model, clock, signal, tell }: { driver: TicketDriver; model: PrinterModel; clock: Clock; signal: AbortSignal; tell: Tell }): Promise<End | null> {
  if (!model.queuedStatus) return unknown('cannot-confirm');
  const start = clock.monotonic();
  let reported: PaperBits | null = null;
  let silent = 0;
  while (clock.monotonic() - start < PIECE_LIMIT) {
    if (reported === null) {
      const report = await driver.paperReport({ within: LOOK_INTERVAL, signal });
      if (!report.ok && report.error.kind !== 'no-answer') return unknown(report.error.kind);
      if (report.ok) reported = report.value;
    }
    const bits = await driver.status({ signal });
    if (!bits.ok) {
      silent += 1;
      if (silent === TOLD_SILENT) tell({ kind: 'looking', reason: 'connection-lost' });
      if (bits.error.kind !== 'no-answer' || silent === MOST_SILENT) return unknown(bits.error.kind);
      continue;
    }
    if (silent >= TOLD_SILENT) tell({ kind: 'sent' });
    silent = 0;
    const status = deviceStatus(bits.value);
    if (status.kind !== 'online') return unknown(status.reason);
    if (reported !== null) return reported.end ? unknown('paper-out') : null;
  }
  return unknown('no-confirmation');
}

/** A wait is cut short only when the printer service closes. */
function unknown(reason: string): End {
  return { kind: 'unknown', reason: reason === 'cancelled' ? 'closed' : reason };
}
