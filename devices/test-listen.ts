/** What a stream of a service tells in a test, from now on until the test stops listening. */
export type Listening<Value> = { told: Value[]; stop(): void };

/** @param check throws at a value that must not be told */
export function listenTo<Value>(begin: (signal: AbortSignal) => AsyncIterable<Value>, check: (value: unknown) => unknown = () => {}): Listening<Value> {
  const abort = new AbortController();
  const told: Value[] = [];
  void (async () => {
    for await (const value of begin(abort.signal)) {
      check(value);
      told.push(value);
    }
  })();
  return { told, stop: () => abort.abort() };
}
