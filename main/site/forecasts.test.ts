import { beforeEach, expect, test } from 'vitest';
import { addNaturalDays, startOfDay } from '../../domain/calendar/civil-date.ts';
import { emptyQueue } from '../../domain/queue/state.ts';
import { simulateMorning } from '../../domain/queue/test-morning.ts';
import { testClock, type TestClock } from '../../test/fixtures/test-clock.ts';
import { createTold } from '../core/told.ts';
import { createForecasts } from './forecasts.ts';

const MONDAY = '2026-11-23';
const mondays = [1, 2, 3].map((weeks) => addNaturalDays(MONDAY, -7 * weeks));
const { rules, entries } = simulateMorning(3);
let clock: TestClock;
let lists: Map<string, { rules: typeof rules; entries: typeof entries; over: boolean }>;
let read: string[];
let ask: ReturnType<typeof createForecasts>;

beforeEach(() => {
  clock = testClock(startOfDay(MONDAY) + 9 * 3_600_000);
  // A made-up morning is the 23rd's; as another day's list its people came on the 23rd, so only their spells count there.
  lists = new Map([...mondays, addNaturalDays(MONDAY, -1), MONDAY].map((day) => [day, { rules, entries, over: true }]));
  read = [];
  ask = createForecasts({
    clock,
    days: {
      days: () => [...lists.keys()], queue: createTold(emptyQueue(rules)),
      entries(day) {
        read.push(day);
        return lists.get(day) ?? null;
      },
    },
  });
});

async function asked() {
  const answer = ask();
  await clock.pass(1000);
  return answer;
}

test('goes by such weekdays, adds each up once, and never today', async () => {
  expect(await asked()).toMatchObject({ days: 3, sameWeekday: true });
  expect(read).toEqual(mondays);
  expect((await asked()).businesses[0]?.hours.map(({ hour }) => hour)).toEqual([9, 10, 11, 12]);
  expect(read).toEqual(mondays);
});

test('a day that is kept no longer is forgotten', async () => {
  await asked();
  lists.delete(mondays[0] ?? '');
  expect(await asked()).toMatchObject({ days: 2, sameWeekday: true });
});
