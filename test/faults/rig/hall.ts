import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { until } from '../../../build/demo/child.ts';
import { inProject } from '../../../build/paths.ts';
import { layMigratedDatabase } from '../../fixtures/pglite-image.ts';
import { NODE } from './terminal.ts';

/** A hall as a process of its own, on one port over all its lives. */
export type HallProcess = {
  readonly port: number;
  /** One-time code of its first life. */
  readonly enrolmentCode: string;
  start(): Promise<void>;
  /** Without warning, at once. */
  kill(): Promise<void>;
  alive(): boolean;
  close(): Promise<void>;
};

/** Longest start of a hall, milliseconds: two seconds on a machine that has nothing else to do. */
const LONGEST_START = 150_000;
const Ready = z.object({ url: z.url(), enrolmentCode: z.string() });

/** @param options.databaseUrl null: PGlite in `folder`. `name` tells apart halls that share a folder. `demo` false: as where citizens are served, without the demo's accounts and its machine */
export async function startHallProcess(options: { folder: string; databaseUrl: string | null; log: string; env?: NodeJS.ProcessEnv; name?: string; demo?: boolean }): Promise<HallProcess> {
  const { folder, databaseUrl, name = 'hall', demo = true } = options;
  const readyFile = join(folder, `${name}-ready.json`);
  let port = 0;
  let child: ChildProcess | null = null;
  let ended: Promise<unknown> = Promise.resolve();

  async function start(): Promise<z.infer<typeof Ready>> {
    rmSync(readyFile, { force: true });
    const log = openSync(options.log, 'a');
    const { DATABASE_URL: _ours, ...env } = process.env;
    const started = spawn(NODE, ['--disable-warning=ExperimentalWarning', inProject('hall', 'main.ts'), '--port', String(port), '--data', folder, '--packs', inProject('packs'), ...(demo ? ['--demo'] : []), '--ready-file', readyFile], {
      stdio: ['ignore', log, log], env: { ...env, ...options.env, ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }) },
    });
    closeSync(log);
    child = started;
    // A test that was given up must leave no hall behind.
    const endWithUs = () => void started.kill('SIGKILL');
    process.once('exit', endWithUs);
    started.once('exit', () => process.off('exit', endWithUs));
    ended = new Promise((resolve) => started.once('exit', resolve));
    return until('the hall', () => {
      if (started.exitCode !== null || started.signalCode !== null) throw new Error('the hall ended at its start');
      return readReady(readyFile);
    }, LONGEST_START);
  }
  const end = async (signal: NodeJS.Signals) => {
    child?.kill(signal);
    await ended;
  };

  if (databaseUrl === null) await layMigratedDatabase(folder);
  const first = await start();
  port = Number(new URL(first.url).port);
  return {
    port,
    enrolmentCode: first.enrolmentCode,
    async start() {
      await start();
    },
    kill: () => end('SIGKILL'),
    alive: () => child !== null && child.exitCode === null && child.signalCode === null,
    close: () => end('SIGTERM'),
  };
}

function readReady(file: string): z.infer<typeof Ready> | null {
  try {
    return Ready.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}
