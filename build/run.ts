/** Runs other programs for the tools. */
import { spawn } from 'node:child_process';
import { err, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';

/**
 * - `not-found`: there is no such program on this machine.
 * - `failed`: it ran and answered with another exit code than 0, or was ended by a signal (`code` is then null).
 * - `timeout`: it was ended after `timeoutMilliseconds`.
 */
export type RunFailure =
  | { kind: 'not-found'; program: string }
  | { kind: 'failed'; program: string; code: number | null; output: string }
  | { kind: 'timeout'; program: string; output: string };

export type RunSettings = {
  cwd?: string;
  environment?: NodeJS.ProcessEnv;
  timeoutMilliseconds?: number;
  /** How many of the last characters of the output a failure keeps; by default what a person reads at a glance. */
  keepOutput?: number;
};

const atAGlance = 4_000;

/** Runs a program to its end and answers what it wrote to standard output. Standard error is kept for the failure. */
export function run(program: string, argv: string[], settings: RunSettings = {}): Promise<Result<string, RunFailure>> {
  return new Promise((resolve) => {
    const child = spawn(program, argv, {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(settings.cwd === undefined ? {} : { cwd: settings.cwd }),
      ...(settings.environment === undefined ? {} : { env: settings.environment }),
    });
    let written = '';
    let all = '';
    let late = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      written += text;
      all += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      all += text;
    });
    const timer =
      settings.timeoutMilliseconds === undefined
        ? undefined
        : setTimeout(() => {
            late = true;
            child.kill('SIGKILL');
          }, settings.timeoutMilliseconds);
    child.once('error', () => {
      clearTimeout(timer);
      resolve(err({ kind: 'not-found', program }));
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      const output = all.slice(-(settings.keepOutput ?? atAGlance)).trim();
      if (late) resolve(err({ kind: 'timeout', program, output }));
      else if (code === 0) resolve(ok(written));
      else resolve(err({ kind: 'failed', program, code, output }));
    });
  });
}

/**
 * Runs a program that talks to the person itself: it has our terminal, and Ctrl-C reaches it first.
 * Answers its exit code; a signal counts as 128 + 15, as shells do.
 */
export function runInForeground(program: string, argv: string[], settings: RunSettings = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, argv, {
      stdio: 'inherit',
      ...(settings.cwd === undefined ? {} : { cwd: settings.cwd }),
      ...(settings.environment === undefined ? {} : { env: settings.environment }),
    });
    const pass = (signal: NodeJS.Signals) => child.kill(signal);
    const ignore = () => {};
    process.on('SIGINT', ignore);
    process.on('SIGTERM', pass);
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('SIGINT', ignore);
      process.off('SIGTERM', pass);
      resolve(code ?? 143);
    });
  });
}

/** One sentence for a person about a program that did not do its work. */
export function describeRunFailure(failure: RunFailure): string {
  switch (failure.kind) {
    case 'not-found':
      return `${failure.program} is not installed`;
    case 'timeout':
      return `${failure.program} did not end in time`;
    case 'failed':
      return `${failure.program} failed${failure.code === null ? '' : ` (exit code ${failure.code})`}: ${failure.output.split('\n').at(-1) ?? ''}`;
  }
}
