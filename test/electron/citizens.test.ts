/** Each kind of citizen walks through the real terminal, upright, and the hall has what they meant. What goes wrong around them is told in true words. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../build/demo/child.ts';
import { PRESETS } from '../../devices/id-card-reader/presets.ts';
import { WORDS } from '../../printers/papers/paper/words.ts';
import { en } from '../../renderer/kiosk/texts/en.ts';
import { zhCN } from '../../renderer/kiosk/texts/zh-CN.ts';
import { FULL_RUNS } from '../faults/rig/seed.ts';
import { packItem } from '../fixtures/pack-item.ts';
import { fieldSeen } from '../rigs/citizen.ts';
import { type Clerk, signIn } from '../rigs/clerk.ts';
import { type ElectronStage, openElectronStage } from './stage.ts';
import { nothingLeft, visit } from './visit.ts';
import { type Citizen, walk } from './walker.ts';

/** The limit of a visit: the longest step untouched, and the walk to it. */
const LONG = 300_000;
/** What the water permit asks for, in the form's own examples. */
const WATER = {
  phone: '13800001234', source: 'river', town: '330624112', place: '沃洲镇样板村，样板溪右岸，样板桥上游200米', means: 'pump', 'pumpPower-1': 7.5, 'pumpFlow-1': 50, 'pumpHours-1': 120, 'pumpYear-1': 6000, pumpTotal: 6000,
  amount: 6000, use: 'irrigation', returnPlace: '无', startsOn: '2027-03-01', endsOn: '2032-02-29', termDays: 1826,
};
const SHOP: Citizen = { item: packItem('business-registration'), way: 'self', answers: { who: 'personal', house: 'rented', permit: 'no' }, card: 'rare-a', walksAway: true };

let stage: ElectronStage;
let clerk: Clerk;
beforeAll(async () => {
  stage = await openElectronStage('citizens');
  clerk = await signIn(stage.county.hallUrl, 'wang', 'jinban-demo-wang');
}, 180_000);
afterAll(() => stage?.close());

const device = (name: 'id-card-reader' | 'ticket-printer' | 'document-printer', verb: string) => stage.county.device(name, verb);
const saysPrinted = (line: string) => line.includes(zhCN['print.state.printed']);

test('a farmer of 78 in large print within low reach: a water permit for one pump, the meter\'s photograph promised; the card was pulled away too soon', async () => {
  const { page } = stage.window;
  const farmer: Citizen = { item: packItem('water-permit'), answers: { use: 'work', applicant: 'person', project: 'no' }, card: 'elder', promises: ['meter'], tools: ['elder', 'low'] };
  const { case: opened, papers, receipt } = await visit(stage, clerk, 'farmer', farmer, async (step) => {
    if (step !== 'identify') return;
    await page.getByText(zhCN['identify.place']).first().waitFor();
    await device('id-card-reader', 'lift');
    await device('id-card-reader', 'place elder');
    await page.getByText(zhCN['identify.place-again']).first().waitFor();
    // A card counts again once the reader has seen the last one gone.
    await fieldSeen(stage.county, 3);
  });
  expect(opened).toMatchObject({ applicant: { name: '李漹兰', number: PRESETS.elder.number, assurance: 'card-offline', phone: '13800001234' }, acting: null, together: [], representative: null, situation: farmer.answers });
  expect(opened.form).toEqual({ ...WATER, applicantKind: 'person', unitName: '李漹兰' });
  expect(opened.materials.map(({ key, pages }) => [key, pages.length])).toEqual([['third-party', 1], ['location', 1]]);
  expect(opened.promises).toMatchObject([{ key: 'meter', kind: 'deferral', genuine: true }]);
  expect(papers.every(saysPrinted)).toBe(true);
  expect(receipt).toContain('取水计量设施照片');
}, LONG);

test('a shop owner in a hurry registers a rented shop and walks away; no paper is called printed that was not', async () => {
  const { page } = stage.window;
  const { case: opened, papers } = await visit(stage, clerk, 'shop', SHOP, async (step) => {
    if (step === 'check') {
      await device('document-printer', 'jam-mid-job');
      await device('ticket-printer', 'paper-out');
    }
    if (step !== 'handed-in') return;
    const paper = (key: 'hand-in-slip' | 'hand-in-receipt') => page.locator('.print').filter({ hasText: zhCN[`print.paper.${key}`] });
    const said = await page.locator('.print-words').allInnerTexts();
    expect(said.filter(saysPrinted)).toEqual([]);
    expect(await paper('hand-in-slip').innerText()).toContain(`${zhCN['print.state.not-printed']}${zhCN['device.reason.paper-out']}`);
    // It stuck on its way: only somebody who looks into the tray knows.
    expect(await paper('hand-in-receipt').innerText()).toContain(zhCN['print.state.unknown']);
    const from = stage.log.join('').length;
    await device('document-printer', 'clear-jam');
    await device('ticket-printer', 'refill');
    for (const name of ['ticket-printer', 'document-printer']) await until(`${name} on line`, () => stage.log.join('').slice(from).includes(`"device":"${name}","status":{"kind":"online"`));
    for (const [key, words] of [['hand-in-receipt', 'print.did-not'], ['hand-in-receipt', 'print.again'], ['hand-in-slip', 'print.again']] as const) {
      await paper(key).getByRole('button', { name: zhCN[words], exact: true }).click();
      // While one wish is under way a press asks for nothing, and the buttons turn.
      await expect.poll(() => page.locator('.button-busy').count()).toBe(0);
    }
    await page.getByText(zhCN['print.state.printed']).nth(1).waitFor({ timeout: 60_000 });
  });
  expect(papers.every(saysPrinted)).toBe(true);
  expect(opened).toMatchObject({ applicant: { name: '王㛃', number: PRESETS['rare-a'].number, assurance: 'card-offline' }, acting: null, together: [], situation: SHOP.answers, promises: [] });
  expect(opened.form).toEqual({
    formation: 'personal', operatorAddress: PRESETS['rare-a'].address, phone: '13800001234', town: '330624112', premises: '浙江省绍兴市新昌县沃洲镇样板路8号', premisesRight: 'rented', landlord: '王样本',
    tradeName: '新昌县沃洲镇样本小吃店', scope: '餐饮服务；食品销售', capital: 5, workers: 2,
  });
  expect(opened.materials.map(({ key, pages }) => [key, pages.length])).toEqual([['identity', 1], ['premises', 1]]);
}, LONG);

