import { describe, expect, test } from 'vitest';
import { createGovernor } from './governor.ts';
import { testClock } from '../../test/fixtures/test-clock.ts';

const KB = 1024;
const never = new AbortController().signal;

/** The size of the piece after this many on a line of so many bytes a second. */
function sizeAfter(pieces: number, bytesPerSecond: number, governor = createGovernor({ clock: testClock(), busy: () => false })): number {
  for (let sent = 0; sent < pieces; sent += 1) governor.arrived(governor.piece(), (governor.piece() * 1000) / bytesPerSecond);
  return governor.piece();
}

describe('a piece', () => {
  test.each([[8_000, 24_000], [64_000, 192_000], [2_000, 8 * KB], [10_000_000, 4 * KB * KB]])('on a line of %d bytes a second comes to %d bytes: three seconds, within bounds', (rate, size) => {
    expect(sizeAfter(12, rate)).toBeCloseTo(size, -2);
  });
  test('grows by steps, and shrinks at once when it gets lost', () => {
    expect([0, 1, 2].map((pieces) => sizeAfter(pieces, 1_000_000))).toEqual([32 * KB, 128 * KB, 512 * KB]);
    const governor = createGovernor({ clock: testClock(), busy: () => false });
    sizeAfter(9, 1_000_000, governor);
    const sizes = Array.from({ length: 5 }, () => {
      governor.lost();
      return governor.piece() / KB;
    });
    expect(sizes.at(-1)).toBe(8);
    expect(sizes).toEqual(sizes.toSorted((left, right) => right - left));
  });
  test('that is only the rest of a file says nothing bad of the line', () => {
    const governor = createGovernor({ clock: testClock(), busy: () => false });
    const before = sizeAfter(5, 64_000, governor);
    governor.arrived(200, 400);
    expect(governor.piece()).toBe(before);
  });
});

describe('the line', () => {
  test('is left alone for as long as a piece took while somebody is at the machine, and not at all otherwise', async () => {
    const clock = testClock();
    let busy = false;
    const governor = createGovernor({ clock, busy: () => busy });
    await governor.rest(2000, never);
    busy = true;
    let rested = false;
    const rest = governor.rest(2000, never).then(() => (rested = true));
    clock.advance(1999);
    await Promise.resolve();
    expect(rested).toBe(false);
    clock.advance(1);
    await rest;
    expect(clock.waiting).toBe(0);
  });
  test('is not left alone when a text waits', async () => {
    const clock = testClock();
    const governor = createGovernor({ clock, busy: () => true });
    const text = new AbortController();
    const rest = governor.rest(2000, text.signal);
    text.abort();
    await rest;
    await governor.rest(2000, text.signal);
    expect(clock.waiting).toBe(0);
  });
});
