import type { DeviceStatus } from '../domain/contracts/devices.ts';
import { never } from '../domain/result.ts';

/** How commands to most devices fail, and how wires do. */
export type WireTrouble = 'unplugged' | 'cancelled' | 'closed' | 'not-permitted' | 'garbled' | 'timeout';

/** The status of a device whose wire or whose last command failed so. */
export function offlineAfter(trouble: WireTrouble): DeviceStatus {
  switch (trouble) {
    case 'unplugged':
    case 'cancelled':
    case 'closed':
      return { kind: 'offline', reason: 'unplugged' };
    case 'not-permitted':
    case 'garbled':
      return { kind: 'offline', reason: trouble };
    case 'timeout':
      return { kind: 'offline', reason: 'no-answer' };
    default:
      return never(trouble);
  }
}
