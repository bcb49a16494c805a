import type { Clock } from '../../domain/time.ts';
import type { Bitmap, QrCorrection } from './bitmap.ts';
import { qrBitmap } from './bitmap.ts';
import type { AutoStatusItems, Command, Mode } from './codec.ts';
import { decodeOne } from './codec.ts';
import type { DrawLine } from './draw-line.ts';
import type { Strip } from './emulator-paper.ts';
import { freshStrip } from './emulator-paper.ts';
import type { Align, Run, Size } from './layout.ts';
import { NORMAL } from './layout.ts';
import type { PrinterModel } from './model.ts';
import { CHARACTER_DOTS, COLUMN_DOTS } from './model.ts';
import { columnsOf } from './text.ts';

/** A cut, in milliseconds: within what makers promise (0.3 to 0.5 s). */
const CUT_MILLIS = 400;

/** The buffered half of the printer: receive buffer, print buffer, head, feed and blade. */
export type Mechanism = {
  /** Into the receive buffer; what does not fit is lost, as on a line without handshake. */
  take(bytes: readonly number[]): void;
  /** Works on if it may; to be called whenever a hindrance went away. */
  go(): void;
  /** Forgets everything received and not printed. What is on paper stays. */
  clear(): void;
  /** As after power-on: also the print modes are lost. */
  reset(): void;
  /** Takes away the paper that hangs in the printer. */
  tear(): Strip;
  /** After this many more lines or pictures the paper ends; null for never. */
  endAfter(lines: number | null): void;
  readonly strip: Strip;
  /** Pieces that say something. */
  readonly cut: readonly Strip[];
  /** Pieces that say nothing. */
  readonly blanks: number;
  readonly waiting: number;
  readonly lost: number;
  readonly lines: number;
};

type Modes = Mode & { align: Align; size: Size; bold: boolean; reverse: boolean };
const FRESH: Modes = { chinese: false, align: 'left', size: NORMAL, bold: false, reverse: false };

