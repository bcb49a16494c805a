/** Starting and stopping the real `ippeveprinter` (Debian: cups-ipp-utils) and the two services it cannot start without. */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BUS = '/run/dbus/system_bus_socket';
const BUS_PID = '/run/dbus/pid';
/** The tool listens within 100 ms of its start; a loaded machine may take seconds. */
const START = 15_000;
const RETRY = 25;

/** What is missing on this machine for the emulator to run, in words for a technician; empty when nothing is. */
export function missingForEmulator(): string[] {
  return ['ippeveprinter', 'dbus-daemon', 'avahi-daemon'].filter((program) => spawnSync('sh', ['-c', `PATH="$PATH:/usr/sbin:/sbin" command -v ${program}`]).status !== 0);
}

/**
 * `ippeveprinter` ends with "Unable to initialize DNS-SD" unless the system bus and Avahi run, even when it is to announce nothing.
 * Starts them when they do not run; needs root for that. Both keep running: others may use them.
 */
export async function ensureDnsSd(): Promise<void> {
  if (!(await answers(BUS))) {
    mkdirSync('/run/dbus', { recursive: true });
    // A bus that was killed leaves its pid file behind and the next one would not start.
    if (existsSync(BUS_PID) && !existsSync(`/proc/${readFileSync(BUS_PID, 'utf8').trim()}`)) rmSync(BUS_PID);
    spawnSync('dbus-daemon', ['--system', '--fork'], { stdio: 'ignore' });
    await until(() => answers(BUS), 'the system bus does not start (needs root: dbus-daemon --system --fork)');
  }
  if (avahiRuns()) return;
  spawnSync('avahi-daemon', ['--daemonize'], { stdio: 'ignore', env: withSbin() });
  await until(async () => avahiRuns(), 'Avahi does not start (needs root: avahi-daemon --daemonize)');
}

export type Tool = {
  /** Ends when the process has ended. */
  stop(): Promise<void>;
};

/**
 * @param settings.port where the tool listens
 * @param settings.folder spool; the tool keeps every document there
 * @param settings.socket where the engine finds the emulator
 * @param settings.duplex prints on both sides
 */
export async function startTool(settings: { port: number; folder: string; socket: string; duplex: boolean }): Promise<Tool> {
  const engine = join(settings.folder, 'engine.sh');
  writeFileSync(engine, `#!/bin/sh\nexec '${process.execPath}' '${fileURLToPath(new URL('./emulator-engine.ts', import.meta.url))}' "$@"\n`);
  chmodSync(engine, 0o755);
  const child: ChildProcess = spawn(
    'ippeveprinter',
    [...(settings.duplex ? ['-2'] : []), '-r', 'off', '-p', String(settings.port), '-d', settings.folder, '-k', '-c', engine, '-f', 'application/pdf', '-M', 'Jinban', '-m', 'Emulator', `Jinban ${settings.port}`],
    { stdio: 'ignore', env: { ...withSbin(), JINBAN_ENGINE: settings.socket } },
  );
  let gone = false;
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      gone = true;
      resolve();
    };
    child.once('exit', end);
    child.once('error', end);
  });
  // Whoever is killed hard takes the tool with him: the shell's input ends with this process.
  const guard = spawn('sh', ['-c', `read -r _; kill -9 ${child.pid ?? 0}`], { stdio: ['pipe', 'ignore', 'ignore'] });
  guard.once('error', () => undefined);
  await until(async () => {
    if (gone) throw new Error('ippeveprinter ended at once: is cups-ipp-utils installed, is the port free?');
    return (await get(settings.port, '/')) === 200;
  }, 'ippeveprinter does not answer');
  return {
    async stop() {
      guard.kill('SIGKILL');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** A GET on the tool's web page, whose forms set paper and toner. Answers the HTTP status, or 0 without an answer. */
export function get(port: number, path: string): Promise<number> {
  return new Promise((resolve) => {
    const request = http.get({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
    });
    request.once('error', () => resolve(0));
  });
}

function withSbin(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` };
}

function avahiRuns(): boolean {
  return spawnSync('avahi-daemon', ['--check'], { stdio: 'ignore', env: withSbin() }).status === 0;
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function until(holds: () => Promise<boolean>, complaint: string): Promise<void> {
  for (const end = performance.now() + START; performance.now() < end; ) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, RETRY));
  }
  throw new Error(complaint);
}
