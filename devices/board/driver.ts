import type { LightPattern, LightsWish } from '../../domain/contracts/board.ts';
import type { Result } from '../../domain/result.ts';
import { drop, err, ok } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { commandFailure } from '../../wire/failure.ts';
import { createLock } from '../../wire/lock.ts';
import type { Transport, WireFailure } from '../../wire/types.ts';
import type { Answer, BoardMessage, Change, Command, Snapshot } from './codec.ts';
import { decodeMessage, encodeCommand, SEQUENCES } from './codec.ts';
import { encodeLine, LineReader } from './framing.ts';
import type { BoardFailure } from './types.ts';

/** A command and its answer are 340 bytes at most: 0.36 s at 9600 bit/s, and a controller that is dimming lights may take its time. */
const ANSWER_TIMEOUT = 1000;

type With = { signal: AbortSignal };
type Reply<Value> = Promise<Result<Value, BoardFailure>>;

/** `missed`: an event was lost, by its number; how things stand is to be asked. */
export type BoardReport = Change | { kind: 'ready' } | { kind: 'missed' };

export const DARK = { brightness: 'day', lights: { card: 'off', scanner: 'off', ticket: 'off', document: 'off', help: 'off' } } as const satisfies LightsWish & { lights: Record<string, LightPattern> };

/** One method a command, no policy. Commands queue behind each other; an answer is known by its number, so a late one is never taken for another's. */
export type BoardDriver = {
  open(): Promise<Result<null, WireFailure>>;
  /** Told once when the wire is gone. */
  onGone(tell: (failure: WireFailure) => void): () => void;
  /** What the board says unasked; the answer stops it. */
  onReport(tell: (report: BoardReport) => void): () => void;
  /** Null: a board of a version that this terminal does not speak. */
  hello(options: With): Reply<(Answer & { kind: 'greeting' })['capabilities']>;
  setLights(options: With & { wish: LightsWish }): Reply<null>;
  /** Proof of life, and how every part stands. A board that hears nothing for 10 s goes dark. */
  ping(options: With): Reply<Snapshot>;
  acknowledgeTamper(options: With): Reply<null>;
  /** All lights off without waiting for an answer, before the wire is closed. */
  goDark(): Promise<void>;
  close(): Promise<void>;
};

export function createBoardDriver({ transport, clock }: { transport: Transport; clock: Clock }): BoardDriver {
  const lines = new LineReader();
  const lock = createLock();
  const tellers = new Set<(report: BoardReport) => void>();
  let sequence = 0;
  /** Number of the last event; null: none yet in this connection, and nothing can have been missed that a ping would not tell. */
  let lastEvent: number | null = null;
  let waiting: { sequence: number; give(result: Result<Answer, BoardFailure>): void } | null = null;
  let garbled = false;

  transport.onBytes((chunk) => {
    for (const framed of lines.push(chunk)) {
      const message = framed.kind === 'line' ? decodeMessage(framed.body) : null;
      if (message?.ok === true) take(message.value);
      else garbled = true;
    }
  });

  function take(message: BoardMessage): void {
    if (message.kind === 'answer') {
      if (waiting?.sequence === message.sequence) waiting.give(ok(message.answer));
      return;
    }
    const { sequence: number, event } = message;
    const missed = lastEvent !== null && number !== (lastEvent + 1) % SEQUENCES;
    if (number === lastEvent && event.kind !== 'ready') return;
    lastEvent = number;
    if (event.kind === 'ready') return tell({ kind: 'ready' });
    if (event.kind !== 'unknown') tell(event);
    if (missed) tell({ kind: 'missed' });
  }

  function tell(report: BoardReport): void {
    for (const teller of [...tellers]) teller(report);
  }

  function exchange(command: Command, signal: AbortSignal): Reply<Answer> {
    return lock.withLock(() => (signal.aborted ? Promise.resolve(err({ kind: 'cancelled' } as const)) : converse(command, signal)));
  }

  function converse(command: Command, signal: AbortSignal): Reply<Answer> {
    return new Promise((resolve) => {
      const mine = next();
      garbled = false;
      const give = (result: Result<Answer, BoardFailure>): void => {
        waiting = null;
        stopTimer();
        stopGone();
        signal.removeEventListener('abort', cancel);
        resolve(result);
      };
      const cancel = (): void => give(err({ kind: 'cancelled' }));
      const stopTimer = clock.after(ANSWER_TIMEOUT, () => give(err({ kind: garbled ? 'garbled' : 'timeout' })));
      const stopGone = transport.onGone((failure) => give(err(commandFailure(failure))));
      signal.addEventListener('abort', cancel, { once: true });
      // Before sending: a fast board may answer before `send` has resolved.
      waiting = { sequence: mine, give };
      drop(
        transport.send(encodeLine(encodeCommand(mine, command))).then((sent) => {
          if (!sent.ok && waiting?.sequence === mine) give(err(commandFailure(sent.error)));
        }),
      );
    });
  }

  function next(): number {
    sequence = (sequence + 1) % SEQUENCES;
    return sequence;
  }

  /** An answer of another kind than the command's is as good as none. */
  async function ask<Kind extends Answer['kind']>(command: Command, signal: AbortSignal, expected: Kind): Reply<Answer & { kind: Kind }> {
    const answered = await exchange(command, signal);
    if (!answered.ok) return answered;
    const answer = answered.value;
    if (answer.kind === 'refused') return err({ kind: 'refused', word: answer.word });
    return answer.kind === expected ? ok(answer as Answer & { kind: Kind }) : err({ kind: 'garbled' });
  }

  async function done(command: Command, signal: AbortSignal): Reply<null> {
    const answered = await ask(command, signal, 'done');
    return answered.ok ? ok(null) : answered;
  }

  return {
    open: () => transport.open(),
    onGone: (gone) => transport.onGone(gone),
    onReport(teller) {
      tellers.add(teller);
      return () => tellers.delete(teller);
    },
    async hello({ signal }) {
      const answered = await ask({ kind: 'hello' }, signal, 'greeting');
      if (!answered.ok && answered.error.kind === 'refused' && answered.error.word === 'version') return ok(null);
      return answered.ok ? ok(answered.value.capabilities) : answered;
    },
    setLights: ({ signal, wish }) => done({ kind: 'lights', wish }, signal),
    async ping({ signal }) {
      const answered = await ask({ kind: 'ping' }, signal, 'state');
      return answered.ok ? ok(answered.value.snapshot) : answered;
    },
    acknowledgeTamper: ({ signal }) => done({ kind: 'acknowledge' }, signal),
    async goDark() {
      // A wire that does not take it has a board behind it that goes dark by itself.
      await transport.send(encodeLine(encodeCommand(next(), { kind: 'lights', wish: DARK })));
    },
    close: () => transport.close(),
  };
}
