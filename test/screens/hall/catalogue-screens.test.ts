import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { packItem, signInAt } from '../../fixtures/hall.ts';
import { deskOfSuite, expectSound, LONG, visit } from './desk.ts';

const desk = deskOfSuite({ items: (['elder-card', 'water-permit', 'business-registration'] as const).map(packItem) });
const elder = packItem('elder-card');
const water = packItem('water-permit');
let editor: Page;
let draft: string;

beforeAll(async () => {
  editor = await desk.enter('wang-editor', 'editor', 'catalogue');
}, 120_000);

/** What the hall has of the draft, as somebody else reads it. */
async function atHall(path: string) {
  const other = await signInAt(desk.hall, 'second-editor', 'editor');
  return (await other.call('GET', `/catalogue/${path}`)).body;
}

test('the list finds by words, filters and counts; an item shows its versions over time', async () => {
  await editor.getByRole('heading', { name: '事项库' }).waitFor();
  await editor.locator('.item-link').first().waitFor();
  await expectSound(editor, 'catalogue-list');
  await editor.keyboard.press('/');
  await editor.keyboard.type('老年 民政');
  await editor.getByText('1 个事项').waitFor();
  await editor.locator('.item-link').first().click();
  await editor.getByRole('heading', { name: '调整记录' }).waitFor();
}, LONG);

test('a draft is edited in place, found faulty at the place, saved by itself, and handed over', async () => {
  await editor.getByRole('button', { name: '修改', exact: true }).click();
  await editor.locator('.editor-text').waitFor();
  draft = editor.url().split('/').at(-1) ?? '';
  await editor.getByLabel('承诺办结时限', { exact: true }).fill('9');
  await editor.locator('#el-promised\\.days .found').waitFor();
  expect(await editor.getByRole('button', { name: '提交审核' }).isDisabled()).toBe(true);
  await editor.getByText('已保存', { exact: true }).waitFor();
  expect((await atHall(`drafts/${draft}`)).value.bodies[0].promised.days).toBe(9);

  // A click on what is found goes to its place.
  await editor.locator('#section-questions').scrollIntoViewIfNeeded();
  await editor.locator('.found-list button').first().click();
  expect(await editor.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('承诺办结时限');
  await editor.getByLabel('承诺办结时限', { exact: true }).fill('1');
  await editor.getByLabel('一句话说明', { exact: true }).fill('年满60周岁就能办，全程免费，符合条件当场出证。');
  await editor.locator('#section-form').scrollIntoViewIfNeeded();
  await editor.getByRole('button', { name: '加一个字段' }).first().click();
  await editor.getByLabel('field9 字段名称', { exact: true }).fill('户口簿户号');
  await editor.getByRole('button', { name: '户口簿户号 的其他要素' }).click();
  await editor.getByRole('tab', { name: /改动/ }).click();
  await editor.locator('.changes li', { hasText: '“户口簿户号”的规则' }).waitFor();
  await expectSound(editor, 'catalogue-editor');
  await editor.getByLabel('调整说明').fill('按新办法更新');
  await editor.getByRole('button', { name: '提交审核' }).click();
  await editor.getByRole('dialog').getByText('提交后不能再改').waitFor();
  await editor.keyboard.press('Control+Enter');
  await editor.getByText('待审核').first().waitFor();
}, LONG);

test('a colleague who comes to a draft in hand is told at once', async () => {
  const first = await desk.enter('second-editor', 'editor', 'catalogue');
  await visit(first, `catalogue/items/${water.code}`);
  await first.getByRole('button', { name: '修改', exact: true }).click();
  await first.locator('.editor-text').waitFor();
  const address = first.url().split('#/')[1] ?? '';
  await visit(editor, address);
  await editor.getByRole('alert').getByText('second-editor').waitFor();
  expect(await editor.getByLabel('事项名称', { exact: true }).isDisabled()).toBe(true);
  await editor.getByRole('button', { name: '接手修改' }).click();
  await editor.getByLabel('事项名称', { exact: true }).fill('取水许可证核发');
  await editor.getByText('已保存', { exact: true }).waitFor();
  await first.getByLabel('事项名称', { exact: true }).fill('别的名称');
  await first.getByRole('alert').getByText('已接手').waitFor();
}, LONG);

test('a reviewer reads what changes and approves; the editor publishes from a day on', async () => {
  const reviewer = await desk.enter('li-reviewer', 'department', 'catalogue/drafts');
  await reviewer.locator('.item-link').first().waitFor();
  await visit(reviewer, `catalogue/drafts/${draft}`);
  await reviewer.locator('.changes li').first().waitFor();
  await expectSound(reviewer, 'catalogue-review');
  await reviewer.getByRole('button', { name: '审核通过' }).click();
  await reviewer.getByLabel('审核意见（可以不写）').fill('同意');
  await reviewer.keyboard.press('Control+Enter');
  await reviewer.getByText('待发布').first().waitFor();

  await visit(editor, `catalogue/drafts/${draft}`);
  await editor.getByRole('button', { name: '发布' }).click();
  await editor.getByLabel('施行日期').fill('2026-12-01');
  await expectSound(editor, 'catalogue-publish');
  await editor.keyboard.press('Control+Enter');
  await editor.getByText('已发布', { exact: true }).first().waitFor();
  expect((await atHall(`items/${elder.code}`)).value.versions[0]).toMatchObject({ version: 2, effectiveFrom: '2026-12-01', reviewers: ['li-reviewer'] });
  await visit(editor, `catalogue/items/${elder.code}`);
  await editor.getByRole('button', { name: /第 2 版/ }).click();
  await editor.getByRole('tab', { name: '与第 1 版相比' }).press('Enter');
  await editor.locator('.changes li').first().waitFor();
  await expectSound(editor, 'catalogue-item-changed');
}, LONG);

test('a shelf rule is made, and the check says what a machine shows at an hour', async () => {
  await visit(editor, 'catalogue/shelf');
  await editor.getByRole('button', { name: '加一条规则' }).click();
  await editor.getByLabel('给群众的说明').fill('周末请到县政务服务中心办理');
  await editor.getByRole('dialog').getByLabel('网点').fill('沙溪镇便民服务中心');
  await editor.getByLabel('周六').check();
  await editor.getByLabel('周日').check();
  await editor.keyboard.press('Control+Enter');
  await editor.getByText('周六、周日').first().waitFor();
  await editor.locator('.shelf-check').getByLabel('网点').fill('沙溪镇便民服务中心');
  await editor.locator('.shelf-check').getByLabel('日期').fill('2026-11-28');
  await editor.locator('.shelf-shown li[data-on=false]').first().waitFor();
  await expectSound(editor, 'catalogue-shelf');
}, LONG);

test('a file shows what it would change before anything is taken', async () => {
  await visit(editor, 'catalogue/files');
  const file = { name: 'items.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify([{ ...packItem('business-registration'), summary: '改过的说明' }, elder])) };
  await editor.locator('input[type=file]').setInputFiles(file);
  await editor.getByText('改动处数').waitFor();
  await expectSound(editor, 'catalogue-import');
  await editor.getByRole('button', { name: /导入为草稿/ }).click();
  await editor.getByRole('link', { name: /改过|个体/ }).first().waitFor();
  await visit(editor, 'catalogue/themes');
  await editor.getByRole('button', { name: '新的一件事' }).click();
  await expectSound(editor, 'catalogue-themes');
}, LONG);
