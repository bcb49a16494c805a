import type { Result } from '../../domain/result.ts';
import { drop, err, ok } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { commandFailure } from '../../wire/failure.ts';
import { createLock } from '../../wire/lock.ts';
import type { Transport, WireFailure } from '../../wire/types.ts';
import type { Answer, Command } from './codec.ts';
import { decodeAnswer, encodeCommand } from './codec.ts';
import { LineReader } from './framing.ts';
import type { UpsFailure } from './types.ts';

/** From the command to the last line of its answer. `upsd` answers from memory, on this machine or its LAN. */
const ANSWER_TIMEOUT = 3000;
/** Variables of one UPS; large ones with many outlets have about 200. */
const MOST_VARIABLES = 1000;
/** Lines that are none of the answer, before the sender is taken for something else. */
const MOST_STRAY_LINES = 20;

type With = { signal: AbortSignal };
type Reply<Value> = Promise<Result<Value, UpsFailure>>;

/**
 * One method a command, no policy. Commands queue behind each other. Answers carry no number: after a time-out, a cancellation or a garbled answer a late one
 * could be taken for the next, so every further command fails as that one did, until a new connection.
 */
export type UpsDriver = {
  open(): Promise<Result<null, WireFailure>>;
  /** Every variable by its name. */
  listVariables(options: With): Reply<ReadonlyMap<string, string>>;
  /** Null: this UPS has no such variable. */
  getVariable(options: With & { name: string }): Reply<string | null>;
  /** Says goodbye without waiting for the answer. */
  close(): Promise<void>;
};

export function createUpsDriver({ transport, clock, ups }: { transport: Transport; clock: Clock; ups: string }): UpsDriver {
  const lines = new LineReader();
  const lock = createLock();
  let take: ((answer: Answer | null) => void) | null = null;
  let broken: UpsFailure | null = null;

  transport.onBytes((chunk) => {
    for (const framed of lines.push(chunk)) {
      const answer = framed.kind === 'line' ? decodeAnswer(framed.text) : null;
      take?.(answer?.ok === true ? answer.value : null);
    }
  });

  /** @param step takes one line of the answer; null: there is more to come */
  function exchange<Value>(command: Command, signal: AbortSignal, step: (answer: Answer) => Result<Value, UpsFailure> | null): Reply<Value> {
    return lock.withLock(async () => {
      if (broken !== null) return err(broken);
      if (signal.aborted) return err({ kind: 'cancelled' });
      const answered = await converse(command, signal, step);
      if (!answered.ok && answered.error.kind !== 'refused') broken = answered.error;
      return answered;
    });
  }

  function converse<Value>(command: Command, signal: AbortSignal, step: (answer: Answer) => Result<Value, UpsFailure> | null): Reply<Value> {
    return new Promise((resolve) => {
      let stray = 0;
      const give = (result: Result<Value, UpsFailure>): void => {
        take = null;
        stopTimer();
        stopGone();
        signal.removeEventListener('abort', cancel);
        resolve(result);
      };
      const cancel = (): void => give(err({ kind: 'cancelled' }));
      const stopTimer = clock.after(ANSWER_TIMEOUT, () => give(err({ kind: 'timeout' })));
      const stopGone = transport.onGone((failure) => give(err(commandFailure(failure))));
      signal.addEventListener('abort', cancel, { once: true });
      take = (answer) => {
        if (answer === null) return give(err({ kind: 'garbled' }));
        if (answer.kind === 'error') return give(err({ kind: 'refused', word: answer.word }));
        stray += answer.kind === 'other' ? 1 : 0;
        const result = stray > MOST_STRAY_LINES ? err({ kind: 'garbled' } as const) : answer.kind === 'other' ? null : step(answer);
        if (result !== null) give(result);
      };
      drop(
        transport.send(new TextEncoder().encode(encodeCommand(command))).then((sent) => {
          if (!sent.ok) give(err(commandFailure(sent.error)));
        }),
      );
    });
  }

  return {
    open: () => transport.open(),
    listVariables({ signal }) {
      const variables = new Map<string, string>();
      let begun = false;
      return exchange({ kind: 'list-var', ups }, signal, (answer) => {
        const fits = 'ups' in answer && answer.ups === ups && begun === (answer.kind !== 'begin-list') && variables.size < MOST_VARIABLES;
        if (!fits) return err({ kind: 'garbled' });
        begun = true;
        if (answer.kind === 'var') variables.set(answer.name, answer.value);
        return answer.kind === 'end-list' ? ok(variables) : null;
      });
    },
    async getVariable({ signal, name }) {
      const got = await exchange({ kind: 'get-var', ups, name }, signal, (answer) => (answer.kind === 'var' && answer.ups === ups && answer.name === name ? ok(answer.value) : err({ kind: 'garbled' })));
      return !got.ok && got.error.kind === 'refused' && got.error.word === 'VAR-NOT-SUPPORTED' ? ok(null) : got;
    },
    async close() {
      if (broken === null) await transport.send(new TextEncoder().encode(encodeCommand({ kind: 'logout' })));
      await transport.close();
    },
  };
}
