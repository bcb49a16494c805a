import type { CardReading } from '../../domain/contracts/devices.ts';
import { drop, never } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import type { Transport } from '../../wire/types.ts';
import { createWatched } from '../../wire/watched.ts';
import type { ReaderDriver } from './driver.ts';
import { createReaderDriver } from './driver.ts';
import { step } from './machine.ts';
import type { ReaderCommand, ReaderEffect, ReaderEvent } from './phases.ts';
import { INITIAL } from './phases.ts';
import { createStream } from '../stream.ts';
import type { Stream } from '../stream.ts';
import { decodeTextBlock } from './text-block.ts';
import type { IdCardReader, ReaderFailure, ReaderLogEntry } from './types.ts';

/** Where the reader is, made anew for every connection: a fresh, unopened transport, or a driver of another kind, as for a vendor's library. */
type Connection = { connect: () => Transport } | { driver: () => ReaderDriver };

/** Runs the machine on a reader: the only stateful file of this driver. It starts at once and reconnects for as long as it lives. */
export function openIdCardReader(options: Connection & { clock: Clock; log?: (entry: ReaderLogEntry) => void }): IdCardReader {
  const { clock, log = () => {} } = options;
  const makeDriver = 'driver' in options ? options.driver : () => createReaderDriver({ transport: options.connect(), clock });
  let state = INITIAL;
  const status = createWatched(INITIAL.status, (next) => log({ kind: 'status', status: next, samId: state.samId }));
  let driver: ReaderDriver | null = null;
  let connection = new AbortController();
  let cancelTimer = (): void => {};
  let reading: Stream<CardReading> | null = null;
  let closing: Promise<void> | null = null;
  const lettingGo = new Set<Promise<void>>();
  const settling = new Set<() => void>();

  function dispatch(event: ReaderEvent): void {
    if (closing !== null && event.kind !== 'stop') return;
    const next = step(state, event);
    state = next.state;
    for (const effect of next.effects) run(effect);
    if (isSettled()) for (const tell of settling) tell();
    status.become(state.status);
  }

  function run(effect: ReaderEffect): void {
    switch (effect.kind) {
      case 'open':
        return drop(open());
      case 'close':
        return letGo();
      case 'send':
        return drop(send(effect.command));
      case 'wait':
        return wait(effect.milliseconds);
      case 'tell': {
        const listener = reading;
        // What ends a reading leaves the machine without a listener.
        if (!state.listening) reading = null;
        listener?.put(effect.reading);
        if (!state.listening) listener?.end();
        return;
      }
      default:
        return never(effect);
    }
  }

  async function open(): Promise<void> {
    const mine = makeDriver();
    driver = mine;
    connection = new AbortController();
    const opened = await mine.open();
    // Closed while it opened: the wire is let go of and nobody waits for it.
    if (driver !== mine) return;
    if (!opened.ok) return dispatch({ kind: 'open-failed', failure: opened.error });
    mine.onGone((failure) => {
      if (driver === mine) dispatch({ kind: 'gone', failure });
    });
    dispatch({ kind: 'opened' });
  }

  function letGo(): void {
    cancelTimer();
    connection.abort();
    if (driver === null) return;
    // Forgotten first: the end that closing tells is no news.
    const last = driver;
    driver = null;
    const closed = last.close();
    lettingGo.add(closed);
    drop(closed.finally(() => lettingGo.delete(closed)));
  }

  function wait(milliseconds: number): void {
    cancelTimer();
    cancelTimer = clock.after(milliseconds, () => dispatch({ kind: 'timer' }));
  }

  async function send(command: ReaderCommand): Promise<void> {
    const mine = driver;
    if (mine === null) return;
    cancelTimer();
    const event = await perform(mine, command, connection.signal);
    // An answer of an earlier connection says nothing about this one.
    if (driver !== mine) return;
    if (event.kind === 'failed' && !(event.failure.kind === 'refused' && event.failure.status.name === 'no-card')) log({ kind: 'command-failed', command, failure: event.failure });
    dispatch(event);
  }

  /** Nothing is under way but a timer. */
  function isSettled(): boolean {
    return state.phase === 'resting' || state.phase === 'waiting-to-open' || state.phase === 'out-of-service' || state.phase === 'stopped';
  }

  dispatch({ kind: 'start' });

  return {
    status: status.now,
    watch: status.watch,
    look() {
      return new Promise((resolve) => {
        // What the next timer would ask is asked now; what is under way is asking already.
        if (isSettled()) {
          cancelTimer();
          dispatch({ kind: 'timer' });
        }
        if (isSettled()) return resolve();
        const tell = (): void => {
          settling.delete(tell);
          resolve();
        };
        settling.add(tell);
      });
    },
    read(signal) {
      reading?.end();
      const mine = createStream<CardReading>(signal, () => {
        if (reading !== mine) return;
        reading = null;
        dispatch({ kind: 'unlisten' });
      });
      if (signal.aborted || closing !== null) {
        mine.end();
        return mine;
      }
      reading = mine;
      dispatch({ kind: 'listen' });
      return mine;
    },
    close() {
      closing ??= (async () => {
        reading?.end();
        status.dismiss();
        dispatch({ kind: 'stop' });
        await Promise.all(lettingGo);
      })();
      return closing;
    },
  };
}

/** One command of the machine, its answer as the machine's event. */
async function perform(driver: ReaderDriver, command: ReaderCommand, signal: AbortSignal): Promise<ReaderEvent> {
  switch (command) {
    case 'sam-status':
      return done(await driver.samStatus({ signal }));
    case 'find-card':
      return done(await driver.findCard({ signal }));
    case 'select-card':
      return done(await driver.selectCard({ signal }));
    case 'sam-id': {
      const samId = await driver.readSamId({ signal });
      return samId.ok ? { kind: 'identified', samId: samId.value } : { kind: 'failed', failure: samId.error };
    }
    case 'read-base': {
      const block = await driver.readBase({ signal });
      if (!block.ok) return { kind: 'failed', failure: block.error };
      const holder = decodeTextBlock(block.value);
      block.value.fill(0);
      return holder.ok ? { kind: 'card-read', holder: holder.value } : { kind: 'card-not-understood', fault: holder.error };
    }
    default:
      return never(command);
  }
}

function done(result: Result<null, ReaderFailure>): ReaderEvent {
  return result.ok ? { kind: 'done' } : { kind: 'failed', failure: result.error };
}
