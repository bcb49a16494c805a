/** The console in a browser, before a real hall on PGlite: what the tests of its pages share. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { bundle } from '../../../build/bundle.ts';
import type { Role } from '../../../domain/contracts/staff.ts';
import { hasAccount, putAccount } from '../../../hall/identity/accounts.ts';
import type { HallDatabase } from '../../../hall/db/database.ts';
import { openTestDatabase, PGLITE, startHall, type TestHall } from '../../fixtures/hall.ts';
import { LONG, SMALL } from '../console/window.ts';
import { launchChromium } from '../look.ts';

const ROOT = path.join(import.meta.dirname, '../../..');

/** One hall and one browser for a file's tests. */
export type HallDesk = {
  readonly hall: TestHall;
  readonly db: HallDatabase;
  /** Signs somebody in, makes the account where there is none, and stands at an address of the console (`ratings/open`). A page that makes an error fails the test. */
  enter(who: { account: string; name: string; role: Role }, at: string, size?: typeof SMALL): Promise<Page>;
};

export function hallDesk(): HallDesk {
  let current: { hall: TestHall; db: HallDatabase; browser: Browser } | null = null;
  function served() {
    if (current === null) throw new Error('the hall is there while tests run');
    return current;
  }
  beforeAll(async () => {
    await bundle(['console']);
    const out = process.env['JINBAN_SCREENS_OUT'];
    if (out !== undefined) await mkdir(out, { recursive: true });
    const db = await openTestDatabase(await (await PGLITE.start()).place());
    current = { db, hall: await startHall(db, { consoleFolder: path.join(ROOT, 'dist/console') }), browser: await launchChromium() };
  }, LONG);
  afterAll(async () => {
    const { hall, db, browser } = served();
    await browser.close();
    await hall.close();
    await db.close();
  });
  return {
    get hall() {
      return served().hall;
    },
    get db() {
      return served().db;
    },
    async enter({ account, name, role }, at, size = SMALL) {
      const { hall, browser } = served();
      const password = `password-of-${account}`;
      if (!(await hasAccount(hall.hall.ground, account))) await putAccount(hall.hall.ground, { account, name, role }, password);
      const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce', locale: 'zh-CN', timezoneId: 'America/New_York' });
      const page = await context.newPage();
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error' && !message.text().includes('Failed to load resource')) faults.push(message.text());
      });
      onTestFinished(async () => {
        await context.close();
        if (faults.length > 0) throw new Error(`the page failed: ${faults.join('\n')}`);
      });
      await page.clock.setFixedTime(hall.clock.now());
      await page.goto(`${hall.url}/console/#/${at}`);
      await page.getByLabel('账号').fill(account);
      await page.getByLabel('密码').fill(password);
      await page.keyboard.press('Enter');
      await page.locator('.top').waitFor();
      return page;
    },
  };
}
