/** 窗口收件: an application typed and scanned at a desk, of somebody who stands there or from a paper form of an outage. */
import type { Person } from '../../../../domain/seed/people.ts';
import { page } from '../../../rigs/citizen.ts';
import { answered, type Colleague, goTo, see } from './colleague.ts';

/** 补录: a paper form that was taken while the hall was out. `at`: as it stands on the form, `2026-11-24T10:20` in China. */
export type PaperForm = { number: string; at: string; outage: string };

const PAPER = { name: '扫描件.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(page(400, 300)) };
const SIGNED = { ...PAPER, name: '签名.jpg' };

/** Types an application for the card of the elderly, up to where F9 hands it in. */
export async function takeDown(who: Colleague, person: Person, paper: PaperForm | null = null): Promise<void> {
  const desk = who.page;
  await goTo(who, '窗口收件');
  const item = desk.getByLabel('办什么事');
  await item.waitFor();
  await item.focus();
  await desk.keyboard.insertText('lnyd');
  await desk.getByRole('option', { name: /老年人优待证/ }).waitFor();
  await desk.keyboard.press('Enter');
  if (paper !== null) {
    await desk.getByLabel('证件号码').waitFor();
    await desk.keyboard.press('F8');
    await desk.getByLabel('应急表编号').fill(paper.number);
    await desk.getByLabel('表上的收件时间').fill(paper.at);
    await desk.getByLabel('当时为什么不能联网收件').fill(paper.outage);
  }
  await desk.getByLabel('证件号码').fill(person.holder.number);
  await desk.getByLabel('姓名', { exact: true }).fill(person.name);
  await desk.getByLabel('现在居住的乡镇（街道）').click();
  await desk.keyboard.press('Enter');
  await desk.getByLabel('居住地址').fill('大市聚村 8 号');
  await desk.getByText('是', { exact: true }).click();
  await desk.getByLabel('您的电话').fill(person.phone);
  await desk.getByLabel('紧急联系人*').fill('张小明');
  await desk.getByText('子女', { exact: true }).click();
  await desk.getByLabel('紧急联系人电话').fill('13900001234');
  await desk.locator('input[type=file][aria-label^="“居民户口簿"]').setInputFiles(PAPER);
  await desk.locator('input[type=file][aria-label^="“申请人签名"]').setInputFiles(SIGNED);
  await desk.locator('.take-pages li').nth(1).waitFor();
  await see(desk, () => document.querySelector('.take-wait') === null);
}

/** Hands in what was typed. @returns the case that it became; the page waits for the next applicant */
export async function handInTaken({ page: desk }: Colleague): Promise<{ id: string; number: string }> {
  const made = await answered(desk, 'window/cases', () => desk.keyboard.press('F9')) as { id: string; number: string };
  await desk.getByText(`已收件：${made.number}`).waitFor();
  await desk.keyboard.press('Enter');
  await desk.getByLabel('办什么事').waitFor();
  return made;
}
