/** What every page of the console must hold, whatever it shows and whoever serves it. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { letWordsGo, seriousFaults, settle } from './look.ts';

/** Pictures of every screen go here when it is set. */
export const OUT = process.env['JINBAN_SCREENS_OUT'];
export const SMALL = { width: 1366, height: 768 };
export const LARGE = { width: 1920, height: 1080 };

/** Boxes that scroll at most downwards. */
const BOXES = [
  '.top', '.inbox-head', '.inbox-table', '.case-head', '.case-scroll', '.case-right', '.ant-tabs-tabpane-active', '.scan-head', '.thumbs', '.bar', '.confirm', '.sheet', '.sheet section', '.desk', '.desk-lists', '.desk-scroll',
  '.desk-open', '.desk-head', '.desk-body', '.desk-sheet', '.sign-in-form', '.ant-drawer-body', '.ant-modal-body', '.sup-cards-list', '.sup-detail', '.sup-form', '.bulletin',
].join(', ');
const WORDS = 'button, .stage, .due-words, .mark, .trust';

/** Answers what is wrong in words. */
function breaches(page: Page): Promise<string[]> {
  return page.evaluate(([boxes, words]) => {
    const found: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push(`page is ${root.scrollWidth} px wide`);
    if (root.scrollHeight > root.clientHeight) found.push(`page is ${root.scrollHeight} px high`);
    for (const element of document.querySelectorAll<HTMLElement>(boxes)) {
      if (element.scrollWidth > element.clientWidth + 1) found.push(`${element.className} overflows sideways by ${element.scrollWidth - element.clientWidth} px`);
    }
    for (const element of document.querySelectorAll<HTMLElement>(words)) {
      const box = element.getBoundingClientRect();
      // A wide table scrolls within itself.
      if (box.width > 0 && box.right > root.clientWidth + 1 && element.closest('.ant-table-content') === null) found.push(`“${element.textContent}” lies outside`);
      if (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflow === 'hidden') found.push(`“${element.textContent}” is cut off`);
    }
    if (document.querySelectorAll('h1').length !== 1) found.push(`${document.querySelectorAll('h1').length} titles`);
    return found;
  }, [BOXES, WORDS] as const);
}

/** At the size that the page has nothing overflows or is cut off. @param name of its picture */
export async function expectFits(page: Page, name: string): Promise<void> {
  if (OUT !== undefined) await letWordsGo(page);
  await settle(page);
  if (OUT !== undefined) {
    await mkdir(OUT, { recursive: true });
    await page.screenshot({ path: path.join(OUT, `${name}.png`) });
  }
  expect(await breaches(page), name).toEqual([]);
}

/** As `expectFits`, and axe finds no serious fault. */
export async function expectSound(page: Page, name: string): Promise<void> {
  await expectFits(page, name);
  expect(await seriousFaults(page), name).toEqual([]);
}

/** Fits at both sizes; between them only places differ, so axe looks once. @param names of its pictures, by their size */
export async function expectSoundAtBothSizes(page: Page, names: { small: string; large: string }): Promise<void> {
  await page.setViewportSize(LARGE);
  await expectFits(page, names.large);
  await page.setViewportSize(SMALL);
  await expectSound(page, names.small);
}
