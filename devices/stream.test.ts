import { describe, expect, test } from 'vitest';
import { createStream } from './stream.ts';

describe('stream', () => {
  const signal = new AbortController().signal;

  async function all<Value>(stream: AsyncIterable<Value>): Promise<Value[]> {
    const values: Value[] = [];
    for await (const value of stream) values.push(value);
    return values;
  }

  test('values come out in order, also those put before anybody asked and before the end', async () => {
    const stream = createStream<number | undefined>(signal);
    stream.put(1);
    stream.put(undefined);
    stream.end();
    stream.put(3);
    expect(await all(stream)).toEqual([1, undefined]);
  });

  test('whoever waits gets the next value, or the end', async () => {
    const stream = createStream<number>(signal);
    const [first, second] = [stream.next(), stream.next()];
    stream.put(1);
    stream.end();
    expect(await first).toEqual({ done: false, value: 1 });
    expect(await second).toEqual({ done: true, value: undefined });
  });

  test('aborting drops what was not taken', async () => {
    const controller = new AbortController();
    let left = 0;
    const stream = createStream<number>(controller.signal, () => (left += 1));
    stream.put(1);
    controller.abort();
    expect(await all(stream)).toEqual([]);
    stream.end();
    expect(left).toBe(1);
  });

  test('leaving the loop tells once', async () => {
    let left = 0;
    const stream = createStream<number>(signal, () => (left += 1));
    stream.put(1);
    stream.put(2);
    for await (const value of stream) if (value === 1) break;
    expect(left).toBe(1);
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  test('a signal that was aborted before gives an ended stream', async () => {
    const stream = createStream<number>(AbortSignal.abort());
    stream.put(1);
    expect(await all(stream)).toEqual([]);
  });
});
