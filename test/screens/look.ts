import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../build/browser.ts';

declare global {
  // Stands in a page once its source ran there.
  var axe: typeof import('axe-core');
}

/** A browser whose colours are the same on every machine. */
export function launchChromium(args: readonly string[] = []): Promise<Browser> {
  return launchBrowser(['--disable-dev-shm-usage', '--force-color-profile=srgb', ...args]);
}

/** Looks in vain until a page counts as one that never rests, as one that plays something. */
const LOOKS = 12;

/** What was asked for stands on the screen: its fonts are there, and over two painted frames nothing has changed its size, as a fallback's letters and keys that come when there is more below do. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async (looks) => {
    const frames = () => new Promise<void>((resolve) => void requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
    const sizes = () => [document, ...document.querySelectorAll('.scroll-area')].flatMap((place) => [place.querySelectorAll('*').length, ...(place instanceof Element ? [place.scrollHeight, place.clientHeight] : [])]).join(' ');
    for (let before = sizes(), look = 0; look < looks; look += 1) {
      await document.fonts.ready;
      await frames();
      const now = sizes();
      if (now === before && document.fonts.status === 'loaded') return;
      before = now;
    }
  }, LOOKS);
}

/** Longer than any word of the console's stands, milliseconds. */
const READ = 20_000;

/** Lets the words go that the console shows for a moment: while the page's clock stands still they would lie over the head of whatever is looked at. */
export async function letWordsGo(page: Page): Promise<void> {
  const words = page.locator('.ant-message-notice');
  if (await words.count() === 0) return;
  const now = await page.evaluate(() => Date.now());
  await page.clock.setFixedTime(now + READ);
  await page.waitForFunction(() => document.querySelector('.ant-message-notice') === null);
  await page.clock.setFixedTime(now);
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Serious and critical faults that axe finds, in words; `contrast`: of colours only, and by the 7:1 that high contrast promises (WCAG 2.2, 1.4.6). No screen has frames, so axe runs in the page itself: a fifth of what its driver for frames takes. */
export async function seriousFaults(page: Page, looks: 'everything' | 'contrast' = 'everything'): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async ([type, values]) => {
    const { violations } = await window.axe.run(document, { runOnly: { type, values: [...values] }, resultTypes: ['violations'] });
    return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${String(node.target)} ${node.failureSummary ?? ''}`));
  }, looks === 'contrast' ? ['rule', ['color-contrast-enhanced']] as const : ['tag', RULES] as const);
}

/** Least size of what is to be read, px at 1080 × 1920, by the size that the citizen chose. A small rounding of what is drawn is none of the eye's. */
const LEAST_TEXT = { normal: 24, elder: 32 };

/** What every screen of the kiosk must hold, whatever it shows. Answers the breaches in words. */
export function breaches(page: Page): Promise<string[]> {
  return page.evaluate((leastText) => {
    const found: string[] = [];
    const root = document.documentElement;
    const least = root.dataset['size'] === 'elder' ? leastText.elder : leastText.normal;
    // Sizes are shares of the screen's short side.
    const share = Math.min(root.clientWidth, root.clientHeight) / 1080;
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      const holder = text.parentElement;
      if (holder === null || text.textContent?.trim() === '' || holder.closest('svg, script, style, [aria-hidden="true"], .visually-hidden') !== null || holder.getClientRects().length === 0) continue;
      const size = parseFloat(getComputedStyle(holder).fontSize);
      if (size < least * share - 0.1) found.push(`“${text.textContent?.trim().slice(0, 20)}” is ${size.toFixed(1)} px high`);
    }
    if (root.scrollWidth > root.clientWidth) found.push(`page is ${root.scrollWidth} px wide`);
    for (const element of document.querySelectorAll<HTMLElement>('.scroll-area, .home, .screen-head, .screen-top, .screen-actions, .status-line, .toolbar, .keyboard')) {
      if (element.scrollWidth > element.clientWidth + 1) found.push(`${element.className} overflows sideways`);
    }
    // Whatever of the first screen does not find room is reached by its two keys.
    const end = document.querySelector('.home')?.getBoundingClientRect().bottom ?? 0;
    const last = document.querySelector('.home-content > :last-child')?.getBoundingClientRect().bottom ?? 0;
    if (last > end + 1 && document.querySelector('.home .scroll-buttons') === null) found.push(`home is cut off by ${Math.round(last - end)} px`);
    for (const element of document.querySelectorAll<HTMLElement>('button, [role="radio"], a[href], label.choice-tile, label.face-tile')) {
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.height === 0 || getComputedStyle(element).position === 'absolute' && box.width < 2) continue;
      // Clipped away: a way out of a dialog for those who hear the screen.
      if (element.parentElement !== null && getComputedStyle(element.parentElement).clipPath !== 'none') continue;
      if (box.width < 63.5 || box.height < 63.5) found.push(`${element.className} “${element.textContent}” is ${Math.round(box.width)}×${Math.round(box.height)} px`);
    }
    for (const element of document.querySelectorAll<HTMLElement>('.button-words, .tool span, .tile-title, .key')) {
      if (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline') found.push(`“${element.textContent}” is cut off`);
    }
    const titles = [...document.querySelectorAll('h1')].filter((title) => title.closest('[inert]') === null).length;
    // Behind a dialog the page's own title is out of reach, as it should be.
    if (titles !== 1 && document.querySelector('[role$="dialog"]') === null) found.push(`${titles} titles`);
    return found;
  }, LEAST_TEXT);
}
