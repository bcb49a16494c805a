/** What comes between while somebody stands at the real terminal: each leaves the visit where it stood. */
import { expect } from 'vitest';
import { until } from '../../build/demo/child.ts';
import { zhCN } from '../../renderer/kiosk/texts/zh-CN.ts';
import type { ElectronStage } from './stage.ts';

/** What the screen shows of the visit: its title, everything that was filled in, and every choice. */
function standing({ window }: ElectronStage): Promise<{ title: string; values: string[]; chosen: string[] }> {
  return window.page.evaluate(() => ({
    title: document.querySelector('.app-step h1')?.textContent ?? '',
    values: [...document.querySelectorAll<HTMLInputElement>('.app-step input, .app-step textarea')].map(({ value }) => value),
    chosen: [...document.querySelectorAll('.app-step [data-selected], .app-step [aria-pressed="true"]')].map(({ textContent }) => textContent ?? ''),
  }));
}

/** Lets something happen, and looks whether the visit stands as before. @param step to be named when it does not */
export async function leavesStanding(stage: ElectronStage, step: string, happening: () => Promise<void>): Promise<void> {
  const before = await standing(stage);
  expect(before.title, step).not.toBe('');
  await happening();
  await stage.window.page.locator('.app-step:not([inert])').waitFor({ timeout: 30_000 });
  expect(await standing(stage), step).toEqual(before);
}

export async function askForHelp({ window: { page } }: ElectronStage): Promise<void> {
  await page.getByRole('button', { name: zhCN['toolbar.help'], exact: true }).click();
  await page.getByRole('dialog').waitFor();
  await page.getByRole('button', { name: zhCN['help.close'], exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** Another's card, for as long as the reader needs to see it. Where a card is asked for it would be the citizen's own. */
export async function strangersCard({ window, county }: ElectronStage): Promise<void> {
  await county.device('id-card-reader', 'place hong-kong');
  await window.page.waitForTimeout(600);
  await county.device('id-card-reader', 'remove');
}

/** How often the line was seen to go or come, from core's own log. */
const times = (stage: ElectronStage, words: string) => stage.log.join('').split(words).length - 1;

/** Core dies, and the window has a new one behind it. */
export async function coreDies(stage: ElectronStage): Promise<void> {
  const words = '"event":"host-started","host":"core"';
  const before = times(stage, words);
  await stage.window.kill('core');
  await until('core started again', () => times(stage, words) > before);
}

/** The line is cut until the screen says so, and comes back. */
export async function lineGoesAndComes({ window: { page }, county }: ElectronStage): Promise<void> {
  county.line.cut();
  await page.locator('.status-line .pill-warn').waitFor({ timeout: 30_000 });
  county.line.restore();
  await page.locator('.status-line .pill-good').waitFor({ timeout: 30_000 });
}
