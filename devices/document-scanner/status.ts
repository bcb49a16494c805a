/** What follows from what a driver says: pure. */
import type { DeviceStatus } from '../../domain/contracts/devices.ts';
import type { ScannerCapabilities, ScanStop, ScanWish } from '../../domain/contracts/document-scanner.ts';
import { never } from '../../domain/result.ts';
import type { DriverFailure, DriverWish, ScannerFacts } from './driver.ts';

export function statusOf({ state, feeder }: ScannerFacts): DeviceStatus {
  if (state === 'down') return { kind: 'out-of-service', reason: 'down' };
  // A fault of the feeder says more than that the scanner stopped.
  if (feeder !== 'loaded' && feeder !== 'empty' && feeder !== 'unknown') return { kind: 'blocked', reason: feeder };
  if (state === 'stopped') return { kind: 'blocked', reason: 'stopped' };
  if (state === 'busy') return { kind: 'blocked', reason: 'busy' };
  return { kind: 'online', warnings: feeder === 'loaded' ? ['feeder-loaded'] : [] };
}

export function statusWithout(failure: DriverFailure): DeviceStatus {
  switch (failure.kind) {
    case 'unreachable':
    case 'lost':
    case 'timeout':
    case 'cancelled':
      return { kind: 'offline', reason: 'unplugged' };
    case 'not-permitted':
    case 'no-program':
      return { kind: 'offline', reason: failure.kind };
    case 'busy':
      return { kind: 'blocked', reason: 'busy' };
    case 'refused':
    case 'garbled':
      return { kind: 'out-of-service', reason: failure.kind };
    default:
      return never(failure);
  }
}

/** What a failure in the middle of a scan is to whoever wanted the pages. */
export function stopOf(failure: DriverFailure): ScanStop {
  switch (failure.kind) {
    case 'unreachable':
    case 'lost':
      return 'connection-lost';
    case 'timeout':
      return 'too-slow';
    case 'not-permitted':
    case 'no-program':
      return 'refused';
    case 'cancelled':
    case 'busy':
    case 'refused':
    case 'garbled':
      return failure.kind;
    default:
      return never(failure);
  }
}

/** The wish as this scanner can grant it: its own resolution, the wished one or the next finer. Null: it cannot. */
export function granted(wish: ScanWish, { sources }: ScannerCapabilities): DriverWish | null {
  const found = sources.find(({ source }) => source === wish.source);
  const resolution = found?.resolutions.filter((dots) => dots >= wish.resolution).toSorted((one, other) => one - other)[0];
  if (found === undefined || resolution === undefined || !found.colours.includes(wish.colour)) return null;
  return { ...wish, resolution };
}
