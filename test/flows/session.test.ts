import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../build/demo/child.ts';
import type { County } from '../../build/demo/county.ts';
import { NOBODY } from '../../domain/contracts/kiosk-start.ts';
import type { CaseId, Hash } from '../../domain/ids.ts';
import type { Item } from '../../domain/item/types.ts';
import { IDLE_SECONDS, WARNING_SECONDS } from '../../main/core/session/steps.ts';
import { done } from '../../main/core/session/visit.ts';
import { answerOf, captured, comeBack, ELDER_CARD, fieldSeen, fillForm, fillIn, handIn, layCard, leave, showCard, signature, WATER_PERMIT, well } from '../rigs/citizen.ts';
import { type Clerk, grant, kindsAtHall } from '../rigs/clerk.ts';
import { shiftClock } from '../rigs/clock.ts';
import { plainStates } from '../rigs/forensics.ts';
import { secretsOf } from '../rigs/machine.ts';
import type { Kiosk, RigTerminal } from '../rigs/terminal.ts';
import { openWorld, type World } from '../rigs/world.ts';

const clock = shiftClock();
let world: World;
let county: County;
let terminal: RigTerminal;
let kiosk: Kiosk;
let clerk: Clerk;

beforeAll(async () => {
  world = await openWorld('session', { clock });
  ({ county, terminal, clerk } = world);
  ({ kiosk } = terminal);
}, 120_000);

afterAll(() => world?.close());

async function crash(between?: () => void): Promise<void> {
  await world.crashTerminal(between);
  ({ terminal } = world);
  ({ kiosk } = terminal);
}

/** To the form of the elder card, everything typed, one page taken; `mark` is one of the typed words. */
async function fillMarked(card: string, mark: string): Promise<void> {
  await well(kiosk.touch());
  await well(kiosk.openGuide({ code: ELDER_CARD }));
  await well(kiosk.go({ step: 'identify', errand: 'apply' }));
  await showCard(terminal, county, card);
  const { item } = await terminal.see('the form', ({ step }) => step === 'form');
  await fillForm(terminal, item as Item, { emergencyName: mark });
  await well(kiosk.addPage({ material: 'household-or-id', ...captured() }));
  await terminal.see('the page', ({ materials }) => materials.some(({ pages }) => pages.length === 1));
  expect(terminal.core.session.visit.state()?.pages[0]?.blob.thumbnail).toBeDefined();
}

/** Keeps core busy with a wish, so that those behind it wait, until `open` is called. */
async function holdUp(): Promise<{ open(): void; busy: Promise<unknown> }> {
  let open = () => {};
  let busy: Promise<unknown> = Promise.resolve();
  await new Promise<void>((held) => {
    busy = terminal.core.session.wish(() => {
      held();
      return new Promise((resolve) => (open = () => resolve(done)));
    });
  });
  return { open: () => open(), busy };
}

/** What a thief with disk and key would find: per needle, in how many of the file's states. */
function found(...needles: (string | Uint8Array)[]): number[] {
  const { file, storeKey } = secretsOf(county);
  const states = plainStates(file, storeKey);
  return needles.map((needle) => states.filter((state) => state.includes(typeof needle === 'string' ? needle : Buffer.from(needle))).length);
}

/** A piece of the sealed page of the form being filled, as it lies in the file. */
async function sealedPiece(): Promise<Uint8Array> {
  const state = terminal.core.session.visit.state();
  const [first] = state?.pages ?? [];
  const sealed = first === undefined || state?.case == null ? null : await terminal.core.store.blobs.sealed(state.case, first.blob.hash);
  if (sealed === null) throw new Error('no page');
  return sealed.subarray(64, 128);
}

