import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../build/demo/child.ts';
import type { County } from '../../build/demo/county.ts';
import { PRESETS } from '../../devices/id-card-reader/presets.ts';
import type { ConsoleCase } from '../../domain/contracts/cases.ts';
import type { SessionView } from '../../domain/contracts/kiosk.ts';
import type { CaseId } from '../../domain/ids.ts';
import type { Item } from '../../domain/item/types.ts';
import { answerOf, BUSINESS, captured, comeBack, ELDER_CARD, fieldSeen, fillForm, handIn, layCard, leave, showCard, WATER_PERMIT, well } from '../rigs/citizen.ts';
import type { Clerk } from '../rigs/clerk.ts';
import type { Kiosk, RigTerminal } from '../rigs/terminal.ts';
import { openWorld, type World } from '../rigs/world.ts';

let world: World;
let county: County;
let terminal: RigTerminal;
let kiosk: Kiosk;
let clerk: Clerk;

beforeAll(async () => {
  world = await openWorld('parties');
  ({ county, terminal, clerk } = world);
  ({ kiosk } = terminal);
}, 120_000);

afterAll(() => world?.close());

/** To the reader, with the answers given and the way chosen. */
async function begin(code: string, way: 'self' | 'agent' | 'guardian' | null, answers: Record<string, string> = {}): Promise<void> {
  await well(kiosk.touch());
  await well(kiosk.openGuide({ code }));
  if (way !== null) await well(kiosk.who.choose({ way }));
  for (const [question, value] of Object.entries(answers)) await well(kiosk.answer({ question, value }));
  await well(kiosk.go({ step: 'identify', errand: 'apply' }));
}

const at = (step: string) => terminal.see(step, (view) => view.step === step);
const lay = (card: string, what: string, look: (view: SessionView) => boolean) => layCard(terminal, county, { card, what, look });
const lift = () => county.device('id-card-reader', 'remove');
const type = async (values: Record<string, string>) => {
  for (const [field, value] of Object.entries(values)) await well(kiosk.who.save({ field: field as 'name', value }));
};

/** From the form to the hall. */
async function hand(values: Record<string, string | number | boolean> = {}): Promise<{ id: CaseId; declaration: string }> {
  const { item } = await at('form');
  await fillForm(terminal, item as Item, values);
  await well(kiosk.submitForm());
  await at('materials');
  const asked = terminal.view().item?.materials.filter(({ required, neededWhen }) => required || neededWhen !== undefined) ?? [];
  for (const material of asked) await well(kiosk.addPage({ material: material.key, ...captured() }));
  await well(kiosk.go({ step: 'check', errand: null }));
  const { declaration } = await terminal.see('the declaration', (view) => view.declaration !== null);
  const id = await handIn(terminal);
  await leave(terminal);
  return { id, declaration: declaration ?? '' };
}

async function atHall(id: CaseId): Promise<ConsoleCase> {
  return until('the case with its scans at the hall', async () => {
    const opened = await clerk.open({ id });
    return opened.ok && opened.value.row.missing === 0 ? opened.value : null;
  });
}
const handedIn = ({ actions }: ConsoleCase) => actions[0]?.payload;

