import { expect, test } from 'vitest';
import { testClock } from '../../test/fixtures/test-clock.ts';
import type { Ground } from '../ground.ts';
import { startRounds } from './rounds.ts';

/** Lets what was begun run until it waits for the clock again. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test('rounds go on each minute, past a sweep that fails, and end with the hall', async () => {
  const clock = testClock(0);
  const done: string[] = [];
  const logged: unknown[] = [];
  const ground = { clock, log: (event: unknown) => void logged.push(event) } as unknown as Ground;
  const rounds = startRounds(ground, [{ name: 'sick', run: () => Promise.reject(new TypeError('no')) }, { name: 'well', run: () => Promise.resolve(done.push('well')) }]);
  clock.advance(59_000);
  await settled();
  expect(done).toEqual([]);
  for (let minute = 0; minute < 3; minute += 1) {
    clock.advance(60_000);
    await settled();
  }
  expect(done).toEqual(['well', 'well', 'well']);
  expect(logged[0]).toEqual({ event: 'failed', where: 'round sick', cause: 'TypeError' });
  await rounds.close();
  clock.advance(600_000);
  await settled();
  expect(done).toHaveLength(3);
});
