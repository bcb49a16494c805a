import type { DeviceStatus } from '../../domain/contracts/devices.ts';
import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';

/**
 * What the printer sends back. Epson "ESC/POS Command Reference": DLE EOT, GS r, GS a, DLE DC4 fn 8, and the TM-T88III specification,
 * appendix G, for telling them apart by their fixed bits: `0xx1xx10` DLE EOT, `0xx0xxxx` GS r, `0xx1xx00` the first of the four bytes of an automatic
 * status, whose others look like GS r and follow it without a gap, 37 25 00 buffer cleared, 11 and 13 XON and XOFF, which may stand anywhere.
 */
export type Reply =
  | { kind: 'now'; byte: number }
  | { kind: 'queued'; byte: number }
  | { kind: 'auto'; bytes: AutoStatusBytes }
  | { kind: 'cleared' }
  | { kind: 'unknown'; byte: number };

/** DLE EOT 1. Every bit has a name; 0, 1, 4 and 7 are fixed and carry nothing. */
export type PrinterBits = { drawerPinHigh: boolean; offline: boolean; waitingForRecovery: boolean; feedButtonPressed: boolean };
/** DLE EOT 2. */
export type OfflineBits = { coverOpen: boolean; feedingByButton: boolean; stoppedByPaperEnd: boolean; error: boolean };
/** DLE EOT 3. `mechanical` is bit 2, which some firmware calls recoverable and some leaves unused. */
export type ErrorBits = { mechanical: boolean; autocutter: boolean; unrecoverable: boolean; recoversByItself: boolean };
/** DLE EOT 4. A sensor says each thing with two bits; firmware that sets only one is believed. */
export type PaperBits = { nearEnd: boolean; end: boolean };

/** The whole real-time state, kept beside the public status for logs and technicians. */
export type RawStatus = { printer: PrinterBits; offline: OfflineBits; error: ErrorBits; paper: PaperBits };

/** As they come: printer, error, paper, and one that carries nothing here. */
export type AutoStatusBytes = readonly [number, number, number, number];

/** GS a, by its bytes. The first has bit 4 set and bits 0, 1, 7 clear; the others have bits 4 and 7 clear. */
export type AutoStatus = {
  /** First byte, bits 2, 3, 5, 6. */
  printer: { drawerPinHigh: boolean; offline: boolean; coverOpen: boolean; feedingByButton: boolean };
  /** Second byte, bits 0, 1, 2, 3, 5, 6. */
  error: ErrorBits & { waitingForRecovery: boolean; feedButtonPressed: boolean };
  /** Third byte, bits 0 and 1 near end, 2 and 3 end; firmware that sets only one of two is believed. */
  paper: PaperBits;
};

export type GarbledReply = { kind: 'garbled'; byte: number };

const AUTO_LENGTH = 4;
const CLEARED = [0x37, 0x25, 0x00];
const XON = 0x11;
const XOFF = 0x13;

/** Cuts the byte stream into replies; a clear response and an automatic status may arrive in pieces. */
export function replyReader(): (chunk: Uint8Array) => Reply[] {
  let cleared = 0;
  let auto: number[] = [];
  return (chunk) => {
    const replies: Reply[] = [];
    for (const byte of chunk) {
      if (byte === XON || byte === XOFF) continue;
      if (auto.length > 0 && (byte & 0x90) === 0) {
        auto.push(byte);
        if (auto.length < AUTO_LENGTH) continue;
        const [first = 0, second = 0, third = 0, fourth = 0] = auto.splice(0);
        replies.push({ kind: 'auto', bytes: [first, second, third, fourth] });
        continue;
      }
      // Of a broken-off status no byte may pass for a report that a job waits for.
      for (const lost of auto.splice(0)) replies.push({ kind: 'unknown', byte: lost });
      if (cleared === 0 && (byte & 0x93) === 0x10) {
        auto = [byte];
        continue;
      }
      if (byte === CLEARED[cleared]) {
        cleared += 1;
        if (cleared < CLEARED.length) continue;
        cleared = 0;
        replies.push({ kind: 'cleared' });
        continue;
      }
      // A broken-off clear response was none: its bytes are accounted for before this one.
      for (const lost of CLEARED.slice(0, cleared)) replies.push(replyOf(lost));
      cleared = byte === CLEARED[0] ? 1 : 0;
      if (cleared === 0) replies.push(replyOf(byte));
    }
    return replies;
  };
}

function replyOf(byte: number): Reply {
  if ((byte & 0x93) === 0x12) return { kind: 'now', byte };
  if ((byte & 0x90) === 0) return { kind: 'queued', byte };
  return { kind: 'unknown', byte };
}

/** @param bytes the answers to DLE EOT 1, 2, 3 and 4, in this order */
export function decodeStatus(bytes: readonly [number, number, number, number]): Result<RawStatus, GarbledReply> {
  const wrong = bytes.find((byte) => (byte & 0x93) !== 0x12);
  if (wrong !== undefined) return err({ kind: 'garbled', byte: wrong });
  const [printer, offline, error, paper] = bytes;
  return ok({
    printer: { drawerPinHigh: bit(printer, 2), offline: bit(printer, 3), waitingForRecovery: bit(printer, 5), feedButtonPressed: bit(printer, 6) },
    offline: { coverOpen: bit(offline, 2), feedingByButton: bit(offline, 3), stoppedByPaperEnd: bit(offline, 5), error: bit(offline, 6) },
    error: { mechanical: bit(error, 2), autocutter: bit(error, 3), unrecoverable: bit(error, 5), recoversByItself: bit(error, 6) },
    paper: { nearEnd: bit(paper, 2) || bit(paper, 3), end: bit(paper, 5) || bit(paper, 6) },
  });
}

