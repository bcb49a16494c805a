import { expect, test } from 'vitest';
import { createTold } from './told.ts';

test('a new listener hears the last value at once, then each later one, until it stops', () => {
  const told = createTold(1);
  const heard: number[] = [];
  const stop = told.watch((value) => heard.push(value));
  told.tell(2);
  stop();
  told.tell(3);
  expect(heard).toEqual([1, 2]);
});

test('a stream gives the newest value to one that pulls late, and ends when its reader goes', async () => {
  const told = createTold(1);
  const end = new AbortController();
  const stream = told.stream(end.signal);
  expect((await stream.next()).value).toBe(1);
  told.tell(2);
  told.tell(3);
  expect((await stream.next()).value).toBe(3);
  const pending = stream.next();
  end.abort();
  expect(await pending).toEqual({ done: true, value: undefined });
});
