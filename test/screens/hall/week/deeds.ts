/** What people at the hall do with a case, each as keys at its page: the letter that opens the last look, what has to be written, Ctrl+Enter. */
import { expect } from 'vitest';
import { answered, type Colleague, confirmed, open, openCase, ready, see } from './colleague.ts';
import type { Book } from './book.ts';

/** A letter of the bar, or two of the menu behind M. @param words stand in the dialog that comes */
async function begin({ page }: Colleague, keys: string, words: string): Promise<void> {
  const [first = '', second] = keys;
  if (second === undefined) return open(page, first, words);
  await open(page, first, '更多操作');
  await page.keyboard.press(second);
  await ready(page, words);
}

/** Does one step of a case that is opened for it. @param call the last part of its address at the hall */
async function act(who: Colleague, book: Book, keys: string, words: string, call: string, fill: () => Promise<void> = () => Promise.resolve()): Promise<void> {
  await openCase(who, book);
  await begin(who, keys, words);
  await fill();
  await confirmed(who.page, `cases/${book.id}/${call}`);
}

const write = (who: Colleague, words: string) => who.page.keyboard.insertText(words);

export async function claim(who: Colleague, book: Book): Promise<void> {
  await openCase(who, book);
  await answered(who.page, `cases/${book.id}/claim`, () => who.page.keyboard.press('l'));
  await who.page.locator('.holder[data-mine=true]').waitFor();
}

/** Somebody else opens it while a colleague holds it: they are told who, and nothing is offered. */
export async function findClaimed(who: Colleague, book: Book, holder: string): Promise<void> {
  await openCase(who, book);
  await who.page.getByText(`${holder} 正在办这件`).waitFor();
  for (const key of ['a', 'r', 'o']) await who.page.keyboard.press(key);
  expect(await who.page.locator('[role=dialog]').count()).toBe(0);
  expect(await who.page.locator('.bar-deeds button').filter({ hasNotText: '更多' }).count()).toBe(0);
}

export const seeOriginals = (who: Colleague, book: Book) => act(who, book, 'o', '手里有原件', 'originals');
export const accept = (who: Colleague, book: Book) => act(who, book, 'a', '受理承诺单', 'accept');
export const refuse = (who: Colleague, book: Book) => act(who, book, 'r', '不予受理通知书', 'refuse', () => write(who, '所申请的事项不属于本机关职权，请向省水利厅申请。'));
export const transfer = (who: Colleague, book: Book) => act(who, book, 'mz', '转报上级机关', 'close', () => write(who, '取水量超过县级审批权限，转报市水利局。'));
export const sendBack = (who: Colleague, book: Book) => act(who, book, 'mt', '退件通知', 'close', () => write(who, '申请人要求取回材料重新整理。'));
export const withdrawAtWindow = (who: Colleague, book: Book) => act(who, book, 'mw', '撤回通知', 'withdraw', () => write(who, '申请人到窗口说明不再办理。'));
export const resume = (who: Colleague, book: Book) => act(who, book, 'g', '恢复计时', 'resume', () => write(who, '听证已经结束。'));
export const grant = (who: Colleague, book: Book) => act(who, book, 'f', '办结这件申请', 'finish');
export const deny = (who: Colleague, book: Book) => act(who, book, 'f', '办结这件申请', 'finish', async () => {
  await who.page.keyboard.press('ArrowDown');
  await who.page.getByLabel('不予许可的理由（必填）').focus();
  await write(who, '取水量超过该河段可取总量，不符合水资源规划。');
});

export const pause = (who: Colleague, book: Book) => act(who, book, 'mp', '为什么暂停', 'pause', async () => {
  await who.page.getByLabel('告知申请人需要多久（必填）').focus();
  await write(who, '10');
  await who.page.keyboard.press('Tab');
  await write(who, '利害关系人申请听证。');
});

/** 一次性告知: Space ticks the first answer with its ready sentence; the notice is looked at, then told. @param asked lines that must stand in it with what departments asked for */
export async function correct(who: Colleague, book: Book, asked = 1): Promise<void> {
  const { page } = who;
  await openCase(who, book);
  await page.keyboard.press('c');
  await see(page, () => document.activeElement?.matches('.answers input[type=checkbox]') === true);
  await page.keyboard.press('Space');
  await page.locator('.pick textarea').waitFor();
  await page.keyboard.press('Control+Enter');
  await ready(page, '补正告知书');
  expect(await page.locator('.asks li').count()).toBe(asked);
  await confirmed(page, `cases/${book.id}/correction`);
}

/** 同步预审 from the department's own list. @param lacks name of a material that is not right; empty: everything fits */
export async function preReview(who: Colleague, book: Book, lacks = ''): Promise<void> {
  const { page } = who;
  await openCase(who, book, 'tasks');
  await begin(who, 'v', '材料符合要求');
  if (lacks !== '') {
    await page.keyboard.press('ArrowDown');
    await page.getByLabel('缺什么').focus();
    await write(who, lacks);
    await page.keyboard.press('Enter');
    await page.locator('[role=dialog] textarea').focus();
    await write(who, `“${lacks}”看不清，请重新拍摄。`);
  }
  await confirmed(page, `cases/${book.id}/pre-review`);
}

/** A department's word on its step, from its own list. */
export async function review(who: Colleague, book: Book, agrees: boolean): Promise<void> {
  const { page } = who;
  await openCase(who, book, 'tasks');
  await begin(who, 'v', '审查');
  if (!agrees) {
    await page.keyboard.press('ArrowDown');
    await page.locator('[role=dialog] textarea').focus();
    await write(who, '取水口位于基本农田保护区内。');
  }
  await confirmed(page, `cases/${book.id}/review`);
}

/** 出件: the applicant takes the result at the window. */
export async function hand(who: Colleague, book: Book): Promise<void> {
  await openCase(who, book, 'to-issue');
  await begin(who, 'd', '送达回执');
  await confirmed(who.page, `cases/${book.id}/delivery`);
}

/** Opens a legal paper of a case that is over: M, then its digit. It comes as a PDF in a window of its own. */
export async function openPaper(who: Colleague, book: Book, kind: string): Promise<void> {
  const { page } = who;
  await openCase(who, book, 'all');
  await open(page, 'm', '更多操作');
  const [response] = await Promise.all([page.context().waitForEvent('response', (one) => one.url().includes(`/papers/${book.id}/`)), page.keyboard.press('1')]);
  expect([response.status(), response.headers()['content-type'], new URL(response.url()).searchParams.get('kind')]).toEqual([200, 'application/pdf', kind]);
  for (const window of page.context().pages()) if (window !== page) await window.close();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}
