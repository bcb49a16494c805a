/** A code scanner at the level of bytes: it is shown codes and sends them as its settings say, with the faults of cables and cheap firmware. */
import type { Clock } from '../../domain/time.ts';
import type { DeviceEnd } from '../../wire/device-end.ts';
import { pace } from '../../wire/pacing.ts';
import { encodeCode } from './codec.ts';
import { encodeReports } from './hid-pos.ts';
import type { ScannerFormat } from './types.ts';

/** What ends a code. */
export const SUFFIXES = { cr: [0x0d], lf: [0x0a], crlf: [0x0d, 0x0a], none: [] } as const;
export type Suffix = keyof typeof SUFFIXES;

export type ScannerEmulator = {
  /** Shows it a code; resolves when its last byte has left. @param identifier AIM symbology identifier of the code, `]Q1` for a QR code; sent when the scanner is set to */
  show(text: string, identifier?: string): Promise<void>;
  /** Sends these bytes and the suffix, whatever they are. */
  showBytes(bytes: Uint8Array): Promise<void>;
  suffix(suffix: Suffix): void;
  /** Whether symbology identifiers are sent; on at first. */
  identifiers(on: boolean): void;
  /** Sends so many bytes without an end, as one whose trigger is stuck. */
  flood(bytes: number): Promise<void>;
  /** Sends only the first half of the next code, and no end. */
  cutOff(): void;
  /** The cable: the port disappears and comes back. */
  unplug(): Promise<void>;
  replug(): Promise<void>;
  /** Codes shown so far. */
  readonly shown: number;
  close(): Promise<void>;
};

/** @param options.format `hid-pos` on the device's end of a HID device with `HID_POS_FRAMING` */
export function createScannerEmulator(options: { line: DeviceEnd; clock: Clock; baudRate?: number; format?: ScannerFormat }): ScannerEmulator {
  const { line, clock, baudRate = 9600, format = 'text' } = options;
  const pacer = pace({ clock, baudRate, send: (bytes) => line.send(bytes) });
  let suffix: Suffix = 'cr';
  let identifiers = true;
  let cutNext = false;
  let shown = 0;

  async function send(bytes: Uint8Array, identifier = ''): Promise<void> {
    shown += 1;
    const cut = cutNext;
    cutNext = false;
    const whole = Uint8Array.from([...bytes, ...SUFFIXES[suffix]]);
    if (format === 'text') return pacer.send(cut ? bytes.subarray(0, Math.ceil(bytes.length / 2)) : whole);
    const reports = encodeReports(identifier, whole);
    for (const report of cut ? reports.slice(0, Math.floor(reports.length / 2)) : reports) line.send(report);
  }

  return {
    show(text, identifier = ']Q1') {
      const sent = identifiers ? identifier : '';
      // A report has a place of its own for the identifier.
      return format === 'text' ? send(encodeCode(text, sent)) : send(encodeCode(text), sent);
    },
    showBytes: (bytes) => send(bytes),
    suffix(next) {
      suffix = next;
    },
    identifiers(on) {
      identifiers = on;
    },
    flood: (bytes) => pacer.send(new Uint8Array(bytes).fill(0x37)),
    cutOff() {
      cutNext = true;
    },
    unplug: () => line.unplug(),
    replug: () => line.replug(),
    get shown() {
      return shown;
    },
    async close() {
      pacer.stop();
      await line.close();
    },
  };
}