describe('who applies', () => {
  test('an agent, with the principal typed: the paper of authority is asked for, all of it survives a crash, and a clerk looks at the original before accepting', async () => {
    await begin(ELDER_CARD, 'agent');
    await showCard(terminal, county, 'zhang');
    await at('for-whom');
    await type({ name: '李长期', number: '511126195006150020' });
    expect(await answerOf(kiosk.who.submit())).toBe('incomplete');
    await terminal.see('a number that is none', ({ who }) => who?.errors.number === 'number');
    await type({ number: PRESETS.zhang.number });
    expect(await answerOf(kiosk.who.submit())).toBe('incomplete');
    await terminal.see('her own number', ({ who }) => who?.errors.number === 'same');
    await type({ number: '51112619500615002x' });
    const before = await terminal.see('the right one', ({ who }) => who?.values.number === '51112619500615002x' && who.errors.number === undefined);
    await world.crashTerminal();
    ({ terminal } = world);
    ({ kiosk } = terminal);
    expect(await at('for-whom')).toEqual(before);
    await well(kiosk.who.submit());
    const view = await at('form');
    expect(view.form?.prefilled).toEqual({});
    expect(view.item?.materials.find(({ key }) => key === 'authority')).toMatchObject({ required: true });
    const { id, declaration } = await hand();
    expect(declaration.split('\n').slice(-2)).toEqual(['申请人：李长期', '代理人：张测试（受申请人委托办理）']);

    const opened = await atHall(id);
    expect(opened).toMatchObject({
      row: { person: '李长期' }, applicant: { name: '李长期', number: '51112619500615002X', birth: '1950-06-15', sex: 'female', assurance: 'typed' },
      acting: { way: 'agent', name: '张测试', number: PRESETS.zhang.number }, identity: { blocks: true, checks: [{ party: 'applicant', why: 'typed', said: null }] },
    });
    expect((await clerk.inbox({ stage: 'identity', query: '', after: '', limit: 20 })).rows.map((row) => row.id)).toContain(id);
    await well(clerk.claim({ id }));
    expect(await answerOf(clerk.accept({ id, lacking: [] }))).toBe('identity-open');
    await well(clerk.checkIdentity({ id, party: 'applicant', outcome: 'not-same', words: '身份证上的姓名不同' }));
    expect(await answerOf(clerk.accept({ id, lacking: [] }))).toBe('identity-open');
    await well(clerk.checkIdentity({ id, party: 'applicant', outcome: 'same', words: '' }));
    await well(clerk.accept({ id, lacking: [] }));
    await well(clerk.finish({ id, granted: true, words: '' }));
    const done = await atHall(id);
    expect(done.actions.map(({ payload }) => payload.kind)).toEqual(['handed-in', 'identity-checked', 'identity-checked', 'accepted', 'decided', 'finished']);
    expect(done.certificate?.holder).toBe('李长期');
    // Whoever acted finds the case by their own card, and so does the applicant.
    for (const card of ['zhang', 'changqi']) {
      await comeBack(terminal, county, card);
      expect((await terminal.see('the case', ({ cases }) => cases.some((known) => known.id === id && known.stage === 'finished'))).cases).toHaveLength(1);
      await leave(terminal);
    }
  }, 90_000);

  test('an agent where both cards must be read, with co-applicants: nobody twice, one removed again', async () => {
    await begin(BUSINESS, 'agent', { who: 'family', house: 'rented', permit: 'no' });
    await showCard(terminal, county, 'zhang');
    await at('for-whom');
    expect(await answerOf(kiosk.who.submit())).toBe('incomplete');
    await well(kiosk.who.read({ of: 'principal' }));
    await terminal.see('the second card asked for', ({ step, card }) => step === 'second-card' && card.kind === 'place-card');
    await lay('zhang', 'the same person refused', ({ card }) => card.kind === 'same-person');
    await lift();
    await fieldSeen(county, 3);
    await lay('elder', 'the principal', ({ step, who }) => step === 'for-whom' && who?.principal !== null);
    await lift();
    await well(kiosk.who.submit());
    expect((await at('together')).who).toMatchObject({ most: 8, together: [] });
    for (const [card, count] of [['rare-a', 1], ['hong-kong', 2]] as const) {
      await well(kiosk.who.read({ of: 'together' }));
      await terminal.see('a card asked for', (view) => view.card.kind === 'place-card');
      await lay(card, 'one more', ({ step, who }) => step === 'together' && who?.together.length === count);
      await lift();
    }
    await well(kiosk.who.remove({ of: 'together', index: 0 }));
    await well(kiosk.who.complete());
    const { id, declaration } = await hand({ 'memberName-2': '王样本' });
    expect(declaration.split('\n').slice(-3)).toEqual(['申请人：李漹兰', '代理人：张测试（受申请人委托办理）', '共同申请人：陈港测']);
    expect(await atHall(id)).toMatchObject({ applicant: { name: '李漹兰', assurance: 'card-offline' }, acting: { name: '张测试' }, together: [{ name: '陈港测', card: 'hong-kong-macau-taiwan' }], identity: { blocks: false, checks: [] } });
  }, 90_000);

  test('an organisation by whom its letter names, and by its representative', async () => {
    await begin(WATER_PERMIT, null, { use: 'work', applicant: 'unit', signer: 'no', project: 'no' });
    await showCard(terminal, county, 'zhang');
    expect((await at('for-whom')).who).toMatchObject({ way: 'legal-agent', ways: ['legal-agent'] });
    await type({ company: '新昌样板茶业有限公司', creditCode: '1133062400260000XX', representative: '李测试' });
    expect(await answerOf(kiosk.who.submit())).toBe('incomplete');
    await type({ creditCode: '1133062400260000xr' });
    await well(kiosk.who.submit());
    expect((await at('form')).form).toMatchObject({ values: { unitName: '新昌样板茶业有限公司', creditCode: '1133062400260000XR' }, prefilled: { unitName: 'who', creditCode: 'who' } });
    const { id, declaration } = await hand();
    expect(declaration).toContain('申请人：新昌样板茶业有限公司（统一社会信用代码 1133062400260000XR）\n法定代表人（负责人）：李测试\n代理人：张测试（受申请人委托办理）');
    const opened = await atHall(id);
    expect(opened).toMatchObject({ row: { person: '新昌样板茶业有限公司' }, applicant: { card: 'legal-person', birth: null }, representative: '李测试', acting: { way: 'legal-agent', name: '张测试' } });
    await well(clerk.claim({ id }));
    await well(clerk.checkIdentity({ id, party: 'applicant', outcome: 'same', words: '' }));
    await well(clerk.accept({ id, lacking: [] }));
    await well(clerk.finish({ id, granted: true, words: '' }));
    expect((await atHall(id)).certificate).toMatchObject({ holder: '新昌样板茶业有限公司' });

    await begin(WATER_PERMIT, null, { use: 'work', applicant: 'unit', signer: 'yes', project: 'no' });
    await showCard(terminal, county, 'elder');
    await at('for-whom');
    await type({ company: '新昌样板茶业有限公司', creditCode: '1133062400260000XR' });
    await well(kiosk.who.submit());
    expect((await at('form')).item?.materials.map(({ key }) => key)).not.toContain('authority');
    expect(handedIn(await atHall((await hand()).id))).toMatchObject({ applicant: { representative: '李漹兰' }, acting: { way: 'representative' } });
  }, 90_000);

  test('typed in place of a card: no other step opens by it, and only where the item allows it', async () => {
    await begin(WATER_PERMIT, null, { use: 'work', applicant: 'person', project: 'no' });
    expect(terminal.view().who?.noCard).toBe(false);
    await well(kiosk.go({ step: 'no-card', errand: 'apply' }));
    expect(await answerOf(kiosk.who.submit())).toBe('wrong-step');
    await leave(terminal);

    await begin(ELDER_CARD, 'self');
    await well(kiosk.go({ step: 'no-card', errand: 'apply' }));
    await type({ name: '李漹兰', number: PRESETS.elder.number });
    await well(kiosk.who.submit());
    await at('form');
    expect(await answerOf(kiosk.go({ step: 'progress', errand: 'progress' }))).toBe('not-identified');
    expect(terminal.view()).toMatchObject({ person: { name: '李＊＊', card: 'typed' }, cases: [] });
    const { id, declaration } = await hand();
    expect(declaration.split('\n').at(-1)).toBe('姓名和证件号码由本人填写，没有读身份证，窗口核验原件后受理。');
    expect(await atHall(id)).toMatchObject({ applicant: { name: '李漹兰', assurance: 'typed', card: 'typed' }, acting: null, identity: { blocks: true } });
  }, 90_000);

  test('a minor does not apply alone, a guardian does; an expired card is refused and the item says what else', async () => {
    await begin(ELDER_CARD, 'self');
    await terminal.see('the reader asking', ({ card }) => card.kind === 'place-card');
    expect((await lay('minor', 'under age', ({ card }) => card.kind === 'minor')).person).toBeNull();
    await lift();
    await fieldSeen(county, 3);
    expect(await lay('expired', 'expired', ({ card }) => card.kind === 'expired')).toMatchObject({ person: null, who: { noCard: true } });
    await lift();
    await leave(terminal);

    await begin(ELDER_CARD, 'guardian');
    await showCard(terminal, county, 'zhang');
    await at('for-whom');
    await well(kiosk.who.read({ of: 'principal' }));
    await terminal.see('the child\'s card asked for', ({ step, card }) => step === 'second-card' && card.kind === 'place-card');
    await lay('minor', 'the child', ({ who }) => who?.principal !== null);
    await lift();
    await well(kiosk.who.submit());
    const { id, declaration } = await hand();
    expect(declaration.split('\n').slice(-2)).toEqual(['申请人：周未成', '监护人：张测试（代申请人办理）']);
    expect(await atHall(id)).toMatchObject({ applicant: { name: '周未成', assurance: 'card-offline' }, acting: { way: 'guardian' }, identity: { checks: [] } });
  }, 90_000);

  test('foreigners and people of Hong Kong, Macao and Taiwan apply by their cards; one read with the line cut is marked to be looked at, and that blocks nothing', async () => {
    county.line.cut();
    await terminal.seeTerminal('offline', ({ line }) => line === 'offline');
    const opened: ConsoleCase[] = [];
    const ids: CaseId[] = [];
    for (const card of ['foreigner-2023', 'hong-kong'] as const) {
      await begin(ELDER_CARD, 'self');
      await showCard(terminal, county, card);
      ids.push((await hand({ address: '浙江省新昌县沙溪镇样板村 7 号' })).id);
      county.line.restore();
    }
    for (const id of ids) opened.push(await atHall(id));
    expect(opened.map(({ applicant }) => [applicant.name, applicant.card])).toEqual([[PRESETS['foreigner-2023'].englishName, 'foreigner-2023'], ['陈港测', 'hong-kong-macau-taiwan']]);
    expect(opened[0]?.identity).toMatchObject({ blocks: false, checks: [{ party: 'applicant', why: 'read-offline', said: null }] });
    const id = ids[0] as CaseId;
    await well(clerk.claim({ id }));
    await well(clerk.checkIdentity({ id, party: 'applicant', outcome: 'same', words: '已查询，证件有效' }));
    await well(clerk.accept({ id, lacking: [] }));
    expect((await clerk.inbox({ stage: 'identity', query: '', after: '', limit: 20 })).rows.map((row) => row.id)).not.toContain(id);
  }, 90_000);

  test('nothing of what was typed or read stands in the logs', () => {
    const log = terminal.log.join('\n');
    expect(log).not.toMatch(/李长期|样板茶业|周未成|51112619500615|1133062400260000XR/);
  });
});