describe('nobody touches the screen any more', () => {
  const limit = IDLE_SECONDS.form * 1000;

  test('the countdown shows, a touch puts it back, and at its end nothing of the person is left in view or in the file', async () => {
    await fillMarked('elder', 'PLANTED-MARK-ONE');
    const piece = await sealedPiece();
    const abandoned = terminal.core.session.visit.state()?.case as CaseId;
    expect(found('PLANTED-MARK-ONE', '李漹兰', piece).every((count) => count > 0)).toBe(true);

    clock.forward(limit - (WARNING_SECONDS - 5) * 1000);
    const warned = await terminal.see('the warning', ({ idle }) => idle.warning);
    expect(warned.idle.secondsLeft).toBeLessThanOrEqual(WARNING_SECONDS - 5);
    expect(warned.idle.secondsLeft).toBeGreaterThan(WARNING_SECONDS - 15);
    await well(kiosk.touch());
    await terminal.see('no warning', ({ idle }) => !idle.warning);
    expect(terminal.view()).toMatchObject({ step: 'form', form: { values: { emergencyName: 'PLANTED-MARK-ONE' } } });

    clock.forward(limit + 1000);
    const over = await terminal.see('nobody', ({ session }) => session === null);
    expect(over).toEqual(NOBODY);
    // Answered when the wipe before it is done.
    await well(kiosk.end());
    expect(await terminal.core.store.drafts.list()).toEqual([]);
    expect(found('PLANTED-MARK-ONE', '李漹兰', '330624194803120', piece, abandoned)).toEqual([0, 0, 0, 0, 0]);
  });

  test('a touch in the last moment wins over the end', async () => {
    await fillMarked('elder', 'LAST-MOMENT');
    const { session } = terminal.view();
    const { open, busy } = await holdUp();
    const touched = kiosk.touch();
    clock.forward(limit + 1000);
    const before = clock.ticks;
    await until('the end asked for', () => clock.ticks > before + 2);
    open();
    await Promise.all([busy, touched]);
    // Wishes run in order: when this is answered, the end has had its turn.
    await well(kiosk.touch());
    expect(terminal.core.session.visit.state()).toMatchObject({ id: session, form: { emergencyName: 'LAST-MOMENT' } });
    await leave(terminal);
    expect(found('LAST-MOMENT')).toEqual([0]);
  });
});

describe('a form that is left', () => {
  test('for another item: the first form, its pages and its key are gone at the end', async () => {
    await fillMarked('zhang', 'FIRST-FORM-MARK');
    const piece = await sealedPiece();
    const first = terminal.core.session.visit.state()?.case as CaseId;
    expect(terminal.view().slip.worth).toBe(true);
    await well(kiosk.openGuide({ code: WATER_PERMIT }));
    // The window offers no slip of it.
    await terminal.see('nothing to keep of another item', ({ step, slip }) => step === 'guide' && !slip.worth);
    await well(kiosk.go({ step: 'identify', errand: 'apply' }));
    await terminal.see('the other form', ({ step, item }) => step === 'form' && item?.code === WATER_PERMIT);
    expect(terminal.view().materials.flatMap(({ pages }) => pages)).toEqual([]);
    await leave(terminal);
    expect(found('FIRST-FORM-MARK', piece, first)).toEqual([0, 0, 0]);
  });

  test('by core dying: it goes on at the same step, every field and page as it was, and the hand-in works', async () => {
    await fillMarked('elder', '张续填');
    await well(kiosk.saveField({ name: 'address', value: '浙江省新昌县沙溪镇样板村 7 号' }));
    const before = await terminal.see('the address', ({ form }) => form?.values['address'] === '浙江省新昌县沙溪镇样板村 7 号');
    const [first] = before.materials.flatMap(({ pages }) => pages);
    const picture = await kiosk.page({ page: first?.id ?? '' });
    await crash();
    const after = await terminal.see('the form again', ({ step }) => step === 'form');
    expect(after).toEqual(before);
    expect(await kiosk.page({ page: first?.id ?? '' })).toEqual(picture);
    await well(kiosk.submitForm());
    await well(kiosk.go({ step: 'check', errand: null }));
    const id = await handIn(terminal);
    await terminal.see('both papers', ({ prints }) => prints.length === 2 && prints.every(({ state }) => state === 'printed'));
    await leave(terminal);
    await until('the case at the hall', async () => (await kindsAtHall(clerk, id)).length === 1);
    expect(await clerk.open({ id })).toMatchObject({ value: { form: { emergencyName: '张续填', address: '浙江省新昌县沙溪镇样板村 7 号' } } });
  });

  test('by core dying for longer than anybody waits: the next start wipes it', async () => {
    await fillMarked('zhang', 'LONG-GONE-MARK');
    const piece = await sealedPiece();
    await crash(() => clock.forward(limitOf('form')));
    expect(terminal.view()).toMatchObject({ session: null, step: 'home' });
    expect(await terminal.core.store.drafts.list()).toEqual([]);
    expect(found('LONG-GONE-MARK', piece)).toEqual([0, 0]);
  });
});

