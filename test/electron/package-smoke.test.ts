import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { writeCameraFilm } from '../../build/demo/camera-film.ts';
import { until } from '../../build/demo/child.ts';
import { HAND_IN } from '../../build/demo/citizen.ts';
import type { County } from '../../build/demo/county.ts';
import { packageTerminal, type PackagedTerminal } from '../../build/package.ts';
import { inProject } from '../../build/paths.ts';
import { electronSwitches } from '../../build/terminal.ts';
import { startTestCounty } from '../rigs/county.ts';

let folder: string;
let packaged: PackagedTerminal;
let county: County;
let terminal: ChildProcess | null = null;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jinban-packaged-'));
  [packaged, county] = await Promise.all([packageTerminal(join(folder, 'package')), startTestCounty({ folder: join(folder, 'county'), size: { width: 1080, height: 1920 } })]);
}, 180_000);

afterAll(async () => {
  if (terminal?.exitCode === null) terminal.kill('SIGKILL');
  await county?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The files that a process and its children have mapped: programs, libraries and native modules. Linux tells it. */
function mappedBy(pid: number): string[] {
  const files = [...readFileSync(`/proc/${pid}/maps`, 'utf8').matchAll(/ (\/.*)$/gm)].map(([, file = '']) => file);
  const threads = readdirSync(`/proc/${pid}/task`);
  const children = threads.flatMap((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').map(Number)).filter((child) => child > 0);
  return [...new Set([...files, ...children.flatMap(mappedBy)])];
}

test('what was packaged takes a case in, prints its papers and ends, with nothing of the source tree', async () => {
  const config = join(folder, 'terminal.yaml');
  const settings = parse(readFileSync(county.config, 'utf8')) as object;
  writeFileSync(config, stringify({ ...settings, pack: join(packaged.packs, 'xinchang') }));
  const film = join(folder, 'camera.mjpeg');
  writeCameraFilm(film, { kind: 'paper', title: '居民户口簿（样张）', lines: ['户主姓名　李漹兰', '内容均为虚构'] });
  const elsewhere = join(folder, 'elsewhere');
  mkdirSync(elsewhere);

  const { PATH, HOME, DISPLAY } = process.env;
  const switches = [...electronSwitches(), '--disable-gpu', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`, '--remote-debugging-port=0'];
  const running = spawn(packaged.executable, [...switches, '--config', config], { cwd: elsewhere, env: { PATH, HOME, DISPLAY }, stdio: ['ignore', 'pipe', 'pipe'] });
  terminal = running;
  let said = '';
  for (const stream of [running.stdout, running.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const logged = (what: string, part: string) =>
    until(what, () => {
      if (running.exitCode !== null) throw new Error(`the packaged terminal ended:\n${said}`);
      return said.includes(part);
    }, 60_000).catch((cause: unknown) => {
      throw new Error(`${String(cause)}\n${said}`);
    });

  await logged('core', '"event":"core-started"');
  await logged('enrolment', '"event":"enrolled"');
  for (const device of ['id-card-reader', 'ticket-printer', 'document-printer']) await logged(device, `"device":"${device}","status":{"kind":"online"`);
  await logged('the first case numbers', 'lease-added');
  expect(readdirSync(elsewhere)).toEqual([]);

  const [, address = ''] = await until('the window\'s door for the test', () => /DevTools listening on (\S+)/.exec(said));
  const browser = await chromium.connectOverCDP(address);
  const page = await until('the window', () => browser.contexts()[0]?.pages()[0]);
  expect(page.url().split('?')[0]).toBe('jinban://kiosk/index.html');
  const memory = { number: '' };
  // The whole hand-in: form and items from core, camera, signature, then both papers, whose fonts lie in the archive.
  for (const step of HAND_IN) await step.run({ page, county, memory, shot: () => Promise.resolve() });
  expect(memory.number).toMatch(/\d/);
  expect(readdirSync(county.tickets)).not.toEqual([]);
  expect(readdirSync(county.documents)).not.toEqual([]);
  await until('the case at the hall', () => said.slice(said.lastIndexOf('"event":"handed-in"')).includes('"sync-run-complete","report":{"failure":null'));
  expect(said).not.toMatch(/"event":"(host-died|core-cannot-start|window-reloaded)"/);

  expect(readFileSync(join(packaged.folder, 'resources', 'app.asar')).includes(inProject())).toBe(false);
  if (process.platform === 'linux') {
    const natives = mappedBy(running.pid ?? 0).filter((file) => file.endsWith('.node'));
    const unpacked = join(packaged.folder, 'resources', 'app.asar.unpacked');
    expect(natives.filter((file) => file.includes('serialport') || file.includes('sqlite'))).toHaveLength(2);
    expect(natives.filter((file) => !file.startsWith(unpacked))).toEqual([]);
  }
  await page.close();
  await once(running, 'exit');
  expect(running.exitCode).toBe(0);
}, 180_000);
