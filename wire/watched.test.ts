import { describe, expect, test } from 'vitest';
import { createWatched } from './watched.ts';

describe('a watched value', () => {
  type Status = { kind: string };
  const [away, there]: Status[] = [{ kind: 'away' }, { kind: 'there' }];

  test('is told at once to whoever begins to watch, then each time that it is another', () => {
    const status = createWatched(away!);
    const seen: Status[] = [];
    status.watch((value) => seen.push(value));
    expect([{ ...away! }, there!, { ...there! }, away!].map((next) => status.become(next))).toEqual([false, true, false, true]);
    expect(seen).toEqual([away, there, away]);
    expect(status.now()).toEqual(away);
  });

  test('whoever stops is not told, and one who stops while all are told keeps nobody else from it', () => {
    const status = createWatched(1);
    const seen: string[] = [];
    const stopFirst = status.watch((value) => {
      seen.push(`first ${value}`);
      if (value === 2) stopFirst();
    });
    status.watch((value) => seen.push(`second ${value}`));
    status.become(2);
    status.become(3);
    expect(seen).toEqual(['first 1', 'second 1', 'first 2', 'second 2', 'second 3']);
  });

  test('its owner hears of a change before those who watch, and of the first value not at all', () => {
    const seen: string[] = [];
    const status = createWatched(1, (value) => seen.push(`owner ${value}`));
    status.watch((value) => seen.push(`watcher ${value}`));
    status.become(2);
    expect(seen).toEqual(['watcher 1', 'owner 2', 'watcher 2']);
  });

  test('when all are dismissed nobody is told, and the value goes on', () => {
    const status = createWatched(1);
    const seen: number[] = [];
    status.watch((value) => seen.push(value));
    status.dismiss();
    status.become(2);
    expect(seen).toEqual([1]);
    expect(status.now()).toBe(2);
  });
});