function limitOf(step: keyof typeof IDLE_SECONDS): number {
  return (IDLE_SECONDS[step] + 1) * 1000;
}

describe('whose card it is', () => {
  test('an expired card is named so and nobody is identified; another card is read', async () => {
    await well(kiosk.touch());
    await well(kiosk.go({ step: 'identify', errand: 'progress' }));
    await terminal.see('the reader asking for a card', ({ card }) => card.kind === 'place-card');
    expect((await layCard(terminal, county, { card: 'expired', what: 'expired', look: ({ card }) => card.kind === 'expired' })).person).toBeNull();
    expect(await answerOf(kiosk.go({ step: 'progress', errand: null }))).toBe('not-identified');
    await county.device('id-card-reader', 'remove');
    await fieldSeen(county, 3);
    expect(terminal.view().card.kind).toBe('expired');
    await county.device('id-card-reader', 'place zhang');
    await terminal.see('another card read', ({ person }) => person?.name === '张＊＊');
    expect(terminal.log.some((line) => line.includes('"card-refused"') && line.includes('"expired"'))).toBe(true);
    await county.device('id-card-reader', 'remove');
    await leave(terminal);
  });

  test('a card that was read while its person left is told to nobody, not even to the next person at the reader', async () => {
    await well(kiosk.touch());
    await well(kiosk.go({ step: 'identify', errand: 'progress' }));
    await terminal.see('the reader asking for a card', ({ card }) => card.kind === 'place-card');
    const read = () => terminal.log.filter((line) => line.includes('"card-read"')).length;
    const before = read();
    const { open, busy } = await holdUp();
    const next = [kiosk.end(), kiosk.touch(), kiosk.go({ step: 'identify', errand: 'progress' })];
    await county.device('id-card-reader', 'place elder');
    await until('the card read', () => read() > before);
    open();
    await busy;
    for (const wish of next) await well(wish);
    await well(kiosk.touch());
    const view = await terminal.see('the next person at the reader', ({ step, card }) => step === 'identify' && card.kind !== 'not-asked');
    expect(view.person).toBeNull();
    await county.device('id-card-reader', 'remove');
    await leave(terminal);
  });

  test('two people one after the other see their own cases and papers only', async () => {
    const own = async (card: string): Promise<CaseId> => {
      await fillIn(terminal, county, { code: ELDER_CARD, card });
      const id = await handIn(terminal);
      const { prints } = await terminal.see('both papers', (view) => view.prints.length === 2 && view.prints.every(({ state }) => state === 'printed'));
      expect((await terminal.core.printing.all()).filter((entry) => prints.some(({ print }) => print === entry.id)).map((entry) => entry.case)).toEqual([id, id]);
      await leave(terminal);
      return id;
    };
    const rare = await own('rare-a');
    const minority = await own('minority');
    for (const [card, id] of [['rare-a', rare], ['minority', minority]] as const) {
      await comeBack(terminal, county, card);
      const { cases, prints } = await terminal.see('the cases', (view) => view.cases.length > 0);
      expect(cases.map((known) => known.id)).toEqual([id]);
      expect(prints).toEqual([]);
      await leave(terminal);
    }
  });
});

