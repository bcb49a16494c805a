/** A counter and a board side by side in a real browser, before three hubs as a county runs them. The one that leads dies for good. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle } from '../../../build/bundle.ts';
import { siteRules } from '../../../domain/queue/test-site.ts';
import { writeWave } from '../../../domain/queue/sound.ts';
import { heardBy, openBoard, voicesOf } from '../../rigs/board-page.ts';
import { inHand, openWindow, says, signIn } from '../../rigs/counter-page.ts';
import { type Hub, type Hubs, startHubs } from '../../rigs/hub.ts';
import { SMALL } from '../console-look.ts';
import { launchChromium } from '../look.ts';
import { expectShown, OUT } from './board-rig.ts';

let browser: Browser;
let site: Hubs;
beforeAll(async () => {
  await bundle(['counter', 'board', 'voice']);
  browser = await launchChromium(['--autoplay-policy=no-user-gesture-required']);
  site = await startHubs(3, siteRules(), ['wang.li']);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** Who leads, by its own word: the last of those in the newest term. */
function leaderOf(hubs: readonly Hub[]): Hub | undefined {
  const roles = hubs.map((hub) => ({ hub, last: hub.said().split('\n').filter((line) => line.includes('"raft-role"')).map((line) => JSON.parse(line) as { role: string; term: number }).at(-1) }));
  return roles.filter(({ last }) => last?.role === 'leader').toSorted((one, other) => (other.last?.term ?? 0) - (one.last?.term ?? 0))[0]?.hub;
}

async function takeNumber(page: Page): Promise<string> {
  await page.keyboard.press('q');
  await page.locator('dialog').waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.taken').waitFor();
  const code = (await page.locator('.taken').textContent()) ?? '';
  await page.keyboard.press('Enter');
  await page.locator('dialog').waitFor({ state: 'detached' });
  return code;
}

/** 下一位, and what the board beside it does. @returns milliseconds from the key to the board's voice */
async function call(counter: Page, board: Page, code: string, said: number): Promise<number> {
  const pressed = Date.now();
  await counter.keyboard.press('n');
  await says(counter, `叫了 ${code}`);
  await board.locator('.call', { hasText: code }).waitFor();
  await expect.poll(async () => (await heardBy(board)).length).toBe(said);
  return ((await voicesOf(board)).at(-1) ?? Number.NaN) - pressed;
}

test('a call is on the board and heard a moment later; whoever leads dies for good, and within a minute another hub calls the next number', async () => {
  await expect.poll(() => leaderOf(site.hubs)?.machine).toBeDefined();
  const leader = leaderOf(site.hubs) as Hub;
  // Both pages are the dying machine's.
  const context = await browser.newContext({ viewport: SMALL, locale: 'zh-CN' });
  const counter = await context.newPage();
  await counter.goto(`${leader.origin}/counter/`);
  await counter.getByRole('heading', { name: '登录窗口叫号' }).waitFor();
  await signIn(counter, 'wang.li');
  await openWindow(counter, 11);
  const board = await openBoard(await browser.newContext({ locale: 'zh-CN' }), `${leader.origin}/board/?times=1`);
  await board.getByText('现在没有叫号').waitFor();

  const codes = [await takeNumber(counter), await takeNumber(counter), await takeNumber(counter)];
  const [first = '', second = '', third = ''] = codes;
  const took = await call(counter, board, first, 1);
  process.stdout.write(`from the key to the voice: ${Math.round(took)} ms\n`);
  await expectShown(board, 'side-by-side-board');
  if (OUT !== undefined) {
    mkdirSync(OUT, { recursive: true });
    await counter.screenshot({ path: path.join(OUT, 'side-by-side-counter.png') });
    const [heard] = await heardBy(board);
    writeFileSync(path.join(OUT, `side-by-side-${first}.wav`), writeWave({ rate: heard?.rate ?? 0, samples: Int16Array.from(heard?.samples ?? []) }));
  }
  await counter.keyboard.press('s');
  await says(counter, `${first} 开始办理`);

  await leader.kill();
  const died = Date.now();
  await counter.keyboard.press('f');
  await says(counter, `${first} 办结`);
  await call(counter, board, second, 2);
  expect(Date.now() - died).toBeLessThan(60_000);
  await expect.poll(() => inHand(counter)).toBe(second);
  await counter.keyboard.press('s');
  await says(counter, `${second} 开始办理`);
  // Numbers go on behind the last.
  const fourth = await takeNumber(counter);
  expect(Number(fourth.slice(1))).toBeGreaterThan(Math.max(...codes.map((code) => Number(code.slice(1)))));
  await counter.keyboard.press('f');
  await says(counter, `${second} 办结`);
  await call(counter, board, third, 3);
}, 180_000);
