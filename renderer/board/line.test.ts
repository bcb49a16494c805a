import { afterEach, beforeEach, expect, test } from 'vitest';
import { assertNoTimers, testClock, type TestClock } from '../../test/fixtures/test-clock.ts';
import { followLine, type Heard, type LineState, SILENCE } from './line.ts';

type Machine = { put(view: string): void; cut(): void; fail(on: boolean): void; readonly listening: number };
let clock: TestClock;
let machines: Record<string, Machine & { open(signal: AbortSignal): Promise<AsyncIterable<Heard<string>>> }>;
let told: LineState<string>[];
let stop: () => void;

/** A machine of the site as a line sees it. */
function machine() {
  const lines = new Set<{ put(heard: Heard<string>): void; end(): void }>();
  let isDown = false;
  return {
    put(view: string) {
      for (const line of lines) line.put({ view, at: new Date(clock.now()).toISOString(), agreement: { kind: 'agreed' as const, leader: null } });
    },
    cut() {
      for (const line of [...lines]) line.end();
    },
    fail: (on: boolean) => void (isDown = on),
    get listening() {
      return lines.size;
    },
    async open(signal: AbortSignal): Promise<AsyncIterable<Heard<string>>> {
      if (isDown) throw new TypeError('fetch failed');
      const waiting: ((result: IteratorResult<Heard<string>>) => void)[] = [];
      const line = {
        put(value: Heard<string>) {
          waiting.shift()?.({ done: false, value });
        },
        end() {
          lines.delete(line);
          for (const give of waiting.splice(0)) give({ done: true, value: undefined });
        },
      };
      lines.add(line);
      signal.addEventListener('abort', line.end);
      return { [Symbol.asyncIterator]: () => ({ next: () => new Promise((resolve) => void waiting.push(resolve)) }) };
    },
  };
}

beforeEach(() => {
  clock = testClock();
  machines = { one: machine(), two: machine() };
  told = [];
  stop = followLine<string>({
    machines: () => Object.keys(machines), clock, tell: (state) => told.push(state),
    open: (origin, signal) => machines[origin]?.open(signal) ?? Promise.reject(new TypeError('no such machine')),
  });
});
afterEach(async () => {
  stop();
  await clock.pass(0);
  assertNoTimers(clock);
  // oxlint-disable-next-line vitest/no-standalone-expect -- no test may leave a machine listened to
  for (const { listening } of Object.values(machines)) expect(listening).toBe(0);
});

const shown = () => told.map(({ last, silent }) => `${last?.view ?? '–'}${silent ? ' silent' : ''}`);

test('what the first machine says is told', async () => {
  await clock.pass(0);
  machines['one']?.put('a');
  await clock.pass(0);
  machines['one']?.put('b');
  await clock.pass(0);
  expect(shown()).toEqual(['a', 'b']);
  expect(machines['two']?.listening).toBe(0);
});

test('one that cannot be reached is passed over at once, one that is cut too', async () => {
  stop();
  machines['one']?.fail(true);
  stop = followLine<string>({ machines: () => Object.keys(machines), clock, tell: (state) => told.push(state), open: (origin, signal) => machines[origin]?.open(signal) ?? Promise.reject(new TypeError()) });
  await clock.pass(0);
  machines['two']?.put('a');
  await clock.pass(0);
  expect(shown()).toEqual(['a']);
  machines['one']?.fail(false);
  machines['two']?.cut();
  await clock.pass(2000);
  machines['one']?.put('b');
  await clock.pass(0);
  expect(shown()).toEqual(['a', 'b']);
});

test('one that falls silent is left after two heartbeats, and the screen says so until the next is heard', async () => {
  await clock.pass(0);
  machines['one']?.put('a');
  await clock.pass(SILENCE - 1);
  expect(shown()).toEqual(['a']);
  await clock.pass(1);
  expect(shown()).toEqual(['a', 'a silent']);
  await clock.pass(0);
  machines['two']?.put('b');
  await clock.pass(0);
  expect(shown().at(-1)).toBe('b');
});

test('one that takes the call and never answers is left, too', async () => {
  stop();
  told.length = 0;
  stop = followLine<string>({
    machines: () => Object.keys(machines), clock, tell: (state) => told.push(state),
    open: (origin, signal) => (origin === 'one' ? new Promise(() => {}) : (machines['two']?.open(signal) ?? Promise.reject(new TypeError()))),
  });
  await clock.pass(SILENCE);
  await clock.pass(0);
  machines['two']?.put('a');
  await clock.pass(0);
  expect(shown()).toEqual(['– silent', 'a']);
});

test('with nobody there it says so, tries on without haste, and finds whoever comes back', async () => {
  stop();
  told.length = 0;
  for (const one of Object.values(machines)) one.fail(true);
  let tries = 0;
  stop = followLine<string>({
    machines: () => Object.keys(machines), clock, tell: (state) => told.push(state),
    open(origin, signal) {
      tries += 1;
      return machines[origin]?.open(signal) ?? Promise.reject(new TypeError());
    },
  });
  await clock.pass(60_000);
  expect(shown()).toEqual(['– silent']);
  expect(tries).toBeGreaterThan(20);
  expect(tries).toBeLessThan(100);
  machines['two']?.fail(false);
  await clock.pass(2000);
  machines['two']?.put('a');
  await clock.pass(0);
  expect(shown().at(-1)).toBe('a');
});
