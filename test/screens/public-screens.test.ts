/** The public pages in a browser, before a real hall: on a desk, in a hand and on paper. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Item } from '../../domain/item/types.ts';
import type { HallDatabase } from '../../hall/db/database.ts';
import { openTestDatabase, packItem, startHall, type TestHall } from '../fixtures/hall.ts';
import { launchChromium, seriousFaults, settle } from './look.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const OUT = process.env['JINBAN_SCREENS_OUT'];
const elder = packItem('elder-card');
const water = packItem('water-permit');
const body = water.body.creditCode;
/** Two departments look at once before one decides. */
const joint: Item = {
  ...water, version: water.version + 1, effectiveFrom: '2026-11-01',
  steps: water.steps.flatMap((step) => (step.key === 'site' || step.key === 'review' ? [{ ...step, task: { department: body, role: 'survey' as const, after: [], preReview: false, silence: 'none' as const } }] : step.key === 'decide' ? [{ ...step, task: { department: body, role: 'approve' as const, after: ['site', 'review'], preReview: false, silence: 'none' as const } }] : [step])),
};
const paid = { ...packItem('business-registration'), version: packItem('business-registration').version + 1, effectiveFrom: '2026-11-01', fee: { charged: true, basis: '《样本收费办法》（样本价费〔2026〕1号）', basisUntil: '2028-12-31', rows: [{ name: '工本费', standard: '每本10元', reduction: { allowed: true, reason: '最低生活保障对象免收' } }] } };

let db: HallDatabase;
let hall: TestHall;
let browser: Browser;
beforeAll(async () => {
  if (OUT !== undefined) await mkdir(OUT, { recursive: true });
  db = await openTestDatabase({ kind: 'pglite', folder: null });
  hall = await startHall(db, { items: [elder, water, joint, packItem('business-registration'), paid] });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await hall.close();
  await db.close();
});

test('nothing overflows and axe finds no serious fault, on a desk and in a hand', async () => {
  const page = await browser.newPage({ locale: 'zh-CN' });
  const faults: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && faults.push(message.text())));
  for (const [name, place] of [['index', '/public/'], ['guide', `/public/items/${water.code}`], ['guide-paid', `/public/items/${paid.code}`], ['powers', '/public/lists/powers?since=2026-10-01'], ['certificates', '/public/lists/certificates']] as const) {
    for (const [size, width, height] of [['desk', 1366, 768], ['hand', 390, 844]] as const) {
      await page.setViewportSize({ width, height });
      await page.goto(hall.url + place);
      await settle(page);
      if (OUT !== undefined) await page.screenshot({ path: path.join(OUT, `public-${name}-${size}.png`), fullPage: true });
      expect.soft(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `${name} on a ${size}`).toBe(0);
      expect.soft(await seriousFaults(page), `${name} on a ${size}`).toEqual([]);
    }
  }
  expect(faults).toEqual([]);
  await page.close();
});

test('a guide and a list print on A4', async () => {
  const page = await browser.newPage();
  for (const [name, place] of [['guide', `/public/items/${water.code}`], ['certificates', '/public/lists/certificates']] as const) {
    await page.goto(hall.url + place);
    const pdf = await page.pdf({ preferCSSPageSize: true, ...(OUT === undefined ? {} : { path: path.join(OUT, `public-${name}.pdf`) }) });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  }
  await page.close();
});
