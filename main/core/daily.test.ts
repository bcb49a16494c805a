import { afterEach, expect, test } from 'vitest';
import { assertNoTimers, type TestClock, testClock } from '../../test/fixtures/test-clock.ts';
import { dailyAt } from './daily.ts';

const HOUR = 3_600_000;
let clock: TestClock;
let done: string[];
let busy: boolean;
let stop: () => void;

/** @param start in China */
function begin(start: string, last: string | null = null): void {
  clock = testClock(Date.parse(`${start}+08:00`));
  done = [];
  busy = false;
  stop = dailyAt({ clock, busy: () => busy }, '07:30', () => done.at(-1) ?? last, async () => void done.push(new Date(clock.now()).toISOString()));
}
const hours = (times: readonly string[]) => times.map((time) => new Date(Date.parse(time) + 8 * HOUR).toISOString().slice(5, 16));

afterEach(() => {
  stop();
  assertNoTimers(clock);
});

test('is done at its time, day after day', async () => {
  begin('2026-11-23T06:00:00');
  await clock.pass(72 * HOUR);
  expect(hours(done)).toEqual(['11-23T07:30', '11-24T07:30', '11-25T07:30']);
});

test('on a machine that is switched on later it is done once its devices are up, and not again after a restart', async () => {
  begin('2026-11-23T10:00:00');
  await clock.pass(5 * HOUR);
  expect(hours(done)).toEqual(['11-23T10:02']);
  stop();
  begin('2026-11-23T15:00:00', '2026-11-23T02:02:00.000Z');
  await clock.pass(5 * HOUR);
  expect(done).toEqual([]);
});

test('waits for whoever is at the machine', async () => {
  begin('2026-11-23T07:00:00');
  busy = true;
  await clock.pass(HOUR);
  expect(done).toEqual([]);
  busy = false;
  await clock.pass(2 * 60_000);
  expect(hours(done)).toEqual(['11-23T08:01']);
});

test('one that was done while the clock was a year ahead does not count', async () => {
  begin('2026-11-23T10:00:00', '2027-11-23T02:00:00.000Z');
  await clock.pass(HOUR);
  expect(done).toHaveLength(1);
});
