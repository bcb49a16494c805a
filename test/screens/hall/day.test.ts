import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { publishItems } from '../../../hall/catalogue/publish.ts';
import { packItem, signInAt } from '../../fixtures/hall.ts';
import { jointItem, LAND, WATER } from '../../fixtures/joint-item.ts';
import { scan } from '../console/scans.ts';
import { deskOfSuite, expectSound, LONG, visit } from './desk.ts';
import { handInPapers } from './papers.ts';

vi.setConfig({ testTimeout: LONG });
const desk = deskOfSuite();
const WATER_PERMIT = packItem('water-permit').code;
const of = (department: string) => ({ departments: [department], sites: null, items: null });
const opens = (page: Page, person: string) => page.locator('.case-person', { hasText: person }).waitFor();
/** The dialog has taken the keys. */
const ready = (page: Page, words: string) => page.waitForFunction((text) => document.activeElement?.closest('[role=dialog]')?.textContent?.includes(text) === true, words);

/**
 * One key each: Enter opens the first row, L claims it, N turns to the second page, N to the third, O asks for the originals and Enter confirms them, A asks to accept and Enter
 * confirms. Nothing is left to take away: no letter acts by itself, so a deed of law is two keys, and a page that is looked at is one.
 */
const KEYSTROKES = 8;

test('a reception case from the list to its acceptance, by keyboard alone and with no key too many; a colleague and a repeated application are seen', async () => {
  const { hall } = desk;
  const wang = await signInAt(hall, 'wang', 'clerk');
  const first = await handInPapers(wang, { itemCode: WATER_PERMIT, name: '梁伯年', number: '33062419770101001X' });
  const second = await handInPapers(wang, { itemCode: WATER_PERMIT, name: '吕桂花', number: '330624199001010018' });
  const third = await handInPapers(wang, { itemCode: WATER_PERMIT, name: '石小英', number: '330624196601010018' });
  hall.clock.advance(60_000);
  const again = await handInPapers(wang, { itemCode: WATER_PERMIT, name: '吕桂花', number: '330624199001010018', phone: '13900001234', form: { amount: 1500 } });
  const page = await desk.enter('chen', 'clerk');
  await page.locator('.inbox-row').nth(3).waitFor();
  await expectSound(page, 'inbox');
  let pressed = 0;
  const press = async (key: string) => {
    pressed += 1;
    await page.keyboard.press(key);
  };
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(first.number);
  await press('Enter');
  await opens(page, '梁伯年');
  await press('l');
  await page.getByText('我在办').waitFor();
  await press('n');
  await press('n');
  await page.getByRole('heading', { name: '取水计量设施照片' }).waitFor();
  await press('o');
  await ready(page, '手里有原件');
  await press('Enter');
  await page.getByText('已核验 3 份材料').waitFor();
  await page.locator('[role=dialog]').waitFor({ state: 'detached' });
  await press('a');
  await ready(page, '受理承诺单');
  await press('Enter');
  await page.getByText('梁伯年 的“取水许可（新办，小型取水）”已受理').waitFor();
  expect(pressed).toBeLessThanOrEqual(KEYSTROKES);
  const state = JSON.parse((await hall.db.read.selectFrom('case_view').select('state').where('id', '=', first.id).executeTakeFirstOrThrow()).state);
  expect([state.stage, state.materials.map(({ trust }: { trust: string }) => trust)]).toEqual(['accepted', ['B', 'B', 'B']]);

  // The next case is there already; a colleague takes it, and its deeds go without anybody asking.
  await opens(page, '吕桂花');
  await page.locator('.bar-deeds button').first().waitFor();
  await wang.call('POST', `/cases/${second.id}/claim`, {});
  await page.getByText('wang 刚刚：认领了这件').waitFor();
  await expect.poll(() => page.locator('.bar-deeds button').filter({ hasNotText: '更多' }).count()).toBe(0);
  await expectSound(page, 'case-taken');

  // The same person asked twice: side by side, and the later one goes back with a reason that names the other.
  await visit(page, `cases/${again.id}`);
  await page.getByText('同一申请人、同一事项还有 1 件').waitFor();
  await page.keyboard.press('b');
  await page.getByRole('row', { name: /年取水量.*不同/ }).waitFor();
  await expectSound(page, 'compare');
  await page.getByRole('button', { name: '本件较晚，退件' }).click();
  await expect.poll(() => page.getByRole('dialog').locator('textarea').inputValue()).toContain(second.number);
  await page.keyboard.press('Control+Enter');
  await page.getByText('已退件').first().waitFor();
  // What one may not do is not offered, and what is rare stands behind one key.
  await visit(page, `cases/${first.id}`);
  await opens(page, '梁伯年');
  await page.locator('.bar-deeds button').first().waitFor();
  await page.keyboard.press('m');
  await page.getByRole('dialog', { name: '更多操作' }).waitFor();
  await page.keyboard.press('p');
  await ready(page, '为什么暂停');
  await page.getByLabel('告知申请人需要多久（必填）').fill('20');
  await expectSound(page, 'pause');
  await page.getByLabel('原因（必填）').fill('利害关系人申请听证');
  await page.keyboard.press('Control+Enter');
  await page.getByText('已暂停计时').waitFor();
  await page.keyboard.press('?');
  await page.getByText('启用单键快捷键').waitFor();
  await page.keyboard.press('Escape');

  // What was asked for comes to the window: only that stands in the dialog.
  await wang.call('POST', `/cases/${third.id}/correction`, { asks: [{ target: 'material', key: 'location', words: '位置图看不清，请重新提交。' }, { target: 'form', key: 'place', words: '请写明左岸还是右岸。' }] });
  await visit(page, `cases/${third.id}`);
  await opens(page, '石小英');
  await page.getByRole('button', { name: '窗口补正' }).waitFor();
  await page.keyboard.press('s');
  await ready(page, '请写明左岸还是右岸');
  await page.getByRole('dialog').locator('#field-place').fill('测试江左岸取水口');
  await page.getByRole('dialog').locator('input[type=file]').setInputFiles({ name: 'map.jpg', mimeType: 'image/jpeg', buffer: scan({ title: '取水口位置图（样本）', lines: ['左岸'] }) });
  await page.getByRole('dialog').getByText('确认补正 2 处').waitFor();
  await expectSound(page, 'supplement');
  await page.keyboard.press('Control+Enter');
  await page.getByText('石小英 的补正已收').waitFor();
  expect((await hall.db.read.selectFrom('case_view').select('stage').where('id', '=', third.id).executeTakeFirstOrThrow()).stage).toBe('supplemented');
});

