import type { BoardCapabilities, BoardEvent, BoardKey, BoardRefusal, LightsWish } from '../../domain/contracts/board.ts';
import { BoardLight } from '../../domain/contracts/board.ts';
import type { DeviceStatus } from '../../domain/contracts/devices.ts';
import type { Result } from '../../domain/result.ts';
import { drop, err, ok } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { pause } from '../../wire/clock.ts';
import type { HidFraming } from '../../wire/hid-framing.ts';
import type { Transport, WireFailure } from '../../wire/types.ts';
import { createWatched } from '../../wire/watched.ts';
import { offlineAfter } from '../offline.ts';
import type { Stream } from '../stream.ts';
import { createStream } from '../stream.ts';
import type { Snapshot } from './codec.ts';
import type { BoardDriver, BoardReport } from './driver.ts';
import { createBoardDriver, DARK } from './driver.ts';
import type { PartsState } from './machine.ts';
import { acknowledge, changed, INITIAL, lose, standing, statusOf, step } from './machine.ts';
import type { Board, BoardFailure, BoardLogEntry } from './types.ts';

/** Between two proofs of life. The board goes dark after 10 s of silence: three may be lost. */
const BEAT = 3000;
/** Greetings that may go unanswered: many controllers start anew when their port is opened, and sit in their loader for two seconds. */
const GREETINGS = 4;
/** Commands in a row that may fail once it has greeted; one lost line is noise. */
const FAILURES = 2;
/** Waits between attempts to connect, milliseconds; the last one repeats. */
const BACK_OFF = [500, 1000, 2000, 3000];
/** A board of another version stays so until somebody has been there. */
const SECOND_LOOK = 60_000;
/** Reports in a second: ten fingers make fewer than a hundred. More is a loose contact or no board, and would fill every listener's queue. */
const FLOOD = 100;

/** Of a board that is a HID device without a length in its reports: what pads them stands between lines, where it is dropped. */
export const BOARD_FRAMING: HidFraming = { reportId: 0, reportLength: 64, payloadLength: 'none', padding: 0, sendAs: 'output-report' };