test('a foreigner with a permanent residence card reads English; at full length they are asked whether they are still there, and go on', async () => {
  const { page } = stage.window;
  const foreigner: Citizen = { item: packItem('water-permit'), answers: { use: 'work', applicant: 'person', project: 'no' }, card: 'foreigner-2023', language: 'en', values: { means: 'gravity', returnPlace: 'none' } };
  const seen: Record<string, string> = {};
  const { case: opened, papers, receipt } = await visit(stage, clerk, 'foreigner', foreigner, async (step) => {
    seen[step] = await page.locator('.app').innerText();
    // It takes as long as somebody may stand there: at full length alone.
    if (step !== 'identify' || FULL_RUNS === null) return;
    await page.getByRole('alertdialog', { name: en['idle.title'] }).waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: en['idle.stay'], exact: true }).click();
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  });
  const { englishName, number } = PRESETS['foreigner-2023'];
  expect(opened).toMatchObject({ applicant: { name: englishName, number, card: 'foreigner-2023' }, acting: null });
  const { 'pumpPower-1': _power, 'pumpFlow-1': _flow, 'pumpHours-1': _hours, 'pumpYear-1': _year, pumpTotal: _total, ...plain } = WATER;
  expect(opened.form).toEqual({ ...plain, applicantKind: 'person', unitName: englishName, means: 'gravity', returnPlace: 'none' });
  expect(opened.materials.map(({ key }) => key)).toEqual(['third-party', 'location', 'meter']);
  expect(papers).toEqual([expect.stringContaining(en['print.state.printed']), expect.stringContaining(en['print.state.printed'])]);
  expect(receipt).toContain(WORDS.handInReceipt.en);
  for (const [step, key] of [['form 1', 'form.kept'], ['check', 'check.phone.help'], ['handed-in', 'handed-in.legal'], ['goodbye', 'goodbye.privacy']] as const) expect(seen[step], step).toContain(en[key]);
}, LONG);

test('the representative of a cooperative applies in its name', async () => {
  const company = '新昌县样本茶叶专业合作社';
  const creditCode = '93330624MA0TE5T08Q';
  const { case: opened, receipt } = await visit(stage, clerk, 'cooperative', {
    item: packItem('water-permit'), answers: { use: 'work', applicant: 'unit', signer: 'yes', project: 'no' }, card: 'zhang', other: { company, creditCode },
    values: { 'pumpPower-2': 11, 'pumpFlow-2': 80, 'pumpHours-2': 100, amount: 12_000 },
  });
  expect(opened).toMatchObject({ row: { person: company }, applicant: { name: company, number: creditCode, card: 'legal-person', birth: null }, representative: '张测试', acting: { way: 'representative', name: '张测试', number: PRESETS.zhang.number } });
  expect(opened.form).toEqual({ ...WATER, applicantKind: 'unit', unitName: company, creditCode, 'pumpPower-2': 11, 'pumpFlow-2': 80, 'pumpHours-2': 100, 'pumpYear-2': 8000, pumpTotal: 14_000, amount: 12_000 });
  expect(opened.materials.map(({ key }) => key)).toEqual(['third-party', 'location', 'meter']);
  expect(receipt).toContain(company);
}, LONG);

test.skipIf(FULL_RUNS === null)('who goes away in the middle of the form is asked for, and then nothing of them is left (JINBAN_FAULT_RUNS)', async () => {
  const { page } = stage.window;
  await expect(walk({ page, county: stage.county }, SHOP, async (step) => {
    if (step !== 'form 3') return;
    await page.getByRole('alertdialog', { name: zhCN['idle.title'] }).waitFor({ timeout: 200_000 });
    await page.locator('.home').waitFor({ timeout: 60_000 });
    throw new Error('gone');
  })).rejects.toThrow('gone');
  await nothingLeft(stage, [PRESETS['rare-a'].name, PRESETS['rare-a'].number, '13800001234']);
}, LONG);
