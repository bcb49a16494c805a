import type { Page } from 'playwright-core';
import { CASES, pictureHash } from './cases.ts';
import type { FakeHall } from './fake-hall.ts';
import { dialog, visit } from './window.ts';

/** One state of one screen, and the way to it from the first screen after signing in. */
export type Scene = { name: string; account?: string; show(page: Page, hall: FakeHall): Promise<void> };
export const SCENES: readonly Scene[] = [
  { name: 'inbox', show: (page) => page.locator('.inbox-row').first().waitFor() },
  {
    name: 'inbox-found',
    async show(page) {
      await page.keyboard.press('/');
      await page.keyboard.type('石小英');
      await page.getByText(/找到 \d 件/).waitFor();
    },
  },
  {
    name: 'inbox-nothing',
    async show(page) {
      await page.getByRole('searchbox').or(page.getByLabel('搜索办件')).fill('没有这个人');
      await page.getByText('没有找到与').waitFor();
    },
  },
  {
    name: 'inbox-empty-stage',
    async show(page, hall) {
      for (const [id, { row }] of hall.cases) if (row.stage === 'refused') hall.cases.delete(id);
      await page.getByRole('link', { name: '不予受理' }).click();
      await page.getByText('这个阶段没有办件').waitFor();
    },
  },
  {
    name: 'help',
    async show(page) {
      await page.locator('.inbox-row').first().waitFor();
      await page.keyboard.press('?');
      await dialog(page).getByText('启用单键快捷键').waitFor();
    },
  },
  { name: 'case-handed-in', show: (page) => visit(page, CASES.shop) },
  {
    name: 'case-scan-turned',
    async show(page) {
      await visit(page, CASES.shop);
      for (const key of ['n', 'n', 'n', ']', ']', '9']) await page.keyboard.press(key);
      await page.getByText('第 3/3 页').waitFor();
    },
  },
  {
    name: 'case-guide',
    async show(page) {
      await visit(page, CASES.shop);
      const tab = page.getByRole('tab', { name: '办理依据' });
      if (await tab.isVisible()) await tab.click();
      await page.getByText('法定时限').first().waitFor();
    },
  },
  {
    name: 'case-history',
    async show(page) {
      await visit(page, CASES.supplemented);
      const tab = page.getByRole('tab', { name: '办理经过' });
      if (await tab.isVisible()) await tab.click();
      await page.getByText('按大厅对时推算').first().waitFor();
    },
  },
  { name: 'case-on-its-way', async show(page) {
    await visit(page, CASES.onItsWay);
    await page.getByRole('button', { name: /^取水口位置图和现场照片 C 级/ }).click();
    await page.getByRole('button', { name: '取水口位置图和现场照片，第 2 页' }).click();
    await page.getByText('这一页还在路上').waitFor();
  } },
  { name: 'case-thumbnail', async show(page) {
    await visit(page, CASES.onItsWay);
    await page.getByRole('button', { name: /^取水口位置图和现场照片 C 级/ }).click();
    await page.getByText('原页还在路上').waitFor();
    await page.getByRole('img', { name: '取水口位置图和现场照片，第 1 页' }).waitFor();
  } },
  { name: 'case-unreadable', async show(page, hall) {
    hall.unreadable.add(pictureHash(1));
    await visit(page, CASES.fresh);
    await page.getByText('这一页没有打开').waitFor();
  } },
  { name: 'case-taken', show: (page) => visit(page, CASES.taken) },
  { name: 'case-supplemented', show: (page) => visit(page, CASES.supplemented) },
  { name: 'case-accepted-late', show: (page) => visit(page, CASES.accepted) },
  { name: 'case-waiting-for-citizen', show: (page) => visit(page, CASES.waiting) },
  { name: 'case-finished', async show(page) {
    await visit(page, CASES.finished);
    await page.getByText('电子证照标识').scrollIntoViewIfNeeded();
  } },
  { name: 'case-refused', show: (page) => visit(page, CASES.refused) },
  { name: 'case-long-texts', show: (page) => visit(page, CASES.long) },
  { name: 'case-without-scans', show: (page) => visit(page, CASES.bare) },
  { name: 'case-unknown', async show(page) {
    await page.evaluate(() => {
      location.hash = '#/cases/01KAT000000000000000000000';
    });
    await page.getByText('大厅里没有这件').waitFor();
  } },
  { name: 'accept', async show(page) {
    await visit(page, CASES.fresh);
    await page.keyboard.press('a');
    await dialog(page).getByText('受理承诺单').waitFor();
  } },
  { name: 'refuse', async show(page) {
    await visit(page, CASES.fresh);
    await page.keyboard.press('r');
    await dialog(page).getByRole('button', { name: '不符合受理条件' }).click();
  } },
  { name: 'correct-picking', async show(page) {
    await visit(page, CASES.shop);
    await page.keyboard.press('c');
    await page.getByLabel('勾选：经营场所详细地址').check();
    await page.getByLabel('勾选：租房合同').check();
    await page.getByRole('button', { name: '缺页' }).click();
    await page.getByText('已选 2 处').waitFor();
  } },
  { name: 'correct', async show(page) {
    await visit(page, CASES.shop);
    await page.keyboard.press('c');
    await page.getByLabel('勾选：经营场所详细地址').check();
    await page.getByLabel('勾选：租房合同').check();
    await page.keyboard.press('Control+Enter');
    await dialog(page).getByText('补正告知书').waitFor();
  } },
  { name: 'finish', async show(page) {
    await visit(page, CASES.accepted);
    await page.keyboard.press('f');
    await dialog(page).getByText('浙江省老年人优待证').first().waitFor();
  } },
  { name: 'finish-denied', async show(page) {
    await visit(page, CASES.accepted);
    await page.keyboard.press('f');
    await dialog(page).getByText('不予许可', { exact: true }).click();
    await dialog(page).getByText('不予许可的，不发证照').waitFor();
  } },
  { name: 'supervisor', account: 'sunjian', async show(page) {
    await visit(page, CASES.shop);
    await page.getByText('您的岗位只能查看').waitFor();
  } },
  { name: 'machines', account: 'admin', show: (page) => page.getByText('T330624-0005').waitFor() },
  { name: 'machines-empty', account: 'admin', async show(page, hall) {
    hall.machines = [];
    await page.reload();
    await page.getByText('还没有登记自助机').waitFor();
  } },
  { name: 'numbers', account: 'admin', async show(page) {
    await page.getByRole('link', { name: '编号', exact: true }).click();
    await page.getByText('机器已停用').waitFor();
  } },
  { name: 'numbers-empty', account: 'admin', async show(page, hall) {
    hall.numbers = [];
    await page.getByRole('link', { name: '编号', exact: true }).click();
    await page.getByText('还没有发出编号').waitFor();
  } },
  { name: 'quarantine', account: 'admin', async show(page) {
    await page.getByRole('link', { name: '隔离区' }).click();
    await page.getByText('签名不对').waitFor();
  } },
  { name: 'quarantine-empty', account: 'admin', async show(page, hall) {
    hall.quarantine = [];
    await page.getByRole('link', { name: '隔离区' }).click();
    await page.getByText('隔离区是空的').waitFor();
  } },
];