describe('补正: the clerk asks for one field and one material', () => {
  let id: CaseId;
  let pages: Hash[];

  test('the citizen is told what, begins and gives up: nothing of that try stays', async () => {
    await fillIn(terminal, county, { code: WATER_PERMIT, card: 'zhang' });
    id = await handIn(terminal);
    await leave(terminal);
    await until('the case at the hall', async () => {
      const opened = await clerk.open({ id });
      return opened.ok && opened.value.row.missing === 0;
    });
    const opened = await clerk.open({ id });
    pages = opened.ok ? opened.value.materials.flatMap((material) => material.pages.map(({ hash }) => hash)) : [];
    await well(clerk.claim({ id }));
    await well(clerk.askCorrection({ id, asks: [{ target: 'form', key: 'amount', words: '年取水量与水泵功率不符，请核对。' }, { target: 'material', key: 'meter', words: '请补拍计量设施照片。' }] }));

    await comeBack(terminal, county, 'zhang');
    await terminal.see('asked for a correction', ({ cases }) => cases.some((known) => known.id === id && known.stage === 'correction-asked' && known.canSupplement));
    await well(kiosk.openCase({ case: id }));
    expect((await terminal.see('the asks', (view) => view.case !== null)).case?.asks.map(({ key }) => key)).toEqual(['amount', 'meter']);
    await well(kiosk.supplement({ case: id }));
    await well(kiosk.addPage({ material: 'meter', ...captured() }));
    const piece = await sealedPiece();
    expect(found(piece)[0]).toBeGreaterThan(0);
    await leave(terminal);
    expect(found(piece)).toEqual([0]);
    expect(await kindsAtHall(clerk, id)).toEqual(['handed-in', 'correction-asked']);
  });

  test('the citizen supplements both, and the clerk sees what changed and nothing else', async () => {
    await comeBack(terminal, county, 'zhang');
    await well(kiosk.supplement({ case: id }));
    const { form } = await terminal.see('the form', (view) => view.step === 'form' && view.supplementing === id);
    const amount = Number(form?.values['amount']) + 1234;
    await well(kiosk.saveField({ name: 'amount', value: amount }));
    await well(kiosk.submitForm());
    await well(kiosk.go({ step: 'check', errand: null }));
    expect(await answerOf(kiosk.handIn({ signature: { kind: 'drawn', image: signature() }, phone: '' }))).toBe('incomplete');
    await well(kiosk.addPage({ material: 'meter', ...captured() }));
    await well(kiosk.handIn({ signature: { kind: 'drawn', image: signature() }, phone: '' }));
    const view = await terminal.see('handed in', ({ handedIn }) => handedIn !== null);
    expect(view).toMatchObject({ step: 'handed-in', handedIn: { case: id }, prints: [] });
    expect(await answerOf(kiosk.handIn({ signature: { kind: 'drawn', image: signature() }, phone: '' }))).toBe('wrong-step');
    await leave(terminal);

    const seen = await until('the supplement at the hall with its page', async () => {
      const opened = await clerk.open({ id });
      return opened.ok && opened.value.row.stage === 'supplemented' && opened.value.row.missing === 0 ? opened.value : null;
    });
    const [supplement] = seen.actions.flatMap(({ payload }) => (payload.kind === 'supplemented' ? [payload] : []));
    expect(supplement?.form).toEqual({ amount });
    expect(supplement?.materials.map(({ key, pages: own }) => [key, own.length])).toEqual([['meter', 1]]);
    expect(seen.form['amount']).toBe(amount);
    const now = seen.materials.flatMap((material) => material.pages.map(({ hash }) => hash));
    expect(now.filter((hash) => !pages.includes(hash))).toHaveLength(1);
    expect(pages.filter((hash) => !now.includes(hash))).toHaveLength(1);
    await grant(clerk, id);
    expect(await kindsAtHall(clerk, id)).toEqual(['handed-in', 'correction-asked', 'supplemented', 'accepted', 'decided', 'finished']);
  });
});
