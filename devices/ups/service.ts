import type { DeviceStatus } from '../../domain/contracts/devices.ts';
import type { PowerState } from '../../domain/contracts/ups.ts';
import type { Result } from '../../domain/result.ts';
import { drop, ok } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { pause } from '../../wire/clock.ts';
import type { Transport } from '../../wire/types.ts';
import { createWatched } from '../../wire/watched.ts';
import type { Stream } from '../stream.ts';
import { createStream } from '../stream.ts';
import type { UpsDriver } from './driver.ts';
import { createUpsDriver } from './driver.ts';
import type { UpsReading } from './readings.ts';
import { powerOf, readingOf, statusOf, statusWithout } from './readings.ts';
import type { Ups, UpsFailure, UpsLogEntry } from './types.ts';

/** Between two readings. Drivers of NUT look at their UPS every 2 s; oftener tells nothing new, and a visit may end so much later. */
const POLL = 2000;
/** Waits between attempts to connect, milliseconds; the last one repeats. */
const BACK_OFF = [500, 1000, 2000, 3000];
/** A wrong name or an `upsd` that refuses stays so until somebody has been there. */
const SECOND_LOOK = 60_000;
/** On battery, a UPS that says nothing for so long is taken for empty, as NUT's own monitor takes it. */
const DEAD_AFTER = 15_000;
/** Time for one long print, for saving, and for a system that shuts down slowly. */
const CRITICAL_SECONDS = 180;

/**
 * A UPS behind `upsd`. It starts at once and reconnects for as long as it lives.
 * @param options.connect a fresh, unopened transport to `upsd`; called for every connection
 * @param options.ups its name there
 * @param options.criticalSeconds run time that a visit needs to end well
 */
export function openUps(options: { connect: () => Transport; ups: string; clock: Clock; criticalSeconds?: number; log?: (entry: UpsLogEntry) => void }): Ups {
  const { connect, ups, clock, criticalSeconds = CRITICAL_SECONDS, log = () => {} } = options;
  const status = createWatched<DeviceStatus>({ kind: 'offline', reason: 'starting' }, (next) => log({ kind: 'status', status: next }));
  const listeners = new Set<Stream<PowerState>>();
  const stop = new AbortController();
  let power: PowerState | null = null;
  let lastFailure: string | null = null;
  let cancelDead: (() => void) | null = null;

  function powerBecomes(next: PowerState | null): void {
    if (next === null) return waitForDeath();
    cancelDead?.();
    cancelDead = null;
    if (JSON.stringify(next) === JSON.stringify(power)) return;
    if (next.kind !== power?.kind) log({ kind: 'power', power: next.kind });
    power = next;
    for (const listener of [...listeners]) listener.put(next);
  }

  /** The UPS no longer says what the machine lives on. What was last known stays, unless it was a battery. */
  function waitForDeath(): void {
    if (power?.kind !== 'battery') return;
    cancelDead ??= clock.after(DEAD_AFTER, () => powerBecomes({ kind: 'critical' }));
  }

  async function live(): Promise<void> {
    let failures = 0;
    while (!stop.signal.aborted) {
      const driver = createUpsDriver({ transport: connect(), clock, ups });
      const ended = await connection(driver, () => (failures = 0));
      await driver.close();
      if (stop.signal.aborted) return;
      powerBecomes(null);
      status.become(ended);
      await pause(clock, ended.kind === 'out-of-service' ? SECOND_LOOK : (BACK_OFF[Math.min(failures, BACK_OFF.length - 1)] ?? 0), stop.signal);
      failures += 1;
    }
  }

  /** Reads until that is no longer possible. @returns why, as a status */
  async function connection(driver: UpsDriver, worked: () => void): Promise<DeviceStatus> {
    const opened = await driver.open();
    if (!opened.ok) return statusWithout(opened.error);
    const { signal } = stop;
    const facts = await driver.listVariables({ signal });
    if (!facts.ok) return failed('list', facts.error);
    log({ kind: 'identified', model: facts.value.get('ups.model') ?? facts.value.get('device.model') ?? 'unknown' });
    for (;;) {
      const reading = await read(driver);
      if (!reading.ok) return failed('read', reading.error);
      worked();
      lastFailure = null;
      powerBecomes(powerOf(reading.value, criticalSeconds, power));
      status.become(statusOf(reading.value, power));
      await pause(clock, POLL, signal);
    }
  }

  function failed(command: string, failure: UpsFailure): DeviceStatus {
    const why = failure.kind === 'refused' ? `refused ${failure.word}` : failure.kind;
    // A cable that is out all night is one line in the log, not one for every attempt.
    if (why !== lastFailure && !stop.signal.aborted) log({ kind: 'command-failed', command, why });
    lastFailure = why;
    return statusWithout(failure);
  }

  async function read(driver: UpsDriver): Promise<Result<UpsReading, UpsFailure>> {
    const { signal } = stop;
    const said = await driver.getVariable({ signal, name: 'ups.status' });
    const charge = await driver.getVariable({ signal, name: 'battery.charge' });
    const runtime = await driver.getVariable({ signal, name: 'battery.runtime' });
    if (!said.ok) return said;
    if (!charge.ok) return charge;
    if (!runtime.ok) return runtime;
    return ok(readingOf({ status: said.value ?? '', charge: charge.value, runtime: runtime.value }));
  }

  const living = live();
  drop(living);

  return {
    status: status.now,
    watch: status.watch,
    power(signal) {
      const stream = createStream<PowerState>(signal, () => listeners.delete(stream));
      if (signal.aborted || stop.signal.aborted) stream.end();
      else listeners.add(stream);
      if (power !== null) stream.put(power);
      return stream;
    },
    async close() {
      stop.abort();
      for (const stream of [...listeners]) stream.end();
      status.dismiss();
      await living;
      cancelDead?.();
    },
  };
}
