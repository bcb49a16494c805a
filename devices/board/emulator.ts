/** A builder's board at the level of bytes: firmware as README.md asks for it, with the faults of long cables and of hands. State per instance, no randomness. */
import type { BoardCapabilities, LightsWish } from '../../domain/contracts/board.ts';
import { BoardLight, BoardPart } from '../../domain/contracts/board.ts';
import { never } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import type { DeviceEnd } from '../../wire/device-end.ts';
import { pace } from '../../wire/pacing.ts';
import type { Answer, BoardMessage, Change, Command, Snapshot } from './codec.ts';
import { decodeCommand, encodeMessage, SEQUENCES } from './codec.ts';
import { DARK } from './driver.ts';
import { encodeLine, LineReader } from './framing.ts';
import { changed } from './machine.ts';

/** README.md, “Fail dark”: so long after the last whole line from the host all lights go off. */
export const HOST_SILENCE = 10_000;

const QUIET: Snapshot = { near: false, door: false, tamper: false, headset: false, keys: [] };
export const EMULATED: BoardCapabilities = { model: 'emulated', firmware: '1.0.0', lights: BoardLight.options, dimming: true, parts: BoardPart.options };

export type BoardEmulator = {
  /** A person, a door or a plug does something. */
  change(change: Change): void;
  /** Answers and events stop, or go on. */
  silent(on: boolean): void;
  /** One bit of the next line is wrong. */
  corruptNext(): void;
  /** The next event is counted and never sent. */
  loseNext(): void;
  /** The next command is answered by `ERR` and this word. */
  refuseNext(word: string): void;
  /** Greets as a board of a version that does not exist yet. */
  newer(on: boolean): void;
  /** Sends these bytes as they are. */
  noise(bytes: Uint8Array): void;
  /** So many key events without a pause, as a loose contact makes them. */
  flood(events: number): void;
  /** Power off and on: the tamper latch stays, everything else begins anew. */
  restart(): void;
  unplug(): Promise<void>;
  replug(): Promise<void>;
  /** What its lights show. */
  readonly lights: LightsWish;
  /** Commands that were obeyed. */
  readonly commands: number;
  close(): Promise<void>;
};

export function createBoardEmulator(options: { line: DeviceEnd; clock: Clock; baudRate?: number; capabilities?: BoardCapabilities }): BoardEmulator {
  const { line, clock, baudRate = 115_200, capabilities = EMULATED } = options;
  const pacer = pace({ clock, baudRate, send: (bytes) => line.send(bytes) });
  let lines = new LineReader();
  let state = QUIET;
  let lights: LightsWish = DARK;
  let sequence = 0;
  let commands = 0;
  let isSilent = false;
  let isNewer = false;
  let corrupt = false;
  let lose = false;
  let refusal: string | null = null;
  let stopWatchdog = (): void => {};

  line.onBytes((chunk) => {
    for (const framed of lines.push(chunk)) if (framed.kind === 'line') obey(framed.body);
  });

  function obey(body: string): void {
    stopWatchdog();
    stopWatchdog = clock.after(HOST_SILENCE, () => (lights = DARK));
    const decoded = decodeCommand(body);
    const number = Number(/^C (\d{1,3}) /.exec(body)?.[1]);
    if (!decoded.ok) return Number.isNaN(number) ? undefined : send({ kind: 'answer', sequence: number, answer: { kind: 'refused', word: 'bad-command' } });
    const word = refusal;
    refusal = null;
    send({ kind: 'answer', sequence: number, answer: word === null ? perform(decoded.value.command) : { kind: 'refused', word } });
  }

  function perform(command: Command): Answer {
    commands += 1;
    switch (command.kind) {
      case 'hello':
        return { kind: 'greeting', capabilities: isNewer ? null : capabilities };
      case 'lights':
        ({ wish: lights } = command);
        return { kind: 'done' };
      case 'ping':
        return { kind: 'state', snapshot: state };
      case 'acknowledge':
        state = { ...state, tamper: false };
        return { kind: 'done' };
      default:
        return never(command);
    }
  }

  function send(message: BoardMessage): void {
    if (isSilent) return;
    const bytes = encodeLine(encodeMessage(message));
    // A digit or letter of the body, so that the line stays a line.
    if (corrupt) bytes[1] = (bytes[1] ?? 0) ^ 0x01;
    corrupt = false;
    void pacer.send(bytes);
  }

  function tell(event: (BoardMessage & { kind: 'event' })['event']): void {
    const mine = sequence;
    sequence = (sequence + 1) % SEQUENCES;
    if (lose) lose = false;
    else send({ kind: 'event', sequence: mine, event });
  }

  function change(next: Change): void {
    state = changed(state, next);
    tell(next);
  }

  return {
    change,
    silent(on) {
      isSilent = on;
    },
    corruptNext() {
      corrupt = true;
    },
    loseNext() {
      lose = true;
    },
    refuseNext(word) {
      refusal = word;
    },
    newer(on) {
      isNewer = on;
    },
    noise: (bytes) => void pacer.send(bytes),
    flood(events) {
      for (let sent = 0; sent < events; sent += 1) change({ kind: 'key', key: '1', down: sent % 2 === 0 });
    },
    restart() {
      stopWatchdog();
      lines = new LineReader();
      state = { ...QUIET, tamper: state.tamper };
      lights = DARK;
      sequence = 0;
      tell({ kind: 'ready' });
    },
    unplug: () => line.unplug(),
    replug: () => line.replug(),
    get lights() {
      return lights;
    },
    get commands() {
      return commands;
    },
    async close() {
      stopWatchdog();
      pacer.stop();
      await line.close();
    },
  };
}
