import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { CaseId } from '../../../domain/ids.ts';
import { HALL, SITE_MANAGER, SITE_PIN } from '../../fixtures/site.ts';
import { asks, inHand, openWindow, says, signIn } from '../../rigs/counter-page.ts';
import { expectSound, LARGE, SMALL } from '../console-look.ts';
import { atWork, deedsOf, firstOf, LONG, newId, siteHall, takes } from './hall.ts';

vi.setConfig({ testTimeout: LONG });
const hall = siteHall();

/** Looks at a page, and at every deed of it: none lies below the fold or is cut off. @param name of its picture */
async function look(page: Page, name: string): Promise<void> {
  await expectSound(page, `site-${name}`);
  const hidden = await page.evaluate(() => [...document.querySelectorAll('.deeds button, .hand, .next, .tickets, .line, dialog[open] button')].filter((element) => {
    const { top, bottom, left, right } = element.getBoundingClientRect();
    return top < 0 || left < 0 || bottom > innerHeight + 1 || right > innerWidth + 1 || (element instanceof HTMLButtonElement && element.scrollWidth > element.clientWidth + 1);
  }).map((element) => element.textContent));
  expect(hidden, name).toEqual([]);
}

test('every state of a counter is sound to axe and stands on one screen of 1366 × 768', async () => {
  const site = await hall.open();
  const machine = firstOf(site);
  const page = await hall.page(machine);
  const { keyboard } = page;
  await look(page, 'sign-in');
  await keyboard.type('wang.li');
  await keyboard.press('Enter');
  await page.getByText('请填写账号和 PIN').waitFor();
  await keyboard.press('Tab');
  await keyboard.type('000000');
  await keyboard.press('Enter');
  await page.getByText('账号或 PIN 不对').waitFor();
  await look(page, 'sign-in-wrong');
  await keyboard.type(SITE_PIN);
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: '选择窗口' }).waitFor();
  await page.locator('.choose .pill').first().waitFor();
  await look(page, 'choose');
  await openWindow(page, 11);
  await look(page, 'empty');

  // Somebody with a case that was prepared at the terminal, and a full room behind.
  const prepared = CaseId.parse(newId());
  await takes(machine, 'social-security', { prepared, priority: 'elderly' });
  for (let count = 0; count < 14; count += 1) await takes(machine, count % 3 === 0 ? 'registration' : 'social-security', count === 4 ? { priority: 'military' } : {});
  await page.locator('.tickets').first().getByText('B005').waitFor();
  await look(page, 'waiting');
  for (const why of ['1', '3']) {
    await keyboard.press('n');
    await says(page, '叫了');
    await keyboard.press('w');
    await asks(page, '为什么');
    await keyboard.press(why);
    await says(page, '在旁边等');
  }
  await keyboard.press('n');
  await says(page, '叫了');
  await keyboard.press('m');
  await says(page, '记为过号');
  await keyboard.press('c');
  await asks(page, '叫哪个号');
  await look(page, 'call');
  await keyboard.type('a1');
  await keyboard.press('Enter');
  await says(page, '叫了 A001');
  await look(page, 'called');
  await keyboard.press('s');
  await says(page, '开始办理');
  for (const words of ['社保卡已核对，还差一张白底一寸照片，已请他到一楼照相', '照片拍好了，请接着办']) {
    await keyboard.press('l');
    await asks(page, '留言');
    await keyboard.type(words);
    await keyboard.press('Enter');
    await says(page, '留言记下了');
  }
  await page.getByText(prepared).first().waitFor();
  await look(page, 'serving');
  // The console of the hall, which this test does not have, at that case.
  await page.context().route(`${HALL}/**`, (route) => route.fulfill({ contentType: 'text/html', body: '' }));
  const [console] = await Promise.all([page.context().waitForEvent('page'), keyboard.press('k')]);
  await console.waitForURL(`${HALL}/console/#/cases/${prepared}`);
  await console.close();
  // At 125 % of a small screen, and on a large one.
  for (const [size, name] of [[{ width: 1093, height: 614 }, 'serving-zoomed'], [LARGE, 'serving-large']] as const) {
    await page.setViewportSize(size);
    await look(page, name);
  }
  await page.setViewportSize(SMALL);

  for (const [key, title, name] of [['w', '旁边等', 'suspend'], ['t', '转到哪里', 'transfer'], ['l', '留言', 'note'], ['y', '给谁优先', 'priority'], ['b', '谁回来了', 'return'], ['z', '谁不办了', 'leave'], ['q', '代取号', 'take'], ['o', '无号办理', 'serve'], ['d', '登记票卷', 'roll'], ['p', '为什么暂停', 'pause'], ['F1', '快捷键', 'help']] as const) {
    await keyboard.press(key);
    await asks(page, title);
    await look(page, `dialog-${name}`);
    await keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
  }
  await keyboard.press('n');
  await says(page, '手里还有一个号');
  await look(page, 'refused');
  await keyboard.press('p');
  await asks(page, '为什么暂停');
  await keyboard.press('1');
  await page.locator('.top').getByText('已暂停：暂离').waitFor();
  await look(page, 'paused');

  // A reload goes on with the same window and the same ticket.
  await page.reload();
  await expect.poll(() => inHand(page)).toBe('A001');
  // A token that counts no longer: signed out, and said so.
  await page.evaluate(() => sessionStorage.setItem('jinban-counter', (sessionStorage.getItem('jinban-counter') ?? '').replace(/"token":"[^"]+"/, '"token":"nobody.s"')));
  await page.reload();
  await page.getByText('登录已到期').waitFor();
  await look(page, 'signed-out');
  await signIn(page, 'wang.li');
  await openWindow(page, 11);
  await expect.poll(() => inHand(page)).toBe('A001');

  // Somebody else finds the window taken.
  const other = await hall.page(machine);
  await signIn(other, 'chen.jie');
  await other.locator('.choose .pill').first().waitFor();
  for (let at = 1; at < 11; at += 1) await other.keyboard.press('ArrowDown');
  await other.keyboard.press('Enter');
  await other.getByRole('heading', { name: '窗口现在由 王丽 使用' }).waitFor();
  await look(other, 'taken');
});

