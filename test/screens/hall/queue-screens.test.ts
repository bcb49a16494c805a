import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { MOST_ENTRIES } from '../../../domain/contracts/site-days.ts';
import { MachineId } from '../../../domain/ids.ts';
import { simulateMorning } from '../../../domain/queue/test-morning.ts';
import type { QueueEntry } from '../../../domain/queue/types.ts';
import { takeSiteDay } from '../../../hall/queue/days.ts';
import { deskOfSuite, expectSound, LONG } from './desk.ts';

vi.setConfig({ testTimeout: LONG, hookTimeout: LONG });
const desk = deskOfSuite();
const SUN = ['sunjian', 'supervisor'] as const;
const ADMIN = ['guanli', 'administrator'] as const;
const [HALL, TOWN] = ['县政务服务中心', '儒岙镇便民服务中心'] as const;
const MACHINE = MachineId.parse('T330624-0001');

async function bring(site: string, day: string, seed: number): Promise<QueueEntry[]> {
  const { rules, entries } = simulateMorning(seed);
  const list = entries.map((entry) => ({ ...entry, day }));
  for (let from = 1; from <= list.length; from += MOST_ENTRIES) await takeSiteDay(desk.hall.hall.ground, MACHINE, { site, day, rules: from === 1 ? rules : null, from, entries: list.slice(from - 1, from - 1 + MOST_ENTRIES), over: from + MOST_ENTRIES > list.length });
  return list;
}

beforeAll(async () => {
  const days = ['2026-11-20', '2026-11-23'];
  for (const [index, day] of days.entries()) {
    await bring(HALL, day, 31 + index);
    await bring(TOWN, day, 41 + index);
  }
}, LONG);

describe('the page of queues', () => {
  test('sites compare; one site shows windows and people; the file for a spreadsheet has every part', async () => {
    const page = await desk.enter(...SUN, 'queue');
    await page.getByRole('heading', { name: '排队叫号' }).waitFor();
    await page.getByRole('img', { name: /各钟点取号人数/ }).waitFor();
    expect(await page.getByRole('region', { name: '按网点' }).getByRole('row').count()).toBeGreaterThanOrEqual(3);
    expect(await page.getByRole('tab', { name: '按窗口' }).count()).toBe(0);
    await expectSound(page, 'queue-sites');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 CSV' }).click()]);
    expect(download.suggestedFilename()).toBe('queue-2026-11-17-2026-11-23.csv');
    const text = await readFile(await download.path(), 'utf8');
    for (const part of ['按网点', '按业务', '按钟点', '按日']) expect(text).toContain(`\r\n${part},`);
    expect(text.split('\r\n')[0]?.split(',').length).toBe(text.split('\r\n')[1]?.split(',').length);

    await page.getByRole('combobox', { name: '网点' }).click();
    await page.locator('.ant-select-item').getByText(TOWN, { exact: true }).click();
    await page.getByRole('tab', { name: '按窗口' }).click();
    await page.getByRole('region', { name: '按窗口' }).getByText('3 号窗口').waitFor();
    await expectSound(page, 'queue-windows');
    await page.getByRole('tab', { name: '按人员' }).click();
    await page.getByRole('region', { name: '按人员' }).getByText('clerk-3', { exact: true }).waitFor();
    await page.context().close();
  });

  test('a machine that does not agree is shown to whoever looks after machines; a time without queues says so', async () => {
    const forged = (await bring(HALL, '2026-11-23', 32)).map((entry, index) => (index === 0 ? { ...entry, account: 'other' } : entry)).slice(0, 10);
    expect(await takeSiteDay(desk.hall.hall.ground, MachineId.parse('T330624-0002'), { site: HALL, day: '2026-11-23', rules: null, from: 1, entries: forged, over: false })).toEqual({ ok: false, error: { kind: 'other-entry', place: 1 } });
    const page = await desk.enter(...ADMIN, 'queue');
    await page.getByRole('alert').getByText(/机器 T330624-0002 带来的记录与大厅已有的不一致（第 1 条不同）/).waitFor();
    await page.getByRole('tab', { name: '到达情况' }).click();
    await page.getByText('不一致', { exact: true }).waitFor();
    await expectSound(page, 'queue-refused');
    await page.getByRole('tab', { name: '差评' }).click();
    await page.getByText('没有差评').waitFor();
    await page.getByLabel('从').fill('2026-01-01');
    await page.getByLabel('到').fill('2026-01-02');
    await page.getByText('这段时间没有排队记录').waitFor();
    await page.context().close();
  });
});
