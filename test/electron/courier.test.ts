import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { writeCameraFilm } from '../../build/demo/camera-film.ts';
import { until } from '../../build/demo/child.ts';
import { HAND_IN } from '../../build/demo/citizen.ts';
import type { County } from '../../build/demo/county.ts';
import { openTerminalWindow, type TerminalWindow } from '../../build/demo/window.ts';
import { type Display, displayMend, startDisplay } from '../../build/display.ts';
import { inProject } from '../../build/paths.ts';
import { run } from '../../build/run.ts';
import { prepareTerminal } from '../../build/terminal.ts';
import { hashPassword } from '../../crypto/passwords.ts';
import { en } from '../../renderer/kiosk/texts/en.ts';
import { languageNamed } from '../../renderer/kiosk/texts/languages.ts';
import { zhCN } from '../../renderer/kiosk/texts/zh-CN.ts';
import { signIn } from '../rigs/clerk.ts';
import { startTestCounty } from '../rigs/county.ts';
import { mayMount, mountSmallDisk, type SmallDisk } from '../rigs/small-disk.ts';
import { FULL_RUNS } from '../faults/rig/seed.ts';
import { breaches, settle } from '../screens/look.ts';

/** Where the pictures go; none are kept without it. */
const OUT = process.env['JINBAN_SCREENS_OUT'];
const PIN = '246810';
const STICK = 'JINBAN-01';
/** The seal is held for four seconds. */
const HOLD_MS = 4300;
const PORTRAIT = { width: 1080, height: 1920 };
const LANDSCAPE = { width: 1920, height: 1080 };
const SLOW = { timeout: 60_000 };

let folder: string;
let county: County;
let window: TerminalWindow;
let page: Page;
/** A screen on which the window stands upright and across. */
let display: Display;
let stick: SmallDisk | null = null;
const log: string[] = [];

const mounts = () => join(folder, 'media');
const stickFolder = () => join(mounts(), STICK);
function plugIn(): void {
  stick = mountSmallDisk(stickFolder(), '64m');
}
function pullOut(): void {
  stick?.unmount();
  stick = null;
}

/** The hall's side of the round, as county IT does it at the command line; the hall of this county is stopped. Answers what it printed. */
async function atHall(verb: 'hall-import' | 'hall-export'): Promise<string> {
  const done = await run(process.execPath, [inProject('build', 'cli', 'courier.ts'), verb, '--data', join(county.folder, 'hall'), '--packs', inProject('packs'), '--stick', stickFolder()]);
  if (!done.ok) throw new Error(`${verb}: ${JSON.stringify(done.error)}`);
  return done.value;
}

beforeAll(async () => {
  if (!mayMount) return;
  folder = mkdtempSync(join(tmpdir(), 'jinban-courier-window-'));
  const film = join(folder, 'camera.mjpeg');
  writeCameraFilm(film, { kind: 'paper', title: '居民户口簿（样张）', lines: ['户主姓名　李漹兰', '住址　浙江省新昌县', '内容均为虚构'] });
  mkdirSync(mounts());
  if (OUT !== undefined) mkdirSync(OUT, { recursive: true });
  county = await startTestCounty({ folder: join(folder, 'county'), size: PORTRAIT });
  // A village where no line ever was: the stick is the only road, and the hall's program is free for county IT.
  county.line.cut();
  await county.killHall();
  writeFileSync(county.config, stringify({ ...parse(readFileSync(county.config, 'utf8')) as object, caretaker: { pin: await hashPassword(PIN) }, courier: { mounts: mounts() } }));
  const shown = await startDisplay({ width: LANDSCAPE.width, height: PORTRAIT.height });
  if (!shown.ok) throw new Error(`${shown.error.reason}. ${displayMend}`);
  display = shown.value;
  window = await openTerminalWindow({ electron: await prepareTerminal(), config: county.config, film, display: display.name, log: (line) => log.push(line) });
  ({ page } = window);
  await until('the devices on line', () => ['id-card-reader', 'ticket-printer', 'document-printer'].every((device) => log.join('').includes(`"device":"${device}","status":{"kind":"online"`)), 60_000);
}, 180_000);

afterAll(async () => {
  await window?.close();
  await display?.stop();
  await county?.stop();
  if (stick !== null) pullOut();
  if (mayMount) rmSync(folder, { recursive: true, force: true });
});

