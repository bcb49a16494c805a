/** 窗口收件: an application typed and scanned at a desk, of somebody who stands there or from a paper form of an outage. */
import type { Person } from '../../../../domain/seed/people.ts';
import { scan } from '../../console/scans.ts';
import { answered, type Colleague, goTo } from './colleague.ts';

/** 补录: a paper form that was taken while the hall was out. `at`: as it stands on the form, `2026-11-24T10:20` in China. */
export type PaperForm = { number: string; at: string; outage: string };

const PAPER = { name: '扫描件.jpg', mimeType: 'image/jpeg', buffer: scan({ title: '居民户口簿（样本）', lines: ['本页仅用于测试'] }) };
const SIGNED = { name: '签名.jpg', mimeType: 'image/jpeg', buffer: scan({ title: '申请表（样本）', lines: ['申请人签名：（样本）'] }) };

/** Types an application for the card of the elderly, up to where F9 hands it in. */
export async function takeDown(who: Colleague, person: Person, paper: PaperForm | null = null): Promise<void> {
  const { page } = who;
  await goTo(who, '窗口收件');
  const item = page.getByLabel('办什么事');
  await item.waitFor();
  await item.focus();
  await page.keyboard.insertText('lnyd');
  await page.getByRole('option', { name: /老年人优待证/ }).waitFor();
  await page.keyboard.press('Enter');
  if (paper !== null) {
    await page.getByLabel('证件号码').waitFor();
    await page.keyboard.press('F8');
    await page.getByLabel('应急表编号').fill(paper.number);
    await page.getByLabel('表上的收件时间').fill(paper.at);
    await page.getByLabel('当时为什么不能联网收件').fill(paper.outage);
  }
  await page.getByLabel('证件号码').fill(person.holder.number);
  await page.getByLabel('姓名', { exact: true }).fill(person.name);
  await page.getByLabel('现在居住的乡镇（街道）').click();
  await page.keyboard.press('Enter');
  await page.getByLabel('居住地址').fill('大市聚村 8 号');
  await page.getByText('是', { exact: true }).click();
  await page.getByLabel('您的电话').fill(person.phone);
  await page.getByLabel('紧急联系人*').fill('张小明');
  await page.getByText('子女', { exact: true }).click();
  await page.getByLabel('紧急联系人电话').fill('13900001234');
  await page.locator('input[type=file][aria-label^="“居民户口簿"]').setInputFiles(PAPER);
  await page.locator('input[type=file][aria-label^="“申请人签名"]').setInputFiles(SIGNED);
  await page.locator('.take-pages li').nth(1).waitFor();
  await page.waitForFunction(() => document.querySelector('.take-wait') === null);
}

/** Hands in what was typed. @returns the case that it became; the page waits for the next applicant */
export async function handInTaken({ page }: Colleague): Promise<{ id: string; number: string }> {
  const made = await answered(page, 'window/cases', () => page.keyboard.press('F9')) as { id: string; number: string };
  await page.getByText(`已收件：${made.number}`).waitFor();
  await page.keyboard.press('Enter');
  await page.getByLabel('办什么事').waitFor();
  return made;
}
