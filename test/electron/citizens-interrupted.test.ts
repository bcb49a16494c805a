/** Citizens whose way has the steps that the core journey has not: for whom, another's card, several together, rows, a promise. After each of these everything comes between, in a window that lies across. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PRESETS } from '../../devices/id-card-reader/presets.ts';
import { FULL_RUNS } from '../faults/rig/seed.ts';
import { packItem } from '../fixtures/pack-item.ts';
import { type Clerk, signIn } from '../rigs/clerk.ts';
import { askForHelp, coreDies, leavesStanding, lineGoesAndComes, strangersCard } from './interruptions.ts';
import { type ElectronStage, openElectronStage } from './stage.ts';
import { visit } from './visit.ts';
import type { AfterStep } from './walker.ts';

let stage: ElectronStage;
let clerk: Clerk;
beforeAll(async () => {
  stage = await openElectronStage('citizens-interrupted', { size: { width: 1920, height: 1080 } });
  clerk = await signIn(stage.county.hallUrl, 'wang', 'jinban-demo-wang');
}, 180_000);
afterAll(() => stage?.close());

const BETWEEN = { line: lineGoesAndComes, help: askForHelp, card: strangersCard };
let turn = 0;

/** Where a card is asked for, another's would be the citizen's own. */
const ASKS_CARD = new Set(['identify', 'second-card']);
/** Before the first touch and after the farewell there is no visit to interrupt. */
const NO_VISIT = new Set(['home', 'goodbye']);

/** At each of these steps core dies, and one of the other things comes between, each in its turn; at full length all of them, at every other step too, but for core's death, which the core journey has. */
function interrupts(steps: readonly string[]): AfterStep {
  const open = new Set(steps);
  return async (step) => {
    const isOwn = open.delete(step);
    if (!isOwn && (FULL_RUNS === null || NO_VISIT.has(step))) return;
    const may = Object.entries(BETWEEN).filter(([what]) => what !== 'card' || !ASKS_CARD.has(step));
    const now = may[turn % may.length];
    turn += 1;
    for (const [what, happen] of FULL_RUNS === null && now !== undefined ? [now] : may) await leavesStanding(stage, `${step}: ${what}`, () => happen(stage));
    if (isOwn) await leavesStanding(stage, `${step}: core`, () => coreDies(stage));
    if (step === steps.at(-1)) expect([...open]).toEqual([]);
  };
}

test('who came for their mother, and typed her name', async () => {
  const { case: opened, receipt } = await visit(stage, clerk, 'agent', {
    item: packItem('elder-card'), way: 'agent', answers: { age: 'yes', why: 'first', household: 'yes' }, card: 'zhang', other: { name: '李长期', number: '51112619500615002X' },
  }, interrupts(['who', 'for-whom', 'form 1']));
  expect(opened).toMatchObject({
    row: { person: '李长期' }, applicant: { name: '李长期', number: '51112619500615002X', assurance: 'typed' }, acting: { way: 'agent', name: '张测试', number: PRESETS.zhang.number },
    identity: { blocks: true, checks: [{ party: 'applicant', why: 'typed', said: null }] }, promises: [],
  });
  expect(opened.form).toEqual({ town: '330624112', address: '大市聚村12号', localHousehold: true, phone: '13800001234', emergencyName: '李测试', emergencyRelation: 'child', emergencyPhone: '13900005678' });
  expect(opened.materials.map(({ key, pages }) => [key, pages.length])).toEqual([['household-or-id', 1], ['authority', 1]]);
  expect(receipt).toMatch(/代理人|代办/);
}, 300_000);

test('a family opens a shop together, in high contrast, with a promise for the house', async () => {
  const members = { 'memberName-1': '张测试', 'memberRelation-1': 'self', 'memberShare-1': 50, 'memberName-2': '王㛃', 'memberRelation-2': 'spouse', 'memberShare-2': 40, 'memberName-3': '张小样', 'memberRelation-3': 'child', 'memberShare-3': 10 };
  const { case: opened } = await visit(stage, clerk, 'family', {
    item: packItem('business-registration'), way: 'self', answers: { who: 'family', house: 'own', deed: 'no', permit: 'no' }, card: 'zhang', together: ['rare-a'], values: members, promises: ['premises-village'], tools: ['contrast'],
  }, interrupts(['together', 'second-card', 'form 2', 'promise premises-village']));
  expect(opened).toMatchObject({ applicant: { name: '张测试', assurance: 'card-offline' }, acting: null, together: [{ name: '王㛃', number: PRESETS['rare-a'].number }], promises: [{ key: 'premises-village', kind: 'commitment', genuine: true }] });
  expect(opened.form).toEqual({
    ...members, formation: 'family', operatorAddress: PRESETS.zhang.address, phone: '13800001234', town: '330624112', premises: '浙江省绍兴市新昌县沃洲镇样板路8号', premisesRight: 'own',
    tradeName: '新昌县沃洲镇样本小吃店', scope: '餐饮服务；食品销售', capital: 5, workers: 2,
  });
  expect(opened.materials.map(({ key, pages }) => [key, pages.length])).toEqual([['identity', 1], ['family', 1]]);
}, 300_000);
