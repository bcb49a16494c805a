/** A value that changes, and who wants to be told of it: the status of a device. */
export type Watched<Value> = {
  now(): Value;
  /** Tells it to everybody, unless it is the value that it was. @returns whether it is another */
  become(next: Value): boolean;
  /** Tells the present value at once, then each other one. @returns how to stop that */
  watch(tell: (value: Value) => void): () => void;
  /** Nobody is told any more. */
  dismiss(): void;
};

/**
 * Values of plain JSON: two of the same text are the same.
 * @param changed told of each other value before those who watch
 */
export function createWatched<Value>(first: Value, changed: (value: Value) => void = () => {}): Watched<Value> {
  const watchers = new Set<(value: Value) => void>();
  let now = first;
  return {
    now: () => now,
    become(next) {
      if (JSON.stringify(next) === JSON.stringify(now)) return false;
      now = next;
      changed(now);
      for (const tell of [...watchers]) tell(now);
      return true;
    },
    watch(tell) {
      watchers.add(tell);
      tell(now);
      return () => watchers.delete(tell);
    },
    dismiss: () => watchers.clear(),
  };
}
