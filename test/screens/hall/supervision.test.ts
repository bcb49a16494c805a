import { beforeAll, describe, expect, test, vi } from 'vitest';
import { addNaturalDays } from '../../../domain/calendar/civil-date.ts';
import { isWorkingDay } from '../../../domain/calendar/working-days.ts';
import { sweepSupervision } from '../../../hall/supervision/sweep.ts';
import { caseId } from '../../fixtures/actions.ts';
import { ELDER_CARD, elderCardHandIn, enrolTerminal, packItem, takeToken, terminalAt } from '../../fixtures/hall.ts';
import { dialog } from '../console/window.ts';
import { deskOfSuite, expectSound, LONG } from './desk.ts';

vi.setConfig({ testTimeout: LONG, hookTimeout: LONG });
const ITEMS = [packItem('elder-card'), packItem('water-permit'), packItem('business-registration')];
const desk = deskOfSuite({ items: ITEMS });
const SUN = ['sunjian', 'supervisor'] as const;
const QIAN = ['qianfang', 'supervisor'] as const;
const LI = ['limin', 'department'] as const;
const DAY = 86_400_000;

/** Cases that were finished over the year, as the sweep would have written them: what figures are drawn from. */
async function putYear(): Promise<void> {
  const { ground } = desk.hall.hall;
  const days = Array.from({ length: 330 }, (_, index) => addNaturalDays('2026-01-04', index)).filter((date) => isWorkingDay(date) && date < '2026-11-23');
  const rows = days.flatMap((day, index) => ITEMS.map((item, kind) => ({
    division: '330624', case_id: `${index}-${kind}`, next_look_at: null, item_code: item.code, department: item.body.creditCode, machine: kind === 0 ? 'T330624-0001' : 'H330624',
    handed_in_on: day, at_terminal: kind === 0, late: index % 40 === 7, accepted_on: day, finished_on: day, finished_at: `${day}T06:00:00.000Z`, finished_by: 'limin', ended_at: `${day}T06:00:00.000Z`, granted: true,
    over_promised: (index + kind) % 17 === 3, over_statutory: (index + kind) % 90 === 3, early: (index + kind) % 3 !== 0, promised: item.promised.days, statutory: item.statutory.days, used: Math.ceil(item.promised.days * (index % 5) / 5), own: DAY, visits: 1 + index % 2,
  })));
  await ground.db.write(async (write) => {
    await write.insertInto('case_figure').values(rows).execute();
    await write.insertInto('figure_dirty').values(days.map((day) => ({ division: '330624', day }))).execute();
  });
}

beforeAll(async () => {
  const terminal = await enrolTerminal(desk.hall);
  const hand = async (serial: number) => {
    const action = terminal.maker.make(elderCardHandIn(terminal.nextNumber()), { code: ELDER_CARD, case: caseId(serial) });
    await terminalAt(desk.hall.url, terminal.maker, await takeToken(desk.hall.url, terminal.maker)).intake([action]);
  };
  await putYear();
  await hand(1);
  desk.hall.clock.advance(2 * DAY);
  for (let serial = 2; serial < 9; serial += 1) await hand(serial);
  await desk.hall.hall.ground.db.write((write) => write.insertInto('outage').values({ division: '330624', from_at: '2026-11-26T00:30:00.000Z', to_at: '2026-11-26T08:00:00.000Z', scope: 'hall', reason: '机房停电', registered_by: 'sunjian', registered_at: '2026-11-26T08:10:00.000Z', ended_by: 'sunjian' }).execute());
  desk.hall.clock.advance(9 * DAY);
  await sweepSupervision(desk.hall.hall.ground);
}, LONG);

