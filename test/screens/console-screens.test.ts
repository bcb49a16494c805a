import { describe, expect, test, vi } from 'vitest';
import { CASES } from './console/cases.ts';
import { PASSWORD } from './console/fake-hall.ts';
import { SCENES } from './console/scenes.ts';
import { howMany } from '../faults/rig/seed.ts';
import { expectSoundAtBothSizes, OUT, SMALL } from './console-look.ts';
import { deskOpener, dialog, expectSound, LONG, signIn, takesKeys, visit } from './console/window.ts';
import { settle } from './look.ts';

vi.setConfig({ testTimeout: LONG, hookTimeout: LONG });
const openDesk = deskOpener();

describe('screens of the console', () => {
  test.each(SCENES.map((scene, place) => ({ ...scene, place })))('$name: on a small screen and a large one nothing overflows and axe finds no serious fault', async ({ name, account, show, place }) => {
    const desk = await openDesk();
    const page = await desk.enter(SMALL, account);
    await show(page, desk.hall);
    // In the ordinary run every eighth page is seen on the large screen too: what overflows does so on the small one first.
    if (OUT === undefined && place % howMany(8, 1) !== 0) await expectSound(page, `console-small-${name}`);
    else await expectSoundAtBothSizes(page, { small: `console-small-${name}`, large: `console-large-${name}` });
  });

  test('sign-in: empty, refused, locked, and a hall that is away', async () => {
    const desk = await openDesk();
    const page = await desk.open();
    await expectSound(page, 'sign-in');
    await page.keyboard.press('Enter');
    await page.getByText('请填写账号和密码').waitFor();
    await page.getByLabel('账号').fill('chenlijun');
    await page.getByLabel('密码').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('账号或密码不对').waitFor();
    expect(await page.getByLabel('密码').inputValue()).toBe('');
    await expectSound(page, 'sign-in-refused');
    desk.hall.fail.set('POST /session', 'locked');
    await page.getByLabel('密码').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('账号已锁定，今天 10:18 以后再试').waitFor();
    await expectSound(page, 'sign-in-locked');
    desk.hall.line.away = true;
    await page.getByLabel('密码').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByText('连不上大厅服务器').waitFor();
  });
});

