import { beforeAll, describe, expect, test, vi } from 'vitest';
import { enrolTerminal, signInAt } from '../../fixtures/hall.ts';
import { keepPlaces } from '../../../hall/fleet/places.ts';
import { dialog } from '../console/window.ts';
import { deskOfSuite, expectSound, LONG } from './desk.ts';

vi.setConfig({ testTimeout: LONG, hookTimeout: LONG });
const desk = deskOfSuite();
const SUN = ['sunjian', 'supervisor'] as const;
const WANG = ['wangli', 'clerk'] as const;
const ADMIN = ['guanli', 'administrator'] as const;
const SITE = '县政务服务中心';
const CARD = '330624199001010018';

beforeAll(async () => {
  const { maker } = await enrolTerminal(desk.hall);
  await keepPlaces(desk.hall.hall.ground, [{ machine: maker.machine, place: { site: SITE, address: '人民东路 1 号', latitude: null, longitude: null, hours: { days: Array.from({ length: 7 }, () => []), holidays: [] } } }]);
}, LONG);

describe('the page of appointments', () => {
  test('a supervisor opens a calendar; one that cannot be is said to be so', async () => {
    const page = await desk.enter(...SUN, 'appointments/calendars');
    await page.getByText('还没有预约日历').waitFor();
    await page.getByRole('button', { name: '新建日历' }).click();
    const open = dialog(page);
    expect(await open.getByLabel('网点', { exact: true }).inputValue()).toBe(SITE);
    await page.keyboard.press('Control+Enter');
    await open.getByText('网点、业务代码').waitFor();
    await open.getByLabel('业务名称').fill('不动产登记');
    await open.getByLabel(/业务代码/).fill('housing');
    await open.getByRole('button', { name: '加一段' }).click();
    await open.getByLabel('第 2 段 结束').fill('08:00');
    await page.keyboard.press('Control+Enter');
    await open.getByText('结束早于开始。').waitFor();
    await expectSound(page, 'appointments-calendar');
    await open.getByLabel('第 2 段 结束').fill('11:00');
    await page.keyboard.press('Control+Enter');
    await page.getByText('周一、二、三、四、五 09:00–11:30，每 30 分钟 5 人').waitFor();
    await page.getByText('周六 09:00–11:00，每 60 分钟 5 人').waitFor();
    await expectSound(page, 'appointments-calendars');
    await page.context().close();
  });

  test('a clerk books for somebody, finds it by card, moves it and cancels it; nobody’s number is on the page', async () => {
    const page = await desk.enter(...WANG, 'appointments');
    await page.getByText('这一天没有预约').waitFor();
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    await page.route(/\/appointments\/slots/, (route) => arrived.then(() => route.continue()), { times: 1 });
    await page.getByRole('button', { name: /代为预约/ }).click();
    const open = dialog(page);
    await page.keyboard.press('Control+Enter');
    await open.getByText('时段还没有读到').waitFor();
    arrive();
    // What lacks is said as it stands now, not as it was when it was asked for.
    await open.getByText('请选一个时段').waitFor();
    await open.getByRole('button', { name: /09:30–10:00.*余 5/ }).first().click();
    await page.keyboard.press('Control+Enter');
    await open.getByText('证件号码和手机号至少填一个').waitFor();
    await open.getByLabel('证件号码').fill('330624199001010019');
    await page.keyboard.press('Control+Enter');
    await open.getByText('证件号码不对').waitFor();
    await expectSound(page, 'appointments-book');
    await open.getByLabel('证件号码').fill(CARD);
    await open.getByLabel(/姓名/).fill('王测试');
    await page.keyboard.press('Control+Enter');
    await open.waitFor({ state: 'detached' });
    // The first slot that is free is today's or the next working day's.
    await page.getByRole('link', { name: '按人查找' }).click();
    await page.getByLabel('证件号码').fill(CARD);
    await page.keyboard.press('Enter');
    const table = page.getByRole('region', { name: '预约名单' });
    await table.getByText('王＊＊').waitFor();
    await page.getByText('90 天内没有爽约').waitFor();
    await expectSound(page, 'appointments-found');
    expect(new URL(page.url()).hash).not.toContain(CARD);
    expect(await table.textContent()).not.toContain(CARD);
    const later = table.getByRole('button', { name: /改期/ });
    if (await later.count() > 0) {
      await later.click();
      await dialog(page).getByRole('button', { name: /10:30–11:00/ }).last().click();
      await page.keyboard.press('Control+Enter');
      await table.getByText('10:30–11:00').waitFor();
      await table.getByRole('button', { name: /取消/ }).click();
      await dialog(page).getByText('不算爽约').waitFor();
      await page.keyboard.press('Control+Enter');
      await table.getByText('已取消').waitFor();
    }
    await page.context().close();
  });

  test('on the day it is said who came and who did not, where no queue says so', async () => {
    const { hall } = desk;
    const console = await signInAt(hall, 'wangli', 'clerk');
    const free = (await console.call('GET', `/appointments/slots?site=${encodeURIComponent(SITE)}`)).body.calendars[0] as { calendar: { id: string }; slots: { from: string }[] };
    const slot = free.slots.find(({ from }) => from >= '2026-11-24')?.from ?? '';
    for (const [index, phone] of ['13800000001', '13800000002'].entries()) {
      expect((await console.call('POST', `/appointments/01KAT00000000000000000000${index + 1}`, { calendar: free.calendar.id, from: slot, holder: { name: '李测试', card: '', phone } })).body).toMatchObject({ ok: true });
    }
    hall.clock.advance(Date.parse(slot) + 20 * 60_000 - hall.clock.now());
    const page = await desk.enter(...WANG, 'appointments');
    const table = page.getByRole('region', { name: '预约名单' });
    await table.getByText('138****0001').waitFor();
    await table.getByRole('button', { name: /到了/ }).first().click();
    await page.keyboard.press('Control+Enter');
    await table.getByText('已到', { exact: true }).waitFor();
    await table.getByRole('button', { name: /没到/ }).first().click();
    await dialog(page).getByText('只在排队没有联网记录时手工记').waitFor();
    await page.keyboard.press('Control+Enter');
    await table.getByText('未到', { exact: true }).waitFor();
    await expectSound(page, 'appointments-day');
    await page.context().close();
    // Whoever runs accounts sees calendars, and nobody's appointment.
    const admin = await desk.enter(...ADMIN, 'appointments');
    await admin.getByRole('heading', { name: '预约日历' }).waitFor();
    expect(await admin.getByRole('link', { name: '按人查找' }).count()).toBe(0);
    await admin.context().close();
  });
});
