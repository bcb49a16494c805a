/** The first screen as it comes with the page, before its script: the same as the window draws, and no touch of it is lost. */
import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bundle } from '../../build/bundle.ts';
import { inProject } from '../../build/paths.ts';
import { drawnPage, fillFront, type Front, frontAsPart } from '../../domain/contracts/front.ts';
import { breaches, launchChromium, seriousFaults } from './look.ts';

const FRONT: Front = { site: '沃洲镇便民服务中心', hall: '新昌县政务服务中心', machine: 'T330624-0007', phone: '0575-86000000', complaintPhone: '0575-86000001', tickets: false };
const ORIGIN = 'http://kiosk.test';
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' };

/** As the preload does it, with a core that hears whether it is asked for anything. */
const HANDS_PORT = `beginWhenSeen(window).then(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => document.documentElement.dataset.coreAsked = 'yes';
  window.postMessage('jinban:core-port', location.origin, [port2]);
});`;

let browser: Browser;
let preload: string;
beforeAll(async () => {
  await bundle(['kiosk']);
  browser = await launchChromium();
  preload = stripTypeScriptTypes(await readFile(inProject('main', 'preload', 'first-screen.ts'), 'utf8')).replaceAll('export function', 'function');
}, 120_000);
afterAll(() => browser.close());
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

/** The page of a first load, of which the script comes when it is let come. */
async function open(front: Front): Promise<{ page: Page; comes(): void }> {
  const page = await (await browser.newContext({ viewport: { width: 1080, height: 1920 }, locale: 'zh-CN', reducedMotion: 'reduce' })).newPage();
  let comes = () => {};
  const come = new Promise<void>((resolve) => (comes = resolve));
  await page.clock.setFixedTime('2026-11-23T01:32:00.000Z');
  await page.addInitScript(`(() => {${preload}; keepEarlyTouches(window); ${HANDS_PORT}})();`);
  await page.route(`${ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    const type = TYPES[path.extname(pathname)] ?? 'application/octet-stream';
    if (pathname === '/index.html') return route.fulfill({ contentType: type, body: fillFront(await readFile(inProject('dist', 'kiosk', drawnPage(front)), 'utf8'), front, '09:32') });
    if (type === 'text/javascript') await come;
    return route.fulfill({ contentType: type, path: inProject('dist', 'kiosk', pathname) });
  });
  await page.goto(`${ORIGIN}/index.html${frontAsPart(front)}`, { waitUntil: 'commit' });
  await page.locator('[data-drawn] .tile').first().waitFor();
  await page.evaluate(() => document.fonts.ready);
  return { page, comes };
}

const isAlive = (page: Page) => page.waitForFunction(() => document.querySelector('.app') !== null && document.querySelector('[data-drawn]') === null);

/** Everything that is to be seen, at rest: what it is, what it says and where it lies. */
const seen = (page: Page): Promise<string[]> => page.evaluate(() => {
  for (const motion of document.getAnimations()) motion.cancel();
  return [document.documentElement, ...document.querySelectorAll('.app, .app *')].map((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const own = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE).map(({ textContent }) => textContent).join('');
    const marks = [...element.attributes].filter(({ name }) => /^(class|lang|dir|disabled|aria-(?!labelledby)|data-(size|contrast|reach|keys))/.test(name)).map(({ name, value }) => `${name}=${value}`).toSorted();
    return `${element.tagName} ${marks.join(' ')} ${own} ${[left, top, width, height].map(Math.round).join(' ')}`;
  });
});

/** The middle of a button of the toolbar: large print, which the window does without core. */
async function largePrint(page: Page): Promise<[x: number, y: number]> {
  const box = await page.getByRole('button', { name: '大字' }).boundingBox();
  if (box === null) throw new Error('there is no such button');
  return [box.x + box.width / 2, box.y + box.height / 2];
}
const sizeOf = (page: Page) => page.evaluate(() => document.documentElement.dataset['size']);

describe('a machine that was switched on', () => {
  test.each([true, false])('shows before its script what the window draws then (numbers of a queue: %s)', { timeout: 60_000 }, async (tickets) => {
    const { page, comes } = await open({ ...FRONT, tickets });
    expect(await breaches(page)).toEqual([]);
    expect(await seriousFaults(page)).toEqual([]);
    const drawn = await seen(page);
    expect(drawn.join('\n')).toContain(FRONT.hall);
    expect(drawn.join('\n')).toContain('09:32');
    comes();
    await isAlive(page);
    expect(await seen(page)).toEqual(drawn);
    // The road to core is laid when the script is there to take it, and no sooner.
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset['coreAsked'])).toBe('yes');
  });

  test('does what was touched before its script was there', { timeout: 60_000 }, async () => {
    const { page, comes } = await open(FRONT);
    await page.mouse.click(...(await largePrint(page)));
    comes();
    await expect.poll(() => sizeOf(page)).toBe('elder');
  });

  test('does what was touched on the drawn screen and let go on the other, once', { timeout: 60_000 }, async () => {
    const { page, comes } = await open(FRONT);
    await page.mouse.move(...(await largePrint(page)));
    await page.mouse.down();
    comes();
    await isAlive(page);
    await page.mouse.up();
    await expect.poll(() => sizeOf(page)).toBe('elder');
    // A second touch would put it back.
    await page.mouse.click(...(await largePrint(page)));
    await expect.poll(() => sizeOf(page)).toBe('normal');
  });

  test('a way that does not work says so when it was touched before, or in between', { timeout: 60_000 }, async () => {
    for (const between of [false, true]) {
      const { page, comes } = await open(FRONT);
      const tile = page.getByRole('button', { name: /^查进度/ });
      await tile.hover();
      await page.mouse.down();
      if (between) {
        comes();
        await isAlive(page);
      }
      await page.mouse.up();
      comes();
      await page.getByRole('dialog').getByText('设备正在启动，请稍候').first().waitFor();
      expect(await page.getByRole('dialog').count()).toBe(1);
    }
  });

  test('does nothing that was drawn with a finger, or touched beside', { timeout: 60_000 }, async () => {
    const { page, comes } = await open(FRONT);
    const [x, y] = await largePrint(page);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, y - 200, { steps: 3 });
    await page.mouse.up();
    await page.mouse.click(540, 200);
    comes();
    await isAlive(page);
    await page.evaluate(() => new Promise((resolve) => void requestAnimationFrame(() => requestAnimationFrame(resolve))));
    expect(await sizeOf(page)).toBe('normal');
  });
});
