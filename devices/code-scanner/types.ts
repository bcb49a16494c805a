import type { CodeReading, DeviceStatus } from '../../domain/contracts/devices.ts';
import type { CodeFault } from './codec.ts';

/** How codes stand in what the scanner sends: `text` with an end each, or reports of HID POS, on a HID wire with `HID_POS_FRAMING`. */
export type ScannerFormat = 'text' | 'hid-pos';

/** What a technician's log may hold of the scanner: never what a code says. */
export type ScannerLogEntry = { kind: 'status'; status: DeviceStatus } | { kind: 'code-refused'; fault: CodeFault['kind'] | 'too-long' | 'garbled' };

/**
 * The public service. Its states are `DeviceStatus`. A scanner says nothing until it sees a code, so `online` means that its port is open.
 *
 * | kind | reason | who can help |
 * |---|---|---|
 * | offline | `starting` | nobody: it is being connected |
 * | offline | `unplugged` | the caretaker: cable, port |
 * | offline | `not-permitted` | a technician: another program holds the port, or rights are missing |
 */
export type CodeScanner = {
  status(): DeviceStatus;
  /** Tells the present status at once, then every change; the answer stops it. */
  watch(tell: (status: DeviceStatus) => void): () => void;
  /**
   * Waits until a code is read, the scanner fails, or the signal is aborted. A newer call ends an older one quietly. What is shown while nobody
   * waits is thrown away: the next person must never receive it.
   */
  scan(signal: AbortSignal): AsyncIterable<CodeReading>;
  /** Ends every scan and lets go of the port. Idempotent. */
  close(): Promise<void>;
};
