/**
 * The terminal as its citizens meet it, in the real Electron with its devices played at the wire: P7, from a tap to the next painted screen while a backlog goes to the hall and receipts are
 * drawn; P8, from its start to a home screen that can be touched, against a bare window of the same Electron; P12, what all its processes hold after many visits, against what they held after a few.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { _electron, type Page } from 'playwright-core';
import { z } from 'zod';
import { writeCameraFilm } from '../../build/demo/camera-film.ts';
import { until } from '../../build/demo/child.ts';
import { HAND_IN } from '../../build/demo/citizen.ts';
import { type County, startCounty } from '../../build/demo/county.ts';
import { openTerminalWindow, type TerminalWindow } from '../../build/demo/window.ts';
import { displayMend, startDisplay } from '../../build/display.ts';
import type { ElectronRuntime } from '../../build/electron-runtime.ts';
import { say, stop } from '../../build/say.ts';
import { inProject } from '../../build/paths.ts';
import { electronSwitches, prepareTerminal } from '../../build/terminal.ts';
import { provisionalNumber } from '../../domain/lease/lease.ts';
import { systemClock } from '../../main/core/system.ts';
import { zhCN } from '../../renderer/kiosk/texts/zh-CN.ts';
import { openTerminalStore } from '../../sync/terminal-store/index.ts';
import { startPostgres } from '../fixtures/postgres.ts';
import { packReference } from '../rigs/citizen.ts';
import { secretsOf } from '../rigs/machine.ts';
import { handInRequest } from './rig/hand-in.ts';
import { percentile, report, rounds, row } from './rig/measure.ts';
import { readTaps, watchTaps } from './rig/taps.ts';

/** A week's backlog of a busy machine: it travels for as long as two visits take. */
const BACKLOG = 20_000;
const VISITS = 6;
const STARTS = 7;
/** Visits after which memory is compared, and visits whose lowest figure counts: a collection in one of them shows what is really held. */
const SESSIONS = { first: 50, last: 1000, looked: 5 };
const SIZE = { width: 1080, height: 1920 };
/** A way in that works. */
const WORKING = '.tile:not(.tile-off)';
/** Budgets of P7, milliseconds. */
const TAP = 100;
const FRAME = 250;

/** One of the measurements alone. */
const Part = z.enum(['starts', 'taps', 'memory']).optional();

type Bench = { electron: ElectronRuntime; county: County; film: string; display: string };