test('without a majority the counter calls nobody and says what to do by hand; without any machine it is grey; both end by themselves', async () => {
  const site = await hall.open({ machines: 3 });
  const [first, ...others] = site.machines;
  if (first === undefined) return expect.unreachable();
  const page = await atWork(hall, first, 'wang.li', 1);
  const code = await takes(first, 'social-security');
  await page.locator('.next-code', { hasText: code }).waitFor();
  await Promise.all(others.map((machine) => machine.stop()));
  await page.locator('.band').getByText('暂停叫号').waitFor();
  await page.keyboard.press('n');
  await says(page, '请手工发号');
  await look(page, 'alone');
  await first.stop();
  await page.locator('.band').getByText('连不上机器').waitFor();
  await look(page, 'offline');
  await page.keyboard.press('n');
  await says(page, '屏幕上是断开前的情形');
  await Promise.all(site.machines.map((machine) => machine.start()));
  await page.locator('.band').waitFor({ state: 'detached' });
  await page.keyboard.press('n');
  await says(page, `叫了 ${code}`);
  expect(deedsOf(site).filter((kind) => kind === 'called')).toHaveLength(1);
});

test('long names, twelve businesses and a full queue break nothing', async () => {
  const LONG_NAME = '城乡居民基本养老保险与基本医疗保险参保登记变更及待遇资格认证';
  const businesses = Array.from('ABCDEFGHJKLM', (prefix, index) => ({ key: `business-${index}`, prefix, name: LONG_NAME.slice(0, 30), items: [], usualMinutes: 10 }));
  const site = await hall.open({
    rules: { businesses, windows: [{ number: 1, businesses: businesses.map(({ key }) => key) }, { number: 99, businesses: ['business-0'] }] },
    change: (config) => {
      for (const member of config.staff) if (member.account === 'wang.li') Object.assign(member, { name: '欧阳阿依古丽·买买提江·吐尔逊古丽居来提', windows: [1] });
    },
  });
  const page = await hall.page(firstOf(site));
  await signIn(page, 'wang.li');
  await page.locator('.choose .pill').first().waitFor();
  // Of the two windows the account may open one.
  expect(await page.locator('input[name=window]').count()).toBe(1);
  await look(page, 'long-choose');
  await openWindow(page, 1);
  for (let count = 0; count < 60; count += 1) await takes(firstOf(site), `business-${count % 12}`, { priority: 'military' });
  await page.getByText('只列出最前面 50 个').waitFor();
  await page.keyboard.press('n');
  await says(page, '叫了');
  await page.keyboard.press('l');
  await asks(page, '留言');
  await page.keyboard.insertText('材料'.repeat(150));
  await page.keyboard.press('Enter');
  await says(page, '留言记下了');
  await look(page, 'long');
  for (const [key, title, name] of [['t', '转到哪里', 'transfer'], ['q', '代取号', 'take'], ['d', '登记票卷', 'roll']] as const) {
    await page.keyboard.press(key);
    await asks(page, title);
    await expectSound(page, `site-long-${name}`);
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
  }
});

