/** A citizen takes a number at the window, by touch and by the keypad; and the ways that lead there from what cannot be done here. */
import { expect, test } from 'vitest';
import { keep, kioskOfSuite, LONG, PORTRAIT, pressDigits, show, typePhone } from './kiosk-stage.ts';
import { breaches, seriousFaults, settle } from './look.ts';

const { open } = kioskOfSuite();

test('by touch, without a card: business, mobile number typed on the screen, going first, number; then it is given up, and asked about first', async () => {
  const { page, faults } = await open(PORTRAIT);
  await show(page, 'home-numbers');
  await page.locator('.tile', { hasText: '取号' }).click();
  await page.getByRole('button', { name: /户籍与身份证/ }).click();
  await page.getByRole('button', { name: '没带身份证也能取号' }).click();
  await typePhone(page, async () => {
    await settle(page);
    expect(await breaches(page)).toEqual([]);
    expect(await seriousFaults(page)).toEqual([]);
    await keep(page, 'portrait-ticket-keypad');
  });
  await page.locator('.choice-tile', { hasText: '孕妇、带婴幼儿' }).click();
  await page.locator('.choice-tile[data-selected]', { hasText: '孕妇、带婴幼儿' }).waitFor();
  await page.getByRole('button', { name: '取号', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: '取好号了' }).waitFor();
  await page.getByRole('button', { name: '不等了，退号' }).click();
  await page.getByRole('button', { name: '不退，继续等' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '不等了，退号' }).click();
  await page.getByRole('dialog').waitFor();
  await settle(page);
  expect(await seriousFaults(page)).toEqual([]);
  await keep(page, 'portrait-ticket-give-up');
  await page.getByRole('button', { name: '退号', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: /请带好东西/ }).waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
}, LONG);

test('by the keypad: the business is said with who waits, the main key takes the number, and it is said sign by sign', async () => {
  const { page, faults } = await open(PORTRAIT);
  const caption = page.locator('.voice-caption');
  await show(page, 'ticket-confirm');
  await page.keyboard.press('5');
  await caption.getByText('朗读已打开').waitFor();
  await page.evaluate(() => window.showScene('tickets'));
  for (let presses = 0; presses < 12 && !(await page.evaluate(() => document.activeElement?.textContent ?? '')).includes('户籍'); presses += 1) await page.keyboard.press('8');
  await caption.getByText(/户籍与身份证.*前面 6 人/).waitFor();
  await page.keyboard.press('5');
  await page.getByRole('heading', { level: 1, name: '请刷身份证' }).waitFor();
  await page.evaluate(() => window.showScene('ticket-confirm'));
  await page.getByRole('heading', { level: 1, name: '户籍与身份证' }).waitFor();
  await page.keyboard.press('6');
  await page.getByRole('heading', { level: 1, name: '取好号了' }).waitFor();
  await caption.getByText(/A 0 2 7/).waitFor();
  await settle(page);
  expect(await breaches(page)).toEqual([]);
  await keep(page, 'portrait-ticket-spoken');
  expect(faults).toEqual([]);
  await page.context().close();
}, LONG);

test('with a form that is begun: it is offered with the number, digits are chosen, the slip prints beside the number, and the number is there again; without a scanner nothing is offered', async () => {
  const { page, faults } = await open(PORTRAIT);
  const offer = page.getByRole('button', { name: '带到窗口', exact: true });
  await show(page, 'ticket-carry-no-scanner');
  await page.getByRole('heading', { level: 1, name: '取好号了' }).waitFor();
  expect(await offer.count()).toBe(0);
  await page.evaluate(() => window.showScene('ticket-carry'));
  await offer.click();
  await page.getByRole('heading', { level: 1, name: '把填好的内容带到窗口' }).waitFor();
  await page.getByText('告诉窗口您设的 6 位数字').waitFor();
  for (const field of ['keep-code', 'keep-again']) {
    await page.locator(`#${field}`).click();
    await pressDigits(page, '304958');
    await page.locator('.key-done').click();
  }
  await page.getByRole('button', { name: '打印凭条' }).click();
  await page.getByRole('button', { name: '回到我的号' }).click();
  await page.getByRole('heading', { level: 1, name: '取好号了' }).waitFor();
  await page.locator('.print', { hasText: '续办凭条' }).waitFor();
  expect(await offer.count()).toBe(0);
  expect(faults).toEqual([]);
  await page.context().close();
}, LONG);

test('by the keypad: what the slip does is said, and the way to it is found', async () => {
  const { page, faults } = await open(PORTRAIT);
  const caption = page.locator('.voice-caption');
  await show(page, 'ticket-carry');
  await page.keyboard.press('5');
  await caption.getByText('朗读已打开').waitFor();
  for (let presses = 0; presses < 12 && (await page.evaluate(() => document.activeElement?.textContent ?? '')) !== '带到窗口'; presses += 1) await page.keyboard.press('8');
  await page.keyboard.press('5');
  await page.getByRole('heading', { level: 1, name: '把填好的内容带到窗口' }).waitFor();
  await caption.getByText(/加密印在凭条上/).waitFor();
  await settle(page);
  expect(await breaches(page)).toEqual([]);
  expect(faults).toEqual([]);
  await page.context().close();
}, LONG);

test.each([
  { from: 'the guide of what cannot be done here', scene: 'guide-counter', ways: ['取号，到窗口办'] },
  { from: 'a call for help', scene: 'guide-counter', ways: ['呼叫', '取号，到窗口办'] },
  { from: 'leaving in the middle', scene: 'guide-counter', ways: ['退出', '取号，到窗口办'] },
  { from: 'a hand-in that goes on at a counter', scene: 'handed-in-counter', ways: ['取号，到窗口办'] },
])('from $from one way leads to a number of that counter', async ({ scene, ways }) => {
  const { page, faults } = await open(PORTRAIT);
  await show(page, scene);
  for (const [at, name] of ways.entries()) {
    const root = at === 0 ? page : page.getByRole('dialog');
    await root.getByRole('button', { name, exact: true }).click();
    if (at < ways.length - 1) {
      await page.getByRole('dialog').waitFor();
      await settle(page);
      expect(await seriousFaults(page)).toEqual([]);
    }
  }
  await page.getByText('凭身份证取号').waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
  await page.context().close();
}, LONG);