export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: 'string' }, sessions: { type: 'string' }, only: { type: 'string' } } });
  const sessions = Number(values.sessions ?? SESSIONS.last);
  const part = Part.safeParse(values.only);
  if (!part.success) stop(`there is no part ${values.only}.`, 'The parts are starts, taps and memory.');
  const only = part.data;
  const measures = (part: z.infer<typeof Part>) => only === undefined || only === part;
  const folder = mkdtempSync(join(tmpdir(), 'jinban-bench-terminal-'));
  const electron = await prepareTerminal();
  const display = await startDisplay(SIZE);
  if (!display.ok) stop(`a screen in memory could not be started: ${display.error.reason}.`, displayMend);
  const film = join(folder, 'camera.mjpeg');
  writeCameraFilm(film, { kind: 'paper', title: '居民户口簿（样张）', lines: ['户主姓名　李漹兰', '住址　浙江省新昌县', '登记机关　样张', '本页为样张', '内容均为虚构', '常住人口登记卡', '籍贯　浙江新昌'] });
  const postgres = await startPostgres();
  const county = await startCounty({ folder, size: SIZE, databaseUrl: await postgres.database() });
  const bench: Bench = { electron, county, film, display: display.value.name };
  try {
    await enrol(bench);
    const starts = measures('starts') ? await measureStarts(bench, folder) : null;
    const taps = measures('taps') ? await measureTaps(bench) : null;
    const memory = measures('memory') ? await measureMemory(bench, sessions) : null;
    return report('terminal', [
      ...(starts === null ? [] : [
        row('P8: from start to the first frame with a home screen that can be touched', 'ms', { ours: starts.ours.map(({ shown }) => shown), limit: starts.bare.map(({ shown }) => shown) }),
        row('likewise, until something of it is painted, by the processor', 'ms', { ours: starts.ours.map(({ painted }) => painted), limit: starts.bare.map(({ painted }) => painted) }),
        row('likewise, until what a touch in that moment asked for is there', 'ms', { ours: starts.ours.map(({ answered }) => answered), limit: starts.bare.map(({ answered }) => answered) }),
      ]),
      ...(taps === null ? [] : [
        row(`P7: tap to next screen painted, p95, while ${BACKLOG} cases travel and receipts are drawn; limit ${TAP}`, 'ms', { ours: [p95Of(taps.busy)], limit: [p95Of(taps.quiet)] }),
        row(`P7: longest time between two frames, likewise; limit ${FRAME}`, 'ms', { ours: taps.busy.map(({ longest }) => longest), limit: taps.quiet.map(({ longest }) => longest) }),
      ]),
      ...(memory === null ? [] : [row(`P12: memory of all processes after ${sessions} visits against after ${SESSIONS.first}`, 'MB', { ours: memory.last, limit: memory.first })]),
    ], values.json === undefined ? [] : ['--json', values.json]);
  } finally {
    await county.stop();
    await postgres.stop();
    await display.value.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A terminal's first start takes its identity and its numbers from the hall. */
async function enrol(bench: Bench): Promise<void> {
  const log: string[] = [];
  const window = await open(bench, (line) => log.push(line));
  await until('enrolment', () => log.some((line) => line.includes('lease-added')));
  await window.close();
}

function open({ electron, county, film, display }: Bench, log: (line: string) => void = () => {}, app?: string): Promise<TerminalWindow> {
  return openTerminalWindow({ electron, config: county.config, film, display, log, ...(app === undefined ? {} : { app }) });
}

/**
 * @property shown until the first frame was begun that has the first screen in it
 * @property painted until something was painted, by the processor
 * @property answered until the screen that was asked for by a touch in the very first moment is there
 */
type Start = { shown: number; painted: number; answered: number };

async function measureStarts(bench: Bench, folder: string): Promise<{ ours: Start[]; bare: Start[] }> {
  say(`${STARTS} starts of the terminal, and of a bare window`);
  const ours = watchedApp(join(folder, 'ours'), `.app-step:not([inert]) ${WORKING}`, `require(${JSON.stringify(inProject('dist', 'terminal', 'shell.cjs'))});`);
  const bare = watchedApp(join(folder, 'bare'), 'h1', `const { BrowserWindow } = require('electron');
app.setPath('userData', ${JSON.stringify(join(folder, 'bare-data'))});
app.whenReady().then(() => new BrowserWindow({ width: ${SIZE.width}, height: ${SIZE.height} }).loadURL('data:text/html,<h1>bare</h1>'));
app.on('window-all-closed', () => app.quit());
`);
  return rounds<'ours' | 'bare', Start>({
    async ours() {
      const begun = sinceEpoch();
      const window = await open(bench, undefined, ours);
      const shown = await shownAt(window.page) - begun;
      const place = await window.page.evaluate((tile) => {
        const { left, top, width, height } = document.querySelector(tile)?.getBoundingClientRect() ?? new DOMRect();
        return [left + width / 2, top + height / 2] as const;
      }, WORKING);
      await window.page.mouse.click(...place);
      await window.page.waitForFunction(() => document.querySelector('.app-step:not([inert]) .search-input') !== null, undefined, { polling: 'raf' });
      const answered = sinceEpoch() - begun;
      const painted = await paintedAt(window.page) - begun;
      await window.close();
      return { shown, painted, answered };
    },
    async bare() {
      const begun = sinceEpoch();
      const started = await _electron.launch({ executablePath: bench.electron.executable, args: [...electronSwitches(), '--disable-gpu', bare], env: { ...process.env, DISPLAY: bench.display } as Record<string, string> });
      const page = await started.firstWindow();
      const shown = await shownAt(page) - begun;
      const painted = await paintedAt(page) - begun;
      await started.close();
      return { shown, painted, answered: shown };
    },
  }, STARTS);
}

/** Milliseconds, by the clock that pages of this machine count by, too. */
const sinceEpoch = () => performance.timeOrigin + performance.now();

const SHOWN = 'bench: shown';

/** An application of which each page writes down when it began a frame with something in it: whoever asks it from outside is answered when it has time. @returns its folder */
function watchedApp(folder: string, what: string, main: string): string {
  mkdirSync(folder);
  const watch = join(folder, 'watch.js');
  writeFileSync(watch, `const look = () => (document.querySelector(${JSON.stringify(what)}) === null ? requestAnimationFrame(look) : performance.mark(${JSON.stringify(SHOWN)})); requestAnimationFrame(look);`);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'watched', main: 'main.js' }));
  writeFileSync(join(folder, 'main.js'), `const { app } = require('electron');
app.on('session-created', (session) => session.setPreloads([${JSON.stringify(watch)}]));
${main}`);
  return folder;
}

const shownAt = (page: Page) => timeOf(page, SHOWN);
const paintedAt = (page: Page) => timeOf(page, 'first-contentful-paint');

async function timeOf(page: Page, entry: string): Promise<number> {
  const at = await page.waitForFunction((name) => {
    const [first] = performance.getEntriesByName(name);
    return first === undefined ? null : performance.timeOrigin + first.startTime;
  }, entry, { polling: 'raf' });
  return Number(await at.jsonValue());
}

