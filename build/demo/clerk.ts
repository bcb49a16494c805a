import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../browser.ts';
import { until } from './child.ts';
import { t } from '../../renderer/console/texts.ts';

const SLOW = { timeout: 60_000 };

export type ClerkBrowser = { browser: Browser; page: Page; close(): Promise<void> };

/** A real browser at a window of the hall. */
export async function openClerkBrowser(): Promise<ClerkBrowser> {
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  return { browser, page, close: () => browser.close() };
}

/** 王窗口 signs in, looks at the case beside its scan, accepts it and finishes it, by keyboard where a clerk would. */
export async function acceptAndFinish({ page, hallUrl, number, shot }: { page: Page; hallUrl: string; number: string; shot(name: string): Promise<void> }): Promise<void> {
  await page.goto(`${hallUrl}/console/`);
  await page.getByLabel(t('sign-in.account')).fill('wang');
  await page.getByLabel(t('sign-in.password')).fill('jinban-demo-wang');
  await shot('console-sign-in');
  await page.keyboard.press('Enter');
  await page.getByText(t('stage.open')).first().waitFor(SLOW);
  const row = page.getByRole('row').filter({ hasText: number });
  // The text of the case comes first and the scans follow; required ones must be here before it can be accepted.
  await until('the case with its scans in the inbox', async () => {
    await page.keyboard.press('u');
    return (await row.filter({ hasText: t('inbox.complete') }).count()) === 1;
  }, SLOW.timeout);
  await shot('console-inbox');
  await row.getByText(number).click();
  await page.getByRole('heading', { level: 1 }).filter({ hasText: '老年人优待证' }).first().waitFor(SLOW);
  await page.locator('.scan img, [class*="scan"] img').first().waitFor(SLOW);
  await shot('console-case');
  await page.keyboard.press('a');
  await page.getByText(t('accept.title')).waitFor(SLOW);
  await dialogOpen(page);
  await shot('console-accept');
  await confirm(page, t('accept.title'));
  await page.goto(`${hallUrl}/console/`);
  await page.getByRole('row').filter({ hasText: number }).getByText(number).click();
  await page.getByText(t('turn.accepted')).first().waitFor(SLOW);
  await page.keyboard.press('f');
  await page.getByText(t('finish.title')).waitFor(SLOW);
  await dialogOpen(page);
  await shot('console-finish');
  await confirm(page, t('finish.title'));
  await shot('console-finished');
}

/** Waits until the dialog has the focus and stands still: while it opens, a picture shows nothing of it. */
async function dialogOpen(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const dialog = document.querySelector('.ant-modal');
    return dialog?.contains(document.activeElement) === true && !dialog.className.includes('ant-zoom') && getComputedStyle(dialog).opacity === '1';
  }, undefined, SLOW);
}

/** Confirms the open dialog by keyboard and waits until it is gone. */
async function confirm(page: Page, title: string): Promise<void> {
  await page.keyboard.press('Control+Enter');
  await page.getByText(title).waitFor({ state: 'hidden', ...SLOW });
}
