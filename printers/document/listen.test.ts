import { afterEach, expect, test } from 'vitest';
import type { PrintProgress } from '../../domain/contracts/devices.ts';
import { err, ok } from '../../domain/result.ts';
import { assertNoTimers, testClock } from '../../test/fixtures/test-clock.ts';
import type { Driver, DriverFailure, JobReading } from './driver.ts';
import { listen, teller } from './listen.ts';
import { TIMING } from './types.ts';

const clock = testClock();
afterEach(() => assertNoTimers(clock));

type Answer = JobReading | null | DriverFailure;

/** A printer that answers each question when the test says what. */
function rig() {
  const told: PrintProgress[] = [];
  const tellers = teller((progress) => told.push(progress));
  let give: (answer: Answer) => void = () => undefined;
  const answer = () => new Promise<Answer>((resolve) => (give = resolve)).then((value) => (value !== null && 'kind' in value ? err(value) : ok(value)));
  const unused = () => Promise.reject(new Error('not asked here'));
  const driver: Driver = { confirms: true, readPrinter: unused, send: unused, cancelJob: unused, readJob: answer, findJob: answer, close: () => undefined };
  const listening = listen(driver, { clock, patience: TIMING.quiet, silent: tellers.silent });
  const words = () => told.splice(0).map((progress) => ('reason' in progress ? `${progress.kind} ${progress.reason}` : progress.kind));
  return { ...tellers, ...listening, ask: () => listening.driver.readJob(1), give: (value: Answer) => give(value), words };
}

test('silence is told once, within five seconds, and its end too', async () => {
  const { sending, ask, give, words } = rig();
  sending();
  const asked = ask();
  await clock.pass(TIMING.quiet - 1);
  expect(words()).toEqual(['sent']);
  await clock.pass(1);
  expect(words()).toEqual(['looking connection-lost']);
  expect(TIMING.quiet + TIMING.follow).toBeLessThan(5_000);
  await clock.pass(10_000);
  give(null);
  expect(await asked).toEqual({ ok: true, value: null });
  expect(words()).toEqual(['sent']);
});

test('failures one after the other are one silence; a single one is none', async () => {
  const { sending, stop, ask, give, words } = rig();
  sending();
  const asking = async (answer: Answer) => {
    const asked = ask();
    give(answer);
    await asked;
    await clock.pass(500);
  };
  await asking({ kind: 'unreachable' });
  await asking(null);
  await clock.pass(TIMING.quiet);
  expect(words()).toEqual(['sent']);
  for (let times = 0; times < 8; times += 1) await asking({ kind: times % 2 === 0 ? 'unreachable' : 'lost' });
  expect(words()).toEqual(['looking connection-lost']);
  await asking({ kind: 'busy' });
  expect(words()).toEqual(['sent']);
  await asking({ kind: 'timeout' });
  stop();
  await clock.pass(TIMING.quiet);
  expect(words()).toEqual([]);
});

test('before anything was sent it is only waited for, and no answer of it means that it was sent', async () => {
  const { sending, ask, give, words } = rig();
  const asked = ask();
  await clock.pass(TIMING.quiet);
  give(null);
  await asked;
  expect(words()).toEqual(['looking no-answer']);
  sending();
  expect(words()).toEqual(['sent']);
});

test('a job that the printer does not know is looked for, whether it answers or not', async () => {
  const { sending, missing, ask, give, words } = rig();
  sending();
  missing(true);
  const asked = ask();
  await clock.pass(TIMING.quiet);
  give(null);
  await asked;
  expect(words()).toEqual(['sent', 'looking connection-lost']);
  missing(false);
  expect(words()).toEqual(['sent']);
});
