/** Somebody who works at the hall, before a page of their own that is opened once and never loaded again: how they come to a case, and how a deed is done and seen to be done. */
import type { Browser, Page, Request, Response } from 'playwright-core';
import type { Role } from '../../../../domain/contracts/staff.ts';
import type { Scope } from '../../../../domain/staff/scope.ts';
import { type AnswerBody, giveAccount } from '../../../fixtures/hall.ts';
import { openConsole, signIn } from '../desk.ts';
import { type Book, HOUR, MINUTE } from './book.ts';
import type { WeekHall } from './served.ts';

/** A session ends after half an hour without a call, and nine hours after it began. The test looks a little before. */
const [IDLE, LIFE] = [25 * MINUTE, 8.5 * HOUR];

/**
 * @property seen ids of the cases whose page, paper or poor rating this person opened, as the pages asked for them
 * @property since when the session began, and `last` when the hall answered it last
 */
export type Colleague = { readonly account: string; readonly role: Role; readonly department: string; readonly page: Page; readonly seen: Set<string>; readonly now: () => number; since: number; last: number };

/** Opens a page and signs in by hand. @param department credit code of whose cases the person reaches; empty: the county's */
export async function takeSeat(week: WeekHall, browser: Browser, who: { account: string; role: Role; department: string }, faults: string[]): Promise<Colleague> {
  const scope: Scope | null = who.department === '' ? null : { departments: [who.department], sites: null, items: null };
  await giveAccount(week.hall, who.account, who.role, scope);
  const page = await openConsole(browser, week.hall, faults);
  // Several pages work at once, for half an hour in the long run, on a machine that may do other things, too.
  page.setDefaultTimeout(MINUTE);
  const seen = new Set<string>();
  const colleague: Colleague = { ...who, page, seen, now: () => week.clock.now(), since: 0, last: 0 };
  // Of the whole context: a paper opens in a window of its own. A call counts from when it was made: its answer may be seen when time has passed already.
  const made = new WeakMap<Request, number>();
  page.context().on('request', (request) => made.set(request, week.clock.now()));
  page.context().on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (response.status() !== 200 || !pathname.startsWith('/console/api/') || pathname.endsWith('/live')) return;
    colleague.last = Math.max(colleague.last, made.get(response.request()) ?? 0);
    const id = /\/(?:cases|papers|ratings\/duties)\/([0-9A-Z]{26})(?:\/[^/]*)?$/.exec(pathname)?.[1];
    if (id !== undefined && response.request().method() === 'GET') seen.add(id);
  });
  await signBackIn(colleague);
  return colleague;
}

async function signBackIn(who: Colleague): Promise<void> {
  const { page, account } = who;
  await page.getByLabel('账号').waitFor();
  const [answer] = await Promise.all([page.waitForResponse((one) => one.request().method() === 'POST' && one.url().endsWith('/console/api/session')), signIn(page, account, `password-of-${account}`)]);
  if (!answer.ok()) throw new Error(`${account} was not let in: ${answer.status()} ${await answer.text()}`);
  await page.locator('.top').waitFor();
  who.since = who.now();
}

/** This computer's clock is the hall's. */
export const wake = (who: Colleague) => who.page.clock.setFixedTime(who.now());

/** Comes back to the desk: where the session may have ended meanwhile, the list is read again, and who was signed out signs in. */
export async function sitDown(who: Colleague): Promise<void> {
  const { page } = who;
  await wake(who);
  // A hall that was stopped is back when the page says so: it reads its list anew then, under the hand of whoever types.
  await page.locator('.away').waitFor({ state: 'detached' });
  const form = page.locator('.sign-in-form');
  if (!(await form.isVisible())) {
    if (who.now() - who.last < IDLE && who.now() - who.since < LIFE) return;
    // Whatever the list asks first tells: it asks when it is gone to from another page, or by its key. Or the page hears of it by itself, under the hand.
    const ended = () => true;
    const isOut = Promise.race([
      page.waitForResponse((one) => /\/console\/api\/(inbox|tasks|filters)$/.test(new URL(one.url()).pathname)).then((one) => one.status() === 401, ended),
      form.waitFor().then(ended, ended),
    ]);
    await page.locator('.top-nav').getByRole('link', { name: '收件箱' }).or(form).first().click();
    await page.locator('.inbox-head').or(form).waitFor();
    await page.keyboard.press('u');
    if (!(await isOut)) return;
  }
  await signBackIn(who);
}

