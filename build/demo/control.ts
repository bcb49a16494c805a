import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { err, ok, type Result } from '../../domain/result.ts';

export type ControlFailure = { kind: 'no-emulator' } | { kind: 'refused'; words: string };

/** Says one verb to an emulator's control socket and hears its answer: `ok …` or `error …`. */
export function control(socket: string, verb: string): Promise<Result<string, ControlFailure>> {
  return new Promise((resolve) => {
    const line = connect(socket);
    const lines = createInterface({ input: line });
    const settle = (result: Result<string, ControlFailure>) => {
      lines.close();
      line.destroy();
      resolve(result);
    };
    // The reader of lines passes on what the line meets.
    lines.once('error', () => undefined);
    // One that dies while it obeys closes the line without a word.
    line.once('error', () => settle(err({ kind: 'no-emulator' }))).once('close', () => settle(err({ kind: 'no-emulator' })));
    line.once('connect', () => line.write(`${verb}\n`));
    lines.once('line', (answer) => settle(answer.startsWith('ok') ? ok(answer.slice(2).trim()) : err({ kind: 'refused', words: answer })));
  });
}