/** A board on a wire. It starts at once and reconnects for as long as it lives. @param options.connect a fresh, unopened transport; called for every connection */
export function openBoard(options: { connect: () => Transport; clock: Clock; log?: (entry: BoardLogEntry) => void }): Board {
  const { connect, clock, log = () => {} } = options;
  const status = createWatched<DeviceStatus>({ kind: 'offline', reason: 'starting' }, (next) => log({ kind: 'status', status: next }));
  const listeners = new Set<{ stream: Stream<BoardEvent>; down: Set<BoardKey> }>();
  const stop = new AbortController();
  let capabilities: BoardCapabilities | null = null;
  let wish: LightsWish = DARK;
  let parts: PartsState = INITIAL;
  let snapshot: Snapshot | null = null;
  /** The connection whose board has greeted. */
  let current: { driver: BoardDriver; signal: AbortSignal } | null = null;
  let cancelWake = (): void => {};

  function publish(events: BoardEvent[]): void {
    for (const event of events) for (const listener of [...listeners]) put(listener, event);
  }

  /** A release is told to those who heard the press: the others began to listen in between. */
  function put({ stream, down }: { stream: Stream<BoardEvent>; down: Set<BoardKey> }, event: BoardEvent): void {
    if (event.kind === 'key' && event.pressed) down.add(event.key);
    else if (event.kind === 'key' && !down.delete(event.key)) return;
    stream.put(event);
  }

  function advance(next: Snapshot): void {
    snapshot = next;
    const stepped = step(parts, next, clock.monotonic());
    parts = stepped.state;
    cancelWake();
    if (stepped.wakeAfter !== null) cancelWake = clock.after(stepped.wakeAfter, () => snapshot !== null && advance(snapshot));
    publish(stepped.events);
    status.become(statusOf(parts, clock.monotonic()));
  }

  function leave(next: DeviceStatus): void {
    cancelWake();
    current = null;
    if (snapshot !== null) {
      const lost = lose(parts);
      parts = lost.state;
      publish(lost.events);
    }
    snapshot = null;
    status.become(next);
  }

  async function live(): Promise<void> {
    let failures = 0;
    while (!stop.signal.aborted) {
      const ended = await connection(() => (failures = 0));
      if (stop.signal.aborted) return;
      leave(ended);
      await pause(clock, ended.kind === 'out-of-service' ? SECOND_LOOK : (BACK_OFF[Math.min(failures, BACK_OFF.length - 1)] ?? 0), stop.signal);
      failures += 1;
    }
  }

  /** From opening the wire until it is of no more use. @returns why, as a status */
  async function connection(greeted: () => void): Promise<DeviceStatus> {
    const driver = createBoardDriver({ transport: connect(), clock });
    /** Its reason is how the connection ended, as a status. */
    const gone = new AbortController();
    driver.onGone((failure) => gone.abort(statusWithout(failure)));
    try {
      const opened = await driver.open();
      if (!opened.ok) return statusWithout(opened.error);
      const ended = await converse(driver, gone, greeted);
      const first: DeviceStatus = gone.signal.aborted ? gone.signal.reason : ended;
      return first;
    } finally {
      if (stop.signal.aborted) await driver.goDark();
      await driver.close();
    }
  }

  async function converse(driver: BoardDriver, gone: AbortController, greeted: () => void): Promise<DeviceStatus> {
    const signal = AbortSignal.any([gone.signal, stop.signal]);
    const greeting = await greet(driver, signal);
    if (!greeting.ok) return statusWithout(greeting.error);
    if (greeting.value === null) return { kind: 'out-of-service', reason: 'unsupported-version' };
    greeted();
    capabilities = greeting.value;
    log({ kind: 'greeted', model: capabilities.model, firmware: capabilities.firmware });
    current = { driver, signal };

    let heartbeat = new AbortController();
    const flood = { since: clock.monotonic(), reports: 0 };
    function take(report: BoardReport): void {
      if (clock.monotonic() - flood.since >= 1000) Object.assign(flood, { since: clock.monotonic(), reports: 0 });
      flood.reports += 1;
      if (flood.reports > FLOOD) return gone.abort({ kind: 'offline', reason: 'garbled' } satisfies DeviceStatus);
      if (report.kind === 'ready') drop(applyWish());
      if (report.kind === 'ready' || report.kind === 'missed') return heartbeat.abort();
      if (snapshot !== null && current?.driver === driver) advance(changed(snapshot, report));
    }
    driver.onReport(take);
    drop(applyWish());

    for (let failures = 0; !signal.aborted; ) {
      const pinged = await driver.ping({ signal });
      if (pinged.ok) advance(pinged.value);
      else log({ kind: 'command-failed', command: 'ping', why: whyOf(pinged.error) });
      failures = pinged.ok ? 0 : failures + 1;
      if (!pinged.ok && failures === FAILURES) return statusWithout(pinged.error);
      await pause(clock, pinged.ok ? BEAT : 0, AbortSignal.any([signal, heartbeat.signal]));
      heartbeat = new AbortController();
    }
    return { kind: 'offline', reason: 'unplugged' };
  }

  async function greet(driver: BoardDriver, signal: AbortSignal): Promise<Result<BoardCapabilities | null, BoardFailure>> {
    for (let attempt = 1; ; attempt += 1) {
      const greeting = await driver.hello({ signal });
      if (greeting.ok || signal.aborted || attempt === GREETINGS) return greeting;
    }
  }

  /** The last wish to the board of the present connection; what fails is tried again by the next connection. */
  async function applyWish(): Promise<Result<null, BoardRefusal>> {
    if (current === null) return err({ kind: 'unavailable' });
    const { driver, signal } = current;
    return refusalOf('lights', await driver.setLights({ signal, wish: supported(wish, capabilities) }));
  }

  function refusalOf(command: string, done: Result<null, BoardFailure>): Result<null, BoardRefusal> {
    if (done.ok) return done;
    log({ kind: 'command-failed', command, why: whyOf(done.error) });
    return err(done.error.kind === 'refused' ? done.error : { kind: 'unavailable' });
  }

  const living = live();
  drop(living);

  return {
    status: status.now,
    capabilities: () => capabilities,
    watch: status.watch,
    async setLights(wished) {
      const lacking = capabilities === null ? [] : BoardLight.options.filter((light) => wished.lights[light] !== 'off' && capabilities?.lights.includes(light) === false);
      if (lacking.length > 0) return err({ kind: 'no-such-light', lights: lacking });
      wish = wished;
      return applyWish();
    },
    events(signal) {
      const stream = createStream<BoardEvent>(signal, () => listeners.delete(listener));
      const listener = { stream, down: new Set<BoardKey>() };
      if (signal.aborted || stop.signal.aborted) stream.end();
      else listeners.add(listener);
      for (const event of standing(parts)) stream.put(event);
      return stream;
    },
    async acknowledgeTamper() {
      if (current === null) return err({ kind: 'unavailable' });
      const { driver, signal } = current;
      const done = refusalOf('acknowledge', await driver.acknowledgeTamper({ signal }));
      if (!done.ok || snapshot === null) return done;
      parts = acknowledge(parts);
      advance({ ...snapshot, tamper: false });
      return ok(null);
    },
    async close() {
      stop.abort();
      for (const { stream } of [...listeners]) stream.end();
      status.dismiss();
      await living;
      cancelWake();
    },
  };
}

/** A wish from before the first greeting may name a light that this board turns out not to have. */
function supported(wish: LightsWish, capabilities: BoardCapabilities | null): LightsWish {
  const lights = BoardLight.options.map((light) => [light, capabilities?.lights.includes(light) === true ? wish.lights[light] : 'off'] as const);
  return { ...wish, lights: Object.fromEntries(lights) as LightsWish['lights'] };
}

/** A board that refuses to greet or to say how it is works no more than one that is silent. */
function statusWithout(failure: BoardFailure | WireFailure): DeviceStatus {
  return offlineAfter(failure.kind === 'refused' ? 'timeout' : failure.kind);
}

function whyOf(failure: BoardFailure): string {
  return failure.kind === 'refused' ? `${failure.kind} ${failure.word}` : failure.kind;
}
