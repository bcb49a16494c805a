/** The console in a browser, before a real hall on a database in memory: what tests of its pages share. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { bundle } from '../../../build/bundle.ts';
import { inProject } from '../../../build/paths.ts';
import type { Role } from '../../../domain/contracts/staff.ts';
import type { DatabasePlace, HallDatabase } from '../../../hall/db/database.ts';
import type { HallOptions } from '../../../hall/server.ts';
import { openTestDatabase, signInAt, startHall, type TestHall } from '../../fixtures/hall.ts';
import { expectSoundAtBothSizes, OUT, SMALL } from '../console-look.ts';
import { launchChromium } from '../look.ts';

/** A browser on two shared cores. */
export const LONG = 120_000;

/** A hall with its console and a browser before it. `enter`: a page on which somebody is signed in. */
export type Desk = { readonly hall: TestHall; readonly db: HallDatabase; open(): Promise<Page>; enter(account: string, role: Role, address?: string): Promise<Page> };

/** Where a desk's hall keeps what it has, and what stands before it; left out: in memory, and nothing. */
export type Around = { place?: () => Promise<DatabasePlace>; front?: (url: string) => Promise<string> };

/** For a suite: a hall and a browser from before its first test until after its last. A page that made an error fails the suite. */
export function deskOfSuite(options: Omit<Partial<HallOptions>, 'clock'> = {}, { place = () => Promise.resolve({ kind: 'pglite', folder: null }), front = (url) => Promise.resolve(url) }: Around = {}): Desk {
  let db: HallDatabase;
  let hall: TestHall;
  let address: string;
  let browser: Browser;
  const faults: string[] = [];
  beforeAll(async () => {
    await bundle(['console']);
    db = await openTestDatabase(await place());
    hall = await startHall(db, { consoleFolder: inProject('dist', 'console'), ...options });
    address = await front(hall.url);
    browser = await launchChromium();
  }, LONG);
  afterAll(async () => {
    await browser.close();
    await hall.close();
    await db.close();
    expect(faults).toEqual([]);
  }, LONG);

  /** The computer stands in another time zone, and what is shown is China's time all the same. */
  async function open(): Promise<Page> {
    const context = await browser.newContext({ viewport: SMALL, reducedMotion: 'reduce', locale: 'zh-CN', timezoneId: 'America/New_York' });
    const page = await context.newPage();
    page.setDefaultTimeout(LONG / 4);
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      // What the content policy blocks is a fault; an answer that a test asked for is none.
      if (message.type() === 'error' && !/Failed to load resource|EventSource's response has a MIME type/.test(message.text())) faults.push(message.text());
    });
    await page.clock.setFixedTime(hall.clock.now());
    await page.goto(`${address}/console/`);
    return page;
  }

  return {
    get hall() {
      return hall;
    },
    get db() {
      return db;
    },
    open,
    async enter(account, role, at = '') {
      // Makes the account where it is not there yet.
      await signInAt(hall, account, role);
      const page = await open();
      await signIn(page, account, `password-of-${account}`);
      await page.locator('.top').waitFor();
      // On a picture it is let go; one that came later would lie over the page.
      if (OUT !== undefined) await page.locator('.ant-message-notice').first().waitFor();
      if (at !== '') await visit(page, at);
      return page;
    },
  };
}

export async function signIn(page: Page, account: string, password: string): Promise<void> {
  await page.getByLabel('账号').fill(account);
  await page.getByLabel('密码').fill(password);
  await page.keyboard.press('Enter');
}

/** Goes to a page of the console. @param address what stands behind `#/` */
export async function visit(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = `#/${hash}`;
  }, address);
}

/** At both sizes nothing overflows or is cut off and axe finds no serious fault. @param name of its pictures */
export async function expectSound(page: Page, name: string): Promise<void> {
  await expectSoundAtBothSizes(page, { small: `hall-${name}-small`, large: `hall-${name}-large` });
}
