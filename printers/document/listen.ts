/** Whether the printer answers while a job runs, and what the citizen is told of it. No policy of the job's end. */
import type { PrintProgress } from '../../domain/contracts/devices.ts';
import type { Result } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import type { Driver, DriverFailure } from './driver.ts';

/** The same driver, heard: `silent(true)` once the printer has answered nothing for `patience` milliseconds after it was asked, `silent(false)` when it answers again. */
export type Listening = { driver: Driver; stop(): void };

export function listen(driver: Driver, { clock, patience, silent }: { clock: Clock; patience: number; silent(on: boolean): void }): Listening {
  let stopTimer: (() => void) | null = null;

  function stop(): void {
    stopTimer?.();
    stopTimer = null;
  }

  async function heard<Value>(answer: Promise<Result<Value, DriverFailure>>): Promise<Result<Value, DriverFailure>> {
    stopTimer ??= clock.after(patience, () => silent(true));
    const result = await answer;
    if (!result.ok && isSilence(result.error)) return result;
    stop();
    silent(false);
    return result;
  }

  return {
    driver: {
      confirms: driver.confirms,
      readPrinter: (signal) => heard(driver.readPrinter(signal)),
      send: (job, signal) => heard(driver.send(job, signal)),
      readJob: (id, signal) => heard(driver.readJob(id, signal)),
      findJob: (name, signal) => heard(driver.findJob(name, signal)),
      cancelJob: (id, signal) => heard(driver.cancelJob(id, signal)),
      close: () => driver.close(),
    },
    stop,
  };
}

function isSilence({ kind }: DriverFailure): boolean {
  return kind === 'unreachable' || kind === 'lost' || kind === 'timeout' || kind === 'cancelled';
}

/** What is told of a print until its outcome. */
export type Teller = {
  /** The first byte is about to leave. */
  sending(): void;
  /** The printer does not answer, or does again. */
  silent(on: boolean): void;
  /** It answers and does not know the job, or does. */
  missing(on: boolean): void;
};

export function teller(tell: (progress: PrintProgress) => void): Teller {
  let [sent, silent, missing] = [false, false, false];
  let told = '';

  function say(): void {
    const progress: PrintProgress = silent || missing ? { kind: 'looking', reason: sent ? 'connection-lost' : 'no-answer' } : { kind: 'sent' };
    // A printer that answers again before anything was sent to it is no news.
    if (JSON.stringify(progress) === told || (progress.kind === 'sent' && !sent)) return;
    told = JSON.stringify(progress);
    tell(progress);
  }

  return {
    sending() {
      sent = true;
      say();
    },
    silent(on) {
      silent = on;
      say();
    },
    missing(on) {
      missing = on;
      say();
    },
  };
}
