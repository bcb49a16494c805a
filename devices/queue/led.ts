/** LED displays over windows, several on one wire (RS-485): each is told what to show, and told again before it would take its machine for dead. */
import type { DeviceStatus } from '../../domain/contracts/devices.ts';
import { drop, err, ok, type Result } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { pause } from '../../wire/clock.ts';
import { commandFailure } from '../../wire/failure.ts';
import { createLock } from '../../wire/lock.ts';
import type { Transport, WireFailure } from '../../wire/types.ts';
import { encodeLine, LineReader } from '../board/framing.ts';
import { offlineAfter } from '../offline.ts';
import { decodeLedAnswer, encodeLedCommand, LED_SEQUENCES, type LedAnswer, type LedPicture } from './led-codec.ts';

/** A command and its answer are 190 bytes at most: 0.2 s at 9600 bit/s, and a display that draws may take its time. */
const ANSWER_TIMEOUT = 500;
/** Between two lines on the wire: whoever answered must have let go of it. */
const TURNAROUND = 20;

export type LedFailure = { kind: 'unplugged' | 'not-permitted' | 'timeout' | 'cancelled' } | { kind: 'refused'; word: string };

/** One method, no policy. Commands queue behind each other: one wire, one voice. */
export type LedDriver = {
  open(): Promise<Result<null, WireFailure>>;
  onGone(tell: (failure: WireFailure) => void): () => void;
  show(options: { address: number; picture: LedPicture; signal: AbortSignal }): Promise<Result<null, LedFailure>>;
  close(): Promise<void>;
};

export function createLedDriver({ transport, clock }: { transport: Transport; clock: Clock }): LedDriver {
  const lines = new LineReader();
  const lock = createLock();
  let sequence = 0;
  let take: (answer: LedAnswer) => void = () => {};

  transport.onBytes((chunk) => {
    for (const framed of lines.push(chunk)) {
      const answer = framed.kind === 'line' ? decodeLedAnswer(framed.body) : null;
      if (answer?.ok === true) take(answer.value);
    }
  });

  function converse(address: number, picture: LedPicture, signal: AbortSignal): Promise<Result<null, LedFailure>> {
    return new Promise((resolve) => {
      sequence = (sequence + 1) % LED_SEQUENCES;
      const mine = sequence;
      const give = (result: Result<null, LedFailure>): void => {
        take = () => {};
        stopTimer();
        stopGone();
        signal.removeEventListener('abort', cancel);
        resolve(result);
      };
      const cancel = (): void => give(err({ kind: 'cancelled' }));
      const stopTimer = clock.after(ANSWER_TIMEOUT, () => give(err({ kind: 'timeout' })));
      const stopGone = transport.onGone((failure) => give(err(commandFailure(failure))));
      signal.addEventListener('abort', cancel, { once: true });
      // A late answer of another display, or to another command, is none.
      take = (answer) => {
        if (answer.address === address && answer.sequence === mine) give(answer.refused === null ? ok(null) : err({ kind: 'refused', word: answer.refused }));
      };
      drop(
        transport.send(encodeLine(encodeLedCommand({ address, sequence: mine, picture }))).then((sent) => {
          if (!sent.ok) give(err(commandFailure(sent.error)));
        }),
      );
    });
  }

  return {
    open: () => transport.open(),
    onGone: (tell) => transport.onGone(tell),
    show: ({ address, picture, signal }) => lock.withLock(async () => {
      if (signal.aborted) return err({ kind: 'cancelled' });
      const shown = await converse(address, picture, signal);
      await pause(clock, TURNAROUND, signal);
      return shown;
    }),
    close: () => transport.close(),
  };
}

/** A display that hears nothing for 60 s goes dark: two repetitions may be lost. */
const REPEAT = 20_000;
/** A display that did not answer is told again after so long, and does not keep the others waiting meanwhile. */
const RETRY = 5000;
/** Waits between attempts to open the wire, milliseconds; the last one repeats. */
const BACK_OFF = [500, 1000, 2000, 3000];

export type LedLog = (entry: { address: number; status: DeviceStatus }) => void;
export type Leds = {
  /** Kept and told again until the next; a display that is away gets it when it is back. */
  show(address: number, picture: LedPicture): void;
  status(address: number): DeviceStatus;
  /** Idempotent. */
  close(): Promise<void>;
};

type Display = { picture: LedPicture | null; dueAt: number; status: DeviceStatus };

/** All displays of one wire. @param options.connect a fresh, unopened transport; called for every connection @param options.log told when a display comes or goes */
export function openLeds(options: { connect: () => Transport; addresses: readonly number[]; clock: Clock; log?: LedLog }): Leds {
  const { connect, addresses, clock, log = () => {} } = options;
  const displays = new Map<number, Display>(addresses.map((address) => [address, { picture: null, dueAt: 0, status: { kind: 'offline', reason: 'starting' } }]));
  const stop = new AbortController();
  let wake = new AbortController();

  function become(address: number, display: Display, status: DeviceStatus): void {
    if (JSON.stringify(status) === JSON.stringify(display.status)) return;
    display.status = status;
    log({ address, status });
  }

  async function live(): Promise<void> {
    let failures = 0;
    while (!stop.signal.aborted) {
      const driver = createLedDriver({ transport: connect(), clock });
      const gone = new AbortController();
      driver.onGone(() => gone.abort());
      const opened = await driver.open();
      if (opened.ok) {
        failures = 0;
        for (const display of displays.values()) display.dueAt = clock.monotonic();
        await serve(driver, AbortSignal.any([stop.signal, gone.signal]));
      }
      await driver.close();
      if (stop.signal.aborted) return;
      for (const [address, display] of displays) become(address, display, offlineAfter(opened.ok ? 'unplugged' : opened.error.kind));
      await pause(clock, BACK_OFF[Math.min(failures, BACK_OFF.length - 1)] ?? 0, stop.signal);
      failures += 1;
    }
  }

  /** Tells whoever is due, the longest overdue first, until the signal ends it. */
  async function serve(driver: LedDriver, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const told = [...displays].filter(([, { picture }]) => picture !== null).toSorted(([, one], [, other]) => one.dueAt - other.dueAt);
      const [[address, display] = [0, null]] = told;
      const wait = display === null ? REPEAT : display.dueAt - clock.monotonic();
      if (display?.picture == null || wait > 0) {
        await pause(clock, wait, AbortSignal.any([signal, wake.signal]));
        wake = new AbortController();
        continue;
      }
      const { picture } = display;
      const shown = await driver.show({ address, picture, signal });
      if (signal.aborted) return;
      // Another picture that came meanwhile is due at once.
      if (display.picture === picture) display.dueAt = clock.monotonic() + (shown.ok ? REPEAT : RETRY);
      become(address, display, shown.ok ? { kind: 'online', warnings: [] } : shown.error.kind === 'refused' ? { kind: 'out-of-service', reason: 'refused' } : offlineAfter(shown.error.kind));
    }
  }

  const living = live();
  drop(living);

  return {
    show(address, picture) {
      const display = displays.get(address);
      if (display === undefined || JSON.stringify(display.picture) === JSON.stringify(picture)) return;
      display.picture = picture;
      display.dueAt = clock.monotonic();
      wake.abort();
    },
    status: (address) => displays.get(address)?.status ?? { kind: 'offline', reason: 'not-configured' },
    async close() {
      stop.abort();
      await living;
    },
  };
}