test('a department works through what waits for it; the picture shows where every step stands', async () => {
  const { hall } = desk;
  const joint = jointItem();
  await publishItems(hall.hall.ground, [joint]);
  const wang = await signInAt(hall, 'wang', 'clerk');
  await signInAt(hall, 'land', 'department', of(LAND));
  const water = await signInAt(hall, 'water', 'department', of(WATER));
  const { id } = await handInPapers(wang, { itemCode: joint.code, name: '何长庚', number: '330624198805060024' });
  await handInPapers(wang, { itemCode: joint.code, name: '徐银凤', number: '330624196701010015' });
  const page = await desk.enter('land', 'department');
  await page.getByRole('heading', { name: '本部门待办' }).waitFor();
  await page.locator('.inbox-row').nth(1).waitFor();
  await expectSound(page, 'tasks');
  await page.getByRole('link', { name: /^3306242026/ }).first().click();
  await opens(page, '何长庚');
  await page.keyboard.press('v');
  await ready(page, '材料符合要求');
  await page.getByText('材料需要补正').click();
  await page.getByText('材料符合要求').click();
  await page.keyboard.press('Control+Enter');
  await page.getByText('已提交预审意见').waitFor();
  await wang.call('POST', `/cases/${id}/accept`, { lacking: [] });
  await water.call('POST', `/cases/${id}/survey`, { steps: ['site', 'land'], on: '2026-11-25', time: '09:30', place: '黄泽江右岸', contact: '水利窗口' });
  await water.call('POST', `/cases/${id}/review`, { step: 'site', outcome: 'agrees', opinion: '现场与图一致' });
  await visit(page, `cases/${id}`);
  await opens(page, '何长庚');
  await page.getByRole('tab', { name: '办理流程' }).click();
  await page.getByRole('img', { name: /现场踏勘：同意；用地审查：办理中/ }).waitFor();
  await expectSound(page, 'process');
  await page.keyboard.press('v');
  await ready(page, '确认同意');
  await page.keyboard.press('Control+Enter');
  await page.getByText('已提交审查意见').waitFor();
  expect((await hall.db.read.selectFrom('case_task').select('kind').where('case_id', '=', id).where('step', '=', 'land').executeTakeFirstOrThrow()).kind).toBe('over');
});

