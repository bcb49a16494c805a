/** The kiosk over a core that is not there, in a browser: what the tests of its screens share. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { openStage, type Stage } from './browser.ts';
import { settle } from './look.ts';

/** Pictures of every screen go here when it is set; otherwise they are taken in memory only where a test needs one. */
const OUT = process.env['JINBAN_SCREENS_OUT'];
export const EVERY_PICTURE = OUT !== undefined;
export const PORTRAIT = { width: 1080, height: 1920 };
export const LANDSCAPE = { width: 1920, height: 1080 };
/** One run through all scenes, on two shared cores. */
export const LONG = 300_000;

/** `other`: the second language. */
export type Tool = 'elder' | 'contrast' | 'low' | 'other';
const TOOL: Readonly<Record<Tool, number>> = { elder: 0, contrast: 1, low: 2, other: 3 };
/** A dialog over the screen keeps the toolbar out of reach. */
const DIALOGS = new Set(['idle', 'power-identify', 'power-form', 'power-check', 'power-handed-in']);

/** One browser for the tests of a file. */
export function kioskOfSuite(): { open(size: typeof PORTRAIT, query?: string): Promise<{ page: Page; faults: string[] }> } {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
    if (OUT !== undefined) await mkdir(OUT, { recursive: true });
  }, LONG);
  afterAll(() => stage.close());
  return {
    async open(size, query = '') {
      // Where nobody looks at the picture a quarter of its points is drawn: the layout is the same, and most of a scene's time goes into painting it.
      const context = await stage.browser.newContext({ viewport: size, deviceScaleFactor: OUT === undefined ? 0.5 : 1, reducedMotion: 'reduce', permissions: ['camera', 'microphone'] });
      const page = await context.newPage();
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(error.message));
      await page.goto(`${stage.address}${query}`);
      await page.waitForSelector('h1');
      await page.evaluate(async () => {
        await document.fonts.ready;
      });
      return { page, faults };
    },
  };
}

/** Shows a scene with these tools on and no others. */
export async function show(page: Page, scene: string, tools: readonly Tool[] = []): Promise<void> {
  await page.evaluate((name) => window.showScene(name), scene);
  if (!DIALOGS.has(scene)) {
    const on = await page.evaluate(() => {
      const { size, contrast, reach } = document.documentElement.dataset;
      return { elder: size === 'elder', contrast: contrast === 'high', low: reach === 'low', other: document.documentElement.lang !== 'zh-CN' };
    });
    for (const tool of ['elder', 'contrast', 'low', 'other'] as const) {
      if (on[tool] !== tools.includes(tool)) await page.locator('.tool').nth(TOOL[tool]).click();
    }
  }
  await settle(page);
}

/** Keeps a picture where pictures are wanted. */
export async function keep(page: Page, name: string): Promise<void> {
  if (OUT !== undefined) await page.screenshot({ path: path.join(OUT, `${name}.png`) });
}

/** Presses digits on the keypad of the screen, which is open. */
export async function pressDigits(page: Page, digits: string): Promise<void> {
  for (const digit of digits) await page.locator('.keypad .key', { hasText: new RegExp(`^${digit}$`) }).click();
}

/** A mobile number in two halves, as somebody who is interrupted types it: after the first the screen says that digits are missing. @param half looked at with the keypad open */
export async function typePhone(page: Page, half: () => Promise<void>): Promise<void> {
  await page.getByRole('textbox').click();
  await pressDigits(page, '1380000');
  await half();
  await page.locator('.key-done').click();
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByText('请检查手机号').waitFor();
  await page.getByRole('textbox').click();
  await pressDigits(page, '1234');
  await page.locator('.key-done').click();
  await page.getByRole('button', { name: '下一步' }).click();
}
