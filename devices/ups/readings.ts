/** What follows from what a UPS says: pure. */
import type { DeviceStatus } from '../../domain/contracts/devices.ts';
import type { PowerState } from '../../domain/contracts/ups.ts';
import type { WireFailure } from '../../wire/types.ts';
import { offlineAfter } from '../offline.ts';
import type { UpsFailure } from './types.ts';

/** `charge` in per cent, `runtime` in seconds; null: the UPS does not say, or nothing that makes sense. */
export type UpsReading = { words: readonly string[]; charge: number | null; runtime: number | null };

/** Words of `ups.status` (NUT developer guide, “Creating a new driver to support another device”, status data) that are warnings here; OL, CHRG, DISCHRG, HB, TRIM and BOOST are none. */
const WARNINGS: readonly (readonly [string, string])[] = [
  ['OB', 'on-battery'],
  ['LB', 'battery-low'],
  ['RB', 'replace-battery'],
  ['OVER', 'overload'],
  ['BYPASS', 'bypass'],
  ['ALARM', 'alarm'],
];

/** Nobody keeps the power on for a week, and no battery holds more than all. */
const LONGEST_RUNTIME = 7 * 24 * 60 * 60;

/** @param variables the values of `ups.status`, `battery.charge` and `battery.runtime` */
export function readingOf({ status, charge, runtime }: { status: string; charge: string | null; runtime: string | null }): UpsReading {
  return { words: status.split(' ').filter((word) => word !== ''), charge: numberOf(charge, 100), runtime: numberOf(runtime, LONGEST_RUNTIME) };
}

/** A calibration runs the battery down on purpose, with the mains there: `OB` says nothing then. */
function isOnBattery({ words }: UpsReading): boolean {
  return words.includes('OB') && !words.includes('CAL');
}

/** @param power what follows from the same reading (`powerOf`) */
export function statusOf(reading: UpsReading, power: PowerState | null): DeviceStatus {
  const { words } = reading;
  // What `upsd` says until its driver has said something (`WAIT`), and what means that this machine runs on something else.
  if (words.includes('OFF')) return { kind: 'blocked', reason: 'output-off' };
  if (!words.includes('OL') && !words.includes('OB') && !words.includes('FSD') && !words.includes('BYPASS')) return { kind: 'offline', reason: 'data-stale' };
  const said = WARNINGS.filter(([word]) => (word === 'OB' ? isOnBattery(reading) : words.includes(word))).map(([, warning]) => warning);
  return { kind: 'online', warnings: power?.kind === 'critical' ? ['power-ending', ...said] : said };
}

/** Of a UPS that does not say for how long, per cent: most UPS call 10 to 20 low themselves. */
const CRITICAL_CHARGE = 20;

/**
 * What the machine lives on; null: this reading does not say. Critical is a battery that the UPS calls low, one whose run time is at most `criticalSeconds`,
 * or the order of another computer to shut down (`FSD`). It stays critical until the mains are back or twice that time is there again: a run time that
 * wavers must not open and close the machine.
 */
export function powerOf(reading: UpsReading, criticalSeconds: number, before: PowerState | null): PowerState | null {
  const { words, runtime, charge } = reading;
  if (words.includes('FSD')) return { kind: 'critical' };
  if (!isOnBattery(reading)) return words.includes('OL') || words.includes('BYPASS') || words.includes('CAL') ? { kind: 'mains' } : null;
  const limit = before?.kind === 'critical' ? 2 * criticalSeconds : criticalSeconds;
  const isLow = words.includes('LB') || (runtime === null ? before?.kind === 'critical' || (charge !== null && charge <= CRITICAL_CHARGE) : runtime <= limit);
  return isLow ? { kind: 'critical' } : { kind: 'battery', runtimeSeconds: runtime };
}

export function statusWithout(failure: UpsFailure | WireFailure): DeviceStatus {
  if (failure.kind !== 'refused') return offlineAfter(failure.kind);
  return REFUSALS.get(failure.word) ?? { kind: 'out-of-service', reason: 'refused' };
}

const REFUSALS: ReadonlyMap<string, DeviceStatus> = new Map([
  ['ACCESS-DENIED', { kind: 'offline', reason: 'not-permitted' }],
  ['DATA-STALE', { kind: 'offline', reason: 'data-stale' }],
  ['DRIVER-NOT-CONNECTED', { kind: 'offline', reason: 'driver-not-connected' }],
  ['UNKNOWN-UPS', { kind: 'out-of-service', reason: 'no-such-ups' }],
]);

/** NUT writes numbers with a point and without exponents. */
function numberOf(text: string | null, most: number): number | null {
  if (text === null || !/^\d{1,9}(\.\d{1,9})?$/.test(text)) return null;
  const number = Math.floor(Number(text));
  return number <= most ? number : null;
}
