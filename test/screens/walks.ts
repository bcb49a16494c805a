import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { breaches, seriousFaults, settle } from './look.ts';

/** Walks through the kiosk's window from a scene that is shown. `keep` takes a picture where pictures are wanted. */
type Keep = (picture: string) => Promise<void>;

/** From the scene `message`: speaking a message and sending it off, then calling for help from another screen. */
export async function expectSpoken(page: Page, keep: Keep): Promise<void> {
  await page.locator('#message-words').fill('');
  await page.getByRole('button', { name: '送出留言' }).click();
  await page.getByText('还没有内容').waitFor();
  await page.getByRole('button', { name: '开始录音' }).click();
  await page.getByText('正在录音').waitFor();
  // Chromium's own microphone beeps once a second.
  await page.waitForFunction(() => Number(document.querySelector('[role=meter]')?.getAttribute('aria-valuenow')) > 10);
  expect(await breaches(page)).toEqual([]);
  expect(await seriousFaults(page)).toEqual([]);
  await keep('recording');
  await page.getByRole('button', { name: '说完了' }).click();
  await page.getByText(/录了 0:0\d/).waitFor();
  await page.getByRole('button', { name: '送出留言' }).click();
  await page.getByRole('heading', { level: 1, name: '留言已存好' }).waitFor();
  await settle(page);
  expect(await breaches(page)).toEqual([]);
  expect(await seriousFaults(page)).toEqual([]);
  await keep('message-sent');
  await page.evaluate(() => window.showScene('survey'));
  await page.getByRole('heading', { level: 1, name: '周末要不要开门' }).waitFor();
  await page.getByRole('button', { name: '呼叫', exact: true }).click();
  await page.getByRole('button', { name: '呼叫工作人员' }).click();
  await page.getByText('已呼叫，大厅已收到').waitFor();
  await settle(page);
  expect(await seriousFaults(page)).toEqual([]);
  await keep('help-called');
  await page.getByRole('button', { name: '继续办理' }).click();
  await page.getByRole('button', { name: '已呼叫' }).waitFor();
}

/** From the scene `caretaker-papers`: numbers of blanks, read off and typed. */
export async function expectBlanksRead(page: Page, keep: Keep): Promise<void> {
  const press = (label: string) => page.getByRole('button', { name: label, exact: true }).first().click();
  const type = async (number: string) => {
    for (const digit of number) await page.getByRole('dialog').getByRole('button', { name: digit, exact: true }).click();
  };
  await press('核对最上面的号码');
  await type('12406');
  await settle(page);
  expect(await seriousFaults(page)).toEqual([]);
  await keep('caretaker-blank');
  await press('确定');
  await page.getByText('将登记为遗失').waitFor();
  await settle(page);
  await keep('caretaker-blank-missing');
  await press('确实不在，登记遗失');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await press('装入一叠');
  await settle(page);
  await keep('caretaker-blank-exchange');
  await press('停用，开始维护');
  await type('12404');
  await press('下一步');
  await page.getByText('第一张 浙A00012404').waitFor();
  await type('12500');
  await press('确定');
  await page.getByText('浙A00012404 已经登记过').waitFor();
}
