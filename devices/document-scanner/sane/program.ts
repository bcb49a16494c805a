/** Running `scanimage`, without a shell. No policy: it says what the program printed and how it ended. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { codeOf } from '../../../domain/result.ts';
import type { Clock } from '../../../domain/time.ts';

export type ProgramEnd =
  | { kind: 'ended'; code: number }
  /** It was told to stop: by the caller, or because nothing came from it in time. */
  | { kind: 'stopped'; why: 'cancelled' | 'timeout' }
  /** It was ended by somebody else, or by a fault in a driver. */
  | { kind: 'killed'; by: string }
  | { kind: 'not-started'; code: string };

export type Run = {
  /** Everything it wrote to standard error, as far as it is kept. */
  words(): string;
  /** Resolves when the process is gone. */
  ended: Promise<ProgramEnd>;
};

/** How long a scanner may take to bring its carriage back after it was told to stop, milliseconds; then the program is killed. */
const GRACE = 10_000;
/** What is kept of each output, characters: the longest list of options has about 20 000. */
const MOST_WORDS = 256 * 1024;

/**
 * @param run.silence milliseconds without a line on either output after which it is stopped
 * @param run.line told each line of standard output, without its end
 */
export function runProgram(run: {
  program: string;
  argv: readonly string[];
  clock: Clock;
  silence: number;
  signal: AbortSignal;
  line: (line: string) => void;
}): Run {
  const { program, argv, clock, silence, signal, line } = run;
  let words = '';
  let stopped: 'cancelled' | 'timeout' | null = null;
  let cancelSilence = () => {};
  let cancelKill = () => {};
  const child = spawn(program, argv, { stdio: ['ignore', 'pipe', 'pipe'], env: environment() });

  function stop(why: 'cancelled' | 'timeout'): void {
    if (stopped !== null) return;
    stopped = why;
    cancelSilence();
    // scanimage tells the scanner to stop at the first signal, and leaves everything as it is at a second.
    child.kill('SIGTERM');
    cancelKill = clock.after(GRACE, () => child.kill('SIGKILL'));
  }
  function heard(): void {
    cancelSilence();
    if (stopped === null) cancelSilence = clock.after(silence, () => stop('timeout'));
  }
  const cancel = () => stop('cancelled');

  const ended = new Promise<ProgramEnd>((resolve) => {
    child.once('error', (cause) => resolve({ kind: 'not-started', code: codeOf(cause) }));
    // `close` comes after the last line of both outputs.
    child.once('close', (code, by) => {
      if (stopped !== null) resolve({ kind: 'stopped', why: stopped });
      else resolve(code === null ? { kind: 'killed', by: by ?? '' } : { kind: 'ended', code });
    });
  }).finally(() => {
    cancelSilence();
    cancelKill();
    signal.removeEventListener('abort', cancel);
  });
  let read = 0;
  createInterface({ input: child.stdout }).on('line', (text) => {
    heard();
    read += text.length;
    if (read <= MOST_WORDS) line(text);
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    heard();
    words = (words + chunk).slice(-MOST_WORDS);
  });
  heard();
  if (signal.aborted) cancel();
  else signal.addEventListener('abort', cancel, { once: true });
  return { words: () => words, ended };
}

/** What SANE's drivers look for, and words that are the same everywhere; nothing else of this process. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => ['PATH', 'HOME'].includes(name) || name.startsWith('SANE_'));
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}