/** Goes to a page by its name in the head. */
export async function goTo(who: Colleague, name: string): Promise<void> {
  await sitDown(who);
  await who.page.locator('.top-nav').getByRole('link', { name }).click();
}

/** Searches a case by its number in a list and opens it, by keys. @param list `open`: what is not over; `to-issue`: what waits to be collected */
export async function openCase(who: Colleague, { id, number }: Pick<Book, 'id' | 'number'>, list: 'open' | 'to-issue' | 'tasks' | 'all' = 'open'): Promise<void> {
  const { page } = who;
  await goToList(who, list);
  const row = page.locator(`.inbox-row a[data-case="${id}"]`);
  if (list !== 'tasks') {
    await search(page, '.inbox-search input', number);
  }
  await row.focus();
  await page.keyboard.press('Enter');
  await page.locator('.case-head', { hasText: number }).waitFor();
  await page.locator('.bar').waitFor();
}

/** Searches in a list by `/`, and sees that the hall was asked: what is shown before is another list, whose rows go under the hand. @param field of the words */
export async function search(page: Page, field: string, words: string): Promise<void> {
  await page.keyboard.press('/');
  if (await page.locator(field).inputValue() === words) return;
  await Promise.all([page.waitForResponse((one) => isAnswerTo(one, words)), page.keyboard.insertText(words)]);
}

/** Words for the inbox stand in no address, and what a page sends as a stream cannot be read here: its answer holds what was sought and nothing else. */
async function isAnswerTo(response: Response, words: string): Promise<boolean> {
  if (response.url().includes(words)) return true;
  if (!response.url().endsWith('/console/api/inbox') || response.status() !== 200) return false;
  const { rows } = await response.json() as { rows: { number: string }[] };
  return rows.every(({ number }) => number === words);
}

async function goToList(who: Colleague, list: string): Promise<void> {
  const { page } = who;
  await sitDown(who);
  if (/^#\/(inbox|cases)/.test(new URL(page.url()).hash)) await page.keyboard.press('i');
  else await page.locator('.top-nav').getByRole('link', { name: '收件箱' }).click();
  await page.locator('.inbox-head').waitFor();
  const link = page.locator(`.stages a[data-stage="${list}"]`);
  if ((await link.getAttribute('aria-current')) !== 'true') await link.click();
  else if (list === 'tasks') await page.keyboard.press('u');
  await page.locator(`.stages a[data-stage="${list}"][aria-current="true"]`).waitFor();
}

/** Waits until something is so in the page. Looks every so often and not at every frame, which each page would have to draw for it (milliseconds). */
export function see(page: Page, look: (words: string) => boolean, words = ''): Promise<unknown> {
  return page.waitForFunction(look, words, { polling: 40 });
}

/** A dialog with these words has taken the keys. */
export function ready(page: Page, words: string): Promise<unknown> {
  return see(page, (text) => document.activeElement?.closest('[role=dialog]')?.textContent?.includes(text) === true, words);
}

/** Opens a dialog by a letter. */
export async function open(page: Page, key: string, words: string): Promise<void> {
  await page.keyboard.press(key);
  await ready(page, words);
}

/** Does what sends a call to the hall, and sees that the hall did it. @returns what it answered */
export async function answered(page: Page, call: string, act: () => Promise<unknown>): Promise<AnswerBody> {
  const [response] = await Promise.all([page.waitForResponse((one) => one.request().method() === 'POST' && new URL(one.url()).pathname === `/console/api/${call}`), act()]);
  const body = await response.json() as AnswerBody;
  if (body.ok !== true) throw new Error(`${call}: ${response.status()} ${JSON.stringify(body)}`);
  return body.value;
}

export const confirm = (page: Page) => page.keyboard.press('Control+Enter');

/** Confirms the last look, and waits until the page has gone on. */
export async function confirmed(page: Page, call: string): Promise<void> {
  await answered(page, call, () => confirm(page));
  await see(page, () => [...document.querySelectorAll('[role=dialog]')].every((dialog) => !dialog.checkVisibility()));
}
