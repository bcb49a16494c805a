/** A server of a bench as a process of its own: it shall not share the event loop of what drives it. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';

export type BenchServer<Told> = { told: Told; /** Resident memory in bytes, from the operating system. */ memory(): Promise<number>; stop(): Promise<void> };

/** Runs a script that prints one line of JSON when it serves, and ends when its standard input does. */
export async function startServer<Told>(script: URL, args: readonly string[]): Promise<BenchServer<Told>> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script.pathname, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done === true) throw new Error(`${script.pathname} ended before it served`);
  return {
    told: JSON.parse(first.value) as Told,
    async memory() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) * 1024;
    },
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
