/** The console in a browser, before a fake hall: what its tests share. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { bundle } from '../../../build/bundle.ts';
import { expectSound as expectPageSound, OUT, SMALL } from '../console-look.ts';
import { launchChromium } from '../look.ts';
import { NOW } from './cases.ts';
import { type FakeHall, PASSWORD, startFakeHall } from './fake-hall.ts';

/** A browser on two shared cores. */
export const LONG = 120_000;

/** A clerk's desk before a hall of its own. */
export type Desk = { hall: FakeHall; open(size?: typeof SMALL): Promise<Page>; enter(size?: typeof SMALL, account?: string): Promise<Page>; close(): Promise<void> };

/** One browser for the tests of a file. @returns what opens a desk for one test, and closes it when that ends: a page that made an error fails it */
export function deskOpener(): () => Promise<Desk> {
  let browser: Browser;
  beforeAll(async () => {
    await bundle(['console']);
    browser = await launchChromium();
  }, LONG);
  afterAll(() => browser.close());
  return async () => {
    const { faults, ...desk } = await openDesk(browser);
    onTestFinished(async () => {
      await desk.close();
      if (faults.length > 0) throw new Error(`the page failed: ${faults.join('\n')}`);
    });
    return desk;
  };
}

async function openDesk(browser: Browser): Promise<Desk & { faults: string[] }> {
  const hall = await startFakeHall();
  const pages: Page[] = [];
  const faults: string[] = [];

  /** The computer stands in another time zone, and what is shown is China's time all the same. */
  async function open(size = SMALL): Promise<Page> {
    // A quarter of the points where nobody looks at the picture, as on the kiosk's stage.
    const context = await browser.newContext({ viewport: size, deviceScaleFactor: OUT === undefined ? 0.5 : 1, reducedMotion: 'reduce', locale: 'zh-CN', timezoneId: 'America/New_York' });
    const page = await context.newPage();
    pages.push(page);
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      // Answers that the fake hall gives on purpose are no faults; what the content policy blocks is one.
      if (message.type() === 'error' && !message.text().includes('Failed to load resource')) faults.push(message.text());
    });
    await page.clock.setFixedTime(NOW);
    await page.goto(`${hall.address}/console/`);
    await page.getByRole('heading', { name: '登录窗口工作台' }).waitFor();
    return page;
  }

  return {
    hall,
    open,
    async enter(size = SMALL, account = 'chenlijun') {
      const page = await open(size);
      await signIn(page, account);
      return page;
    },
    async close() {
      for (const page of pages) await page.context().close();
      await hall.close();
    },
    faults,
  };
}

export async function signIn(page: Page, account = 'chenlijun'): Promise<void> {
  await page.getByLabel('账号').fill(account);
  await page.getByLabel('密码').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.locator('.top').waitFor();
}

/** Goes to a case and waits until its scan, or why there is none, is seen. */
export async function visit(page: Page, opened: { row: { id: string; person: string } }): Promise<void> {
  await page.evaluate((id) => {
    location.hash = `#/cases/${id}`;
  }, opened.row.id);
  await page.locator('.case-person', { hasText: opened.row.person }).waitFor();
  await page.locator('.scan-paper[data-ready=true], .scan-note').first().waitFor();
}

export const dialog = (page: Page) => page.getByRole('dialog');

/** A dialog has taken the keys once the focus stands on what comes first in it. */
export async function takesKeys(page: Page): Promise<void> {
  await page.waitForFunction(() => document.activeElement?.matches('[role=dialog] .confirm textarea, [role=dialog] .confirm input, [role=dialog] .ant-modal-footer .ant-btn-primary') === true);
}

export async function expectSound(page: Page, name: string): Promise<void> {
  await expectPageSound(page, `console-${name}`);
}