describe('the pages of supervision', () => {
  test('a card is urged, explained and accepted with keys alone, and shows whose the time was', async () => {
    const page = await desk.enter(...SUN, 'supervision');
    await page.locator('.sup-row').first().waitFor();
    await page.keyboard.press('j');
    await page.getByRole('heading', { name: '时间是谁的' }).waitFor();
    await page.getByRole('img', { name: /时间线：路上/ }).waitFor();
    await expectSound(page, 'supervision-card');
    await page.keyboard.press('g');
    await dialog(page).getByLabel('要对方说明什么').fill('请说明为什么没有答复');
    await expectSound(page, 'supervision-urge');
    await page.keyboard.press('Control+Enter');
    // What is typed stands on the page, too, before it is sent.
    await dialog(page).waitFor({ state: 'detached' });
    await page.getByText('请说明为什么没有答复').waitFor();
    const address = new URL(page.url()).hash.slice(2);
    await page.context().close();

    const owner = await desk.enter(...LI, address);
    await owner.getByText('请说明为什么没有答复').waitFor();
    expect(await owner.getByRole('button', { name: '催办' }).count()).toBe(0);
    await owner.keyboard.press('e');
    await dialog(owner).getByLabel('说明当时的情况').fill('当天停电，材料看不到');
    await owner.keyboard.press('Control+Enter');
    await dialog(owner).waitFor({ state: 'detached' });
    await owner.getByText('当天停电，材料看不到').waitFor();
    await owner.context().close();

    const again = await desk.enter(...SUN, address);
    await again.getByText('当天停电，材料看不到').waitFor();
    await again.keyboard.press('a');
    await dialog(again).waitFor();
    await again.keyboard.press('Control+Enter');
    await again.getByText('说明已采纳').first().waitFor();
    await again.context().close();
  });

  test('a list that is empty, a search that finds nothing, a card that is not there', async () => {
    const page = await desk.enter(...SUN, 'supervision/cards/notices');
    await page.getByText('没有提示和预警').waitFor();
    await expectSound(page, 'supervision-empty');
    await page.goto(`${desk.hall.url}/console/#/supervision/cards/owner/${'0'.repeat(32)}`);
    await page.getByText('没有这张卡件').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('没有这个事项');
    await page.getByText('没有找到与“没有这个事项”相符的卡件').waitFor();
    await page.context().close();
  });

  test('figures with formulas, charts and a table; the file for a spreadsheet', async () => {
    const page = await desk.enter(...LI, 'figures');
    await page.getByRole('button', { name: /按时办结率/ }).waitFor();
    await expectSound(page, 'supervision-figures');
    await page.getByRole('button', { name: /办理提速率/ }).click();
    await page.getByText('（Σ法定时限 − Σ实际用时）÷ Σ法定时限').waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 CSV' }).click()]);
    expect(download.suggestedFilename()).toBe('figures-2026-01-01-2026-12-04.csv');
    await page.context().close();
  });

  test('a bulletin is published and printed as it stands', async () => {
    const page = await desk.enter(...SUN, 'supervision/bulletins');
    await page.getByRole('button', { name: '发布通报' }).click();
    await dialog(page).getByLabel('标题').fill('2026年度行政审批电子监察情况通报');
    await dialog(page).getByLabel('开始日期').fill('2026-01-01');
    await page.keyboard.press('Control+Enter');
    await page.getByText('监察通报〔2026〕1号').waitFor();
    await expectSound(page, 'supervision-bulletin');
    await page.getByRole('button', { name: '返回通报列表' }).click();
    await page.getByText('2026年度行政审批电子监察情况通报').waitFor();
    await expectSound(page, 'supervision-bulletins');
    await page.context().close();
  });

  test('a rule is proposed by one and approved by another; outages are registered', async () => {
    const page = await desk.enter(...SUN, 'supervision/rules');
    await page.getByRole('button', { name: '提出修改' }).first().click();
    await dialog(page).getByLabel('为什么改').fill('本县提前两天提示');
    await page.keyboard.press('Control+Enter');
    await page.getByText('待批准').waitFor();
    expect(await page.getByRole('button', { name: '批准', exact: true }).count()).toBe(0);
    await page.context().close();
    const other = await desk.enter(...QIAN, 'supervision/rules');
    await other.getByRole('button', { name: '批准', exact: true }).waitFor();
    await expectSound(other, 'supervision-rules');
    await other.getByRole('button', { name: '批准', exact: true }).click();
    await other.getByText('已批准').waitFor();
    await other.getByRole('link', { name: '故障登记' }).click();
    await other.getByText('机房停电').waitFor();
    await other.getByRole('button', { name: '登记故障' }).click();
    await dialog(other).getByLabel('原因').fill('专线中断');
    await expectSound(other, 'supervision-outage');
    await other.keyboard.press('Control+Enter');
    await other.getByText('还没有恢复').waitFor();
    await other.context().close();
  });
});
