/** A citizen who is interrupted at every step of the real terminal: asks for help, the line goes and comes back, somebody lays another card on the reader and takes it away. The visit stands where it stood. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeCameraFilm } from '../../build/demo/camera-film.ts';
import { until } from '../../build/demo/child.ts';
import { HAND_IN } from '../../build/demo/citizen.ts';
import { type County, startCounty } from '../../build/demo/county.ts';
import { openTerminalWindow, type TerminalWindow } from '../../build/demo/window.ts';
import { prepareTerminal } from '../../build/terminal.ts';
import { zhCN } from '../../renderer/kiosk/texts/zh-CN.ts';
import { signIn } from '../rigs/clerk.ts';

let folder: string;
let county: County;
let window: TerminalWindow;
const log: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jinban-interrupted-'));
  const film = join(folder, 'camera.mjpeg');
  writeCameraFilm(film, { kind: 'paper', title: '居民户口簿（样张）', lines: ['户主姓名　李漹兰', '住址　浙江省新昌县', '登记机关　样张', '本页为样张', '内容均为虚构', '常住人口登记卡', '籍贯　浙江新昌'] });
  county = await startCounty({ folder, size: { width: 1080, height: 1920 } });
  const electron = await prepareTerminal();
  window = await openTerminalWindow({ electron, config: county.config, film, log: (line) => log.push(line) });
  await until('enrolment', () => log.some((line) => line.includes('lease-added')), 60_000);
}, 180_000);

afterAll(async () => {
  await window?.close();
  await county?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What the screen shows of the visit: its title and everything that was filled in. */
function standing(): Promise<{ title: string; values: string[] }> {
  return window.page.evaluate(() => ({
    title: document.querySelector('.app-step h1')?.textContent ?? '',
    values: [...document.querySelectorAll<HTMLInputElement>('.app-step input, .app-step textarea')].map(({ value }) => value),
  }));
}

async function askForHelp(): Promise<void> {
  const { page } = window;
  await page.getByRole('button', { name: zhCN['toolbar.help'], exact: true }).click();
  await page.getByRole('dialog').waitFor();
  await page.getByRole('button', { name: zhCN['help.close'], exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** Another's card, for as long as the reader needs to see it. Where a card is asked for it would be the citizen's own. */
async function strangersCard(): Promise<void> {
  await county.device('id-card-reader', 'place zhang');
  await window.page.waitForTimeout(600);
  await county.device('id-card-reader', 'remove');
}

test('help, a line that goes and comes, and a stranger\'s card change nothing at any step; the case arrives once', async () => {
  const memory = { number: '' };
  for (const [index, step] of HAND_IN.entries()) {
    await step.run({ page: window.page, county, memory, shot: () => Promise.resolve() });
    const before = await standing();
    if (index % 2 === 0) county.line.cut();
    else county.line.restore();
    await askForHelp();
    if (step.name !== 'identify') await strangersCard();
    expect(await standing(), step.name).toEqual(before);
  }
  county.line.restore();
  const clerk = await signIn(county.hallUrl, 'wang', 'jinban-demo-wang');
  await until('the case at the hall', async () => (await clerk.inbox({ stage: 'all', query: memory.number, after: '', limit: 10 })).rows.length === 1);
  // Whoever laid a card there was never taken for the citizen.
  expect(log.join('').split('"event":"card-read"').length - 1).toBe(1);
}, 240_000);
