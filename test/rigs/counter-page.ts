/** The counter's page in a browser, worked by keys alone as a clerk does. */
import type { Page } from 'playwright-core';
import { SITE_PIN } from '../fixtures/site.ts';

export async function signIn(page: Page, account: string): Promise<void> {
  await page.keyboard.type(account);
  await page.keyboard.press('Tab');
  await page.keyboard.type(SITE_PIN);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '登录窗口叫号' }).waitFor({ state: 'detached' });
}

/** Opens the window at this place of the list. */
export async function openWindow(page: Page, place: number): Promise<void> {
  await page.getByRole('heading', { name: '选择窗口' }).waitFor();
  for (let at = 1; at < place; at += 1) await page.keyboard.press('ArrowDown');
  await page.waitForFunction((wanted) => document.querySelector<HTMLInputElement>('input[name=window]:checked')?.value === wanted, String(place));
  await page.keyboard.press('Enter');
  await page.locator('.counter').waitFor();
}

/** The number in hand, or what stands for none. */
export const inHand = (page: Page) => page.locator('.hand-code').textContent();
/** Waits until the foot of the page says so. */
export const says = (page: Page, words: string | RegExp) => page.locator('.line').getByText(words).waitFor();
/** Waits until the dialog has the keys. */
export const asks = (page: Page, words: string) => page.waitForFunction((text) => document.activeElement?.closest('dialog')?.querySelector('h2')?.textContent?.includes(text) === true, words);
