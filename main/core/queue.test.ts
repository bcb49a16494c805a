import { expect, test } from 'vitest';
import { createQueue } from './queue.ts';

test('a job that fails tells its caller and the next one still runs, in order', async () => {
  const queue = createQueue();
  const ran: string[] = [];
  const first = queue(async () => void ran.push('first'));
  const middle = queue(async () => {
    ran.push('middle');
    throw new Error('middle fails');
  });
  const last = queue(async () => ran.push('last'));
  await first;
  await expect(middle).rejects.toThrow('middle fails');
  await expect(last).resolves.toBe(3);
  expect(ran).toEqual(['first', 'middle', 'last']);
});
