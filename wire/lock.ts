export type Lock = {
  /** Runs the job when every job before it has ended, well or badly. Its failure is the caller's; the next job runs all the same. */
  withLock<Value>(job: () => Promise<Value>): Promise<Value>;
};

/** First come, first served. */
export function createLock(): Lock {
  let last: Promise<unknown> = Promise.resolve();
  return {
    withLock(job) {
      const run = last.then(job);
      last = run.catch(() => {});
      return run;
    },
  };
}