export function mechanism(options: {
  model: PrinterModel;
  clock: Clock;
  drawLine: DrawLine;
  /** Paper speed in millimetres a second. */
  speed: number;
  bufferBytes: number;
  mayWork: () => boolean;
  onReport: () => void;
  onAutoStatus: (items: AutoStatusItems) => void;
  onPaperEnd: () => void;
  onCut: (strip: Strip) => void;
}): Mechanism {
  const { model, clock, drawLine, bufferBytes, mayWork, onReport, onAutoStatus, onPaperEnd, onCut } = options;
  const dotsPerMillisecond = (options.speed / 25.4) * (model.dotsPerInch / 1000);
  let received: Buffer = Buffer.alloc(0);
  let modes = FRESH;
  let line: Run[] = [];
  let qr: { module: number; correction: QrCorrection; data: string } = { module: 3, correction: 'L', data: '' };
  let strip = freshStrip();
  let current: Command | null = null;
  let stopTimer: (() => void) | null = null;
  let linesLeft: number | null = null;
  let lost = 0;
  let lines = 0;
  let blanks = 0;
  const cut: Strip[] = [];

  function go(): void {
    while (stopTimer === null && mayWork()) {
      current ??= nextCommand();
      if (current === null) return;
      const duration = milliseconds(current);
      if (duration > 0) stopTimer = clock.after(duration, finish);
      else apply();
    }
  }

  /** A line that was hindered while it was printed is printed again when the hindrance is gone, as real printers do. */
  function finish(): void {
    stopTimer = null;
    if (mayWork()) apply();
    go();
  }

  function nextCommand(): Command | null {
    if (received.length === 0) return null;
    const next = decodeOne(received, 0, modes);
    if (next.ok) {
      received = received.subarray(next.value.length);
      return next.value.command;
    }
    if (next.error.kind === 'cut-off') return null;
    throw new Error(`the printer was sent bytes that it does not know: ${next.error.bytes}`);
  }

  function milliseconds(command: Command): number {
    switch (command.type) {
      case 'line-feed':
        return lineAdvance() / dotsPerMillisecond;
      case 'feed':
        return (command.value * model.lineDots) / dotsPerMillisecond;
      case 'raster':
        return command.value.height / dotsPerMillisecond;
      case 'qr-print':
        return qrBitmap(qr.data, qr.module, qr.correction).height / dotsPerMillisecond;
      case 'cut':
      case 'feed-and-cut':
        return CUT_MILLIS;
      default:
        return 0;
    }
  }

  function apply(): void {
    const command = current;
    current = null;
    if (command === null) return;
    switch (command.type) {
      case 'initialise':
        modes = FRESH;
        line = [];
        break;
      case 'align':
      case 'size':
      case 'bold':
      case 'reverse':
      case 'chinese':
        modes = { ...modes, [command.type]: command.value };
        break;
      case 'text':
        addText(command.value);
        break;
      case 'line-feed':
        printLine();
        break;
      case 'feed':
        if (line.length > 0) printLine();
        strip.height += command.value * model.lineDots;
        break;
      case 'raster':
        printBitmap(command.value);
        strip.marks.push({ kind: 'picture', rows: command.value.height });
        break;
      case 'qr-module':
        qr = { ...qr, module: command.value };
        break;
      case 'qr-correction':
        qr = { ...qr, correction: command.value };
        break;
      case 'qr-store':
        qr = { ...qr, data: command.value };
        break;
      case 'qr-print':
        printBitmap(qrBitmap(qr.data, qr.module, qr.correction));
        strip.marks.push({ kind: 'qr', data: qr.data });
        break;
      case 'cut':
      case 'feed-and-cut':
        // A blank piece, cut off to be rid of what may have hung there, is nobody's paper.
        if (strip.prints.length === 0) blanks += 1;
        else {
          cut.push(strip);
          onCut(strip);
        }
        strip = freshStrip();
        break;
      case 'report-paper':
        onReport();
        break;
      case 'auto-status':
        onAutoStatus(command.value);
        break;
      case 'qr-model':
      case 'report-now':
      case 'clear-buffer':
        // The model is always 2 here; real-time commands were taken out before the buffer.
        break;
    }
  }

  function addText(text: string): void {
    const last = line.at(-1);
    if (last !== undefined && last.bold === modes.bold) line[line.length - 1] = { ...last, text: last.text + text };
    else line.push({ text, bold: modes.bold });
    const dots = columnsOf(line.map((run) => run.text).join('')) * COLUMN_DOTS * modes.size.width;
    if (dots > model.dots) throw new Error('a line is wider than the paper: a real printer would break it anywhere');
  }

  function lineAdvance(): number {
    return line.length === 0 ? model.lineDots : Math.max(model.lineDots, CHARACTER_DOTS * modes.size.height);
  }

  function printLine(): void {
    const advance = lineAdvance();
    if (line.length > 0) {
      const { align, size, reverse } = modes;
      const drawn = drawLine({ align, size, reverse, runs: line }, model.dots);
      if (!drawn.ok) throw new Error('the emulator has no font for a character of the line');
      strip.prints.push({ bitmap: drawn.value, x: 0, y: strip.height });
      strip.marks.push({ kind: 'text', text: line.map((run) => run.text).join('') });
      line = [];
    }
    strip.height += advance;
    countLine();
  }

  function printBitmap(bitmap: Bitmap): void {
    const room = model.dots - bitmap.width;
    const x = modes.align === 'left' ? 0 : modes.align === 'right' ? room : Math.floor(room / 2);
    strip.prints.push({ bitmap, x, y: strip.height });
    strip.height += bitmap.height;
    countLine();
  }

  function countLine(): void {
    lines += 1;
    if (linesLeft === null) return;
    linesLeft -= 1;
    if (linesLeft > 0) return;
    linesLeft = null;
    onPaperEnd();
  }

  function clear(): void {
    received = Buffer.alloc(0);
    line = [];
    current = null;
    stopTimer?.();
    stopTimer = null;
  }

  return {
    take(bytes) {
      const room = Math.max(bufferBytes - received.length, 0);
      lost += Math.max(bytes.length - room, 0);
      received = Buffer.concat([received, Buffer.from(bytes.slice(0, room))]);
      go();
    },
    go,
    clear,
    reset() {
      clear();
      modes = FRESH;
    },
    tear() {
      const torn = strip;
      strip = freshStrip();
      return torn;
    },
    endAfter(count) {
      linesLeft = count;
    },
    get strip() {
      return strip;
    },
    get cut() {
      return cut;
    },
    get blanks() {
      return blanks;
    },
    get waiting() {
      return received.length + (current === null ? 0 : 1);
    },
    get lost() {
      return lost;
    },
    get lines() {
      return lines;
    },
  };
}
