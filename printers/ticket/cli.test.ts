import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createConnection } from 'node:net';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** The two programs of this folder, as a technician runs them: emulator and tool, over TCP, with the control socket between. */
let folder: string;
let emulator: ChildProcess | null = null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jinban-ticket-cli-'));
});
afterEach(async () => {
  const child = emulator;
  emulator = null;
  if (child !== null) {
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGTERM');
    await ended;
  }
  await rm(folder, { recursive: true });
});

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** @returns the port of a freshly started emulator */
function start(...options: string[]): Promise<string> {
  const child = spawn(process.execPath, [file('emulator-cli.ts'), '--tcp', '0', ...options], { stdio: ['pipe', 'pipe', 'inherit'] });
  emulator = child;
  return new Promise((resolve, reject) => {
    let address = '';
    child.once('exit', () => reject(new Error('the emulator ended')));
    createInterface({ input: child.stdout }).on('line', (line) => {
      address = /^ready (.+)$/.exec(line)?.[1] ?? address;
      if (line.startsWith('control ')) resolve(address);
    });
  });
}

function tool(...options: string[]): Promise<{ code: number; out: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [file('cli.ts'), ...options], (cause, out) => resolve({ code: typeof cause?.code === 'number' ? cause.code : 0, out }));
  });
}

function verb(path: string, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(path, () => socket.write(`${line}\n`));
    socket.on('error', reject);
    createInterface({ input: socket }).once('line', (answer) => {
      socket.end();
      resolve(answer);
    });
  });
}

test('status and test print against the emulator, with verbs over its control socket', { timeout: 30_000 }, async () => {
  const control = join(folder, 'control');
  const address = await start('--out', folder, '--control', control);

  const status = await tool('status', '--tcp', address);
  expect(status.code).toBe(0);
  expect(JSON.parse(status.out)).toMatchObject({ status: { kind: 'online', warnings: [] }, bits: { paper: { nearEnd: false, end: false } } });

  const printed = await tool('test', '--tcp', address);
  const words = printed.out.trim().split('\n');
  // A loaded machine may lose sight of its printer for a moment in between.
  expect([printed.code, words[0], words.at(-1)]).toEqual([0, '{"kind":"sent"}', '{"kind":"printed"}']);
  expect(await verb(control, 'status')).toMatch(/^ok \{.*"cuts":1/);
  expect((await readdir(folder)).filter((name) => name.endsWith('.png'))).toEqual(['ticket-0001.png']);

  expect(await verb(control, 'open-cover')).toMatch(/^ok /);
  const blocked = await tool('status', '--tcp', address);
  expect(blocked.code).toBe(1);
  expect(JSON.parse(blocked.out)).toMatchObject({ status: { kind: 'blocked', reason: 'cover-open' }, bits: { offline: { coverOpen: true } } });

  expect(await verb(control, 'paper-out-after many')).toBe('error a whole number is needed; usage: paper-out-after LINES');
  expect(await verb(control, 'explode')).toMatch(/^error unknown verb; one of: status, paper-low/);
  expect(await verb(control, 'constructor')).toMatch(/^error unknown verb/);
});

test('wrong options print the usage', { timeout: 15_000 }, async () => {
  expect((await tool('status')).code).toBe(2);
  expect((await tool('fly', '--tcp', 'localhost:9100')).code).toBe(2);
});
