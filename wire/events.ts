import type { Transport, WireFailure } from './types.ts';

/** The listening half of a transport: who takes bytes, who is told that the wire is gone. */
export type WireEvents = Pick<Transport, 'onBytes' | 'onGone'> & {
  bytes(chunk: Uint8Array): void;
  /** The first call counts; later ones are the echo of the same end. */
  gone(failure: WireFailure): void;
  /** Why the wire is gone, or null while it lives. */
  readonly end: WireFailure | null;
};

/** Bytes that come while nobody listens are dropped; whoever asks `onGone` after the end is told at once. */
export function wireEvents(): WireEvents {
  const takers = new Set<(chunk: Uint8Array) => void>();
  const tellers = new Set<(failure: WireFailure) => void>();
  let end: WireFailure | null = null;
  return {
    onBytes(take) {
      takers.add(take);
      return () => takers.delete(take);
    },
    onGone(tell) {
      if (end !== null) {
        const failure = end;
        queueMicrotask(() => tell(failure));
        return () => {};
      }
      tellers.add(tell);
      return () => tellers.delete(tell);
    },
    bytes(chunk) {
      if (end !== null) return;
      for (const take of [...takers]) take(chunk);
    },
    gone(failure) {
      if (end !== null) return;
      end = failure;
      const told = [...tellers];
      tellers.clear();
      takers.clear();
      for (const tell of told) tell(failure);
    },
    get end() {
      return end;
    },
  };
}
