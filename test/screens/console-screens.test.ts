import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { bundle } from '../../build/bundle.ts';
import { CASES, NOW, pictureHash } from './console/cases.ts';
import { type FakeHall, PASSWORD, startFakeHall } from './console/fake-hall.ts';
import { launchChromium, seriousFaults, settle } from './look.ts';

/** Pictures of every screen go here when it is set. */
const OUT = process.env['JINBAN_SCREENS_OUT'];
const SMALL = { width: 1366, height: 768 };
const LARGE = { width: 1920, height: 1080 };

// A browser on two shared cores.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let browser: Browser;
let hall: FakeHall;
const opened: Page[] = [];
/** Errors of the page itself; nothing that a screen does may make one. */
const faults: string[] = [];

beforeAll(async () => {
  await bundle(['console']);
  browser = await launchChromium();
  if (OUT !== undefined) await mkdir(OUT, { recursive: true });
});
afterAll(() => browser.close());
beforeEach(async () => {
  hall = await startFakeHall();
});
afterEach(async () => {
  for (const page of opened.splice(0)) await page.context().close();
  await hall.close();
  expect(faults.splice(0)).toEqual([]);
});

async function open(size = SMALL): Promise<Page> {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce', locale: 'zh-CN', timezoneId: 'America/New_York' });
  const page = await context.newPage();
  opened.push(page);
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

async function signIn(page: Page, account = 'chenlijun'): Promise<void> {
  await page.getByLabel('账号').fill(account);
  await page.getByLabel('密码').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.locator('.top').waitFor();
}

async function enter(size = SMALL, account = 'chenlijun'): Promise<Page> {
  const page = await open(size);
  await signIn(page, account);
  return page;
}

/** Goes to a case and waits until its scan, or why there is none, is seen. */
async function visit(page: Page, opened: { row: { id: string; person: string } }): Promise<void> {
  await page.evaluate((id) => {
    location.hash = `#/cases/${id}`;
  }, opened.row.id);
  await page.locator('.case-person', { hasText: opened.row.person }).waitFor();
  await page.locator('.scan-paper[data-ready=true], .scan-note').first().waitFor();
}

const dialog = (page: Page) => page.getByRole('dialog');

/** A dialog has taken the keys once the focus stands on what comes first in it. */
async function takesKeys(page: Page): Promise<void> {
  await page.waitForFunction(() => document.activeElement?.matches('[role=dialog] textarea, [role=dialog] button, [role=dialog] input') === true);
}

async function keep(page: Page, name: string): Promise<void> {
  await settle(page);
  if (OUT !== undefined) await page.screenshot({ path: path.join(OUT, `console-${name}.png`) });
}

/** What every screen must hold, whatever it shows. Answers the breaches in words. */
function breaches(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push(`page is ${root.scrollWidth} px wide`);
    if (root.scrollHeight > root.clientHeight) found.push(`page is ${root.scrollHeight} px high`);
    for (const element of document.querySelectorAll<HTMLElement>('.top, .inbox-head, .inbox-table, .case-head, .case-scroll, .case-right, .ant-tabs-tabpane-active, .scan-head, .thumbs, .bar, .confirm, .sheet')) {
      if (element.scrollWidth > element.clientWidth + 1) found.push(`${element.className} overflows sideways by ${element.scrollWidth - element.clientWidth} px`);
    }
    for (const element of document.querySelectorAll<HTMLElement>('button, .stage, .due-words, .mark, .trust')) {
      const box = element.getBoundingClientRect();
      if (box.width > 0 && box.right > root.clientWidth + 1) found.push(`“${element.textContent}” lies outside`);
      if (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflow === 'hidden') found.push(`“${element.textContent}” is cut off`);
    }
    if (document.querySelectorAll('h1').length !== 1) found.push(`${document.querySelectorAll('h1').length} titles`);
    return found;
  });
}

async function expectSound(page: Page, name: string): Promise<void> {
  await keep(page, name);
  expect(await breaches(page), name).toEqual([]);
  expect(await seriousFaults(page), name).toEqual([]);
}

