/** What a supervisor, a card's owner and an auditor do on their pages. */
import { expect } from 'vitest';
import { answered, type Colleague, confirm, goTo, search } from './colleague.ts';
import type { Span, Written } from './book.ts';

const inChina = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 16);

/** 故障登记: the hall was out. */
export async function registerOutage(who: Colleague, { from, to }: Span): Promise<void> {
  const { page } = who;
  await goTo(who, '监察');
  const link = page.getByRole('link', { name: '故障登记' });
  await link.waitFor();
  await link.click();
  const button = page.getByRole('button', { name: '登记故障' });
  await button.waitFor();
  await button.click();
  await page.getByLabel('原因').fill('机房停电');
  await page.getByLabel('开始时间').fill(inChina(from));
  await page.getByLabel('恢复时间（还没恢复就空着）').fill(inChina(to));
  await answered(page, 'supervision/outages', () => confirm(page));
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** Finds a card by its case and its rule, and opens it. @param turn the list in which it stands */
async function openCard(who: Colleague, number: string, rule: string, turn: string): Promise<void> {
  const { page } = who;
  await goTo(who, '监察');
  const list = page.locator('.stages').getByRole('link', { name: turn });
  await list.waitFor();
  await list.click();
  await page.getByRole('heading', { name: turn, level: 1 }).waitFor();
  await search(page, '.sup-search input', number);
  const row = page.locator('.sup-row', { hasText: number }).filter({ hasText: rule });
  await row.waitFor();
  await row.locator('a').focus();
  await page.keyboard.press('Enter');
  await page.locator('.sup-detail', { hasText: number }).getByRole('heading', { name: rule }).waitFor();
}

/** 催办, 说明 or 采纳: one letter, the words, Ctrl+Enter. */
export async function onCard(who: Colleague, card: { number: string; rule: string; turn: string }, deed: { key: string; words: string }): Promise<void> {
  const { page } = who;
  await openCard(who, card.number, card.rule, card.turn);
  await page.keyboard.press(deed.key);
  await page.locator('[role=dialog] textarea').focus();
  await page.keyboard.insertText(deed.words);
  const [response] = await Promise.all([page.waitForResponse((one) => one.request().method() === 'POST' && one.url().endsWith('/deeds')), confirm(page)]);
  expect(await response.json()).toMatchObject({ ok: true });
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** Where a card stands now, in the list of what is over. */
export async function closedCard(who: Colleague, number: string, rule: string): Promise<void> {
  await openCard(who, number, rule, '已了结');
}

/** 好差评: opens the poor rating of a case and does the next thing about it. @param deed its button, what is written, and where the duty stands then */
async function onRating(who: Colleague, number: string, deed: { button: string; field: string; words: string; becomes: string }): Promise<void> {
  const { page } = who;
  await goTo(who, '评价');
  // Who stands there already reads the list anew: what came meanwhile is not in it.
  await Promise.all([page.waitForResponse((one) => new URL(one.url()).pathname.endsWith('/ratings/duties')), page.keyboard.press('u')]);
  const row = page.locator('.desk-rows a', { hasText: number });
  await row.focus();
  await page.keyboard.press('Enter');
  await page.locator('.desk-open', { hasText: number }).waitFor();
  await page.locator('.desk-actions').getByRole('button', { name: deed.button, exact: true }).click();
  if (deed.field === '') await page.getByText(deed.words).waitFor();
  else await page.getByLabel(deed.field).fill(deed.words);
  await confirm(page);
  await page.locator('.desk-head .mark', { hasText: deed.becomes }).waitFor();
}

/** Calls the citizen back about a poor rating. */
export const callBack = (who: Colleague, number: string) => onRating(who, number, { button: '登记回访', field: '群众怎么说', words: '办理经过没有说清楚', becomes: '已回访' });

/** Says what was put right. */
export const answerRating = (who: Colleague, number: string) => onRating(who, number, { button: '登记整改或解释', field: '做了什么，怎么答复的', words: '已向当事人说明，并改用一次性告知单', becomes: '已答复' });

export const closeRating = (who: Colleague, number: string) => onRating(who, number, { button: '办结', field: '', words: '办结以后不能再改', becomes: '已办结' });

/** 审计: who opened a case. @returns accounts, as the page names them, each once */
export async function readersOf(who: Colleague, number: string, from: string): Promise<string[]> {
  const { page } = who;
  await goTo(who, '审计');
  await page.getByLabel('看的是谁').waitFor();
  await page.getByLabel('从', { exact: true }).fill(from);
  await page.getByLabel('看的是谁').fill(number);
  await page.getByLabel('看了什么').click();
  await page.locator('.ant-select-item-option', { hasText: '打开办件' }).click();
  await page.getByRole('button', { name: '查询' }).click();
  await page.locator('.audit-cases').first().waitFor();
  const more = page.getByRole('button', { name: '再显示 50 条' });
  while (await more.isVisible()) await more.click();
  const names = await page.locator('.ant-table-tbody tr.ant-table-row td:nth-child(2)').allInnerTexts();
  return [...new Set(names.map((name) => name.replaceAll(/\s+/g, ' ')))].toSorted();
}

/** What the page of figures shows: its tiles, and the rows of its tables by department and by site, as they are written there. */
export async function shownFigures(who: Colleague): Promise<{ whole: Written[]; departments: string[]; sites: string[] }> {
  const { page } = who;
  await goTo(who, '指标');
  await page.locator('.figure-tiles').waitFor();
  const whole = await page.locator('.figure-tile').evaluateAll((tiles) => tiles.map((tile) => {
    const [name = '', value = '', fraction = ''] = [...tile.children].map((part) => part.textContent?.trim() ?? '');
    return { name, value, fraction };
  }));
  const table = async (tab: string) => {
    await page.getByRole('tab', { name: tab, exact: true }).click();
    const region = page.getByRole('region', { name: tab, exact: true });
    await region.waitFor();
    return region.locator('tbody tr.ant-table-row').evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent ?? '').join(' | ')));
  };
  return { whole, departments: await table('按部门'), sites: await table('按网点') };
}
