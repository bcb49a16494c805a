/** For the tests of one job from its sending to its end: a printer without a wire, and the job that is followed on it. */
import { err, ok } from '../../domain/result.ts';
import type { Driver, DriverFailure, JobReading, PrinterReading } from './driver.ts';
import { runJob } from './follow.ts';
import type { End, Follower } from './follow.ts';
import type { JumpingClock } from '../papers/test-rig.ts';
import { jumpingClock } from '../papers/test-rig.ts';
import { TIMING } from './types.ts';

export const NAME = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const PDF = new Uint8Array(3_000);

/** A printer made of facts that a test changes at given times. */
export type PrinterOfFacts = {
  clock: JumpingClock;
  printer: PrinterReading;
  job: JobReading | null;
  /** What the printer does with Print-Job; taking the job when left out. */
  onSend: (name: string) => DriverFailure | null;
  /** What it does with Cancel-Job. */
  onCancel: () => void;
  /** Every request fails this way while it is set. */
  broken: DriverFailure | null;
  sends: number;
  cancels: number;
  told: string[];
  /** Whether the job is looked for. */
  missing: boolean;
  follower: Follower;
  stop: AbortController;
  run(): Promise<End>;
};

export function printerOfFacts(): PrinterOfFacts {
  const clock = jumpingClock();
  const answer = <Value>(value: () => Value) => Promise.resolve(held.broken === null ? ok(value()) : err(held.broken));
  const driver: Driver = {
    confirms: true,
    close: () => undefined,
    readPrinter: () => answer(() => held.printer),
    send({ name }) {
      held.sends += 1;
      const failure = held.onSend(name);
      return Promise.resolve(failure === null ? ok(held.job?.id ?? 0) : err(failure));
    },
    readJob: (id) => answer(() => (held.job?.id === id ? held.job : null)),
    findJob: (name) => answer(() => (held.job?.name === name ? held.job : null)),
    cancelJob: () =>
      answer(() => {
        held.cancels += 1;
        held.onCancel();
        return null;
      }),
  };
  const held: PrinterOfFacts = {
    clock,
    printer: { state: 'processing', reasons: ['none'], accepting: true, takesPdf: true, hasA4: true, trays: [], wishes: { media: true, sides: ['one-sided'], scaling: true } },
    job: null,
    onSend(name) {
      held.job = { id: 1, name, state: 'processing', reasons: ['job-printing'], impressions: 0, size: null };
      return null;
    },
    onCancel: () => undefined,
    broken: null,
    sends: 0,
    cancels: 0,
    told: [],
    missing: false,
    follower: { driver, clock, timing: TIMING, ignore: [], counts: true },
    stop: new AbortController(),
    run: () => runJob(held.follower, { name: NAME, pdf: PDF, pages: 1, wishes: held.printer.wishes, sides: 'one-sided', tray: null, signal: held.stop.signal, sending: () => held.told.push(`sent@${held.sends}`), missing: (on) => (held.missing = on) }),
  };
  return held;
}

/** Changes what the printer says of the job that it has. */
export function set(held: PrinterOfFacts, change: Partial<JobReading>): void {
  if (held.job !== null) held.job = { ...held.job, ...change };
}

export function complete(held: PrinterOfFacts): void {
  set(held, { state: 'completed', impressions: 1 });
}