test('a manager sees the morning, closes a window that somebody forgot, enters a roll and takes the figures along', async () => {
  const site = await hall.open({ change: (config) => (config.alarms = { waitMinutes: 30, waiting: 3 }) });
  const machine = firstOf(site);
  const clerk = await atWork(hall, machine, 'wang.li', 1);
  for (let count = 0; count < 5; count += 1) await takes(machine, count === 4 ? 'housing' : 'social-security');
  for (const code of ['A001', 'A002']) {
    await clerk.keyboard.press('n');
    await says(clerk, `叫了 ${code}`);
    await clerk.keyboard.press('s');
    await says(clerk, '开始办理');
    if (code === 'A001') {
      await clerk.keyboard.press('f');
      await says(clerk, '办结了');
    }
  }
  const page = await hall.page(machine);
  await signIn(page, SITE_MANAGER);
  await page.getByText('还没有往日的记录').waitFor();
  // As a machine answers that has five such mornings; this one has none.
  const hours = (people: number[]) => people.map((comes, index) => ({ hour: 9 + index, comes, windows: Math.ceil(comes / 6) }));
  await page.context().route('**/site/api/forecast', (route) => route.fulfill({ json: { days: 5, sameWeekday: true, businesses: [{ business: 'social-security', hours: hours([3.2, 5.4, 14.6, 0]) }, { business: 'registration', hours: hours([0, 6, 6, 2]) }, { business: 'housing', hours: hours([2, 2, 2, 2]) }] } }));
  await page.reload();
  await page.getByRole('row', { name: /1 号.*王丽.*A002/ }).waitFor();
  await page.getByText('照最近 5 个同一星期几').waitFor();
  expect(await page.locator('.expected td[data-short=true]').allTextContents()).toEqual(['15 人 · 3 窗', '6 人 · 1 窗', '6 人 · 1 窗', '2 人 · 1 窗', '2 人 · 1 窗', '2 人 · 1 窗', '2 人 · 1 窗', '2 人 · 1 窗']);
  await page.locator('.alarms').getByText('不动产：1 人在等，没有窗口办').waitFor();
  await look(page, 'manager');

  await page.getByRole('button', { name: '关窗 1', exact: true }).click();
  await asks(page, '关闭 1 号窗口');
  await page.getByText('手里是 A002，正在办理').waitFor();
  await look(page, 'manager-close');
  await page.getByRole('button', { name: '办结并关窗' }).click();
  await says(page, '窗口关了');
  await clerk.getByRole('heading', { name: '窗口没有开' }).waitFor();
  await look(clerk, 'closed');

  await page.keyboard.press('d');
  await asks(page, '登记票卷');
  await page.keyboard.press('Tab');
  await page.keyboard.type('19');
  await page.keyboard.press('Tab');
  await page.keyboard.type('22');
  await page.keyboard.press('Enter');
  // Twenty numbers are lent to the machine.
  await page.getByText('登记了 2 个，2 个没有登记').waitFor();
  expect(await page.locator('.roll-refused li').allTextContents()).toEqual(['A019：这个号已经发过，或者留给了自助机，没有登记。', 'A020：这个号已经发过，或者留给了自助机，没有登记。']);
  await look(page, 'roll-over');
  await page.keyboard.press('Enter');

  await page.getByRole('button', { name: '一天的数' }).click();
  await page.getByRole('row', { name: /^合计/ }).waitFor();
  await page.getByRole('button', { name: '人员', exact: true }).click();
  await page.getByRole('row', { name: /^王丽/ }).waitFor();
  await look(page, 'figures');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出表格' }).click()]);
  expect(download.suggestedFilename()).toMatch(/^queue-\d{4}-\d\d-\d\d\.csv$/);
  const text = readFileSync(await download.path(), 'utf8');
  expect([text.startsWith('\ufeff日期,'), /,合计,,7,5,0,0,0,2,2,0,0,0,/.test(text), text.includes(',人员,王丽,')]).toEqual([true, true, true]);

  await page.keyboard.press('F9');
  await page.getByRole('heading', { name: '选择窗口' }).waitFor();
});

test('the page is small, from a machine on the network and with nothing kept', async () => {
  const page = await hall.page(firstOf(await hall.open()));
  const bytes = await page.evaluate(() => (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter(({ name }) => name.includes('/assets/')).reduce((sum, { decodedBodySize }) => sum + decodedBodySize, 0));
  expect(bytes).toBeGreaterThan(100_000);
  expect(bytes).toBeLessThan(600_000);
});
