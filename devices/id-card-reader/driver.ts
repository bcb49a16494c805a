import type { Result } from '../../domain/result.ts';
import { drop, err, ok } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { commandFailure } from '../../wire/failure.ts';
import { createLock } from '../../wire/lock.ts';
import type { Transport, WireFailure } from '../../wire/types.ts';
import type { Answer, BaudRate, Command, Misshapen } from './codec.ts';
import { decodeAnswer, decodeBaseInformation, decodeSamId, encodeCommand } from './codec.ts';
import { ANSWER_BOUNDS, encodeFrame, FrameReader } from './framing.ts';
import type { StatusName } from './status-codes.ts';
import type { ReaderFailure } from './types.ts';

/**
 * How long a reader may be silent before the first byte of its answer. Implementations in the field wait 100–800 ms for finding and
 * selecting, 300 ms for the SAM id, 1.1–2 s for base information, 3 s with fingerprints, 1.5 s for the address; these are the longest
 * of each, and never under 800 ms.
 */
const FIRST_BYTE: Readonly<Record<Command['kind'], number>> = {
  reset: 2000,
  'sam-status': 800,
  'sam-id': 800,
  'find-card': 800,
  'select-card': 800,
  'read-base': 2000,
  'read-new-address': 1500,
  'read-management-number': 800,
  'read-base-and-fingerprint': 3000,
  'set-baud-rate': 800,
  'set-radio-bytes': 800,
};
/** From the first byte to the last; 1295 bytes take 1.35 s at 9600 bit/s. Whole commands get 5 s in the field. */
const WHOLE_ANSWER = 3000;
/** After a time-out a late answer may still come. The next command waits for a pause this long: many characters at any speed. */
const QUIET = 50;
/** A line that is never quiet is noise; commands go out regardless after this. */
const QUIET_LIMIT = 1000;

type With = { signal: AbortSignal };
export type Reply<Value> = Promise<Result<Value, ReaderFailure>>;

/**
 * One method a command, no policy. Commands queue behind each other. Aborting a command answers `cancelled` at once; the line stays
 * taken until its answer or its time-out, so that the answer is never mistaken for the next command's.
 */
export type ReaderDriver = {
  /** `no-library`: of a reader behind its vendor's library alone. */
  open(): Promise<Result<null, WireFailure | { kind: 'no-library' }>>;
  /** Told once when the wire is gone. */
  onGone(tell: (failure: WireFailure) => void): () => void;
  close(): Promise<void>;

  reset(options: With): Reply<null>;
  samStatus(options: With): Reply<null>;
  readSamId(options: With): Reply<string>;
  /** ok: a card answers; refused `no-card`: none does, or the one that was read still lies there. */
  findCard(options: With): Reply<null>;
  selectCard(options: With): Reply<null>;
  /** The 256-byte text block; the photo is overwritten before this returns. */
  readBase(options: With): Reply<Uint8Array>;
  readBaseAndFingerprint(options: With): Reply<Uint8Array>;
  /** 70 bytes of text, UTF-16LE. */
  readNewAddress(options: With): Reply<Uint8Array>;
  /** 28 bytes: IIN, SN, DN. */
  readManagementNumber(options: With): Reply<Uint8Array>;
  /** The reader answers at the old speed; the caller reopens the wire at the new one. */
  setBaudRate(options: With & { baudRate: BaudRate }): Reply<null>;
  setRadioBytes(options: With & { bytes: number }): Reply<null>;
};

