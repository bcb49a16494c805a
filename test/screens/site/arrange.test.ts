import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { SITE_MANAGER, type SiteMachine } from '../../fixtures/site.ts';
import { says, signIn } from '../../rigs/counter-page.ts';
import { expectFits, expectSound, expectSoundAtBothSizes, SMALL } from '../console-look.ts';
import { atWork, firstOf, LONG, newId, siteHall, takes } from './hall.ts';

vi.setConfig({ testTimeout: LONG });
const hall = siteHall();

const RULES = {
  windows: [{ number: 1, businesses: ['social-security'] }, { number: 2, businesses: ['social-security', 'registration'] }, { number: 3, businesses: ['registration'] }, { number: 4, businesses: ['housing'] }],
};
const SETTINGS = { rules: RULES, change: (config: { hours: object[]; alarms: object }) => void Object.assign(config, { hours: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '23:59' }], alarms: { waitMinutes: 30, waiting: 30 } }) };

/** The manager's page of a machine, at 安排, by keyboard alone. */
async function arranging(machine: SiteMachine): Promise<Page> {
  const page = await hall.page(machine);
  await signIn(page, SITE_MANAGER);
  await page.locator('.live').waitFor();
  await page.keyboard.press('a');
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === '1 号 社保');
  return page;
}
const changes = (page: Page) => page.locator('.arrange-changes > .arrange-list').first().locator('li').allTextContents();
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent);
async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

test('by keyboard alone: a window more, another’s business, who opens what, hours and thresholds, seen as a difference and saved with one key', async () => {
  const site = await hall.open(SETTINGS);
  const machine = firstOf(site);
  const clerk = await atWork(hall, machine, 'wang.li', 1);
  const waiting = await hall.page(machine);
  await signIn(waiting, 'chen.jie');
  await waiting.getByRole('heading', { name: '选择窗口' }).waitFor();
  await takes(machine, 'housing');
  const page = await arranging(machine);
  await page.getByText('现在照设置文件').waitFor();
  await expectSoundAtBothSizes(page, { small: 'site-arrange', large: 'site-arrange-large' });

  // Window 1, which is open, gets 不动产 too; window 3 gives up what it has.
  await press(page, 'ArrowRight', 'ArrowRight', 'Space', 'ArrowDown', 'ArrowDown', 'ArrowLeft', 'Space');
  expect(await focused(page)).toBe('3 号 企业登记');
  expect(await changes(page)).toEqual(['1 号窗口：加 不动产', '3 号窗口：撤掉']);
  // A window more.
  await press(page, 'Tab', '1', '2', 'Enter');
  await expect.poll(() => focused(page)).toBe('12 号 社保');
  await press(page, 'End', 'Space');
  // People: 王丽 opens 1, and nobody else is bound.
  await press(page, 'Tab', 'Tab', 'Tab', 'Space');
  expect(await focused(page)).toBe('王丽 1 号');
  // Hours: until six; thresholds: twenty minutes.
  await press(page, ...Array.from({ length: 9 }, () => 'Tab'));
  await page.keyboard.type('18:00');
  await press(page, 'Tab', 'Tab', 'Tab');
  await page.keyboard.type('20');
  const wanted = ['1 号窗口：加 不动产', '3 号窗口：撤掉', '12 号窗口：新设，办 不动产', '王丽：任何窗口 → 1 号', '取号时间：周一至周日 00:00–23:59 → 周一至周日 00:00–18:00', '等候提醒：30 分钟 → 20 分钟'];
  expect(await changes(page)).toEqual(wanted);
  await expectSoundAtBothSizes(page, { small: 'site-arrange-changed', large: 'site-arrange-changed-large' });
  // A sheet that is left keeps what was begun.
  await press(page, 'Shift+Tab');
  await page.getByRole('button', { name: '现在' }).click();
  await page.locator('.live').waitFor();
  await page.keyboard.press('a');
  await page.locator('.arrange').waitFor();
  expect(await changes(page)).toEqual(wanted);
  await press(page, 'v');
  await says(page, '安排保存了');
  await page.getByText('没有改动').waitFor();
  await page.getByText(/现在照 林华 \d\d:\d\d 的安排/).waitFor();
  await expectSound(page, 'site-arrange-saved');

  // The clerk who is at work sees the other line at once, and whoever chooses a window the new one.
  await clerk.locator('.lines').getByText('不动产').waitFor();
  await expect.poll(() => waiting.locator('.choose-windows strong').allTextContents()).toEqual(['1 号窗口', '2 号窗口', '4 号窗口', '12 号窗口']);
  await clerk.keyboard.press('n');
  await says(clerk, '叫了 C001');
  await waiting.keyboard.press('F10');
  await signIn(waiting, 'wang.li');
  await expect.poll(() => waiting.locator('.choose-windows strong').allTextContents()).toEqual(['1 号窗口']);
  await clerk.keyboard.press('t');
  await clerk.getByRole('radio', { name: '12 号窗口' }).waitFor({ state: 'detached' });
});

