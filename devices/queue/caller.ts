/** A caller on a counter: five buttons, the ticket in hand and how many wait. A press is done once, however often its line comes. */
import type { DeviceStatus } from '../../domain/contracts/devices.ts';
import { drop } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { pause } from '../../wire/clock.ts';
import type { Transport } from '../../wire/types.ts';
import { createWatched } from '../../wire/watched.ts';
import { encodeLine, LineReader } from '../board/framing.ts';
import { offlineAfter } from '../offline.ts';
import { CALLER_SEQUENCES, type CallerFace, type CallerKey, type CallerLine, type CallerWord, decodeCallerLine, encodeCallerLine } from './caller-codec.ts';

/** Proof of life to the caller, which shows dashes after 15 s of silence: two may be lost. */
const BEAT = 5000;
/** A caller answers a face at once; one that does not is asked again, and is off-line after the second. */
const ANSWER_TIMEOUT = 1000;
const UNANSWERED = 2;
/** So many presses are known when their line comes again: a caller that presses on without an answer sends an older one between two new ones. */
const REMEMBERED = 16;
/** Waits between attempts to open the wire, milliseconds; the last one repeats. */
const BACK_OFF = [500, 1000, 2000, 3000];

export type CallerLog = (entry: { kind: 'status'; status: DeviceStatus } | { kind: 'pressed'; key: CallerKey; refused: CallerWord | null }) => void;
export type Caller = {
  /** Kept, and shown again after every reconnection. */
  show(face: CallerFace): void;
  status(): DeviceStatus;
  watch(tell: (status: DeviceStatus) => void): () => void;
  /** Idempotent. */
  close(): Promise<void>;
};

/**
 * @param options.connect a fresh, unopened transport; called for every connection
 * @param options.press does what the button says; null: done. One at a time: what is pressed meanwhile is not looked at
 */
export function openCaller(options: { connect: () => Transport; clock: Clock; press(key: CallerKey): Promise<CallerWord | null>; log?: CallerLog }): Caller {
  const { connect, clock, press, log = () => {} } = options;
  const status = createWatched<DeviceStatus>({ kind: 'offline', reason: 'starting' }, (next) => log({ kind: 'status', status: next }));
  const stop = new AbortController();
  let face: CallerFace | null = null;
  let wake = new AbortController();
  /** Presses that came last; `answer` is missing while one is being done. They outlive a connection: the caller sends what was not answered again over the next one. */
  let presses: { sequence: number; answer?: { refused: CallerWord | null } }[] = [];

  async function live(): Promise<void> {
    let failures = 0;
    while (!stop.signal.aborted) {
      const transport = connect();
      const gone = new AbortController();
      transport.onGone(() => gone.abort());
      const opened = await transport.open();
      if (opened.ok) await serve(transport, AbortSignal.any([stop.signal, gone.signal]), () => (failures = 0));
      await transport.close();
      if (stop.signal.aborted) return;
      status.become(offlineAfter(opened.ok ? 'unplugged' : opened.error.kind));
      await pause(clock, BACK_OFF[Math.min(failures, BACK_OFF.length - 1)] ?? 0, stop.signal);
      failures += 1;
    }
  }

  async function serve(transport: Transport, signal: AbortSignal, lives: () => void): Promise<void> {
    const lines = new LineReader();
    let [sequence, shown] = [0, new AbortController()];
    const send = (line: CallerLine) => transport.send(encodeLine(encodeCallerLine(line)));

    async function take(line: CallerLine): Promise<void> {
      if (line.kind === 'shown' && line.sequence === sequence) shown.abort();
      if (line.kind === 'ready') {
        // It counts from the beginning again, and shows nothing.
        presses = presses.filter(({ answer }) => answer === undefined);
        wake.abort();
      }
      if (line.kind !== 'pressed') return;
      const before = presses.find((one) => one.sequence === line.sequence);
      if (before?.answer !== undefined) await send({ kind: 'answer', sequence: line.sequence, ...before.answer });
      if (before !== undefined || presses.some((one) => one.answer === undefined)) return;
      const mine: (typeof presses)[number] = { sequence: line.sequence };
      presses = [...presses, mine].slice(-REMEMBERED);
      const refused = await press(line.key);
      mine.answer = { refused };
      log({ kind: 'pressed', key: line.key, refused });
      await send({ kind: 'answer', sequence: line.sequence, refused });
    }

    transport.onBytes((chunk) => {
      for (const framed of lines.push(chunk)) {
        const line = framed.kind === 'line' ? decodeCallerLine(framed.body) : null;
        if (line?.ok === true) drop(take(line.value));
      }
    });

    for (let unanswered = 0; !signal.aborted; ) {
      wake = new AbortController();
      if (face !== null) {
        sequence = (sequence + 1) % CALLER_SEQUENCES;
        shown = new AbortController();
        await send({ kind: 'show', sequence, face });
        await pause(clock, ANSWER_TIMEOUT, AbortSignal.any([signal, shown.signal]));
        unanswered = shown.signal.aborted ? 0 : unanswered + 1;
        if (shown.signal.aborted) {
          lives();
          status.become({ kind: 'online', warnings: [] });
        } else if (!signal.aborted && unanswered >= UNANSWERED) status.become(offlineAfter('timeout'));
      }
      // What came meanwhile is shown at once.
      if (unanswered === 0 || unanswered >= UNANSWERED) await pause(clock, BEAT, AbortSignal.any([signal, wake.signal]));
    }
  }

  const living = live();
  drop(living);

  return {
    show(next) {
      if (JSON.stringify(next) === JSON.stringify(face)) return;
      face = next;
      wake.abort();
    },
    status: status.now,
    watch: status.watch,
    async close() {
      stop.abort();
      status.dismiss();
      await living;
    },
  };
}
