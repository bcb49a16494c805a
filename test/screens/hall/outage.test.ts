import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, expect, test, vi } from 'vitest';
import { packItem, signInAt } from '../../fixtures/hall.ts';
import { startPostgres, type TestPostgres } from '../../fixtures/postgres.ts';
import { type Front, startFront } from '../../rigs/front.ts';
import { seriousFaults, settle } from '../look.ts';
import { deskOfSuite, LONG, visit } from './desk.ts';
import { handInPapers } from './papers.ts';

vi.setConfig({ testTimeout: LONG });
const OUT = process.env['JINBAN_SCREENS_OUT'];
let postgres: TestPostgres;
let front: Front;
const desk = deskOfSuite({}, {
  async place() {
    postgres = await startPostgres();
    return { kind: 'postgres', url: await postgres.database() };
  },
  async front(url) {
    front = await startFront(url);
    return front.url;
  },
});
afterAll(async () => {
  await front.close();
  await postgres.stop();
});

const look = async (page: Page, name: string) => {
  await settle(page);
  if (OUT !== undefined) await page.screenshot({ path: path.join(OUT, `hall-outage-${name}.png`) });
  expect(await seriousFaults(page), name).toEqual([]);
};
const kindsOf = async (id: string) => (await desk.db.read.selectFrom('action').select('kind').where('case_id', '=', id).orderBy('case_position').execute()).map(({ kind }) => kind);
const card = (page: Page) => page.locator('.repeat');
const says = (page: Page, words: string) => card(page).getByText(words).waitFor();
/** The dialog has taken the keys. */
const ready = (page: Page, words: string) => page.waitForFunction((text) => document.activeElement?.closest('[role=dialog]')?.textContent?.includes(text) === true, words);

test('a clerk whose hall goes away in mid-sentence, loses an answer, and loses the database: sees what is the matter, loses nothing, does nothing twice, and goes on', async () => {
  const wang = await signInAt(desk.hall, 'wang', 'clerk');
  const [first, second, third] = [
    await handInPapers(wang, { itemCode: packItem('water-permit').code, name: '梁伯年', number: '33062419770101001X' }),
    await handInPapers(wang, { itemCode: packItem('water-permit').code, name: '吕桂花', number: '330624199001010018' }),
    await handInPapers(wang, { itemCode: packItem('water-permit').code, name: '石小英', number: '330624196601010018' }),
  ];
  const page = await desk.enter('chen', 'clerk', `cases/${first.id}`);
  await page.locator('.case-person', { hasText: '梁伯年' }).waitFor();
  // Gone with a reload or a new sign-in.
  await page.evaluate(() => Object.assign(window, { same: true }));

  // Away in mid-sentence: the console notices by itself, and what is typed stays.
  await page.keyboard.press('r');
  await ready(page, '理由');
  await page.keyboard.type('取水口在县界以外，不属于');
  front.refuse();
  await page.locator('.away').getByText('连不上大厅服务器').waitFor();
  await look(page, 'typing');
  front.pass();
  await page.getByText('已连上大厅').waitFor();
  await page.locator('.away').waitFor({ state: 'detached' });
  await page.keyboard.type('本机关职权。');

  // The hall does it, and the answer is lost.
  front.loseAnswer();
  await page.keyboard.press('Control+Enter');
  await says(page, '连不上大厅服务器');
  // What was sent stands as it was sent.
  await page.keyboard.type('另外');
  expect(await page.locator('[role=dialog] textarea').first().inputValue()).toBe('取水口在县界以外，不属于本机关职权。');
  await look(page, 'unknown');
  expect(await kindsOf(first.id)).toEqual(['handed-in', 'refused']);
  front.pass();
  await page.getByText('当时已经办成，没有再办第二次').waitFor();
  await page.locator('.case-person', { hasText: '吕桂花' }).waitFor();
  await look(page, 'done-before');
  expect(await kindsOf(first.id)).toEqual(['handed-in', 'refused']);
  const { body } = await desk.db.read.selectFrom('action').select('body').where('case_id', '=', first.id).where('kind', '=', 'refused').executeTakeFirstOrThrow();
  expect(JSON.parse(body)).toMatchObject({ payload: { reason: '取水口在县界以外，不属于本机关职权。' } });

  // The database is away: the hall itself says so, and does it when it can.
  await visit(page, `cases/${second.id}`);
  await page.keyboard.press('a');
  await ready(page, '受理');
  await postgres.crash();
  await page.keyboard.press('Control+Enter');
  await says(page, '数据库没有应答');
  await look(page, 'database');
  await postgres.start();
  await page.getByText('刚才已经接着办成，只办了一次').waitFor();
  expect(await kindsOf(second.id)).toEqual(['handed-in', 'accepted']);

  // Given up: the words stay, and the same press again is the same deed.
  await page.locator('.case-person', { hasText: '石小英' }).waitFor();
  await page.keyboard.press('r');
  await ready(page, '理由');
  await page.keyboard.type('材料与申请不符。');
  front.refuse();
  await page.keyboard.press('Control+Enter');
  await says(page, '连不上大厅服务器');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').getByText('这一步办成没有还不知道').waitFor();
  expect(await page.locator('[role=dialog] textarea').first().inputValue()).toBe('材料与申请不符。');
  await look(page, 'given-up');
  front.pass();
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => kindsOf(third.id)).toEqual(['handed-in', 'refused']);
  await page.getByText('石小英 的').waitFor();
  expect(await page.evaluate(() => 'same' in window)).toBe(true);
});
