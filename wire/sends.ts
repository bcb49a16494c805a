/** The sends of a wire that are still under way: closing waits for them, so that the last bytes get out. */
export type Sends = {
  /** Counts it until it has ended, well or badly. @returns it */
  during<Value>(sending: Promise<Value>): Promise<Value>;
  /** Resolves when all that are under way now have ended. */
  over(): Promise<void>;
};

export function createSends(): Sends {
  const sends = new Set<Promise<unknown>>();
  return {
    async during(sending) {
      sends.add(sending);
      try {
        return await sending;
      } finally {
        sends.delete(sending);
      }
    },
    async over() {
      await Promise.allSettled(sends);
    },
  };
}
