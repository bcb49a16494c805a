import type { DeviceName, DeviceStatus } from '../domain/contracts/devices.ts';
import { never } from '../domain/result.ts';

/**
 * Everything the device host may write to its log: devices, keywords and ids. Never a byte of a card, a name, a number of a person,
 * or what stands on a paper.
 */
export type DeviceEvent =
  | { event: 'device-host-started'; devices: DeviceName[] }
  | { event: 'device-status'; device: DeviceName; status: DeviceStatus }
  /** `samId` names the physical reader. */
  | { event: 'card-reader-identified'; samId: string }
  /** `why`: the failure's kind, with the status or the damage after it. */
  | { event: 'card-reader-command-failed'; command: string; why: string }
  /** What a code said is in no log. */
  | { event: 'code-refused'; fault: string }
  | { event: 'scan-ended'; how: string; pages: number }
  /** `why`: the failure's kind with its own keyword or number. */
  | { event: 'scanner-failed'; why: string }
  | { event: 'scan-left-behind' }
  | { event: 'board-greeted'; model: string; firmware: string }
  /** Never a key. */
  | { event: 'board-command-failed' | 'ups-command-failed'; command: string; why: string }
  | { event: 'ups-identified'; model: string }
  | { event: 'power'; power: string }
  | { event: 'document-printer-reasons'; reasons: readonly string[] }
  | { event: 'print-ended'; device: DeviceName; print: string; kind: string; reason: string }
  | { event: 'print-left-behind'; print: string }
  | { event: 'exchange-started'; device: DeviceName; reason: string }
  | { event: 'exchange-ended'; device: DeviceName };

export type DeviceLog = (event: DeviceEvent) => void;

/** One JSON line an event, as every process of the terminal writes them. */
export function createDeviceLog(write: (line: string) => void, now: () => number): DeviceLog {
  return (event) => write(`${JSON.stringify({ at: new Date(now()).toISOString(), process: 'devices', level: level(event), ...event })}\n`);
}

function level(event: DeviceEvent): 'info' | 'warn' {
  switch (event.event) {
    case 'device-status':
      return event.status.kind === 'online' ? 'info' : 'warn';
    case 'print-ended':
      return event.kind === 'printed' ? 'info' : 'warn';
    case 'power':
      return event.power === 'mains' ? 'info' : 'warn';
    case 'board-command-failed':
    case 'ups-command-failed':
    case 'card-reader-command-failed':
    case 'code-refused':
    case 'scanner-failed':
    case 'scan-left-behind':
    case 'print-left-behind':
      return 'warn';
    case 'device-host-started':
    case 'card-reader-identified':
    case 'board-greeted':
    case 'ups-identified':
    case 'scan-ended':
    case 'exchange-started':
    case 'exchange-ended':
    case 'document-printer-reasons':
      return 'info';
    default:
      return never(event);
  }
}
