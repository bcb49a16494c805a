import path from 'node:path';
import { mkdir } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveCatalogue } from '../../build/catalogue.ts';
import { en } from '../../renderer/kiosk/texts/en.ts';
import { ICON_NAMES } from '../../renderer/ui/icons.tsx';
import { breaches, launchChromium, seriousFaults, settle } from './look.ts';

const OUT = process.env['JINBAN_SCREENS_OUT'];
const LONG = 120_000;

let served: Awaited<ReturnType<typeof serveCatalogue>>;
let browser: Browser;
beforeAll(async () => {
  served = await serveCatalogue(0);
  browser = await launchChromium();
}, LONG);
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

test('every part of the design language fits, is large enough and has contrast, in each setting that a citizen can choose', async () => {
  const page = await browser.newPage({ viewport: { width: 1080, height: 1920 }, reducedMotion: 'reduce' });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(served.address);
  await page.getByRole('heading', { level: 1, name: '设计语言' }).waitFor();
  await expect.poll(() => page.locator('.catalogue-swatches .number').first().innerText()).toMatch(/ 1\d\.\d:1$/);
  expect(await page.locator('.catalogue-swatches').innerText()).not.toContain('NaN');
  expect(await page.locator('.catalogue-icons li').count()).toBe(ICON_NAMES.length);
  expect(await seriousFaults(page)).toEqual([]);
  for (const [name, button] of [['plain', null], ['elder', '大字'], ['contrast', '高对比'], ['english', 'English']] as const) {
    if (button !== null) await page.getByRole('button', { name: button }).click();
    await settle(page);
    expect(await breaches(page), name).toEqual([]);
    if (name === 'contrast') expect(await seriousFaults(page, 'contrast')).toEqual([]);
    if (OUT === undefined) continue;
    await mkdir(OUT, { recursive: true });
    await page.screenshot({ path: path.join(OUT, `catalogue-${name}.png`) });
  }

  // What moves, moves; and a dialog takes the keys and gives them back.
  await page.getByRole('button', { name: '播放' }).click();
  await page.waitForFunction(() => [...document.querySelectorAll<HTMLElement>('.catalogue-track span')].every((dot) => dot.getBoundingClientRect().left > 400));
  await page.getByRole('button', { name: en['leave.end'], exact: true }).click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
  await page.context().close();
}, LONG);
