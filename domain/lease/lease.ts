import type { Lease } from '../contracts/hall.ts';
import type { MachineId } from '../ids.ts';

/** Takes the next number of the leases, oldest lease first. `used` counts what was taken from each lease by its id. */
export function nextNumber(leases: readonly Lease[], used: ReadonlyMap<string, number>): { lease: Lease; serial: number; number: string } | null {
  for (const lease of leases) {
    const serial = lease.first + (used.get(lease.id) ?? 0);
    if (serial <= lease.last) return { lease, serial, number: leasedNumber(lease, serial) };
  }
  return null;
}

/** How many numbers are left in all leases. */
export function numbersLeft(leases: readonly Lease[], used: ReadonlyMap<string, number>): number {
  return leases.reduce((left, lease) => left + Math.max(0, lease.last - lease.first + 1 - (used.get(lease.id) ?? 0)), 0);
}

/** `330624202600000123`: prefix, then the serial with leading zeros. */
export function leasedNumber(lease: Pick<Lease, 'prefix' | 'width'>, serial: number): string {
  return lease.prefix + String(serial).padStart(lease.width, '0');
}

/** A machine that acted each minute for a year would be at half of it. */
const SERIALS_A_GENERATION = 1_000_000;

/**
 * The serial of a machine's next provisional number: the sequence of its action, so it never repeats. A spare counts in a range of its own, since
 * the lost machine may have printed the next ones.
 * @param generation how often the machine's identity was taken over
 */
export function provisionalSerial(sequence: number, generation: number): number {
  return sequence + generation * SERIALS_A_GENERATION;
}

/**
 * A number for a machine without a lease. It must not be taken for an official one, so it starts with 临 and names the machine;
 * the hall maps it one-to-one to the official number.
 * @param serial of `provisionalSerial`
 */
export function provisionalNumber(machine: MachineId, serial: number): string {
  return `临${machine.slice(1)}-${String(serial).padStart(6, '0')}`;
}
