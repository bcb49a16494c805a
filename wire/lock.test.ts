import { describe, expect, test } from 'vitest';
import { createLock } from './lock.ts';

describe('lock', () => {
  test('jobs run one at a time and in order, and one that fails does not stop the next', async () => {
    const lock = createLock();
    const trace: string[] = [];
    const job = (name: string, fail = false) =>
      lock.withLock(async () => {
        trace.push(`${name} begins`);
        await new Promise((resolve) => setImmediate(resolve));
        trace.push(`${name} ends`);
        if (fail) throw new Error(name);
        return name;
      });
    expect(await Promise.allSettled([job('a'), job('b', true), job('c')])).toMatchObject([
      { status: 'fulfilled', value: 'a' },
      { status: 'rejected' },
      { status: 'fulfilled', value: 'c' },
    ]);
    expect(trace).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });
});