/** The inverse of `decodeStatus`. */
export function encodeStatus({ printer, offline, error, paper }: RawStatus): [number, number, number, number] {
  return [
    fixed(printer.drawerPinHigh, printer.offline, printer.waitingForRecovery, printer.feedButtonPressed),
    fixed(offline.coverOpen, offline.feedingByButton, offline.stoppedByPaperEnd, offline.error),
    fixed(error.mechanical, error.autocutter, error.unrecoverable, error.recoversByItself),
    fixed(paper.nearEnd, paper.nearEnd, paper.end, paper.end),
  ];
}

/** GS r 1: bits 0 and 1 near end, 2 and 3 end. */
export function decodePaperReport(byte: number): Result<PaperBits, GarbledReply> {
  if ((byte & 0x90) !== 0) return err({ kind: 'garbled', byte });
  return ok({ nearEnd: (byte & 0x03) !== 0, end: (byte & 0x0c) !== 0 });
}

/** The inverse of `decodePaperReport`. */
export function encodePaperReport({ nearEnd, end }: PaperBits): number {
  return (nearEnd ? 0x03 : 0) | (end ? 0x0c : 0);
}

export function decodeAutoStatus([printer, error, paper]: AutoStatusBytes): AutoStatus {
  return {
    printer: { drawerPinHigh: bit(printer, 2), offline: bit(printer, 3), coverOpen: bit(printer, 5), feedingByButton: bit(printer, 6) },
    error: { waitingForRecovery: bit(error, 0), feedButtonPressed: bit(error, 1), mechanical: bit(error, 2), autocutter: bit(error, 3), unrecoverable: bit(error, 5), recoversByItself: bit(error, 6) },
    paper: { nearEnd: (paper & 0x03) !== 0, end: (paper & 0x0c) !== 0 },
  };
}

/** The inverse of `decodeAutoStatus`; the fourth byte is reserved. */
export function encodeAutoStatus({ printer, error, paper }: AutoStatus): AutoStatusBytes {
  const at = (index: number, set: boolean): number => (set ? 1 << index : 0);
  return [
    0x10 | at(2, printer.drawerPinHigh) | at(3, printer.offline) | at(5, printer.coverOpen) | at(6, printer.feedingByButton),
    at(0, error.waitingForRecovery) | at(1, error.feedButtonPressed) | at(2, error.mechanical) | at(3, error.autocutter) | at(5, error.unrecoverable) | at(6, error.recoversByItself),
    encodePaperReport(paper),
    0,
  ];
}

/** The same state as if it had been asked for. */
export function rawStatusOf({ printer, error, paper }: AutoStatus): RawStatus {
  const { mechanical, autocutter, unrecoverable, recoversByItself, waitingForRecovery, feedButtonPressed } = error;
  return {
    printer: { drawerPinHigh: printer.drawerPinHigh, offline: printer.offline, waitingForRecovery, feedButtonPressed },
    offline: { coverOpen: printer.coverOpen, feedingByButton: printer.feedingByButton, stoppedByPaperEnd: paper.end, error: mechanical || autocutter || unrecoverable || recoversByItself },
    error: { mechanical, autocutter, unrecoverable, recoversByItself },
    paper,
  };
}

export function encodeCleared(): Uint8Array {
  return Uint8Array.from(CLEARED);
}

/**
 * What the bits mean for a citizen and a caretaker. Near end never stops a print: it only warns. An open cover is named before
 * missing paper, since the paper sensor of an open printer says nothing.
 */
export function deviceStatus(raw: RawStatus): DeviceStatus {
  const { printer, offline, error, paper } = raw;
  if (error.unrecoverable) return { kind: 'out-of-service', reason: 'unrecoverable-error' };
  if (offline.coverOpen) return { kind: 'blocked', reason: 'cover-open' };
  if (paper.end || offline.stoppedByPaperEnd) return { kind: 'blocked', reason: 'paper-out' };
  if (error.autocutter) return { kind: 'blocked', reason: 'cutter' };
  if (error.recoversByItself) return { kind: 'blocked', reason: 'head-hot' };
  if (error.mechanical || offline.error) return { kind: 'blocked', reason: 'jam' };
  if (printer.offline || printer.waitingForRecovery) return { kind: 'blocked', reason: 'not-ready' };
  return { kind: 'online', warnings: paper.nearEnd ? ['paper-low'] : [] };
}

function bit(byte: number, index: number): boolean {
  return (byte & (1 << index)) !== 0;
}

function fixed(bit2: boolean, bit3: boolean, bit5: boolean, bit6: boolean): number {
  return 0x12 | (bit2 ? 0x04 : 0) | (bit3 ? 0x08 : 0) | (bit5 ? 0x20 : 0) | (bit6 ? 0x40 : 0);
}