type Scene = { name: string; account?: string; show(page: Page): Promise<void> };
const SCENES: readonly Scene[] = [
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
    async show(page) {
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
    await page.getByRole('button', { name: /看 取水口位置图/ }).click();
    await page.getByText('这一页还在路上').waitFor();
  } },
  { name: 'case-unreadable', async show(page) {
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
    await page.getByLabel('勾选：经营场所使用证明').check();
    await page.getByRole('button', { name: '缺页' }).click();
    await page.getByText('已选 2 处').waitFor();
  } },
  { name: 'correct', async show(page) {
    await visit(page, CASES.shop);
    await page.keyboard.press('c');
    await page.getByLabel('勾选：经营场所详细地址').check();
    await page.getByLabel('勾选：经营场所使用证明').check();
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
  { name: 'machines-empty', account: 'admin', async show(page) {
    hall.machines = [];
    await page.reload();
    await page.getByText('还没有登记自助机').waitFor();
  } },
  { name: 'quarantine', account: 'admin', async show(page) {
    await page.getByRole('link', { name: '隔离区' }).click();
    await page.getByText('签名不对').waitFor();
  } },
  { name: 'quarantine-empty', account: 'admin', async show(page) {
    hall.quarantine = [];
    await page.getByRole('link', { name: '隔离区' }).click();
    await page.getByText('隔离区是空的').waitFor();
  } },
];

describe('screens of the console', () => {
  test.each([['small', SMALL], ['large', LARGE]] as const)('%s: nothing overflows and axe finds no serious fault on any screen', async (name, size) => {
    for (const scene of SCENES.filter(({ name: one }) => one.includes(process.env["SCENE"] ?? ""))) {
      await hall.close();
      hall = await startFakeHall();
      const page = await enter(size, scene.account);
      await scene.show(page);
      await expectSound(page, `${name}-${scene.name}`);
      await page.context().close();
    }
  });

  test('sign-in: empty, refused, locked, and a hall that is away', async () => {
    const page = await open();
    await expectSound(page, 'sign-in');
    await page.keyboard.press('Enter');
    await page.getByText('请填写账号和密码').waitFor();
    await page.getByLabel('账号').fill('chenlijun');
    await page.getByLabel('密码').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('账号或密码不对').waitFor();
    expect(await page.getByLabel('密码').inputValue()).toBe('');
    await expectSound(page, 'sign-in-refused');
    hall.fail.set('POST /session', 'locked');
    await page.getByLabel('密码').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('账号已锁定，今天 10:18 以后再试').waitFor();
    await expectSound(page, 'sign-in-locked');
    hall.line.away = true;
    await page.getByLabel('密码').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByText('连不上大厅服务器').waitFor();
  });
});

describe('a clerk at the console', () => {
  test('signs in, accepts one case and finishes another with keys alone', async () => {
    const page = await open();
    await page.keyboard.type('chenlijun');
    await page.keyboard.press('Tab');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.locator('.inbox-row').first().waitFor();

    // The most pressing case is the late one; the next is due today.
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    await expect.poll(focused).toBe(CASES.accepted.row.number);
    await page.keyboard.press('j');
    expect(await focused()).toBe(CASES.fresh.row.number);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.locator('.case-person', { hasText: CASES.fresh.row.person }).waitFor();

    await page.keyboard.press('l');
    await page.getByText('我在办').waitFor();
    await page.keyboard.press('a');
    await dialog(page).getByText(/11月25日（周三）/).first().waitFor();
    await expect.poll(focused).toContain('确认受理');
    await page.keyboard.press('Enter');
    await page.getByText('王守田 的“老年人优待证办理”已受理').waitFor();

    // On to the next that waits for the hall and for no colleague: not the case of 求明月, whom a colleague has.
    await page.locator('.case-person', { hasText: CASES.shop.row.person }).waitFor();
    await expect.poll(focused).toContain(CASES.shop.row.person);

    await page.keyboard.press('Escape');
    await page.locator('.inbox-row').first().waitFor();
    await expect.poll(focused).toBe(CASES.shop.row.number);
    for (let step = 0; step < 8 && (await focused()) !== CASES.accepted.row.number; step += 1) await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await page.locator('.case-person', { hasText: CASES.accepted.row.person }).waitFor();
    await page.keyboard.press('f');
    await dialog(page).getByText('电子证照标识').waitFor();
    await takesKeys(page);
    await page.keyboard.press('Control+Enter');
    await page.getByText('俞秋兰 的“老年人优待证办理”已办结').waitFor();
    expect(hall.cases.get(CASES.accepted.row.id)?.row.stage).toBe('finished');
    expect(hall.cases.get(CASES.fresh.row.id)?.row.stage).toBe('accepted');
  });

  test('puts a correction together with keys alone; looking at another case keeps the draft', async () => {
    const page = await enter();
    await visit(page, CASES.shop);
    await page.keyboard.press('c');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('勾选：组成形式');
    await page.keyboard.press('Control+Enter');
    await page.getByText('先勾选要补正的内容或材料').waitFor();
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    await visit(page, CASES.fresh);
    await visit(page, CASES.shop);
    await page.keyboard.press('c');
    await page.getByText('已选 1 处').waitFor();
    const words = page.getByLabel('“组成形式”要怎么补（申请人会看到）');
    await words.fill('');
    await page.keyboard.press('Control+Enter');
    await page.getByText('“组成形式”还没有写怎么补').waitFor();
    await words.fill('请按租房合同上的承租人重新选择。');
    await page.keyboard.press('Control+Enter');
    await dialog(page).getByText('请按租房合同上的承租人重新选择。').waitFor();
    await takesKeys(page);
    await page.keyboard.press('Enter');
    await page.getByText('已告知 潘国荣 补正 1 处').waitFor();
    expect(hall.cases.get(CASES.shop.row.id)?.correction).toEqual([{ target: 'form', key: 'formation', words: '请按租房合同上的承租人重新选择。' }]);
  });

  test.each([
    ['POST /cases/accept', 'wrong-stage', 'a', '阶段刚刚变了'],
    ['POST /cases/accept', 'claimed-by-other', 'a', '刚被同事认领'],
    ['POST /cases/accept', 'materials-missing', 'a', '必交材料还没有到齐'],
    ['POST /cases/accept', 'not-allowed', 'a', '您的岗位不能办这一步'],
    ['POST /cases/accept', 'unknown-case', 'a', '大厅里没有这件'],
    ['POST /cases/accept', 500, 'a', '大厅没有办成这一步'],
    ['POST /cases/accept', 502, 'a', '不知道办成了没有'],
  ] as const)('%s answers %s: is told so, and nothing is lost', async (route, kind, key, words) => {
    const page = await enter();
    await visit(page, CASES.fresh);
    hall.fail.set(route, kind);
    await page.keyboard.press(key);
    await takesKeys(page);
    await page.keyboard.press('Enter');
    await dialog(page).getByText(words).waitFor();
    await expectSound(page, `failure-${kind}`);
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'hidden' });
    expect(hall.cases.get(CASES.fresh.row.id)?.row.stage).toBe('handed-in');
  });

  test('refuses and denies only with a reason', async () => {
    const page = await enter();
    await visit(page, CASES.fresh);
    await page.keyboard.press('r');
    await takesKeys(page);
    await page.keyboard.press('Control+Enter');
    await dialog(page).getByText('没有理由的不予受理会被电子监察记录').waitFor();
    await page.keyboard.type('不属于本机关职权。');
    await page.keyboard.press('Control+Enter');
    await page.getByText('王守田 的“老年人优待证办理”已不予受理').waitFor();
    expect(hall.cases.get(CASES.fresh.row.id)?.actions.at(-1)?.payload).toEqual({ kind: 'refused', reason: '不属于本机关职权。' });

    await visit(page, CASES.accepted);
    await page.keyboard.press('f');
    await dialog(page).getByText('不予许可', { exact: true }).click();
    await page.keyboard.press('Control+Enter');
    await dialog(page).getByText('请写不予许可的理由和依据').waitFor();
    expect(hall.cases.get(CASES.accepted.row.id)?.row.stage).toBe('accepted');
  });

  test('loses the line and gets it back: what was on the screen stays', async () => {
    const page = await enter();
    await page.locator('.inbox-row').first().waitFor();
    hall.line.away = true;
    await page.keyboard.press('u');
    await page.getByText('连不上大厅服务器').waitFor();
    expect(await page.locator('.inbox-row').count()).toBe(50);
    await expectSound(page, 'away-inbox');
    await page.evaluate((id) => {
      location.hash = `#/cases/${id}`;
    }, CASES.fresh.row.id);
    await page.getByText('没有取到内容').waitFor();
    await expectSound(page, 'away-case');
    hall.line.away = false;
    await page.getByRole('button', { name: '重新连接' }).click();
    await page.locator('.case-person', { hasText: CASES.fresh.row.person }).waitFor();
    expect(await page.getByText('连不上大厅服务器').count()).toBe(0);
  });

  test('whose session ran out signs in again where it was, with the draft kept; signing out drops it', async () => {
    const page = await enter();
    await visit(page, CASES.shop);
    await page.keyboard.press('c');
    await page.getByLabel('勾选：经营场所详细地址').check();
    hall.endSessions();
    await page.getByRole('link', { name: '收件箱' }).click();
    await page.getByRole('button', { name: '刷新' }).click();
    await page.getByText('登录已到期').waitFor();
    await expectSound(page, 'sign-in-expired');
    await signIn(page);
    await visit(page, CASES.shop);
    await page.keyboard.press('c');
    await page.getByText('已选 1 处').waitFor();
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.getByRole('heading', { name: '登录窗口工作台' }).waitFor();
    await signIn(page);
    await visit(page, CASES.shop);
    await page.keyboard.press('c');
    await page.getByText('已选 0 处').waitFor();
  });

  test('looks through the inbox: pages, search, stages, and back to the same row', async () => {
    const page = await enter();
    await page.locator('.inbox-row').first().waitFor();
    expect(await page.locator('.inbox-row').count()).toBe(50);
    await page.getByRole('button', { name: '再显示 50 件' }).click();
    await expect.poll(() => page.locator('.inbox-row').count()).toBeGreaterThan(50);
    await page.getByRole('link', { name: /已受理/ }).click();
    await expect.poll(() => page.locator('.inbox-row .stage').allTextContents()).not.toContain('收件');
    expect(new URL(page.url()).hash).toBe('#/inbox?stage=accepted');
    await page.keyboard.press('/');
    await page.keyboard.type('俞秋兰');
    await expect.poll(() => new URLSearchParams(page.url().split('?')[1]).get('query')).toBe('俞秋兰');
    await page.locator('.inbox-row', { hasText: CASES.accepted.row.number }).click();
    await page.locator('.case-person', { hasText: '俞秋兰' }).waitFor();
    await page.goBack();
    await page.locator('.inbox-row').first().waitFor();
    expect(await page.getByLabel('搜索办件').inputValue()).toBe('俞秋兰');
  });

  test('turns single keys off: letters do nothing, buttons still do', async () => {
    const page = await enter();
    await visit(page, CASES.fresh);
    await page.keyboard.press('?');
    await dialog(page).getByRole('switch').click();
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'hidden' });
    await page.keyboard.press('a');
    await settle(page);
    expect(await dialog(page).filter({ visible: true }).count()).toBe(0);
    await page.getByRole('button', { name: '受理', exact: true }).click();
    await dialog(page).getByText('受理承诺单').waitFor();
  });
});

describe('who may do what', () => {
  test('a supervisor reads and has no deed; an administrator sees machines and no people', async () => {
    const page = await enter(SMALL, 'sunjian');
    await visit(page, CASES.fresh);
    expect(await page.locator('.bar-deeds button').count()).toBe(0);
    await page.keyboard.press('a');
    await settle(page);
    expect(await dialog(page).count()).toBe(0);
    const other = await enter(SMALL, 'admin');
    await other.getByText('T330624-0001').waitFor();
    expect(await other.getByRole('link', { name: '收件箱' }).count()).toBe(0);
    await other.evaluate((id) => {
      location.hash = `#/cases/${id}`;
    }, CASES.fresh.row.id);
    await settle(other);
    expect(await other.getByRole('heading', { level: 1 }).textContent()).toBe('自助机');
  });
});
