/** One citizen's whole visit at the real terminal, and what is left of it: nothing on the screen, the papers in the trays, the case at the hall. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { PRESETS } from '../../devices/id-card-reader/presets.ts';
import type { ConsoleCase } from '../../domain/contracts/cases.ts';
import { textOf } from '../../printers/papers/test-rig.ts';
import { arrived, type Clerk } from '../rigs/clerk.ts';
import type { ElectronStage } from './stage.ts';
import { type AfterStep, type Citizen, walk } from './walker.ts';

/** Pictures of every step go here when it is set. */
const OUT = process.env['JINBAN_SCREENS_OUT'];

/** @property papers what the screen said last of slip and receipt @property receipt the receipt's own words */
export type Visited = { case: ConsoleCase; papers: readonly string[]; receipt: string };

/** Walks, and checks what must hold after everybody. @param who of the pictures' names @param between what happens after a step */
export async function visit(stage: ElectronStage, clerk: Clerk, who: string, citizen: Citizen, between: AfterStep = () => Promise.resolve()): Promise<Visited> {
  const { county, window: { page } } = stage;
  const out = () => [readdirSync(county.tickets), readdirSync(county.documents)].map((papers) => papers.toSorted());
  const before = out().map(({ length }) => length);
  let pictures = 0;
  const { number, papers } = await walk({ page, county }, citizen, async (step) => {
    expect(await slidAway(page), `${who}, ${step}: what stands still on a screen slid away`).toEqual([]);
    pictures += 1;
    if (OUT !== undefined) {
      mkdirSync(OUT, { recursive: true });
      await page.screenshot({ path: join(OUT, `citizens-${who}-${String(pictures).padStart(2, '0')}-${step.replaceAll(/[^a-z0-9-]+/g, '-').replace(/-$/, '')}.png`), animations: 'disabled' });
    }
    await between(step);
  }).catch(async (cause: unknown) => {
    await leave(page);
    throw new Error(`${who}: ${cause instanceof Error ? cause.message : String(cause)}\n${stage.log.slice(-6).join('')}`, { cause });
  });
  await nothingLeft(stage, [number, ...wordsOf(citizen)]);
  const [tickets = [], documents = []] = out();
  expect([tickets.length, documents.length].map((count, at) => count - (before[at] ?? 0)), `${who}: slip and receipt`).toEqual([1, 1]);
  const receipt = textOf(readFileSync(join(county.documents, documents.at(-1) ?? '')));
  expect(receipt).toContain(number);
  return { case: await arrived(clerk, number), papers, receipt };
}

/** Whoever was held up goes, so that the next one finds the machine free. */
async function leave(page: Page): Promise<void> {
  await page.locator('.tool-leave').click({ timeout: 5_000 }).then(() => page.locator('.dialog-actions .button-stop').click({ timeout: 5_000 })).catch(() => 'nobody is here');
}

/** Elements that are scrolled though nobody can scroll them back: a focus that lies outside of the list that it belongs to pulls the whole screen up. */
function slidAway(page: Page): Promise<string[]> {
  return page.evaluate(() => [...document.querySelectorAll('html, body, body *')].filter((element) => (element.scrollTop !== 0 || element.scrollLeft !== 0) && element.clientHeight > 1 && !element.matches('.scroll-area, input, textarea')).map(({ tagName, className }) => `${tagName} ${String(className)}`));
}

/** What only this person has: names, numbers, telephones. */
function wordsOf({ card, other = {}, together = [], values = {} }: Citizen): string[] {
  const cards = [card, ...together, ...('card' in other ? [other.card] : [])].map((name) => PRESETS[name]);
  const typed = 'card' in other ? [] : Object.values(other);
  return [...cards.flatMap(({ name, number }) => [name, number]), ...typed, ...Object.entries(values).filter(([key]) => /name|phone/i.test(key)).map(([, value]) => String(value)), '13800001234'].filter((words) => words !== '');
}

/** The next person finds the machine as it is by itself. */
export async function nothingLeft({ window: { page } }: ElectronStage, words: readonly string[]): Promise<void> {
  await page.locator('.tool-leave[disabled]').waitFor();
  const left = await page.evaluate(() => ({
    ...document.documentElement.dataset, language: document.documentElement.lang,
    words: [document.documentElement.outerHTML, ...[...document.querySelectorAll<HTMLInputElement>('input, textarea')].map(({ value }) => value)].join('\n'),
  }));
  expect(left).toMatchObject({ size: 'normal', contrast: 'normal', reach: 'normal', keyboard: 'shut', language: 'zh-CN' });
  expect(words.filter((one) => left.words.includes(one))).toEqual([]);
}