test('at the window an application is typed, scanned and handed in with keys; a paper form is entered late and stands in the list', async () => {
  const { hall } = desk;
  const page = await desk.enter('zhang', 'clerk');
  await page.locator('.inbox').waitFor();
  await page.keyboard.press('w');
  await page.getByLabel('办什么事').waitFor();
  await page.keyboard.type('lnyd');
  await page.getByRole('option', { name: /老年人优待证/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByLabel('证件号码').fill('330624196603010011');
  await page.getByLabel('姓名', { exact: true }).fill('张月仙');
  await page.keyboard.press('F9');
  await page.getByText(/还有 \d+ 处要填好/).waitFor();
  await expectSound(page, 'window-wrong');
  await page.getByLabel('现在居住的乡镇（街道）').click();
  await page.keyboard.press('Enter');
  await page.getByLabel('居住地址').fill('大市聚村 8 号');
  await page.getByText('是', { exact: true }).click();
  await page.getByLabel('您的电话').fill('13800001234');
  await page.getByLabel('紧急联系人*').fill('张小明');
  await page.getByText('子女', { exact: true }).click();
  await page.getByLabel('紧急联系人电话').fill('13900001234');
  const paper = (title: string) => ({ name: `${title}.jpg`, mimeType: 'image/jpeg', buffer: scan({ title, lines: ['张月仙（虚构）'] }) });
  await page.locator('input[type=file][aria-label^="“居民户口簿"]').setInputFiles(paper('居民户口簿（样本）'));
  await page.locator('input[type=file][aria-label^="“申请人签名"]').setInputFiles([paper('申请表（样本）')]);
  await page.keyboard.press('F8');
  await page.getByLabel('应急表编号').fill('YJ-0042');
  await page.getByLabel('表上的收件时间').fill('2026-11-19T10:30');
  await page.getByLabel('当时为什么不能联网收件').fill('大厅停电');
  await page.locator('.take-wait').first().waitFor({ state: 'detached' });
  await expectSound(page, 'window-filled');
  await page.keyboard.press('F9');
  await page.getByText(/^已收件：3306242026/).waitFor();
  expect(await hall.db.read.selectFrom('case_view').select(['person', 'late_paper']).where('late_paper', '=', 'YJ-0042').executeTakeFirst()).toEqual({ person: '张月仙', late_paper: 'YJ-0042' });
  await page.getByRole('link', { name: '补录清单' }).click();
  await page.getByRole('cell', { name: 'YJ-0042' }).waitFor();
  await expectSound(page, 'window-late');
});

test('many cases at once, results handed out, sentences and the calendar', async () => {
  const { hall } = desk;
  const wang = await signInAt(hall, 'wang', 'clerk');
  const people: [string, string][] = [['丁水生', '330624196701010031'], ['黄翠娥', '330624196601010034']];
  for (const [name, number] of people) {
    const { id } = await handInPapers(wang, { itemCode: WATER_PERMIT, name, number });
    await wang.call('POST', `/cases/${id}/accept`, { lacking: [] });
    await wang.call('POST', `/cases/${id}/finish`, { granted: true, words: '' });
  }
  const issuer = await desk.enter('zhou', 'issuer');
  await issuer.getByRole('heading', { name: '待出件' }).waitFor();
  await issuer.locator('.inbox-row').nth(1).waitFor();
  for (const key of ['x', 'x', 'h']) await issuer.keyboard.press(key);
  await issuer.getByLabel('交给谁').fill('wang');
  await issuer.keyboard.press('Control+Enter');
  await issuer.getByText('办成 2 件，没办成 0 件').waitFor();
  await expectSound(issuer, 'bulk');
  await issuer.getByRole('button', { name: '完成' }).click();
  await issuer.keyboard.press('e');
  await issuer.getByText('共 2 件，可以保存了').waitFor();
  const link = issuer.getByRole('link', { name: '保存 CSV 文件' });
  // A browser without a window now and then reports the name of a download as plain "download".
  expect(await link.getAttribute('download')).toBe('办件列表-待出件.csv');
  await Promise.all([issuer.waitForEvent('download'), link.click()]);
  await issuer.getByRole('button', { name: '完成' }).click();
  // The keys go on at the row where the clerk stood.
  await expect.poll(() => issuer.evaluate(() => document.activeElement?.closest('.inbox-row')?.textContent)).toContain('黄翠娥');
  await issuer.keyboard.press('k');
  await issuer.keyboard.press('Enter');
  await opens(issuer, '丁水生');
  await issuer.keyboard.press('d');
  await ready(issuer, '送达回执');
  await issuer.keyboard.press('Control+Enter');
  await issuer.getByText('丁水生 的结果已送达').waitFor();

  const clerk = await desk.enter('chen', 'clerk', 'sentences');
  await clerk.getByRole('button', { name: '新增常用语' }).click();
  await clerk.getByLabel(/^字母/).fill('hkb');
  await clerk.getByLabel('内容').fill('请补交户口簿全部内页，每页拍清楚。');
  await clerk.keyboard.press('Control+Enter');
  await clerk.getByRole('cell', { name: '/hkb' }).waitFor();
  await expectSound(clerk, 'sentences');
  await clerk.keyboard.press('i');
  await clerk.getByRole('heading', { name: '待处理' }).waitFor();
  await clerk.keyboard.press('s');
  await clerk.getByLabel('名称').fill('今天先办');
  await clerk.keyboard.press('Enter');
  await clerk.getByRole('link', { name: '今天先办' }).waitFor();

  const editor = await desk.enter('bian', 'editor', 'calendar');
  await editor.getByRole('heading', { name: '2026 年' }).waitFor();
  await expectSound(editor, 'calendar');
  await editor.getByRole('button', { name: '导入放假公告' }).click();
  await editor.getByLabel('或者粘贴在这里').fill(JSON.stringify({ year: 2027, days: [{ name: '元旦', date: '2027-01-01', isOffDay: true }, { name: '元旦', date: '2027-01-04', isOffDay: true }] }));
  await editor.getByText('有 2 天会变').waitFor();
  await expectSound(editor, 'calendar-import');
  await editor.getByRole('button', { name: '确认导入' }).click();
  await editor.getByText('已导入 2027 年的安排').waitFor();
});
