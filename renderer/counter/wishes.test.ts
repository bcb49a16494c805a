import { beforeEach, expect, test } from 'vitest';
import { err, ok } from '../../domain/result.ts';
import type { QueueWish } from '../../domain/queue/decide.ts';
import { takingWish } from './deeds.ts';
import { createRing, type Ring } from '../site/ring.ts';
import type { CallFailure } from '../site/machines.ts';
import { createWishes, type Granted, type WishRoad, type Wishes } from './wishes.ts';
import { browserKeep } from '../site/test-keep.ts';

const [A, B, C] = ['http://10.0.0.1', 'http://10.0.0.2', 'http://10.0.0.3'];
const NEXT: QueueWish = { kind: 'next', window: 3 };
const DONE: Granted = { entry: { id: '01K00000000000000000000001', day: '2026-11-23', machine: null, account: 'wang', at: '2026-11-23T01:00:00.000Z', deed: { kind: 'window-closed', window: 3 } }, code: 'A001' };

type Answer = Awaited<ReturnType<WishRoad['send']>> | 'silence';
let ring: Ring;
let wishes: Wishes;
/** What the machines answer, one after the other; and what they were asked. */
let answers: Answer[];
let asked: { origin: string; id: string }[];
let pauses: number[];
/** Says that an answer takes long. */
let slow: () => unknown;
const SLOW = 1500;

const away: Answer = err<CallFailure>({ kind: 'away' });
const failing = (kind: 'signed-out' | 'not-allowed' | 'broken'): Answer => err<CallFailure>({ kind });

beforeEach(() => {
  ring = createRing(A, browserKeep());
  ring.learn([A, B, C]);
  [answers, asked, pauses] = [[], [], []];
  let made = 0;
  wishes = createWishes({
    ring,
    now: () => 0,
    newId: () => `id-${(made += 1)}`,
    after(milliseconds, call) {
      if (milliseconds === SLOW) {
        let waits = true;
        slow = () => waits && call();
        return () => (waits = false);
      }
      pauses.push(milliseconds);
      queueMicrotask(call);
      return () => {};
    },
    async send(origin, id) {
      asked.push({ origin, id });
      const answer = answers.shift() ?? 'silence';
      return answer === 'silence' ? new Promise(() => {}) : answer;
    },
  });
});

test('is under way at once, and ends with its answer', async () => {
  answers = [ok(ok(DONE))];
  const stands: string[] = [];
  wishes.follow(() => stands.push(wishes.stand().kind));
  expect(await wishes.bring(NEXT)).toEqual({ kind: 'granted', granted: DONE });
  expect(stands).toEqual(['under-way', 'none']);
});

test('without an answer it goes to the next machine under the same id, and pauses longer each time, up to two seconds', async () => {
  answers = [away, away, away, away, away, away, away, ok(ok(DONE))];
  const end = wishes.bring(NEXT);
  expect(wishes.stand().kind).toBe('under-way');
  expect((await end).kind).toBe('granted');
  expect(asked.map(({ origin }) => origin)).toEqual([A, B, C, A, B, C, A, B]);
  expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
  expect(pauses).toEqual([100, 250, 500, 1000, 2000, 2000, 2000]);
  expect(ring.now()).toBe(B);
});

test('machines that do not agree are asked in turn, and the line stays where it is', async () => {
  answers = [ok(err({ kind: 'not-leading' })), ok(err({ kind: 'unsure' })), ok(ok(DONE))];
  const why: string[] = [];
  wishes.follow(() => {
    const stand = wishes.stand();
    if (stand.kind === 'again') why.push(stand.why);
  });
  await wishes.bring(NEXT);
  expect([why, asked.map(({ origin }) => origin), ring.now()]).toEqual([['not-leading', 'unsure'], [A, B, C], A]);
});

test('an answer that takes long is said to, and may be given up; one that came is not', async () => {
  const end = wishes.bring(NEXT);
  slow();
  expect(wishes.stand()).toEqual({ kind: 'again', why: 'slow', since: 0 });
  wishes.giveUp();
  expect((await end).kind).toBe('given-up');
  answers = [ok(ok(DONE))];
  await wishes.bring(NEXT);
  const late = slow;
  const next = wishes.bring(NEXT);
  late();
  expect(wishes.stand().kind).toBe('under-way');
  wishes.giveUp();
  await next;
});

test('a refusal ends it', async () => {
  answers = [away, ok(err({ kind: 'nobody-waits' }))];
  expect(await wishes.bring(NEXT)).toEqual({ kind: 'refused', failure: { kind: 'nobody-waits' } });
});

test('takes no second wish while one is under way', async () => {
  const first = wishes.bring(NEXT);
  expect(await wishes.bring(NEXT)).toEqual({ kind: 'busy' });
  wishes.giveUp();
  await first;
  expect(asked).toHaveLength(1);
});

test('given up, it ends; 下一位 wished for again is another wish', async () => {
  const first = wishes.bring(NEXT);
  wishes.giveUp();
  expect(await first).toEqual({ kind: 'given-up' });
  expect(wishes.stand()).toEqual({ kind: 'none' });
  answers = [ok(ok(DONE))];
  await wishes.bring(NEXT);
  expect(asked.map(({ id }) => id)).toEqual(['id-1', 'id-2']);
});

test('given up while it pauses, it is not brought again', async () => {
  let wake = () => {};
  wishes = createWishes({ ring, now: () => 0, newId: () => 'id', after: (milliseconds, call) => (milliseconds !== SLOW && (wake = call), () => {}), send: async (origin, id) => (asked.push({ origin, id }), err({ kind: 'away' })) });
  const end = wishes.bring(NEXT);
  await expect.poll(() => wishes.stand().kind).toBe('again');
  wishes.giveUp();
  expect(await end).toEqual({ kind: 'given-up' });
  wake();
  expect(asked).toHaveLength(1);
});

test('a ticket that was given up and is wished for again is the same wish, so that it is not taken twice; after another wish it is a new one', async () => {
  const first = wishes.bring(takingWish('housing', null));
  wishes.giveUp();
  await first;
  answers = [ok(ok(DONE)), ok(ok(DONE))];
  await wishes.bring(takingWish('housing', null));
  await wishes.bring(takingWish('housing', null));
  expect(asked.map(({ id }) => id)).toEqual(['id-1', 'id-1', 'id-2']);
});

test.each(['signed-out', 'not-allowed', 'broken'] as const)('%s ends it, and says whether an earlier try may have been done', async (kind) => {
  answers = [failing(kind)];
  expect(await wishes.bring(NEXT)).toEqual({ kind, unknown: false });
  answers = [away, failing(kind)];
  expect(await wishes.bring(NEXT)).toEqual({ kind, unknown: true });
});
