/**
 * Runs what it is given one after the other. A job that rejects tells its own caller and never holds the next one.
 */
export type Queue = <Value>(job: () => Promise<Value>) => Promise<Value>;

export function createQueue(): Queue {
  let tail: Promise<unknown> = Promise.resolve();
  return (job) => {
    const mine = tail.then(job);
    tail = mine.catch(() => {});
    return mine;
  };
}
