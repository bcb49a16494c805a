import { spawn } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { once } from 'node:events';
import { setPriority } from 'node:os';

/** A part of the demo that runs as its own process, its output kept in a file. */
export type Child = { pid: number; alive(): boolean; kill(signal?: NodeJS.Signals): Promise<void> };

export function startChild(program: string, args: readonly string[], options: { log: string; env?: NodeJS.ProcessEnv }): Child {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: options.env ?? process.env });
  const log = createWriteStream(options.log, { flags: 'a' });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const gone = once(child, 'exit');
  return {
    pid: child.pid ?? 0,
    alive: () => child.exitCode === null && child.signalCode === null,
    async kill(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await gone;
    },
  };
}

/** Gives a process its turn before all others, where this user may. */
export function goesFirst({ pid }: Child): void {
  try {
    setPriority(pid, -10);
  } catch {
    // Only root may; on a desktop nothing else is busy.
  }
}

/** How often a condition that has no event of its own is looked at. */
const LOOK_MS = 50;

/** Waits until `look` answers something; throws with `what` after `limitMs`, or when `child` died meanwhile. */
export async function until<Value>(what: string, look: () => Value | null | undefined | false | Promise<Value | null | undefined | false>, limitMs = 60_000, child?: Child): Promise<Value> {
  const end = Date.now() + limitMs;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    if (child?.alive() === false) throw new Error(`${what}: the process ended`);
    if (Date.now() > end) throw new Error(`${what}: not within ${limitMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

export function fileThere(path: string): () => boolean {
  return () => existsSync(path);
}