/** @property took of each tap that led to another screen, milliseconds */
type Visit = { took: readonly number[]; longest: number };

/** Over the taps of all visits: one visit has a dozen, and its 95th of a hundred is its slowest. */
function p95Of(seen: readonly Visit[]): number {
  return percentile(seen.flatMap(({ took }) => took), 0.95);
}

/** Visits with nothing else to do, then as many while the backlog travels. */
async function measureTaps(bench: Bench): Promise<{ quiet: Visit[]; busy: Visit[] }> {
  await addBacklog(bench.county);
  bench.county.line.cut();
  const log: string[] = [];
  const window = await open(bench, (line) => log.push(line));
  await watchTaps(window.page);
  say(`${VISITS} visits with the line cut`);
  const quiet = await visits(bench, window);
  say(`${VISITS} visits while ${BACKLOG} cases travel`);
  bench.county.line.restore();
  const busy = await visits(bench, window);
  const waiting = (await window.page.locator('.status-travel').textContent()) ?? '';
  say(`after them the status line says: ${waiting}`);
  await window.close();
  return { quiet, busy };
}

async function visits({ county }: Bench, { page }: TerminalWindow): Promise<Visit[]> {
  const seen: Visit[] = [];
  for (let visit = 0; visit < VISITS; visit += 1) {
    await readTaps(page);
    for (const step of HAND_IN) await step.run({ page, county, memory: { number: '' }, shot: () => Promise.resolve() });
    const { took, longestFrame } = await readTaps(page);
    seen.push({ took, longest: longestFrame });
  }
  return seen;
}

/** Into the closed terminal's own file, as its core would have written them over a week without a line. */
async function addBacklog(county: County): Promise<void> {
  say(`Adding ${BACKLOG} cases to the terminal's store`);
  const { file, storeKey, machine, signer } = secretsOf(county);
  const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));
  const opened = await openTerminalStore({ file, key: storeKey, nativeBinding: null, signer, clock: systemClock, boot: 'bench', random });
  if (!opened.ok) throw new Error(opened.error.kind);
  const { code, version } = packReference('elder-card');
  for (let serial = 1; serial <= BACKLOG; serial += 1) {
    const { payload, ...request } = handInRequest(serial);
    await opened.value.log.append({ ...request, item: { code, version }, payload: { ...payload, materials: [], number: { value: provisionalNumber(machine, serial), provisional: true } } as typeof payload });
  }
  await opened.value.close();
}

/** Visits that end before a hand-in: from home by an item's guide and the card to a form begun, and left. Who cannot answer the questions goes on without. */
async function measureMemory(bench: Bench, sessions: number): Promise<{ first: number[]; last: number[] }> {
  say(`${sessions} visits`);
  const window = await open(bench);
  const button = (key: 'guide.start' | 'situation.unsure' | 'leave.end') => window.page.getByRole('button', { name: zhCN[key], exact: true });
  const way = window.page.getByRole('button', { name: new RegExp(`^${zhCN['who.way.self']}`) });
  const stage = { page: window.page, county: bench.county, memory: { number: '' }, shot: () => Promise.resolve() };
  const steps = (...names: string[]) => HAND_IN.filter(({ name }) => names.includes(name));
  const held = { first: [] as number[], last: [] as number[] };
  for (let session = 1; session <= sessions; session += 1) {
    for (const step of steps('home', 'items', 'guide')) await step.run(stage);
    for (const touched of [button('guide.start'), way, button('situation.unsure')]) await touched.click();
    for (const step of steps('card')) await step.run(stage);
    for (const touched of [window.page.locator('.tool-leave'), button('leave.end')]) await touched.click();
    await window.page.locator('.app-step:not([inert]) .tile').first().waitFor();
    if (session > SESSIONS.first - SESSIONS.looked && session <= SESSIONS.first) held.first.push(await memoryOf(window));
    if (session > sessions - SESSIONS.looked) held.last.push(await memoryOf(window));
    if (session % 100 === 0) say(`  ${session} visits: ${Math.round(await memoryOf(window))} MB`);
  }
  await window.close();
  return { first: [Math.min(...held.first)], last: [Math.min(...held.last)] };
}

/** Of all processes, each page of memory counted once, megabytes: what is shared between them is shared out (Linux, `Pss` of smaps_rollup). */
async function memoryOf({ app }: TerminalWindow): Promise<number> {
  const processes = await app.evaluate(({ app: electron }) => electron.getAppMetrics().map(({ pid }) => pid));
  return processes.reduce((sum, pid) => sum + Number(/^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024, 0);
}
