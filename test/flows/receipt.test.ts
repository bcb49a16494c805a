import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../build/demo/child.ts';
import { receiptCode } from '../../domain/case/receipt-code.ts';
import { caseToken } from '../../domain/case/token.ts';
import type { SessionView } from '../../domain/contracts/kiosk.ts';
import { CaseId, ulid } from '../../domain/ids.ts';
import { keepForLater } from '../../main/core/session/keeping.ts';
import type { Job, Printing } from '../../main/core/printing.ts';
import { answerOf, captured, ELDER_CARD, fillForm, fillIn, handIn, leave, showCard, WATER_PERMIT, well } from '../rigs/citizen.ts';
import type { Kiosk, RigTerminal } from '../rigs/terminal.ts';
import { openWorld, type World } from '../rigs/world.ts';

let world: World;
let terminal: RigTerminal;
let kiosk: Kiosk;
let handedIn: CaseId;
let token: string;

beforeAll(async () => {
  world = await openWorld('receipt');
  ({ terminal } = world);
  ({ kiosk } = terminal);
  await fillIn(terminal, world.county, { code: ELDER_CARD, card: 'elder' });
  handedIn = await handIn(terminal);
  token = terminal.view().handedIn?.token ?? '';
  await leave(terminal);
}, 120_000);
afterAll(() => world?.close());

async function comeWithReceipt(): Promise<void> {
  await well(kiosk.touch());
  await well(kiosk.go({ step: 'identify', errand: 'progress' }));
  await terminal.see('the scanner waiting for a code', ({ receipt }) => receipt.kind === 'show-code');
}

async function show(code: string): Promise<void> {
  await world.county.device('code-scanner', `show ${code}`);
}

/** Holds a code in front of the scanner until the screen has words for it: a code between two readings is not seen, and a person holds it there. */
async function hold(code: string, kind: SessionView['receipt']['kind']): Promise<void> {
  await until(`words for ${kind}`, async () => {
    await show(code);
    return terminal.view().receipt.kind === kind;
  });
}

async function paperCode(): Promise<string> {
  const [first] = await terminal.core.store.log.ofCase(handedIn);
  return receiptCode(caseToken(handedIn), first?.action.hash ?? '');
}

function seenCase(): Promise<SessionView> {
  return terminal.see('the case', ({ step, case: seen }) => step === 'case' && seen !== null);
}

describe('a receipt in place of the card', () => {
  test.each(['slip', 'paper'] as const)('the code of a %s opens its case, masked; nothing can be done without the card', async (kind) => {
    await comeWithReceipt();
    await show(kind === 'slip' ? token : await paperCode());
    const view = await seenCase();
    expect(view.person).toBeNull();
    expect(view.cases).toEqual([]);
    expect(view.case).toMatchObject({ id: handedIn, stage: 'handed-in', canPrint: false, canRate: false, canSupplement: false, asks: [], certificate: null });
    expect(await answerOf(kiosk.withdraw({ case: handedIn, reason: 'test' }))).toBe('not-identified');
    expect(await answerOf(kiosk.printResult({ case: handedIn }))).toBe('not-identified');
    expect(await answerOf(kiosk.supplement({ case: handedIn }))).toBe('not-identified');
    expect(await answerOf(kiosk.rate({ case: handedIn, level: 5, tags: [], words: '' }))).toBe('not-identified');
    expect(await answerOf(kiosk.go({ step: 'progress', errand: 'progress' }))).toBe('not-identified');
    await leave(terminal);
  });

  test('the card of the person then shows all', async () => {
    await comeWithReceipt();
    await show(token);
    await seenCase();
    await well(kiosk.go({ step: 'identify', errand: 'progress' }));
    await showCard(terminal, world.county, 'elder');
    const view = await terminal.see('the cases', ({ step }) => step === 'progress');
    expect(view.cases.map(({ id }) => id)).toEqual([handedIn]);
    await leave(terminal);
  });

  test('the card of somebody else leaves nothing of it on the screen', async () => {
    await comeWithReceipt();
    await show(token);
    await seenCase();
    await well(kiosk.go({ step: 'identify', errand: 'progress' }));
    await showCard(terminal, world.county, 'zhang');
    const view = await terminal.see('the cases', ({ step }) => step === 'progress');
    expect(view.cases).toEqual([]);
    expect(await answerOf(kiosk.openCase({ case: handedIn }))).toBe('unknown-case');
    expect(terminal.view().case).toBeNull();
    await leave(terminal);
  });

  test('other codes, cases of other machines and a forged paper are told apart in words and open nothing', async () => {
    await comeWithReceipt();
    await hold('https://example.invalid/', 'other-code');
    await hold(caseToken(CaseId.parse(ulid(Date.now(), new Uint8Array(10)))), 'not-here');
    await hold('6901234567892', 'other-code');
    await hold(receiptCode(token, 'a'.repeat(64)), 'not-here');
    expect(terminal.view().step).toBe('identify');
    await leave(terminal);
  });

  test('is not asked for on other errands, and a code shown to nobody opens nothing', async () => {
    await show(token);
    await well(kiosk.touch());
    await well(kiosk.go({ step: 'identify', errand: 'print' }));
    const view = await terminal.see('the reader asking', ({ card }) => card.kind === 'place-card');
    expect(view.receipt.kind).toBe('not-asked');
    await show(token);
    await showCard(terminal, world.county, 'zhang');
    expect((await terminal.see('the cases', ({ step }) => step === 'progress')).case).toBeNull();
    await leave(terminal);
  });

  test('a scanner that is pulled out is not offered, and is again when it is back', async () => {
    await comeWithReceipt();
    await world.county.device('code-scanner', 'unplug');
    await terminal.see('no scanner', ({ receipt }) => receipt.kind === 'not-asked');
    expect(terminal.view().card.kind).toBe('place-card');
    await world.county.device('code-scanner', 'replug');
    await terminal.see('the scanner again', ({ receipt }) => receipt.kind === 'show-code');
    await show(token);
    await seenCase();
    await leave(terminal);
  });
});