export function createReaderDriver({ transport, clock }: { transport: Transport; clock: Clock }): ReaderDriver {
  const frames = new FrameReader(ANSWER_BOUNDS);
  const lock = createLock();
  let lateAnswerPossible = false;

  function exchange(command: Command, signal: AbortSignal): Reply<Answer> {
    return new Promise((resolve, reject) => {
      const cancel = (): void => resolve(err({ kind: 'cancelled' }));
      if (signal.aborted) return cancel();
      signal.addEventListener('abort', cancel, { once: true });
      lock
        .withLock(async () => {
          if (signal.aborted) return;
          resolve(await converse(command));
        })
        .catch(reject)
        .finally(() => signal.removeEventListener('abort', cancel));
    });
  }

  async function converse(command: Command): Reply<Answer> {
    if (lateAnswerPossible) await quiet();
    lateAnswerPossible = false;
    frames.reset();
    const answering = answer(FIRST_BYTE[command.kind]);
    // The answer's own clock runs from here: a line that does not take the command is as silent as a reader that ignores it.
    drop(
      transport.send(encodeFrame(encodeCommand(command))).then((sent) => {
        if (!sent.ok) answering.give(err(commandFailure(sent.error)));
      }),
    );
    return answering.given;
  }

  /** Listens before the command is sent: a fast reader may answer before `send` has resolved. */
  function answer(firstByte: number): { given: Reply<Answer>; give(result: Result<Answer, ReaderFailure>): void } {
    let settle: (result: Result<Answer, ReaderFailure>) => void = () => {};
    const given: Reply<Answer> = new Promise((resolve) => (settle = resolve));
    const give = (result: Result<Answer, ReaderFailure>): void => {
      stopBytes();
      stopGone();
      stopTimer();
      settle(result);
    };
    const late = (): void => {
      lateAnswerPossible = true;
      give(err(frames.reset() ? { kind: 'garbled', why: 'cut-off' } : { kind: 'timeout' }));
    };
    let begun = false;
    let stopTimer = clock.after(firstByte, late);
    const stopBytes = transport.onBytes((chunk) => {
      if (!begun) {
        begun = true;
        stopTimer();
        stopTimer = clock.after(WHOLE_ANSWER, late);
      }
      const [framed] = frames.push(chunk);
      if (framed === undefined) return;
      if (framed.kind === 'frame') return give(ok(decodeAnswer(framed.body)));
      lateAnswerPossible = true;
      give(err({ kind: 'garbled', why: framed.why }));
    });
    const stopGone = transport.onGone((failure) => give(err(commandFailure(failure))));
    return { given, give };
  }

  function quiet(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        stopBytes();
        stopGone();
        stopPause();
        stopLimit();
        resolve();
      };
      let stopPause = clock.after(QUIET, done);
      const stopLimit = clock.after(QUIET_LIMIT, done);
      const stopBytes = transport.onBytes(() => {
        stopPause();
        stopPause = clock.after(QUIET, done);
      });
      const stopGone = transport.onGone(done);
    });
  }

  /** Sends, expects one status, and takes the data apart. */
  async function ask<Value>(command: Command, signal: AbortSignal, expected: StatusName, take: (data: Uint8Array) => Result<Value, Misshapen>): Reply<Value> {
    const answered = await exchange(command, signal);
    if (!answered.ok) return answered;
    const { status, data } = answered.value;
    if (status.name !== expected) return err({ kind: 'refused', status });
    const taken = take(data);
    return taken.ok ? taken : err({ kind: 'garbled', why: 'unexpected' });
  }

  // IIN and SN name the card's radio, not a person; nobody needs them, so no length of theirs is insisted on.
  const nothing = (): Result<null, Misshapen> => ok(null);
  const exactly = (length: number) => (data: Uint8Array): Result<Uint8Array, Misshapen> => (data.length === length ? ok(data) : err({ kind: 'unexpected' }));
  const textOnly = (withFingerprint: boolean) => (data: Uint8Array): Result<Uint8Array, Misshapen> => {
    const blocks = decodeBaseInformation(data, withFingerprint);
    if (!blocks.ok) return blocks;
    const text = blocks.value.text.slice();
    data.fill(0);
    return ok(text);
  };

  return {
    open: () => transport.open(),
    onGone: (tell) => transport.onGone(tell),
    close: () => transport.close(),
    reset: ({ signal }) => ask({ kind: 'reset' }, signal, 'success', nothing),
    samStatus: ({ signal }) => ask({ kind: 'sam-status' }, signal, 'success', nothing),
    readSamId: ({ signal }) => ask({ kind: 'sam-id' }, signal, 'success', decodeSamId),
    findCard: ({ signal }) => ask({ kind: 'find-card' }, signal, 'card-found', nothing),
    selectCard: ({ signal }) => ask({ kind: 'select-card' }, signal, 'success', nothing),
    readBase: ({ signal }) => ask({ kind: 'read-base' }, signal, 'success', textOnly(false)),
    readBaseAndFingerprint: ({ signal }) => ask({ kind: 'read-base-and-fingerprint' }, signal, 'success', textOnly(true)),
    readNewAddress: ({ signal }) => ask({ kind: 'read-new-address' }, signal, 'success', exactly(70)),
    readManagementNumber: ({ signal }) => ask({ kind: 'read-management-number' }, signal, 'success', exactly(28)),
    setBaudRate: ({ signal, baudRate }) => ask({ kind: 'set-baud-rate', baudRate }, signal, 'success', nothing),
    setRadioBytes: ({ signal, bytes }) => ask({ kind: 'set-radio-bytes', bytes }, signal, 'success', nothing),
  };
}
