/** A citizen's slip at the window: scanned, opened, checked and handed in, by keys alone, before a real hall. */
import { expect, test, vi } from 'vitest';
import { sealKept } from '../../../crypto/kept.ts';
import type { KeptVisit } from '../../../domain/item/kept.ts';
import { packItem } from '../../fixtures/hall.ts';
import { scan } from '../console/scans.ts';
import { deskOfSuite, expectSound, LONG } from './desk.ts';

// The real cost is tried beside it (`crypto/kept.test.ts`); here it would be most of the time.
vi.mock(import('../../../crypto/kept.ts'), async (original) => {
  const real = await original();
  const quick = { N: 2 ** 10, r: 8, p: 1, maxmem: 2 ** 28 };
  return { ...real, sealKept: (text, card, code) => real.sealKept(text, card, code, quick), openKept: (kept, card, code) => real.openKept(kept, card, code, quick) };
});
vi.setConfig({ testTimeout: LONG });
const desk = deskOfSuite();
const elder = packItem('elder-card');
const CARD = '330624195103020016';
const CODE = '304958';

async function slipOf(change: Partial<KeptVisit> = {}): Promise<string> {
  const visit: KeptVisit = { division: '330624', item: elder.code, version: elder.version, until: '2026-12-23', answers: { age: 'yes', why: 'lost', household: 'yes' }, form: { town: '330624001', phone: '13800001234', emergencyName: '李样本', emergencyPhone: '1390000', emergencyRelation: 'child', localHousehold: true, hobby: '二胡' }, who: { way: 'self', values: {} }, ...change };
  const sealed = await sealKept(JSON.stringify(visit), CARD, CODE);
  if (!sealed.ok) throw new Error(sealed.error.kind);
  return sealed.value;
}

test('the scanner types the slip, the clerk the card and the digits; what was filled in is marked until it is changed, what is lost is named, and the case is taken in with it', async () => {
  const { hall } = desk;
  const page = await desk.enter('zhang', 'clerk');
  await page.locator('.inbox').waitFor();
  await page.keyboard.press('w');
  await page.getByLabel('办什么事').waitFor();
  await page.keyboard.press('F2');
  const text = page.getByLabel('凭条二维码');
  await expect.poll(() => text.evaluate((field) => field === document.activeElement)).toBe(true);
  await expectSound(page, 'slip-empty');
  // Another code, as a scanner types it: with Enter at its end.
  await page.keyboard.type('JB-01J5CASE0-000000');
  await page.keyboard.press('Enter');
  await page.getByText('这不是续办凭条，请扫').waitFor();
  await text.fill('');
  await page.keyboard.type(await slipOf());
  await page.keyboard.press('Enter');
  await page.keyboard.type(CARD);
  await page.keyboard.press('Enter');
  await page.keyboard.type('304959');
  await page.keyboard.press('Enter');
  await page.getByText('还可以试 4 次').waitFor();
  await expectSound(page, 'slip-wrong');
  await page.keyboard.type(CODE);
  await page.keyboard.press('Enter');
  await page.getByText('已按自助机小票填好').waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  // Of the item, of whoever holds the card, and with what the citizen typed: its half number, too.
  expect(await page.locator('.window-item strong').textContent()).toBe(elder.name);
  expect(await page.getByLabel('证件号码').inputValue()).toBe(CARD);
  expect(await page.getByLabel(/^紧急联系人\*/).inputValue()).toBe('李样本');
  await page.getByText('小票里这几项没有带过来，请再问：hobby').waitFor();
  await page.getByText('您为什么来办？ 证丢了，要补').waitFor();
  expect(await page.locator('.slip-mark').count()).toBe(6);
  await expectSound(page, 'slip-filled');

  await page.getByLabel(/^紧急联系人电话/).fill('13900001234');
  await expect.poll(() => page.locator('.slip-mark').count()).toBe(5);
  await page.getByLabel('姓名', { exact: true }).fill('张测试');
  await page.getByLabel('居住地址').fill('大市聚村 8 号');
  await page.locator('input[type=file][aria-label^="“居民户口簿"]').setInputFiles({ name: 'book.jpg', mimeType: 'image/jpeg', buffer: scan({ title: '居民户口簿（样本）', lines: ['张测试（虚构）'] }) });
  await page.locator('input[type=file][aria-label^="“申请人签名"]').setInputFiles([{ name: 'form.jpg', mimeType: 'image/jpeg', buffer: scan({ title: '申请表（样本）', lines: ['张测试（虚构）'] }) }]);
  await page.locator('.take-wait').first().waitFor({ state: 'detached' });
  await page.keyboard.press('F9');
  await page.getByText(/^已收件：3306242026/).waitFor();
  const { state } = await hall.db.read.selectFrom('case_view').select('state').where('person_number', '=', CARD).executeTakeFirstOrThrow();
  expect(JSON.parse(state).form).toMatchObject({ town: '330624001', emergencyName: '李样本', emergencyPhone: '13900001234', localHousehold: true });
});

test('the card that is typed already is taken; a slip for somebody else fills their name; one that cannot be opened says why', async () => {
  const page = await desk.enter('chen', 'clerk', 'window');
  await page.getByLabel('办什么事').fill('lnyd');
  await page.keyboard.press('Enter');
  await page.getByLabel('证件号码').fill(CARD);
  await page.getByRole('button', { name: '扫描自助机小票' }).click();
  expect(await page.getByLabel('群众的证件号码').inputValue()).toBe(CARD);
  await page.getByLabel('凭条二维码').fill(await slipOf({ until: '2026-11-01' }));
  await page.keyboard.press('Enter');
  await page.keyboard.type(CODE);
  await page.keyboard.press('Enter');
  await page.getByText('小票过期了').waitFor();
  // Capitals the wrong way round, and signs of a keyboard that is set to Chinese.
  const slip = (await slipOf({ who: { way: 'agent', values: { name: '王委托', number: '330624196603010011' } } })).toLowerCase().replaceAll('.', '。').replaceAll('$', '￥').replaceAll(':', '：');
  await page.getByLabel('凭条二维码').fill(slip);
  await page.getByText('已扫到凭条').waitFor();
  await page.getByLabel('6 位数字').fill(CODE);
  await page.keyboard.press('Enter');
  await page.getByText('为谁办：替别人办（受委托），姓名 王委托，证件号码 330624196603010011').waitFor();
  expect([await page.getByLabel('证件号码').inputValue(), await page.getByLabel('姓名', { exact: true }).inputValue()]).toEqual(['330624196603010011', '王委托']);
  // What was known of whoever holds the slip is not said of the one they act for, and the paper of authority is asked for.
  expect(await page.getByLabel('居住地址').inputValue()).toBe('');
  await page.locator('.take', { hasText: '授权委托书' }).getByText('必交').waitFor();
  await expectSound(page, 'slip-for-another');
  // Nothing of it outlives the page.
  expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toMatch(/JBK1|王委托|304958/);
});
