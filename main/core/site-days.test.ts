import { expect, test } from 'vitest';
import { simulateMorning } from '../../domain/queue/test-morning.ts';
import { ok } from '../../domain/result.ts';
import { assertNoTimers, testClock } from '../../test/fixtures/test-clock.ts';
import { siteDaysOfHost } from './site-days.ts';

const { rules, entries } = simulateMorning(5);
const DAY = '2026-11-23';
type Client = NonNullable<ReturnType<Parameters<typeof siteDaysOfHost>[0]['client']>>;

/** A hall that takes whatever comes. */
function takingHall() {
  const taken: unknown[] = [];
  return {
    taken,
    siteDays: ({ days }: { days: readonly string[] }) => Promise.resolve(ok(days.map((day) => ({ day, entries: taken.length, rules: taken.length > 0, over: false })))),
    siteDay: (piece: { entries: readonly unknown[] }) => {
      taken.push(...piece.entries);
      return Promise.resolve(ok(ok({ entries: taken.length })));
    },
  };
}

test('a host that is away, falls over, dies with a question or hangs holds nothing up; one that is back brings the day', async () => {
  const clock = testClock();
  const hall = takingHall();
  const hosts = {
    fine: { days: () => Promise.resolve([DAY]), entries: ({ from }: { from: number }) => Promise.resolve({ entries: entries.slice(from - 1, Math.min(300, from + 499)), rules, over: false }) },
    fallen: { days: () => Promise.reject(new Error('port closed')), entries: () => Promise.reject(new Error('port closed')) },
    dying: { days: () => Promise.resolve([DAY]), entries: () => Promise.reject(new Error('port closed')) },
    hanging: { days: () => new Promise<string[]>(() => {}), entries: () => Promise.reject(new Error('never asked')) },
  };
  let host: keyof typeof hosts | null = null;
  const days = siteDaysOfHost({ client: () => (host === null ? null : hosts[host] as unknown as Client), site: '县政务服务中心', clock, log: () => undefined });
  const send = () => days.send(hall as never, new AbortController().signal);
  for (const bad of [null, 'fallen', 'dying'] as const) {
    host = bad;
    expect(await send()).toEqual({ sent: 0, failure: null });
  }
  host = 'hanging';
  const hung = send();
  await clock.pass(8000);
  expect(await hung).toEqual({ sent: 0, failure: null });
  host = 'fine';
  expect(await send()).toEqual({ sent: 300, failure: null });
  expect(hall.taken).toEqual(entries.slice(0, 300));
  assertNoTimers(clock);
});
