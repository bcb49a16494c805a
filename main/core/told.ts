/** A value that changes, and who wants to be told. A new listener is told the last value at once. */
export type Told<Value> = {
  get(): Value;
  tell(value: Value): void;
  watch(listen: (value: Value) => void): () => void;
  /** The values as a stream: the last one, then each later one; values that came while nobody pulled are skipped but for the newest. */
  stream(signal: AbortSignal | undefined): AsyncGenerator<Value>;
};

export function createTold<Value>(first: Value): Told<Value> {
  let last = first;
  const listeners = new Set<(value: Value) => void>();

  function watch(listen: (value: Value) => void): () => void {
    listeners.add(listen);
    listen(last);
    return () => listeners.delete(listen);
  }

  return {
    get: () => last,
    tell(value) {
      last = value;
      for (const listen of listeners) listen(value);
    },
    watch,
    async *stream(signal) {
      let newest: { value: Value } | null = null;
      let wake: () => void = () => {};
      const stop = watch((value) => {
        newest = { value };
        wake();
      });
      const aborted = () => wake();
      signal?.addEventListener('abort', aborted);
      try {
        while (signal?.aborted !== true) {
          if (newest === null) await new Promise<void>((resolve) => (wake = resolve));
          const given: { value: Value } | null = newest;
          newest = null;
          if (given !== null) yield (given as { value: Value }).value;
        }
      } finally {
        stop();
        signal?.removeEventListener('abort', aborted);
      }
    },
  };
}
