import iconv from 'iconv-lite';
import type { Result } from '../../domain/result.ts';
import { err, never, ok } from '../../domain/result.ts';
import type { Bitmap, QrCorrection } from './bitmap.ts';
import { soundsRealTime } from './bitmap.ts';

/**
 * ESC/POS commands ⇄ bytes, as far as a ticket needs them. Sources: Epson "ESC/POS Command Reference" (each command by its name
 * there) and the firmware manuals of compatible printers, which agree on this part.
 * Not implemented: code pages, page mode, bar codes, drawer, downloaded characters. Text is ASCII and two-byte Chinese only.
 */
export type Command =
  /** ESC @: print modes back to default, print buffer cleared. What waits in the receive buffer stays. */
  | { type: 'initialise' }
  /** ESC a */
  | { type: 'align'; value: 'left' | 'centre' | 'right' }
  /** GS !: times the normal size, 1–8 each way; Latin and Chinese alike. */
  | { type: 'size'; value: { width: number; height: number } }
  /** ESC E: emphasised. */
  | { type: 'bold'; value: boolean }
  /** GS B: white on black. */
  | { type: 'reverse'; value: boolean }
  /** FS & and FS .: whether two bytes from 81 on are one Chinese character. */
  | { type: 'chinese'; value: boolean }
  /** Printable ASCII and characters of two bytes in GB 18030; the latter only in Chinese mode. */
  | { type: 'text'; value: string }
  /** LF: prints the line. */
  | { type: 'line-feed' }
  /** ESC d: prints the line and feeds 0–255 lines. */
  | { type: 'feed'; value: number }
  /** GS V 0/1: cuts here. */
  | { type: 'cut'; value: 'full' | 'partial' }
  /** GS V 65/66 0: feeds the print to the blade, then cuts. */
  | { type: 'feed-and-cut'; value: 'full' | 'partial' }
  /** GS ( k, function 165. */
  | { type: 'qr-model'; value: 1 | 2 }
  /** GS ( k, function 167: dots of a module, 1–16. */
  | { type: 'qr-module'; value: number }
  /** GS ( k, function 169. */
  | { type: 'qr-correction'; value: QrCorrection }
  /** GS ( k, function 180: printable ASCII. */
  | { type: 'qr-store'; value: string }
  /** GS ( k, function 181. */
  | { type: 'qr-print' }
  /** GS v 0 in normal mode: at most 255 rows at once, so that no printer's memory is too small. */
  | { type: 'raster'; value: Bitmap }
  /** GS r 1: the paper sensors, answered when this command's turn comes. */
  | { type: 'report-paper' }
  /** GS a n: whether the printer sends its state by itself at every change of these; all false stops it. Obeyed when its turn comes. */
  | { type: 'auto-status'; value: AutoStatusItems }
  /** DLE EOT n: real-time status 1 printer, 2 off-line cause, 3 error cause, 4 paper. */
  | { type: 'report-now'; value: 1 | 2 | 3 | 4 }
  /** DLE DC4 fn 8: drops everything received and not printed; answered with 37 25 00. */
  | { type: 'clear-buffer' };

export type AutoStatusItems = { drawer: boolean; online: boolean; error: boolean; paper: boolean };

export type DecodeFailure =
  /** Bytes that no command of this codec starts with, or text outside of its mode. */
  | { kind: 'unknown-command'; at: number; bytes: string }
  /** The bytes end inside a command. */
  | { kind: 'cut-off'; at: number };

const DLE = 0x10;
const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;

/** DLE DC4 8 1 3 20 1 6 2 8. */
const CLEAR_BUFFER = [DLE, 0x14, 8, 1, 3, 20, 1, 6, 2, 8];
const ALIGNMENTS = ['left', 'centre', 'right'] as const;
const CORRECTIONS = ['L', 'M', 'Q', 'H'] as const;
/** GS V takes the digits as well as the numbers. */
const CUTS: ReadonlyMap<number, 'full' | 'partial'> = new Map([[0, 'full'], [1, 'partial'], [0x30, 'full'], [0x31, 'partial']]);
export const MAX_RASTER_ROWS = 255;

/** @throws RangeError when a value is outside of what its command can say: that is a bug of whoever composed it. */
export function encode(commands: readonly Command[]): Uint8Array {
  return Uint8Array.from(commands.flatMap((command) => bytesOf(command)));
}