test('what cannot be is said in plain words: an open window, times, numbers; what nobody serves is warned of', async () => {
  const site = await hall.open(SETTINGS);
  const machine = firstOf(site);
  await atWork(hall, machine, 'wang.li', 2);
  const page = await arranging(machine);
  await page.getByText('开着', { exact: true }).waitFor();
  await press(page, 'ArrowDown', 'Space', 'ArrowRight', 'Space', 'ArrowDown', 'ArrowDown', 'ArrowRight', 'Space');
  await page.getByText('2 号窗口还开着').waitFor();
  await press(page, 'v');
  await says(page, '2 号窗口还开着，不能撤');
  await expectSound(page, 'site-arrange-refused');
  await press(page, 'ArrowUp', 'ArrowUp', 'Home', 'Space');
  await page.getByText('没有窗口办“不动产”').waitFor();
  await page.getByRole('textbox', { name: '到' }).fill('7');
  await page.getByText('时间要写成 08:30 这样').waitFor();
  await page.getByRole('textbox', { name: '到' }).fill('１８：３０');
  await page.getByRole('textbox', { name: '满几人' }).fill('0');
  await page.getByText('人数填 1 到 500').waitFor();
  await page.getByRole('textbox', { name: '满几人' }).fill('15');
  await page.getByRole('textbox', { name: '窗口号' }).fill('2');
  await page.keyboard.press('Enter');
  await page.getByText('不能和已有的重复').waitFor();
  await expectSound(page, 'site-arrange-warned');
  await page.getByRole('button', { name: /^保存/ }).click();
  await says(page, '安排保存了');

  // Back to the settings, whatever they will be.
  await page.getByRole('button', { name: '回到设置文件' }).click();
  expect(await changes(page)).toEqual(['以后照设置文件，不再用安排。', '2 号窗口：加 企业登记', '4 号窗口：新设，办 不动产', '取号时间：周一至周日 00:00–18:30 → 周一至周日 00:00–23:59', '人数提醒：15 人 → 30 人']);
  await press(page, 'v');
  await says(page, '安排保存了');
  await page.getByText('现在照设置文件').waitFor();
  await press(page, 'v');
  await says(page, '没有改动，不用保存');
});

test('two managers at once: the second sees what the first made, with their own changes in it, and saves both', async () => {
  const site = await hall.open({ ...SETTINGS, machines: 2 });
  const [first, second] = site.machines;
  if (first === undefined || second === undefined) return expect.unreachable();
  const [one, two] = [await arranging(first), await arranging(second)];
  await press(one, 'ArrowRight', 'Space');
  await press(two, 'ArrowDown', 'ArrowRight', 'ArrowRight', 'Space');
  await press(one, 'v');
  await says(one, '安排保存了');
  await two.getByText('也改了安排').waitFor();
  expect(await two.locator('.notice li').allTextContents()).toEqual(['1 号窗口：加 企业登记']);
  expect(await changes(two)).toEqual(['2 号窗口：加 不动产']);
  await expectSoundAtBothSizes(two, { small: 'site-arrange-conflict', large: 'site-arrange-conflict-large' });
  await press(two, 'v');
  await says(two, '安排保存了');
  await expect.poll(() => first.site().days.queue.get().rules.windows.slice(0, 2)).toEqual([{ number: 1, businesses: ['social-security', 'registration'] }, { number: 2, businesses: ['social-security', 'registration', 'housing'] }]);

  // While a wish is on its way somebody else is first: it is refused, what they made is shown, and the same key saves both.
  const token = await site.signIn(SITE_MANAGER);
  await two.route('**/site/api/wishes', async (route) => {
    expect(await first.client(token).wish({ id: newId(), wish: { kind: 'arrange', after: 2, arrangement: null } })).toMatchObject({ ok: true });
    await route.continue();
  }, { times: 1 });
  await press(two, 'Home', 'ArrowRight', 'Space', 'v');
  await says(two, '别人刚刚也改了安排');
  await two.getByText('也改了安排：').waitFor();
  expect(await two.locator('.notice li').allTextContents()).toEqual(['1 号窗口：减 企业登记', '2 号窗口：减 不动产']);
  expect(await changes(two)).toEqual(['2 号窗口：减 企业登记']);
  await press(two, 'v');
  await says(two, '安排保存了');
  await expect.poll(() => first.site().days.queue.get().arranged.version).toBe(4);
});

test('a large hall: forty windows, twelve businesses with long names and eighty people stand on one page and are walked through by arrows', async () => {
  const businesses = Array.from('ABCDEFGHJKLM', (prefix, index) => ({ key: `business-${index}`, prefix, name: `城乡居民基本养老保险第${index + 1}类参保登记变更`, items: [], usualMinutes: 10 }));
  const site = await hall.open({
    rules: { businesses, windows: Array.from({ length: 40 }, (_, index) => ({ number: index + 1, businesses: [`business-${index % 12}`, `business-${(index + 5) % 12}`] })) },
    change: (config) => {
      const [clerk] = config.staff;
      if (clerk !== undefined) config.staff.push(...Array.from({ length: 80 }, (_, index) => ({ ...clerk, account: `clerk.${index}`, name: index === 7 ? '欧阳阿依古丽·买买提江·吐尔逊' : `周${index + 1}`, windows: [1 + (index % 40)] })));
    },
  });
  const page = await hall.page(firstOf(site));
  await signIn(page, SITE_MANAGER);
  await page.locator('.live').waitFor();
  await page.keyboard.press('a');
  await page.waitForFunction(() => document.activeElement?.getAttribute('data-at') === '0 0');
  await press(page, ...Array.from({ length: 39 }, () => 'ArrowDown'), 'End', 'Space');
  expect(await focused(page)).toContain('40 号 城乡');
  // What has the focus is seen, beside and below what stays in place.
  expect(await page.evaluate(() => {
    const box = document.activeElement?.getBoundingClientRect();
    return box === undefined ? null : document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)?.contains(document.activeElement);
  })).toBe(true);
  await expectSoundAtBothSizes(page, { small: 'site-arrange-hall', large: 'site-arrange-hall-large' });
  for (const size of [{ width: 1093, height: 614 }, SMALL]) {
    await page.setViewportSize(size);
    await expectFits(page, `site-arrange-hall-${size.width}`);
  }
  await press(page, 'v');
  await says(page, '安排保存了');
});
