import { describe, expect, test } from 'vitest';
import { createRoom, freeDiskOf, LEAST_FOR_HAND_INS, LEAST_FOR_SCANS, MOST_HELD } from './room.ts';

const MB = 1024 * 1024;

/** A machine with this much free on its disk, reusable in its file, and held in sealed files. */
function machine(free: number, reusable = 0, held = 0) {
  const blobs = { held: () => Promise.resolve(held) } as Parameters<typeof createRoom>[0]['store']['blobs'];
  return createRoom({ store: { blobs, reusable: () => Promise.resolve(reusable) }, freeDisk: () => Promise.resolve(free) });
}

describe('room', () => {
  test('ends for scans first and for hand-ins later, at the marks exactly', async () => {
    expect(await machine(LEAST_FOR_SCANS + 32 * MB).standing()).toBe('enough');
    expect(await machine(LEAST_FOR_SCANS + 32 * MB - 1).standing()).toBe('no-scans');
    expect(await machine(LEAST_FOR_HAND_INS).standing()).toBe('no-scans');
    expect(await machine(LEAST_FOR_HAND_INS - 1).standing()).toBe('full');
  });
  test('is never taken from the reserve by a scan, which is written twice', async () => {
    expect(await machine(LEAST_FOR_SCANS + 12 * MB).takesScan(6 * MB)).toBe(true);
    expect(await machine(LEAST_FOR_SCANS + 12 * MB - 1).takesScan(6 * MB)).toBe(false);
  });
  test('counts what the file can use again', async () => {
    expect(await machine(0, LEAST_FOR_SCANS + 32 * MB).standing()).toBe('enough');
  });
  test('ends for scans when the machine holds as many as it may, whatever the disk says', async () => {
    expect(await machine(1e12, 0, MOST_HELD - 16 * MB).standing()).toBe('enough');
    expect(await machine(1e12, 0, MOST_HELD).standing()).toBe('no-scans');
    expect(await machine(1e12, 0, MOST_HELD).takesScan(1)).toBe(false);
  });
  test('of a real disk is some bytes', async () => {
    expect(await freeDiskOf(import.meta.dirname)).toBeGreaterThan(0);
  });
});
