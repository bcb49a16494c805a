import { beforeEach, expect, test } from 'vitest';
import { holdLine, type LineStand, type Word } from './line.ts';
import { createRing, type Ring } from './ring.ts';
import { SILENCE } from './machines.ts';
import { browserKeep } from './test-keep.ts';

const [A, B] = ['http://10.0.0.1', 'http://10.0.0.2'];

/** A clock that the test moves. */
function handClock() {
  let now = 0;
  let timers: { at: number; call: () => void }[] = [];
  return {
    now: () => now,
    after(milliseconds: number, call: () => void) {
      const timer = { at: now + milliseconds, call };
      timers.push(timer);
      return () => void (timers = timers.filter((one) => one !== timer));
    },
    async advance(milliseconds: number) {
      const end = now + milliseconds;
      for (;;) {
        await settled();
        const next = timers.filter(({ at }) => at <= end).toSorted((one, other) => one.at - other.at)[0];
        if (next === undefined) break;
        timers = timers.filter((one) => one !== next);
        now = next.at;
        next.call();
      }
      now = end;
    },
  };
}

/** All that waits for nothing but promises has run. */
const settled = () => new Promise<void>((resolve) => void setImmediate(resolve));

/** A machine that says what the test says, until the test lets it die. */
function machine() {
  let open: { push: (word: Word<string>) => void; die: () => void } | null = null;
  let opened = 0;
  return {
    opened: () => opened,
    async listen(signal: AbortSignal): Promise<AsyncIterable<Word<string>>> {
      opened += 1;
      const queue: Word<string>[] = [];
      let wake: () => void = () => {};
      let dead = false;
      open = { push: (word) => (queue.push(word), wake()), die: () => ((dead = true), wake()) };
      signal.addEventListener('abort', () => wake());
      return (async function* words() {
        for (;;) {
          if (signal.aborted) throw new DOMException('aborted', 'AbortError');
          if (dead) throw new TypeError('terminated');
          const word = queue.shift();
          if (word !== undefined) yield word;
          else await new Promise<void>((resolve) => (wake = resolve));
        }
      })();
    },
    says: (view: string, kind: 'agreed' | 'alone' = 'agreed') => open?.push({ view, at: '2026-11-23T01:00:00.000Z', agreement: { kind, leader: null } }),
    dies: () => open?.die(),
  };
}

let ring: Ring;
let clock: ReturnType<typeof handClock>;
let machines: Record<string, ReturnType<typeof machine>>;
let stand: LineStand<string> | null;
let ended: string | null;
const [first, second] = [() => machines[A] as ReturnType<typeof machine>, () => machines[B] as ReturnType<typeof machine>];

beforeEach(() => {
  ring = createRing(A, browserKeep());
  ring.learn([A, B]);
  clock = handClock();
  machines = { [A]: machine(), [B]: machine() };
  [stand, ended] = [null, null];
});

function hold(): () => void {
  return holdLine<string>({ ring, now: clock.now, after: clock.after, open: (origin, signal) => (machines[origin] as ReturnType<typeof machine>).listen(signal), told: (next) => (stand = next), ended: ({ kind }) => (ended = kind) });
}

test('a machine that dies is followed by the next one, and what was told stays meanwhile', async () => {
  const close = hold();
  await settled();
  first().says('nine');
  await settled();
  first().dies();
  await settled();
  expect(stand).toMatchObject({ word: { view: 'nine' }, live: true });
  await clock.advance(100);
  second().says('ten');
  await settled();
  expect([stand?.word?.view, ring.now(), second().opened()]).toEqual(['ten', B, 1]);
  close();
});

test('a machine that is silent for two heartbeats is left', async () => {
  const close = hold();
  await settled();
  first().says('nine');
  await clock.advance(SILENCE - 1);
  expect(ring.now()).toBe(A);
  await clock.advance(200);
  expect([ring.now(), second().opened()]).toEqual([B, 1]);
  close();
});

test('a machine that takes the line and never says anything is left, too', async () => {
  const close = hold();
  await clock.advance(SILENCE + 200);
  expect([ring.now(), second().opened(), stand?.live]).toEqual([B, 1, false]);
  close();
});

test('with all machines gone it says so, goes on looking, and lives again', async () => {
  const close = hold();
  await settled();
  first().says('nine');
  await settled();
  for (let round = 0; round < 4; round += 1) {
    first().dies();
    second().dies();
    await clock.advance(2000);
  }
  expect(stand).toMatchObject({ word: { view: 'nine' }, live: false, heard: 0 });
  await clock.advance(2000);
  first().says('ten');
  second().says('ten');
  await settled();
  expect(stand).toMatchObject({ word: { view: 'ten' }, live: true });
  close();
});

test('when a wish found that the machine is gone, the line follows at once', async () => {
  const close = hold();
  await settled();
  first().says('nine');
  await settled();
  ring.goOn(A);
  await clock.advance(100);
  expect(second().opened()).toBe(1);
  close();
});

test('a machine that stays without the others is left for one that may be with them; since when it is so is known', async () => {
  const close = hold();
  await settled();
  first().says('nine', 'alone');
  await settled();
  expect(stand?.alone).toBe(0);
  await clock.advance(SILENCE / 2);
  first().says('nine', 'alone');
  await clock.advance(SILENCE / 2);
  first().says('nine', 'alone');
  await clock.advance(100);
  expect(ring.now()).toBe(B);
  second().says('ten', 'alone');
  await settled();
  expect(stand?.alone).toBe(0);
  second().says('ten');
  await settled();
  expect(stand?.alone).toBeNull();
  close();
});

test('refused for good, it ends', async () => {
  const { ORPCError } = await import('@orpc/client');
  holdLine<string>({ ring, now: clock.now, after: clock.after, open: () => Promise.reject(new ORPCError('UNAUTHORIZED', { status: 401 })), told: (next) => (stand = next), ended: ({ kind }) => (ended = kind) });
  await settled();
  expect([ended, stand]).toEqual(['signed-out', null]);
});

test('a screen that nobody may touch goes on with the next, whatever it is answered', async () => {
  const { ORPCError } = await import('@orpc/client');
  const close = holdLine<string>({ ring, now: clock.now, after: clock.after, open: (origin, signal) => (origin === A ? Promise.reject(new ORPCError('NOT_FOUND', { status: 404 })) : second().listen(signal)), told: (next) => (stand = next), ended: null });
  await clock.advance(200);
  second().says('ten');
  await settled();
  expect(stand).toMatchObject({ word: { view: 'ten' }, live: true });
  close();
});

test('closed, it asks nobody any more', async () => {
  const close = hold();
  await settled();
  close();
  await clock.advance(60_000);
  expect([first().opened(), second().opened()]).toEqual([1, 0]);
});
