import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../build/demo/child.ts';
import type { MaterialOffer } from '../../domain/contracts/kiosk.ts';
import type { CaseId } from '../../domain/ids.ts';
import type { Item } from '../../domain/item/types.ts';
import { answerOf, BUSINESS, captured, comeBack, fillForm, leave, showCard, signature, WATER_PERMIT, well } from '../rigs/citizen.ts';
import { type Clerk, kindsAtHall } from '../rigs/clerk.ts';
import type { Kiosk, RigTerminal } from '../rigs/terminal.ts';
import { openWorld, type World } from '../rigs/world.ts';

let world: World;
let terminal: RigTerminal;
let kiosk: Kiosk;
let clerk: Clerk;

beforeAll(async () => {
  world = await openWorld('materials');
  ({ terminal, clerk } = world);
  ({ kiosk } = terminal);
}, 120_000);
afterAll(() => world?.close());

/** To the materials of an item, with the situation answered and the form filled. */
async function comeToMaterials(code: string, card: string, answers: Record<string, string>): Promise<Item> {
  await well(kiosk.touch());
  await well(kiosk.openGuide({ code }));
  for (const [question, value] of Object.entries(answers)) await well(kiosk.answer({ question, value }));
  await well(kiosk.go({ step: 'identify', errand: 'apply' }));
  await showCard(terminal, world.county, card);
  const { item } = await terminal.see('the form', ({ step }) => step === 'form');
  await fillForm(terminal, item as Item, {});
  await well(kiosk.submitForm());
  await terminal.see('the materials', ({ step }) => step === 'materials');
  return item as Item;
}

async function offerOf(key: string): Promise<MaterialOffer> {
  const { offers } = await terminal.see('the offer', (view) => view.offers.some((offer) => offer.key === key));
  return offers.find((offer) => offer.key === key)!;
}

async function sign(): Promise<CaseId> {
  await well(kiosk.go({ step: 'check', errand: null }));
  await well(kiosk.handIn({ signature: { kind: 'drawn', image: signature() }, phone: '13800138000' }));
  const { handedIn } = await terminal.see('handed in', (view) => view.handedIn !== null);
  return handedIn!.case;
}

async function atHall(id: CaseId) {
  return until('the case at the hall with its pages', async () => {
    const opened = await clerk.open({ id });
    return opened.ok && opened.value.row.missing === 0 ? opened.value : null;
  });
}

describe('告知承诺', () => {
  let id: CaseId;
  test('a promise takes the place of a paper: only its exact words, only where the item takes it, and nothing is handed in without either', async () => {
    await comeToMaterials(BUSINESS, 'zhang', { who: 'personal', house: 'lent', deed: 'no', permit: 'no' });
    for (const material of ['identity', 'premises-lent']) await well(kiosk.addPage({ material, ...captured() }));
    expect(await answerOf(kiosk.handIn({ signature: { kind: 'drawn', image: signature() }, phone: '13800138000' }))).toBe('incomplete');
    const offer = await offerOf('premises-village');
    for (const wrong of [{ material: 'premises-village', kind: 'commitment', shown: `${offer.text}。` }, { material: 'premises-village', kind: 'deferral', shown: offer.text }, { material: 'identity', kind: 'commitment', shown: offer.text }] as const) expect(await answerOf(kiosk.promise(wrong))).toBe('wrong-step');
    await well(kiosk.promise({ material: 'premises-village', kind: 'commitment', shown: offer.text }));
    // Whoever finds the paper after all needs no promise.
    await well(kiosk.addPage({ material: 'premises-village', ...captured() }));
    const { materials } = await terminal.see('no promise', ({ promises }) => promises.length === 0);
    await well(kiosk.removePage({ material: 'premises-village', page: materials.find(({ key }) => key === 'premises-village')!.pages[0]!.id }));
    await well(kiosk.promise({ material: 'premises-village', kind: 'commitment', shown: (await offerOf('premises-village')).text }));
    await well(kiosk.go({ step: 'check', errand: null }));
    expect((await terminal.see('the declaration', ({ declaration }) => declaration !== null)).declaration).toContain('以承诺代替的材料：村（居）民委员会出具的场所证明');
    id = await sign();
    await leave(terminal);
  });

  test('the clerk reads the promise and may turn it down by asking for the paper', async () => {
    const opened = await atHall(id);
    expect(opened.promises).toMatchObject([{ key: 'premises-village', kind: 'commitment', genuine: true }]);
    expect(opened.materials.map(({ key, trust, pages }) => [key, trust, pages.map(({ from }) => from)])).toEqual([['identity', 'C', ['camera']], ['premises-lent', 'C', ['camera']]]);
    await well(clerk.claim({ id }));
    await well(clerk.askCorrection({ id, asks: [{ target: 'material', key: 'premises-village', words: '承诺不能采信，请交场所证明。' }] }));
    const asked = await clerk.open({ id });
    expect(asked.ok && asked.value.promises).toEqual([]);
  });
});

describe('容缺', () => {
  let id: CaseId;
  test('what is not there is promised for a day, and the hall accepts with it outstanding', async () => {
    const item = await comeToMaterials(WATER_PERMIT, 'zhang', { use: 'work', applicant: 'person', project: 'no' });
    for (const { key } of item.materials.filter(({ required }) => required)) if (key !== 'meter') await well(kiosk.addPage({ material: key, ...captured() }));
    const offer = await offerOf('meter');
    await well(kiosk.promise({ material: 'meter', kind: 'deferral', shown: offer.text }));
    id = await sign();
    await leave(terminal);
    const opened = await atHall(id);
    expect(opened.promises).toMatchObject([{ key: 'meter', kind: 'deferral', by: offer.by, genuine: true }]);
    await well(clerk.claim({ id }));
    expect(await answerOf(clerk.accept({ id, lacking: [] }) as Promise<never>)).toBe('materials-missing');
    await well(clerk.accept({ id, lacking: [{ key: 'meter', by: offer.by! }] }));
  });

  test('the citizen comes back with it, the case goes on where it is, and nothing is outstanding', async () => {
    await comeBack(terminal, world.county, 'zhang');
    await terminal.see('accepted', ({ cases }) => cases.some((known) => known.id === id && known.stage === 'accepted' && known.canSupplement));
    await well(kiosk.openCase({ case: id }));
    expect((await terminal.see('what is asked', (view) => view.case !== null)).case?.asks.map(({ key }) => key)).toEqual(['meter']);
    await well(kiosk.supplement({ case: id }));
    expect(await answerOf(kiosk.handIn({ signature: { kind: 'drawn', image: signature() }, phone: '' }))).toBe('incomplete');
    await well(kiosk.addPage({ material: 'meter', ...captured() }));
    await well(kiosk.handIn({ signature: { kind: 'drawn', image: signature() }, phone: '' }));
    await terminal.see('handed in', ({ handedIn }) => handedIn?.case === id);
    await leave(terminal);
    await until('the supplement at the hall', async () => (await kindsAtHall(clerk, id)).at(-1) === 'supplemented');
    const opened = await atHall(id);
    expect([opened.row.stage, opened.materials.map(({ key }) => key).includes('meter')]).toEqual(['accepted', true]);
    await comeBack(terminal, world.county, 'zhang');
    await terminal.see('nothing to bring', ({ cases }) => cases.some((known) => known.id === id && !known.canSupplement));
    await leave(terminal);
  });
});