function bytesOf(command: Command): number[] {
  switch (command.type) {
    case 'initialise':
      return [ESC, 0x40];
    case 'align':
      return [ESC, 0x61, ALIGNMENTS.indexOf(command.value)];
    case 'size':
      return [GS, 0x21, ((within(command.value.width, 1, 8) - 1) << 4) | (within(command.value.height, 1, 8) - 1)];
    case 'bold':
      return [ESC, 0x45, Number(command.value)];
    case 'reverse':
      return [GS, 0x42, Number(command.value)];
    case 'chinese':
      return [FS, command.value ? 0x26 : 0x2e];
    case 'text':
      return [...command.value].flatMap(characterBytes);
    case 'line-feed':
      return [0x0a];
    case 'feed':
      return [ESC, 0x64, within(command.value, 0, 255)];
    case 'cut':
      return [GS, 0x56, command.value === 'full' ? 0 : 1];
    case 'feed-and-cut':
      return [GS, 0x56, command.value === 'full' ? 0x41 : 0x42, 0];
    case 'qr-model':
      return qr(0x41, 0x31 + command.value - 1, 0);
    case 'qr-module':
      return qr(0x43, within(command.value, 1, 16));
    case 'qr-correction':
      return qr(0x45, 0x30 + CORRECTIONS.indexOf(command.value));
    case 'qr-store':
      if (!/^[ -~]{1,600}$/.test(command.value)) throw new RangeError('QR data is 1 to 600 printable ASCII characters');
      return qr(0x50, 0x30, ...Buffer.from(command.value, 'latin1'));
    case 'qr-print':
      return qr(0x51, 0x30);
    case 'raster':
      return rasterBytes(command.value);
    case 'report-paper':
      return [GS, 0x72, 1];
    case 'auto-status': {
      const { drawer, online, error, paper } = command.value;
      return [GS, 0x61, (drawer ? 1 : 0) | (online ? 2 : 0) | (error ? 4 : 0) | (paper ? 8 : 0)];
    }
    case 'report-now':
      return [DLE, 0x04, command.value];
    case 'clear-buffer':
      return CLEAR_BUFFER;
    default:
      return never(command);
  }
}

/** GS ( k pL pH cn fn …, cn 31 for QR codes. */
function qr(fn: number, ...parameters: number[]): number[] {
  const length = parameters.length + 2;
  return [GS, 0x28, 0x6b, length & 0xff, length >> 8, 0x31, fn, ...parameters];
}

function rasterBytes({ width, height, bits }: Bitmap): number[] {
  const row = width / 8;
  if (!Number.isInteger(row) || bits.length !== row * height) throw new RangeError('bitmap with a ragged edge');
  if (soundsRealTime(bits)) throw new RangeError('bitmap that a printer would take for a real-time command');
  return [GS, 0x76, 0x30, 0, within(row, 1, 255), 0, within(height, 1, MAX_RASTER_ROWS), 0, ...bits];
}

function characterBytes(character: string): number[] {
  const bytes = [...iconv.encode(character, 'gb18030')];
  const printable = bytes.length === 1 ? character >= ' ' && character <= '~' : bytes.length === 2;
  if (!printable) throw new RangeError('text with a character that no printer font has');
  return bytes;
}

function within(value: number, least: number, most: number): number {
  if (!Number.isInteger(value) || value < least || value > most) throw new RangeError(`${value} is not from ${least} to ${most}`);
  return value;
}

/** Where a decoder stands: what is Chinese text is known only from what came before. */
export type Mode = { chinese: boolean };

/** The inverse of `encode`: neighbouring pieces of text come back as one. */
export function decode(bytes: Uint8Array, mode: Mode = { chinese: false }): Result<Command[], DecodeFailure> {
  const commands: Command[] = [];
  for (let at = 0; at < bytes.length; ) {
    const next = decodeOne(bytes, at, mode);
    if (!next.ok) return next;
    const { command, length } = next.value;
    const last = commands.at(-1);
    if (command.type === 'text' && last?.type === 'text') commands[commands.length - 1] = { type: 'text', value: last.value + command.value };
    else commands.push(command);
    if (command.type === 'chinese') mode = { chinese: command.value };
    if (command.type === 'initialise') mode = { chinese: false };
    at += length;
  }
  return ok(commands);
}