describe('going on another day', () => {
  const CODE = '304958';
  /** What stands in the code of the slip: made of the real visit, and given to nobody else. */
  async function slipCode(): Promise<string> {
    let text = '';
    const tray = { ofCase: async () => [], all: async () => [], async start({ content }: Job) {
      text = content.kind === 'ticket' && content.ticket.kind === 'kept-slip' ? content.ticket.code : '';
      return null;
    } } as unknown as Printing;
    expect(await terminal.core.session.wish((visit) => keepForLater(visit, tray, CODE))).toEqual({ ok: true, value: null });
    return text;
  }

  test('fills half of a form, takes a slip home, and goes on from it without a line; the machine had kept nothing', async () => {
    await well(kiosk.touch());
    await well(kiosk.openGuide({ code: ELDER_CARD }));
    await well(kiosk.go({ step: 'identify', errand: 'apply' }));
    await showCard(terminal, world.county, 'elder');
    await terminal.see('the form', ({ step }) => step === 'form');
    await well(kiosk.saveField({ name: 'emergencyName', value: '李样本' }));
    await well(kiosk.saveField({ name: 'emergencyPhone', value: '1390000' }));
    await well(kiosk.go({ step: 'keep', errand: null }));
    expect(await answerOf(kiosk.keepForLater({ code: '111111' }))).toBe('weak-code');
    const code = await slipCode();
    await well(kiosk.keepForLater({ code: CODE }));
    await terminal.see('the slip', ({ prints }) => prints.some(({ paper, state }) => paper === 'kept-slip' && state === 'printed'));
    expect(await answerOf(kiosk.keepForLater({ code: CODE }))).toBe('enough-printed');
    await leave(terminal);
    expect(await terminal.core.store.drafts.list()).toEqual([]);

    world.county.line.cut();
    await well(kiosk.touch());
    await well(kiosk.go({ step: 'identify', errand: 'resume' }));
    await showCard(terminal, world.county, 'elder');
    await terminal.see('the scanner waiting for the slip', ({ step, slip }) => step === 'resume' && slip.kind === 'show-code');
    await until('words for another code', async () => {
      await show(token);
      return terminal.view().slip.kind === 'other-code';
    });
    await until('the slip', async () => {
      // In hex, since its signs hold spaces.
      await world.county.device('code-scanner', `show-bytes ${Buffer.from(`${code}\r`).toString('hex')}`);
      return terminal.view().slip.kind === 'read';
    });
    expect(await answerOf(kiosk.openSlip({ code: '304959' }))).toBe('wrong-code');
    await well(kiosk.openSlip({ code: CODE }));
    const { form } = await terminal.see('the form again', ({ step }) => step === 'form');
    expect([form?.values, form?.prefilled]).toMatchObject([{ emergencyName: '李样本', emergencyPhone: '1390000' }, { emergencyName: 'slip' }]);
    world.county.line.restore();
    await leave(terminal);
  });
});

test('rows that are begun and filled in reach the hall with what follows from them, and a correction names one of them', async () => {
  await well(kiosk.touch());
  await well(kiosk.openGuide({ code: WATER_PERMIT }));
  await well(kiosk.go({ step: 'identify', errand: 'apply' }));
  await showCard(terminal, world.county, 'zhang');
  const { item } = await terminal.see('the form', ({ step }) => step === 'form');
  if (item === null) throw new Error('a form has an item');
  await fillForm(terminal, item, { means: 'pump' });
  const section = item.form.sections.findIndex(({ repeat }) => repeat !== undefined);
  await well(kiosk.changeRows({ section, row: null }));
  expect(await answerOf(kiosk.submitForm())).toBe('incomplete');
  await fillForm(terminal, item, { 'pumpHours-2': '20' });
  await well(kiosk.changeRows({ section, row: null }));
  await well(kiosk.changeRows({ section, row: 1 }));
  await well(kiosk.changeRows({ section, row: 2 }));
  expect(await answerOf(kiosk.changeRows({ section, row: 1 }))).toBe('wrong-step');
  await well(kiosk.saveField({ name: 'amount', value: '1001' }));
  expect(await answerOf(kiosk.submitForm())).toBe('incomplete');
  expect((await terminal.see('the rule', ({ form }) => Object.keys(form?.errors ?? {}).length > 0)).form?.errors).toEqual({ amount: 'form.check.pumps-suffice' });
  await well(kiosk.saveField({ name: 'amount', value: '1000' }));
  await well(kiosk.submitForm());
  for (const material of item.materials.filter(({ required }) => required)) await well(kiosk.addPage({ material: material.key, ...captured() }));
  await well(kiosk.go({ step: 'check', errand: null }));
  const id = await handIn(terminal);
  await leave(terminal);
  const { clerk } = world;
  const form = await until('the case at the hall', async () => {
    const opened = await clerk.open({ id });
    return opened.ok ? opened.value.form : null;
  });
  expect(form).toMatchObject({ 'pumpFlow-1': 50, 'pumpHours-1': 20, 'pumpYear-1': 1000, pumpTotal: 1000, amount: 1000, termDays: 1826 });
  expect(Object.keys(form).filter((name) => name.endsWith('-2'))).toEqual([]);
  await well(clerk.claim({ id }));
  await well(clerk.askCorrection({ id, asks: [{ target: 'form', key: 'pumpHours-1', words: '请按取水季节核对。' }] }));
});
