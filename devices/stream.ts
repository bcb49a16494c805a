/** Values put by one side and iterated once by the other. */
export type Stream<Value> = AsyncIterableIterator<Value> & {
  put(value: Value): void;
  /** What was put before still comes out. */
  end(): void;
};

/**
 * Ends when `end` is called, when the reader of the stream leaves it, or when the signal is aborted; the last two also drop what was
 * not taken yet.
 * @param left told once, however the stream ended
 */
export function createStream<Value>(signal: AbortSignal, left: () => void = () => {}): Stream<Value> {
  const queue: Value[] = [];
  const waiting: ((result: IteratorResult<Value>) => void)[] = [];
  let ended = false;

  function end(): void {
    if (ended) return;
    ended = true;
    signal.removeEventListener('abort', leave);
    for (const resolve of waiting.splice(0)) resolve({ done: true, value: undefined });
    left();
  }
  function leave(): void {
    queue.length = 0;
    end();
  }
  signal.addEventListener('abort', leave, { once: true });
  if (signal.aborted) leave();

  const stream: Stream<Value> = {
    put(value) {
      if (ended) return;
      const resolve = waiting.shift();
      if (resolve === undefined) queue.push(value);
      else resolve({ done: false, value });
    },
    end,
    next() {
      if (queue.length > 0) return Promise.resolve({ done: false, value: queue.shift() as Value });
      if (ended) return Promise.resolve({ done: true, value: undefined });
      return new Promise((resolve) => waiting.push(resolve));
    },
    return() {
      leave();
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]: () => stream,
  };
  return stream;
}