/** The command that starts at `at` and how many bytes it takes; text comes one character at a time. */
export function decodeOne(bytes: Uint8Array, at: number, mode: Mode): Result<{ command: Command; length: number }, DecodeFailure> {
  const byte = (index: number): number => bytes[at + index] ?? -1;
  const unknown = err({ kind: 'unknown-command' as const, at, bytes: Buffer.from(bytes.subarray(at, at + 8)).toString('hex') });
  /** A command of `length` bytes; null when its parameters are none that `encode` writes. */
  const take = (length: number, command: (() => Command | null) | Command): Result<{ command: Command; length: number }, DecodeFailure> => {
    if (at + length > bytes.length) return err({ kind: 'cut-off', at });
    const made = typeof command === 'function' ? command() : command;
    return made === null ? unknown : ok({ command: made, length });
  };
  const first = byte(0);
  if (first === 0x0a) return take(1, { type: 'line-feed' });
  if (first >= 0x20 && first <= 0x7e) return take(1, { type: 'text', value: String.fromCharCode(first) });
  if (first >= 0x81 && first <= 0xfe) return mode.chinese ? take(2, () => chineseCharacter(first, byte(1))) : unknown;
  if (at + 2 > bytes.length) return [DLE, ESC, FS, GS].includes(first) ? err({ kind: 'cut-off', at }) : unknown;
  switch ((first << 8) | byte(1)) {
    case 0x1b40:
      return take(2, { type: 'initialise' });
    case 0x1b61:
      return take(3, () => named(ALIGNMENTS[byte(2)], (value) => ({ type: 'align', value })));
    case 0x1d21:
      return take(3, () => ((byte(2) & 0x88) === 0 ? { type: 'size', value: { width: (byte(2) >> 4) + 1, height: (byte(2) & 7) + 1 } } : null));
    case 0x1b45:
      return take(3, () => ({ type: 'bold', value: (byte(2) & 1) === 1 }));
    case 0x1d42:
      return take(3, () => ({ type: 'reverse', value: (byte(2) & 1) === 1 }));
    case 0x1c26:
      return take(2, { type: 'chinese', value: true });
    case 0x1c2e:
      return take(2, { type: 'chinese', value: false });
    case 0x1b64:
      return take(3, () => ({ type: 'feed', value: byte(2) }));
    case 0x1d56:
      if (byte(2) === 0x41 || byte(2) === 0x42) return take(4, () => (byte(3) === 0 ? { type: 'feed-and-cut', value: byte(2) === 0x41 ? 'full' : 'partial' } : null));
      return take(3, () => named(CUTS.get(byte(2)), (value) => ({ type: 'cut', value })));
    case 0x1d28:
      if (at + 5 > bytes.length) return err({ kind: 'cut-off', at });
      return byte(2) === 0x6b ? take(5 + byte(3) + byte(4) * 256, () => qrCommand(bytes.subarray(at + 5, at + 5 + byte(3) + byte(4) * 256))) : unknown;
    case 0x1d76: {
      if (at + 8 > bytes.length) return err({ kind: 'cut-off', at });
      const row = byte(4) + byte(5) * 256;
      const height = byte(6) + byte(7) * 256;
      if (byte(2) !== 0x30 || byte(3) !== 0) return unknown;
      return take(8 + row * height, () => ({ type: 'raster', value: { width: row * 8, height, bits: bytes.slice(at + 8, at + 8 + row * height) } }));
    }
    case 0x1d72:
      return take(3, () => (byte(2) === 1 ? { type: 'report-paper' } : null));
    case 0x1d61:
      return take(3, () => ({ type: 'auto-status', value: { drawer: (byte(2) & 1) !== 0, online: (byte(2) & 2) !== 0, error: (byte(2) & 4) !== 0, paper: (byte(2) & 8) !== 0 } }));
    case 0x1004:
      return take(3, () => named(([1, 2, 3, 4] as const).find((n) => n === byte(2)), (value) => ({ type: 'report-now', value })));
    case 0x1014:
      return take(CLEAR_BUFFER.length, () => (CLEAR_BUFFER.every((expected, index) => byte(index) === expected) ? { type: 'clear-buffer' } : null));
    default:
      return unknown;
  }
}

function named<Value>(value: Value | undefined, make: (value: Value) => Command | null): Command | null {
  return value === undefined ? null : make(value);
}

function chineseCharacter(lead: number, trail: number): Command | null {
  if (trail < 0x40 || trail === 0x7f || trail > 0xfe) return null;
  return { type: 'text', value: iconv.decode(Buffer.from([lead, trail]), 'gb18030') };
}

function qrCommand(body: Uint8Array): Command | null {
  const [cn, fn, n = -1] = body;
  if (cn !== 0x31) return null;
  switch (fn) {
    case 0x41:
      return n === 0x31 || n === 0x32 ? { type: 'qr-model', value: n === 0x31 ? 1 : 2 } : null;
    case 0x43:
      return { type: 'qr-module', value: n };
    case 0x45:
      return named(CORRECTIONS[n - 0x30], (value) => ({ type: 'qr-correction', value }));
    case 0x50:
      return { type: 'qr-store', value: Buffer.from(body.subarray(3)).toString('latin1') };
    case 0x51:
      return { type: 'qr-print' };
    default:
      return null;
  }
}
