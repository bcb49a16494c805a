/** Which devices somebody works at, and what runs there: nothing new begins while an exchange is active (`domain/contracts/exchange.ts`). */
import type { DeviceStatus } from '../domain/contracts/device-status.ts';
import type { ExchangeDevice, ExchangeReason } from '../domain/contracts/exchange.ts';

/** Something that runs at a device. `giveWay` is called when an exchange begins: a reading ends, a print that has not begun is cancelled. */
type Running = { device: ExchangeDevice; giveWay(): void };

export type Exchanges = {
  start(device: ExchangeDevice, reason: ExchangeReason): void;
  end(device: ExchangeDevice): void;
  isActive(device: ExchangeDevice): boolean;
  /** Resolves when nothing runs at the device, or when the signal is aborted. */
  quiet(device: ExchangeDevice, signal: AbortSignal): Promise<void>;
  /**
   * Passes on what a job says, unless the device is in an exchange.
   * @param refuse its only word then
   * @param begin the signal is aborted when the caller's is, and for a job that does not outlive the beginning of an exchange
   */
  run<Word>(job: { device: ExchangeDevice; signal: AbortSignal; refuse(status: OutOfService): Word; begin(signal: AbortSignal): AsyncIterable<Word>; giveWay?(): void }): AsyncGenerator<Word, void>;
};

type OutOfService = Extract<DeviceStatus, { kind: 'out-of-service' }>;

export function createExchanges(): Exchanges {
  const active = new Map<ExchangeDevice, ExchangeReason>();
  const running = new Set<Running>();
  const waiting = new Set<() => void>();
  const isQuiet = (device: ExchangeDevice) => ![...running].some((one) => one.device === device);
  const outOfService = (device: ExchangeDevice): OutOfService | null => {
    const reason = active.get(device);
    return reason === undefined ? null : { kind: 'out-of-service', reason };
  };

  return {
    start(device, reason) {
      active.set(device, reason);
      for (const one of [...running]) if (one.device === device) one.giveWay();
    },
    end: (device) => void active.delete(device),
    isActive: (device) => active.has(device),
    quiet(device, signal) {
      return new Promise((resolve) => {
        const look = (): void => {
          if (!isQuiet(device) && !signal.aborted) return;
          waiting.delete(look);
          signal.removeEventListener('abort', look);
          resolve();
        };
        waiting.add(look);
        signal.addEventListener('abort', look);
        look();
      });
    },
    async *run({ device, signal, refuse, begin, giveWay }) {
      const kept = outOfService(device);
      if (kept !== null) return yield refuse(kept);
      const interrupted = new AbortController();
      const mine: Running = { device, giveWay: giveWay ?? (() => interrupted.abort()) };
      running.add(mine);
      try {
        yield* begin(AbortSignal.any([signal, interrupted.signal]));
        const now = outOfService(device);
        if (interrupted.signal.aborted && now !== null) yield refuse(now);
      } finally {
        running.delete(mine);
        for (const look of [...waiting]) look();
      }
    },
  };
}
