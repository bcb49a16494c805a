/** A caller at the level of bytes: firmware as `docs/queue-devices.md` asks for it, with the faults of lines and fingers. State per instance, no randomness. */
import type { Clock } from '../../domain/time.ts';
import type { DeviceEnd } from '../../wire/device-end.ts';
import { encodeLine, LineReader } from '../board/framing.ts';
import { CALLER_SEQUENCES, type CallerFace, type CallerKey, type CallerLine, type CallerWord, decodeCallerLine, encodeCallerLine } from './caller-codec.ts';

/** A press without an answer is sent again after so long, so often, milliseconds. */
const AGAIN = 700;
const MOST = 5;
/** So long after the last line from the machine it shows dashes, milliseconds. */
export const CALLER_SILENCE = 15_000;

/** `lost`: it was pressed and nobody answered. */
export type Pressed = { kind: 'done' } | { kind: 'refused'; word: CallerWord } | { kind: 'lost' };

export type CallerEmulator = {
  /** Ends when the machine has answered, or it has given up. */
  press(key: CallerKey): Promise<Pressed>;
  /** Sends the last press once more, as after an answer that it did not hear. */
  repeat(): void;
  /** null: dashes. */
  readonly face: CallerFace | null;
  /** Neither shows nor answers. */
  silent(on: boolean): void;
  /** Answers of the machine are not heard, so often. */
  deaf(times: number): void;
  /** Power off and on. */
  restart(): void;
  close(): Promise<void>;
};

export function createCallerEmulator({ line, clock }: { line: DeviceEnd; clock: Clock }): CallerEmulator {
  const lines = new LineReader();
  let face: CallerFace | null = null;
  let [sequence, isSilent, unheard] = [-1, false, 0];
  let stopDashes = (): void => {};
  let last: CallerLine | null = null;
  let waiting: { sequence: number; give(answer: Pressed): void } | null = null;

  line.onBytes((chunk) => {
    for (const framed of lines.push(chunk)) {
      const said = framed.kind === 'line' ? decodeCallerLine(framed.body) : null;
      if (said?.ok === true && !isSilent) take(said.value);
    }
  });

  function take(said: CallerLine): void {
    stopDashes();
    stopDashes = clock.after(CALLER_SILENCE, () => (face = null));
    if (said.kind === 'show') {
      ({ face } = said);
      send({ kind: 'shown', sequence: said.sequence });
    }
    if (said.kind !== 'answer') return;
    if (unheard > 0) unheard -= 1;
    else if (waiting?.sequence === said.sequence) waiting.give(said.refused === null ? { kind: 'done' } : { kind: 'refused', word: said.refused });
  }

  function send(said: CallerLine): void {
    if (!isSilent) line.send(encodeLine(encodeCallerLine(said)));
  }

  return {
    press(key) {
      sequence = (sequence + 1) % CALLER_SEQUENCES;
      const pressed: CallerLine = { kind: 'pressed', sequence, key };
      last = pressed;
      return new Promise((resolve) => {
        let [times, stop] = [0, () => {}];
        const give = (answer: Pressed): void => {
          stop();
          waiting = null;
          resolve(answer);
        };
        const say = (): void => {
          if (times === MOST) return give({ kind: 'lost' });
          times += 1;
          stop = clock.after(AGAIN, say);
          send(pressed);
        };
        waiting = { sequence, give };
        say();
      });
    },
    repeat: () => void (last !== null && send(last)),
    get face() {
      return face;
    },
    silent: (on) => void (isSilent = on),
    deaf: (times) => void (unheard = times),
    restart() {
      stopDashes();
      [face, sequence] = [null, -1];
      send({ kind: 'ready' });
    },
    async close() {
      stopDashes();
      waiting?.give({ kind: 'lost' });
      await line.close();
    },
  };
}
