/** Runs jobs one after another, in the order they were given. A job that fails is its caller's; the next one runs all the same. */
export type Queue = {
  run<Value>(job: () => Promise<Value>): Promise<Value>;
  /** Resolves when every job given so far has ended. */
  idle(): Promise<void>;
};

export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run(job) {
      const mine = last.then(job);
      last = mine.catch(() => undefined);
      return mine;
    },
    async idle() {
      await last;
    },
  };
}
