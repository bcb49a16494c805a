import type { CodeReading, DeviceStatus } from '../../domain/contracts/devices.ts';
import { drop } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import type { Transport, WireAddress, WireFailure } from '../../wire/types.ts';
import { createWatched } from '../../wire/watched.ts';
import { createStream } from '../stream.ts';
import type { Stream } from '../stream.ts';
import { decodeCode } from './codec.ts';
import type { CodeCutter, Framed } from './framing.ts';
import { CodeReader } from './framing.ts';
import { HidPosReader } from './hid-pos.ts';
import type { CodeScanner, ScannerFormat, ScannerLogEntry } from './types.ts';

/** Waits between attempts to connect, milliseconds; the last one repeats. */
const BACK_OFF = [500, 1000, 2000, 3000];
/** A code without an end is over after this silence, milliseconds: a hundred characters even at 9600 bit/s. */
const QUIET = 100;

const CUTTERS = { text: () => new CodeReader(), 'hid-pos': () => new HidPosReader() } as const satisfies Record<ScannerFormat, () => CodeCutter>;

/** What a scanner at this address sends, when nothing else is said: HID reports that are not taken apart by their framing are those of HID POS. */
export function formatOf(address: WireAddress): ScannerFormat {
  return address.kind === 'hid' && address.framing.payloadLength === 'none' ? 'hid-pos' : 'text';
}

/**
 * A scanner that sends what it sees, on a wire. It starts at once and reconnects for as long as it lives.
 * @param options.connect a fresh, unopened transport; called for every connection
 */
export function openCodeScanner(options: { connect: () => Transport; format?: ScannerFormat; clock: Clock; log?: (entry: ScannerLogEntry) => void }): CodeScanner {
  const { connect, format = 'text', clock, log = () => {} } = options;
  const cutter = CUTTERS[format];
  const status = createWatched<DeviceStatus>({ kind: 'offline', reason: 'starting' }, (next) => log({ kind: 'status', status: next }));
  let transport: Transport | null = null;
  let reader: CodeCutter = cutter();
  let waiting: Stream<CodeReading> | null = null;
  let failures = 0;
  let cancelRetry = () => {};
  let cancelQuiet = () => {};
  let closing: Promise<void> | null = null;

  function become(next: DeviceStatus): void {
    if (status.become(next) && next.kind !== 'online') finish({ kind: 'unavailable', status: next });
  }

  /** Ends the waiting with its last word. */
  function finish(reading: CodeReading): void {
    const mine = waiting;
    waiting = null;
    mine?.put(reading);
    mine?.end();
  }

  async function open(): Promise<void> {
    const mine = connect();
    transport = mine;
    const opened = await mine.open();
    if (transport !== mine) return drop(mine.close());
    if (!opened.ok) return lost(mine, opened.error);
    failures = 0;
    reader = cutter();
    mine.onGone((failure) => lost(mine, failure));
    mine.onBytes((chunk) => take(chunk));
    become({ kind: 'online', warnings: [] });
  }

  function lost(from: Transport, failure: WireFailure): void {
    if (transport !== from || closing !== null) return;
    transport = null;
    cancelQuiet();
    drop(from.close());
    become({ kind: 'offline', reason: failure.kind === 'not-permitted' ? 'not-permitted' : 'unplugged' });
    const wait = BACK_OFF[Math.min(failures, BACK_OFF.length - 1)] ?? 0;
    failures += 1;
    cancelRetry = clock.after(wait, () => drop(open()));
  }

  function take(chunk: Uint8Array): void {
    cancelQuiet();
    for (const framed of reader.push(chunk)) tell(framed);
    if (!reader.begun) return;
    cancelQuiet = clock.after(QUIET, () => {
      const framed = reader.end();
      if (framed !== null) tell(framed);
    });
  }

  function tell(framed: Framed): void {
    // Shown while nobody waited, or the rest of it after somebody's turn: it is nobody's.
    if (waiting === null) return;
    const code = framed.kind === 'code' ? decodeCode(framed.bytes) : null;
    if (code?.ok === true) return finish({ kind: 'read', code: code.value });
    log({ kind: 'code-refused', fault: framed.kind !== 'code' ? framed.kind : code?.ok === false ? code.error.kind : 'not-text' });
    waiting.put({ kind: 'show-again' });
  }

  drop(open());

  return {
    status: status.now,
    watch: status.watch,
    scan(signal) {
      waiting?.end();
      const mine = createStream<CodeReading>(signal, () => {
        if (waiting === mine) waiting = null;
      });
      if (signal.aborted || closing !== null) {
        mine.end();
        return mine;
      }
      waiting = mine;
      // What had begun before belongs to whoever stood here before.
      cancelQuiet();
      reader = cutter();
      const now = status.now();
      if (now.kind === 'online') mine.put({ kind: 'show-code' });
      else finish({ kind: 'unavailable', status: now });
      return mine;
    },
    close() {
      closing ??= (async () => {
        cancelRetry();
        cancelQuiet();
        waiting?.end();
        status.dismiss();
        const last = transport;
        transport = null;
        await last?.close();
      })();
      return closing;
    },
  };
}
