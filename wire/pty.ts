import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Readable, Writable } from 'node:stream';
import type { Result } from '../domain/result.ts';
import { err, ok } from '../domain/result.ts';

/** The emulator's end of a pseudo-terminal; production code opens `path` as a serial port. */
export type Pty = {
  path: string;
  /** Bytes that the program on the slave wrote; the answer stops it. Bytes before the first listener wait for it. */
  onBytes(take: (chunk: Uint8Array) => void): () => void;
  /** Resolves when the bytes are on their way to the slave; quietly false when the line is unplugged. */
  send(bytes: Uint8Array): Promise<boolean>;
  /** Hangs the line up: the slave reads an end, its path is gone. A new pty at the same path is a re-plug. */
  unplug(): Promise<void>;
  /** The same as `unplug`, for those who only tidy up. Idempotent. */
  close(): Promise<void>;
};

export type PtyFailure =
  /** `message` names the package to install. */
  | { kind: 'socat-missing'; message: string }
  /** socat ran but made no pseudo-terminal: the path exists already, or its folder is not writable. */
  | { kind: 'not-made'; message: string };

type Socat = ChildProcessByStdio<Writable, Readable, Readable>;

/**
 * Makes a real pseudo-terminal with `socat` (Debian package `socat`), its slave linked at `path`. The kernel keeps no speed on a
 * pseudo-terminal: an emulator that cares paces its own bytes (`pacing.ts`).
 */
export async function openPty({ path }: { path: string }): Promise<Result<Pty, PtyFailure>> {
  const child: Socat = spawn('socat', ['-d', '-d', `PTY,raw,echo=0,link=${path}`, 'STDIO'], { stdio: ['pipe', 'pipe', 'pipe'] });
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  // Writing to a child that has just ended is an unplugged line, not a surprise.
  child.stdin.on('error', () => {});

  const started = await ready(child);
  if (!started.ok) return started;

  // While nobody has the slave open its master reads an error and socat ends; holding it open keeps the line between two sessions.
  const hold = await open(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  const takers = new Set<(chunk: Uint8Array) => void>();
  child.stdout.on('data', (chunk: Buffer) => {
    for (const take of [...takers]) take(chunk);
  });
  child.stdout.pause();

  let ending: Promise<void> | null = null;
  const end = (): Promise<void> => (ending ??= hangUp(child, exited, hold));
  return ok({
    path,
    onBytes(take) {
      takers.add(take);
      child.stdout.resume();
      return () => takers.delete(take);
    },
    send(bytes) {
      if (ending !== null || child.exitCode !== null) return Promise.resolve(false);
      return new Promise((resolve) => child.stdin.write(bytes, (cause) => resolve(!cause)));
    },
    unplug: end,
    close: end,
  });
}

function ready(child: Socat): Promise<Result<null, PtyFailure>> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.once('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'ENOENT') return reject(cause);
      resolve(err({ kind: 'socat-missing', message: 'socat is not installed: install the package "socat" (apt-get install socat)' }));
    });
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (text: string) => {
      said += text;
      if (said.includes('starting data transfer loop')) resolve(ok(null));
    });
    child.once('close', () => resolve(err({ kind: 'not-made', message: said.trim().split('\n').at(-1) ?? '' })));
  });
}

async function hangUp(child: Socat, exited: Promise<void>, hold: FileHandle): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  await exited;
  await hold.close();
}
