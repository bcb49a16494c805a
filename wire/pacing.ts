import type { Clock } from '../domain/time.ts';

export type Pacer = {
  /** Queues bytes; resolves when the last of them is out, or when pacing was stopped. */
  send(bytes: Uint8Array): Promise<void>;
  /** Changes the speed from the next byte on. */
  setBaudRate(baudRate: number): void;
  /** Drops what is queued and cancels the timer; further bytes are dropped. */
  stop(): void;
};

/** Timers are coarse: waking more often than this only costs. At 115 200 bit/s one step is 23 bytes. */
const SHORTEST_STEP = 2;
/** A serial character is 1 start, 8 data and 1 stop bit. */
const BITS_PER_BYTE = 10;

/**
 * Sends bytes as slowly as a serial line would: a byte goes out when its last bit would have arrived, so at no moment have more
 * than elapsed × baudRate / 10 bytes gone out. A late timer is made up for in one larger step.
 */
export function pace({ baudRate, clock, send }: { baudRate: number; clock: Clock; send: (bytes: Uint8Array) => void }): Pacer {
  const queue: { bytes: Uint8Array; out: number; done: () => void }[] = [];
  let bytesPerMillisecond = baudRate / BITS_PER_BYTE / 1000;
  let cancel: (() => void) | null = null;
  /** When the byte before the next one was through. */
  let through = 0;
  let stopped = false;

  function schedule(): void {
    const head = queue[0];
    if (head === undefined || cancel !== null) return;
    const wait = Math.max(Math.min(SHORTEST_STEP, (head.bytes.length - head.out) / bytesPerMillisecond), 1 / bytesPerMillisecond);
    cancel = clock.after(Math.max(through + wait - clock.monotonic(), 0), step);
  }

  function step(): void {
    cancel = null;
    const head = queue[0];
    if (head === undefined) return;
    // The small addend keeps a timer that fires exactly on time from losing a byte to rounding.
    const due = Math.min(Math.floor((clock.monotonic() - through) * bytesPerMillisecond + 1e-6), head.bytes.length - head.out);
    if (due > 0) {
      through += due / bytesPerMillisecond;
      const piece = head.bytes.subarray(head.out, head.out + due);
      head.out += due;
      send(piece);
    }
    if (head.out === head.bytes.length && queue[0] === head) {
      queue.shift();
      head.done();
    }
    schedule();
  }

  return {
    send(bytes) {
      if (stopped || bytes.length === 0) return Promise.resolve();
      return new Promise((done) => {
        if (queue.length === 0) through = Math.max(through, clock.monotonic());
        queue.push({ bytes, out: 0, done });
        schedule();
      });
    },
    setBaudRate(next) {
      bytesPerMillisecond = next / BITS_PER_BYTE / 1000;
    },
    stop() {
      stopped = true;
      cancel?.();
      cancel = null;
      for (const rest of queue.splice(0)) rest.done();
    },
  };
}