describe('a clerk at the console', () => {
  test('signs in, accepts one case and finishes another with keys alone', async () => {
    const desk = await openDesk();
    const page = await desk.open();
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
    expect(desk.hall.cases.get(CASES.accepted.row.id)?.row.stage).toBe('finished');
    expect(desk.hall.cases.get(CASES.fresh.row.id)?.row.stage).toBe('accepted');
  });

  test('puts a correction together with keys alone; looking at another case keeps the draft', async () => {
    const desk = await openDesk();
    const page = await desk.enter();
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
    expect(desk.hall.cases.get(CASES.shop.row.id)?.correction).toEqual([{ target: 'form', key: 'formation', words: '请按租房合同上的承租人重新选择。' }]);
  });

  test.each([
    ['POST /cases/accept', 'wrong-stage', 'a', '阶段刚刚变了'],
    ['POST /cases/accept', 'claimed-by-other', 'a', '刚被同事认领'],
    ['POST /cases/accept', 'materials-missing', 'a', '必交材料还没有到齐'],
    ['POST /cases/accept', 403, 'a', '您的岗位不能办这一步'],
    ['POST /cases/accept', 'unknown-case', 'a', '大厅里没有这件'],
    ['POST /cases/accept', 500, 'a', '大厅没有办成这一步'],
    ['POST /cases/accept', 502, 'a', '这一步办成没有还不知道'],
  ] as const)('%s answers %s: is told so, and nothing is lost', async (route, kind, key, words) => {
    const desk = await openDesk();
    const page = await desk.enter();
    await visit(page, CASES.fresh);
    desk.hall.fail.set(route, kind);
    await page.keyboard.press(key);
    await takesKeys(page);
    await page.keyboard.press('Enter');
    if (kind === 502) {
      await page.locator('.repeat').getByText(words).waitFor();
      await page.keyboard.press('Escape');
    }
    await dialog(page).getByText(words).waitFor();
    await expectSound(page, `failure-${kind}`);
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'hidden' });
    expect(desk.hall.cases.get(CASES.fresh.row.id)?.row.stage).toBe('handed-in');
  });

  test('refuses and denies only with a reason', async () => {
    const desk = await openDesk();
    const page = await desk.enter();
    await visit(page, CASES.fresh);
    await page.keyboard.press('r');
    await takesKeys(page);
    await page.keyboard.press('Control+Enter');
    await dialog(page).getByText('没有理由的不予受理会被电子监察记录').waitFor();
    await page.keyboard.type('不属于本机关职权。');
    await page.keyboard.press('Control+Enter');
    await page.getByText('王守田 的“老年人优待证办理”已不予受理').waitFor();
    expect(desk.hall.cases.get(CASES.fresh.row.id)?.actions.at(-1)?.payload).toEqual({ kind: 'refused', reason: '不属于本机关职权。' });

    await visit(page, CASES.accepted);
    await page.keyboard.press('f');
    await dialog(page).getByText('不予许可', { exact: true }).click();
    await page.keyboard.press('Control+Enter');
    await dialog(page).getByText('请写不予许可的理由和依据').waitFor();
    expect(desk.hall.cases.get(CASES.accepted.row.id)?.row.stage).toBe('accepted');
  });

  test('loses the line and gets it back: what was on the screen stays', async () => {
    const desk = await openDesk();
    const page = await desk.enter();
    await page.locator('.inbox-row').first().waitFor();
    desk.hall.line.away = true;
    await page.keyboard.press('u');
    await page.getByText('连不上大厅服务器').waitFor();
    expect(await page.locator('.inbox-row').count()).toBe(50);
    await expectSound(page, 'away-inbox');
    await page.evaluate((id) => {
      location.hash = `#/cases/${id}`;
    }, CASES.fresh.row.id);
    await page.getByText('没有取到内容').waitFor();
    await expectSound(page, 'away-case');
    desk.hall.line.away = false;
    await page.locator('.case-person', { hasText: CASES.fresh.row.person }).waitFor();
    expect(await page.getByText('连不上大厅服务器').count()).toBe(0);
  });

  test('whose session ran out signs in again where it was, with the draft kept; signing out drops it', async () => {
    const desk = await openDesk();
    const page = await desk.enter();
    await visit(page, CASES.shop);
    await page.keyboard.press('c');
    await page.getByLabel('勾选：经营场所详细地址').check();
    desk.hall.endSessions();
    await page.getByRole('link', { name: '收件箱' }).click();
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
    const desk = await openDesk();
    const page = await desk.enter();
    await page.locator('.inbox-row').first().waitFor();
    expect(await page.locator('.inbox-row').count()).toBe(50);
    await page.getByRole('button', { name: '再显示 50 件' }).click();
    await expect.poll(() => page.locator('.inbox-row').count()).toBeGreaterThan(50);
    await page.getByRole('link', { name: /已受理/ }).click();
    await expect.poll(() => page.locator('.inbox-row .stage').allTextContents()).not.toContain('收件');
    expect(new URL(page.url()).hash).toBe('#/inbox?stage=accepted');
    await page.keyboard.press('/');
    await page.keyboard.type('俞秋兰');
    // The address carries where the words are kept, and not the words.
    await expect.poll(() => new URLSearchParams(page.url().split('?')[1]).has('search')).toBe(true);
    expect(decodeURIComponent(page.url())).not.toContain('俞秋兰');
    await page.locator('.inbox-row', { hasText: CASES.accepted.row.number }).click();
    await page.locator('.case-person', { hasText: '俞秋兰' }).waitFor();
    await page.goBack();
    await page.locator('.inbox-row').first().waitFor();
    expect(await page.getByLabel('搜索办件').inputValue()).toBe('俞秋兰');
  });

  test('turns single keys off: letters do nothing, buttons still do', async () => {
    const desk = await openDesk();
    const page = await desk.enter();
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
    const desk = await openDesk();
    const page = await desk.enter(SMALL, 'sunjian');
    await visit(page, CASES.fresh);
    expect(await page.locator('.bar-deeds button').filter({ hasNotText: '更多' }).count()).toBe(0);
    await page.keyboard.press('a');
    await settle(page);
    expect(await dialog(page).count()).toBe(0);
    const other = await desk.enter(SMALL, 'admin');
    await other.getByText('T330624-0001').waitFor();
    expect(await other.getByRole('link', { name: '收件箱' }).count()).toBe(0);
    await other.evaluate((id) => {
      location.hash = `#/cases/${id}`;
    }, CASES.fresh.row.id);
    await settle(other);
    expect(await other.getByRole('heading', { level: 1 }).textContent()).toBe('自助机');
  });
});