async function resize(size: typeof PORTRAIT): Promise<void> {
  await window.app.evaluate(({ BrowserWindow }, { width, height }) => BrowserWindow.getAllWindows()[0]?.setContentSize(width, height), size);
  await page.waitForFunction(({ width, height }) => innerWidth === width && innerHeight === height, size);
  await settle(page);
}

/** Looks at the screen as it stands: upright, and where every picture is wanted or the full length was asked for across and in English, which the kiosk's scenes are seen in anyway. */
async function look(name: string): Promise<void> {
  const shot = async (kind: string) => {
    await settle(page);
    expect(await breaches(page), `${kind} ${name}`).toEqual([]);
    if (OUT !== undefined) await page.screenshot({ path: join(OUT, `electron-${kind}-${name}.png`) });
  };
  await shot('portrait');
  if (OUT === undefined && FULL_RUNS === null) return;
  await resize(LANDSCAPE);
  await shot('landscape');
  await resize(PORTRAIT);
  await page.getByRole('button', { name: languageNamed('en').name, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: en['caretaker.title'] }).waitFor();
  await shot('english');
  await page.getByRole('button', { name: languageNamed('zh-CN').name, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: zhCN['caretaker.title'] }).waitFor();
}

const button = (key: keyof typeof zhCN) => page.getByRole('button', { name: zhCN[key], exact: true });
const said = (key: keyof typeof zhCN) => page.getByText(zhCN[key]).first().waitFor(SLOW);

async function enter(): Promise<void> {
  await page.getByRole('heading', { level: 1, name: zhCN['home.title'] }).waitFor(SLOW);
  await page.locator('.brand').click({ delay: HOLD_MS });
  await page.getByRole('dialog').waitFor();
  for (const digit of PIN) await page.getByRole('button', { name: digit, exact: true }).click();
  await button('caretaker.pin.enter').click();
  await page.getByRole('heading', { level: 1, name: zhCN['caretaker.title'] }).waitFor();
}

describe.skipIf(!mayMount)('the caretaker at the real window (needs the right to mount a stick)', () => {
  test('registers a machine that never had a line: compares the card, exports, imports what the hall answered', async () => {
    await enter();
    await said('caretaker.sticks.none');
    await look('no-stick');
    plugIn();
    const card = await atHall('hall-export');
    await button('caretaker.take').click(SLOW);
    await said('caretaker.card.title');
    const groups = await page.locator('.caretaker-fingerprint span').allInnerTexts();
    expect(card).toContain(groups.join(' '));
    await look('card');
    await button('caretaker.card.same').click();
    await said('caretaker.card.taken');
    await look('card-taken');
    await button('caretaker.put').click();
    await said('caretaker.exported');
    await look('first-export');
    expect(await atHall('hall-import')).toContain('enrolled');
    await atHall('hall-export');
    await button('caretaker.take').click();
    await said('caretaker.imported.enrolled');
    await look('registered');
    await button('caretaker.leave').click();
  }, 180_000);

  test('carries a case to the hall and its acknowledgement back; the stick is pulled out and put in between', async () => {
    const memory = { number: '' };
    for (const step of HAND_IN) await step.run({ page, county, memory, shot: () => Promise.resolve() });
    pullOut();
    await enter();
    await said('caretaker.sticks.none');
    plugIn();
    await page.getByText(STICK).waitFor(SLOW);
    await look('one-case-waits');
    await button('caretaker.put').click();
    await said('caretaker.exported');
    await look('exported');
    expect(await atHall('hall-import')).toMatch(/1 entries \(0 kept aside\), \d pages/);
    await atHall('hall-export');
    await button('caretaker.take').click();
    await said('caretaker.imported');
    await said('caretaker.waiting.none');
    await look('acknowledged');
    await button('caretaker.take').click();
    await said('caretaker.imported.repeated');
    await look('repeated');
    await button('caretaker.leave').click();
    await page.getByRole('heading', { level: 1, name: zhCN['home.title'] }).waitFor();

    await county.startHall();
    const clerk = await signIn(county.hallUrl, 'wang', 'jinban-demo-wang');
    const inbox = await clerk.inbox({ stage: 'all', query: memory.number, after: '', limit: 10 });
    expect(inbox.rows).toMatchObject([{ number: memory.number, stage: 'handed-in', missing: 0 }]);
    expect(log.join('')).not.toMatch(/"event":"(host-died|core-cannot-start|window-reloaded|wish-failed)"/);
  }, 240_000);
});
