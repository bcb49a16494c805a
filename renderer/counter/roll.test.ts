import { expect, test } from 'vitest';
import { tellDay } from '../../domain/queue/test-site.ts';
import { enterRoll, type RollStand } from './roll.ts';
import type { WishEnd } from './wishes.ts';

const ROLL = { business: 'housing', first: 501, last: 505, takenAt: '2026-11-23T01:30:00.000Z' };
const never = () => false;

/** Wishes that a day of the real rules answers. */
function wishesOfDay(day: ReturnType<typeof tellDay>) {
  return {
    async bring(wish: Parameters<ReturnType<typeof tellDay>['wish']>[0]): Promise<WishEnd> {
      const answer = day.wish(wish);
      return answer.ok ? { kind: 'granted', granted: { entry: answer.value, code: null } } : { kind: 'refused', failure: answer.error };
    },
  };
}

test('each number is a wish of its own: one that is known already does not stop the rest, and is named', async () => {
  const day = tellDay();
  day.must({ kind: 'enter-roll', business: 'housing', number: 503, takenAt: ROLL.takenAt });
  const stands: RollStand[] = [];
  const over = await enterRoll(ROLL, wishesOfDay(day), never, (stand) => stands.push(stand));
  expect(over).toMatchObject({ all: 5, done: 4, refused: [{ number: 503, failure: { kind: 'number-taken' } }], running: false, end: null });
  expect(day.queue().lines['housing']?.map(({ number }) => number)).toEqual([501, 502, 503, 504, 505]);
  expect(stands.map(({ done, refused }) => done + refused.length)).toEqual([0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
});

test('stopped, it says how far it came; what was entered stays', async () => {
  const day = tellDay();
  let told = 0;
  const over = await enterRoll(ROLL, wishesOfDay(day), () => told >= 4, () => (told += 1));
  expect(over).toMatchObject({ done: 2, running: false, end: 'stopped' });
  expect(day.queue().lines['housing']).toHaveLength(2);
});

test.each(['given-up', 'signed-out', 'broken'] as const)('%s ends it there', async (kind) => {
  const end: WishEnd = kind === 'given-up' ? { kind } : { kind, unknown: false };
  expect(await enterRoll(ROLL, { bring: async () => end }, never, () => {})).toMatchObject({ done: 0, refused: [], running: false, end: kind });
});
