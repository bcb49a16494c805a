import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeCameraFilm } from '../../build/demo/camera-film.ts';
import { until } from '../../build/demo/child.ts';
import { COME_BACK, HAND_IN, type JourneyStep, type Stage } from '../../build/demo/citizen.ts';
import type { County } from '../../build/demo/county.ts';
import { openTerminalWindow, type TerminalWindow } from '../../build/demo/window.ts';
import { prepareTerminal } from '../../build/terminal.ts';
import type { CaseId } from '../../domain/ids.ts';
import { howMany } from '../faults/rig/seed.ts';
import { type Clerk, signIn } from '../rigs/clerk.ts';
import { well } from '../rigs/citizen.ts';
import { startTestCounty } from '../rigs/county.ts';

let folder: string;
let county: County;
let window: TerminalWindow;
let clerk: Clerk;
let open: () => Promise<TerminalWindow>;
let kills = 0;
const log: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jinban-kill-'));
  const film = join(folder, 'camera.mjpeg');
  writeCameraFilm(film, { kind: 'paper', title: '居民户口簿（样张）', lines: ['户主姓名　李漹兰', '住址　浙江省新昌县', '登记机关　样张', '本页为样张', '内容均为虚构', '常住人口登记卡', '籍贯　浙江新昌'] });
  county = await startTestCounty({ folder, size: { width: 1080, height: 1920 } });
  const electron = await prepareTerminal();
  open = () => openTerminalWindow({ electron, config: county.config, film, log: (line) => log.push(line) });
  window = await open();
  await until('enrolment', () => log.some((line) => line.includes('lease-added')), 60_000);
  clerk = await signIn(county.hallUrl, 'wang', 'jinban-demo-wang');
}, 180_000);

