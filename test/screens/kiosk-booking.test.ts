/** A citizen books a time at a counter at the window, by touch and by the keypad; cancels it; and what is said where it cannot be done. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { keep, kioskOfSuite, LONG, PORTRAIT, show, typePhone } from './kiosk-stage.ts';
import { breaches, seriousFaults, settle } from './look.ts';

const { open } = kioskOfSuite();

async function looksWell(page: Page, name: string): Promise<void> {
  await settle(page);
  expect(await breaches(page), name).toEqual([]);
  expect(await seriousFaults(page), name).toEqual([]);
  await keep(page, name);
}

test('by touch, without a card: from the numbers to business, day, time, mobile number, last look, booked', async () => {
  const { page, faults } = await open(PORTRAIT);
  await show(page, 'tickets');
  await page.getByRole('button', { name: '预约改天来' }).click();
  await page.getByRole('button', { name: /户籍与身份证/ }).click();
  await page.getByRole('heading', { level: 1, name: '什么时候来？' }).waitFor();
  await page.getByText('6月10日 周三，几点').waitFor();
  await page.locator('.booking-days button', { hasText: '6月12日' }).click();
  await page.getByText('6月12日 周五，几点').waitFor();
  await looksWell(page, 'portrait-booking-day');
  // Full ones stay in sight, and a touch on them leads nowhere.
  await page.locator('.booking-times .booking-full').first().click({ force: true });
  await page.getByRole('heading', { level: 1, name: '什么时候来？' }).waitFor();
  await page.locator('.booking-times button:not(.booking-full)').first().click();
  await page.getByRole('button', { name: '没带身份证，用手机号预约' }).click();
  await typePhone(page, () => looksWell(page, 'portrait-booking-keypad'));
  await page.getByText('138****1234').waitFor();
  await page.getByRole('button', { name: '确定预约' }).click();
  await page.getByRole('heading', { level: 1, name: '约好了' }).waitFor();
  await page.getByText('0610-007').waitFor();
  expect(await page.getByText('请记住或拍下预约编号').count()).toBe(0);
  expect(faults).toEqual([]);
  await page.context().close();
}, LONG);

test('with a card the mobile number may be left out; what was booked is seen, and cancelled after a question', async () => {
  const { page, faults } = await open(PORTRAIT);
  await show(page, 'booking-phone');
  await page.getByText('不留也可以，到时不发短信提醒').waitFor();
  await page.getByRole('button', { name: '不留，下一步' }).click();
  await page.getByText('不提醒').waitFor();
  await page.getByRole('button', { name: '确定预约' }).click();
  await page.getByRole('button', { name: '我的预约' }).click();
  await page.getByRole('heading', { level: 1, name: '我的预约' }).waitFor();
  await page.getByRole('button', { name: '取消预约' }).click();
  await page.getByRole('dialog').getByText('6月10日 周三 08:30–09:00', { exact: false }).waitFor();
  await settle(page);
  expect(await seriousFaults(page)).toEqual([]);
  await keep(page, 'portrait-booking-cancel');
  await page.getByRole('button', { name: '不取消' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '取消预约' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '取消预约' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '取消预约' }).waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
  await page.context().close();
}, LONG);

test('by the keypad: days and times are said with how many are free, the main key books, and the number is said sign by sign', async () => {
  const { page, faults } = await open(PORTRAIT);
  const caption = page.locator('.voice-caption');
  const goTo = async (words: string) => {
    for (let presses = 0; presses < 40 && !(await page.evaluate(() => document.activeElement?.textContent ?? '')).includes(words); presses += 1) await page.keyboard.press('8');
  };
  await show(page, 'booking-slot');
  await page.keyboard.press('5');
  await caption.getByText('朗读已打开').waitFor();
  await goTo('6月12日');
  await caption.getByText(/6月12日.*周五.*还有/).waitFor();
  await page.keyboard.press('5');
  await goTo('09:00–09:30');
  await caption.getByText(/09:00–09:30.*还有/).waitFor();
  await page.keyboard.press('5');
  await page.getByRole('heading', { level: 1, name: '要短信提醒吗？' }).waitFor();
  await page.keyboard.press('6');
  await page.getByRole('heading', { level: 1, name: '看一看，对吗？' }).waitFor();
  await page.keyboard.press('6');
  await page.getByRole('heading', { level: 1, name: '约好了' }).waitFor();
  await caption.getByText(/0 6 1 0 - 0 0 7/).waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
}, LONG);

test('from an item: its guide leads to its times, and what cannot be booked leads to a number', async () => {
  const { page, faults } = await open(PORTRAIT);
  await show(page, 'guide-bookable');
  await page.getByRole('button', { name: '预约到窗口办' }).click();
  await page.getByRole('heading', { level: 1, name: '预约办什么？' }).waitFor();
  await show(page, 'booking-no-line');
  await page.getByText('0575-86000000').waitFor();
  await page.getByRole('button', { name: '现在就取号' }).click();
  await page.getByRole('heading', { level: 1, name: '取号办什么？' }).waitFor();
  // Where no numbers are given now, booking is the main way.
  await show(page, 'tickets-closed');
  expect(await page.locator('.button-main', { hasText: '预约改天来' }).count()).toBe(1);
  await show(page, 'booking-confirm-limited');
  await page.getByText(/2026年7月4日 以后可以再预约/).waitFor();
  await page.getByRole('button', { name: '现在就取号' }).click();
  await page.getByRole('heading', { level: 1, name: '取号办什么？' }).waitFor();
  await show(page, 'booking-confirm-holds-one');
  await page.getByText('编号 0610-007').waitFor();
  await page.getByRole('button', { name: '我的预约' }).click();
  await page.getByRole('heading', { level: 1, name: '我的预约' }).waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
}, LONG);

test('nobody knows whether it is booked: one way on, and it leads to the appointment', async () => {
  const { page, faults } = await open(PORTRAIT);
  await show(page, 'booking-confirm-unsure');
  expect(await page.locator('.screen-actions button').allTextContents()).toEqual(['再查一次']);
  await page.getByRole('button', { name: '再查一次' }).click();
  await page.getByRole('heading', { level: 1, name: '约好了' }).waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
}, LONG);