afterAll(async () => {
  await window?.close();
  await county?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** How often a host was started so far, from the shell's own log. */
function starts(host: 'core' | 'devices'): number {
  return log.join('').split(`"event":"host-started","host":"${host}"`).length - 1;
}

/** The title that the reloaded window shows; empty while it still waits for core. A page that goes away while it is asked never answers: it is asked anew. */
function drawnHeading(): Promise<string> {
  const asked = window.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript("document.querySelector('.app-step:not([inert]) h1')?.textContent ?? ''")).then(String, () => '');
  return Promise.race([asked, new Promise<string>((resolve) => setTimeout(() => resolve(''), 2_000))]);
}

/** The shell waits longer after each death; after this many the whole terminal is started again, which the visit survives too. */
const KILLS_A_LIFE = 4;

/** Kills one process and waits until the window can be touched again, as a person would. */
async function kill(which: 'core' | 'devices' | 'window'): Promise<void> {
  const said = log.join('').length;
  const before = which === 'window' ? 0 : starts(which);
  await window.kill(which);
  if (which === 'window') await until('the window reloaded and drawn again', async () => log.join('').slice(said).includes('window-reloaded') && (await drawnHeading()) !== '');
  else await until(`${which} started again`, () => starts(which) > before);
  if (which === 'devices') for (const device of ['id-card-reader', 'ticket-printer', 'document-printer']) await until(`${device} on line`, () => log.join('').slice(said).includes(`"device":"${device}","status":{"kind":"online"`));
  kills += 1;
  // The driver cannot follow a page whose process died, so after it was seen drawn again the terminal is started anew.
  if (which === 'window' || kills % KILLS_A_LIFE === 0) {
    await window.close();
    window = await open();
  }
  await window.page.locator('.app-step:not([inert])').waitFor({ timeout: 30_000 });
  await window.page.getByRole('heading', { level: 1 }).first().waitFor({ timeout: 30_000 });
}

function stage(): Stage {
  return { page: window.page, county, memory: { number: '' }, shot: () => Promise.resolve() };
}

/** The steps after which a process dies, from which on and how many apart. In the ordinary run they share the steps, core the most since it keeps the visit; in the long one each dies after every step. */
const DIES = {
  core: { from: 0, apart: howMany(9, 1) },
  devices: { from: howMany(1, 0), apart: howMany(12, 1) },
  window: { from: howMany(3, 0), apart: howMany(12, 1) },
};

/** Walks a journey and kills the process after its steps. */
async function walkAndKill(journey: readonly JourneyStep[], which: 'core' | 'devices' | 'window'): Promise<string> {
  const memory = { number: '' };
  const { from, apart } = DIES[which];
  for (const [index, step] of journey.entries()) {
    await step.run({ ...stage(), memory }).catch((cause: unknown) => {
      throw new Error(`after killing ${which}, at the step ${step.name}: ${String(cause)}\n${log.slice(-12).join('')}`);
    });
    if (index >= from && (index - from) % apart === 0) await kill(which);
  }
  return memory.number;
}

async function caseAtHall(number: string): Promise<CaseId> {
  const rows = await until(`case ${number} with its scans at the hall`, async () => {
    const answer = await clerk.inbox({ stage: 'all', query: number, after: '', limit: 50 });
    return answer.rows.some((row) => row.number === number && row.missing === 0) ? answer.rows : null;
  }, 60_000);
  expect(rows.filter((row) => row.number === number)).toHaveLength(1);
  return rows.find((row) => row.number === number)?.id as CaseId;
}

describe.each(['core', 'devices', 'window'] as const)('%s is killed along the way', (which) => {
  test('the hand-in goes on, arrives once, and the certificate comes out once', async () => {
    const documents = readdirSync(county.documents).length;
    const number = await walkAndKill(HAND_IN, which);
    const id = await caseAtHall(number);
    await well(clerk.claim({ id }));
    await well(clerk.accept({ id, lacking: [] }));
    await well(clerk.finish({ id, granted: true, words: '' }));
    await walkAndKill(COME_BACK, which);
    const opened = await until('the rating at the hall', async () => {
      const answer = await clerk.open({ id });
      return answer.ok && answer.value.ratedLevel === 5 ? answer.value : null;
    }, 60_000);
    expect(opened.actions.map(({ payload }) => payload.kind)).toEqual(['handed-in', 'accepted', 'decided', 'finished', 'result-printed', 'rated']);
    expect(readdirSync(county.documents).length - documents).toBe(2);
  }, 240_000);
});

describe.each(['core', 'devices', 'window'] as const)('%s is killed in the moment of handing in', (which) => {
  test('what is said to be handed in is there, and only once', async () => {
    const on = stage();
    const beforeHandIn = HAND_IN.slice(0, HAND_IN.findIndex(({ name }) => name === 'handed-in'));
    for (const step of beforeHandIn) await step.run(on);
    const handIn = HAND_IN.find(({ name }) => name === 'handed-in') as JourneyStep;
    const page = () => window.page;
    // The same step, but the process dies while the button is still going down.
    const pressed = handIn.run(on).catch(() => 'interrupted');
    await page().getByRole('button', { name: '确认提交', exact: true }).waitFor();
    await until('the signature drawn and the button pressed', async () => log.join('').includes('handed-in') || (await page().locator('.signature-hint').count()) === 0);
    await kill(which);
    await pressed;
    // Either it was durable before the kill, or the citizen is at the same step and signs again.
    const title = page().getByRole('heading', { level: 1, name: '已提交' });
    await title.or(page().getByRole('heading', { level: 1, name: '请核对，然后签名' })).first().waitFor({ timeout: 30_000 });
    if (!(await title.isVisible())) await handIn.run(stage()).catch(() => 'a paper is unknown');
    await title.waitFor({ timeout: 30_000 });
    const number = await page().locator('.handed-in-number strong').innerText();
    await page().getByRole('button', { name: '办完了' }).click();
    await page().getByRole('button', { name: '返回首页', exact: true }).click();
    await caseAtHall(number);
    const all = await clerk.inbox({ stage: 'handed-in', query: '', after: '', limit: 50 });
    expect(new Set(all.rows.map((row) => row.number)).size).toBe(all.rows.length);
  }, 180_000);
});
